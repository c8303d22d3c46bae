#!/bin/sh
# try_readmes.sh [NN...]: runs every command of the lessons' READMEs, as a reader
# of this copy of the workbook would, from its folder: those in code blocks, and
# those between backticks that begin with make, build/, diff or a variable of
# OpenMP. A command fails when its exit status is not 0; `make check-NN` may, for
# the exercises are not done. The edits of *Modify* are not made; `make
# races` and `make bench`, which take long, are left out. It takes some minutes,
# so it is no test. SHOW=1 shows what the commands print, for the texts.
set -u
failures=0
commands() {
    awk '
        /^ *```/ {
            in_code = !in_code
            is_shell = in_code && $0 ~ /^ *```$/
            loop = ""
            next
        }
        !in_code { prose = prose " " $0; next }
        !is_shell { next }
        {
            sub(/^ *(\$ )?/, "")
            if (loop != "") loop = loop "; " $0
            else if ($0 ~ /^for .*; do$/) loop = substr($0, 1, length($0) - 1) "o"
            else if ($0 ~ /^(make |build\/[a-z]|build-clang\/|cmake |ctest |g\+\+ |for |mkdir |head |grep |OMP_[A-Z_]+=)/) print
            if (loop != "" && $0 ~ /^done/) { gsub(/ do; /, " do ", loop); print loop; loop = "" }
        }
        END {
            count = split(prose, part, "`")
            for (i = 2; i <= count; i += 2) {
                gsub(/ +/, " ", part[i])
                if (part[i] ~ /^(make |build\/[a-z]|diff |OMP_[A-Z_]+=[^ ]+ (make|build)).*[^ ]/) print part[i]
            }
        }' "$1" | awk '!seen[$0]++'
}
for readme in lessons/*/README.md; do
    number=$(echo "$readme" | sed 's,lessons/\(..\)_.*,\1,')
    case " ${*:-$number} " in *" $number "*) ;; *) continue ;; esac
    commands "$readme" >"${TMPDIR:-/tmp}/readme_commands.$$"
    while IFS= read -r command <&3; do
        case $command in
            make\ races | make\ bench) echo "$number left out: $command"; continue ;;
        esac
        start=$(date +%s)
        said=$(timeout 600 sh -c "$command" 2>&1 </dev/null)
        status=$?
        seconds=$(($(date +%s) - start))
        if [ -n "${SHOW:-}" ]; then echo "$said"; fi
        wanted="0"
        case $command in
            make\ check-*) wanted="0 1 2 141" ;;  # the starter's points
            diff*) wanted="1" ;;                 # what differs
            *"data README.md"* | *photo.png* | make\ photo*) wanted="2" ;;  # no such picture
        esac
        case " $wanted " in
            *" $status "*) echo "$number passed ${seconds} s: $command" ;;
            *)
                echo "$number FAILED, status $status: $command"
                echo "$said" | tail -5 | sed 's/^/    /'
                failures=$((failures + 1))
                ;;
        esac
    done 3<"${TMPDIR:-/tmp}/readme_commands.$$"
    rm -f "${TMPDIR:-/tmp}/readme_commands.$$"
done
echo "$failures failed"
[ "$failures" -eq 0 ]
