#!/bin/sh
# watch.sh LESSON: checks a lesson's exercise again whenever it is saved, until
# one types q. Without a terminal it checks once.
set -eu
lesson=$1

# What is asked often, so it needs nothing that a system could lack: when the
# file was written, and what is in it.
state() { date -r "$file" 2>/dev/null && cksum <"$file"; }

begin() {
    file=lessons/$lesson/exercise.cpp
    seen=$(state || true)
    if test -t 1; then printf '\033[H\033[2J'; fi
    status=0
    "${MAKE:-make}" "check-${lesson%%_*}" || status=1
}

if ! test -t 0; then
    begin
    exit $status
fi

terminal=$(stty -g)
trap 'stty "$terminal"' EXIT
trap 'exit 0' INT TERM
# A key counts at once, and is waited for half a second at most.
keys() { stty -icanon -echo min 0 time 5; }
ask() {
    echo
    echo "Save $file, and it is checked again. h: hint, n: next exercise, q: quit"
    keys
}
begin
ask
while :; do
    key=$(dd bs=1 count=1 2>/dev/null) || exit 0 # the terminal is gone
    case $key in
    h) sh common/programs/hint.sh "$lesson" && ask ;;
    q) exit 0 ;;
    n)
        next=$(ls -d lessons/[0-9][0-9]_* | grep -A 1 -x "lessons/$lesson" |
            tail -n 1)
        if test "$next" = "lessons/$lesson"; then
            echo "This is the last exercise."
        else
            lesson=${next#lessons/}
            stty "$terminal"
            begin
            ask
        fi
        ;;
    *)
        now=$(state || true)
        if test -n "$now" && test "$now" != "$seen"; then
            stty "$terminal"
            begin
            ask
        fi
        ;;
    esac
done
