#!/bin/sh
# race_check.sh [TIMES]: grades a submission that races and gives the right
# picture all the same, and one without a race, and counts how often each is
# judged rightly. Needs `make grader`. Exit status: 0 when always.
set -eu
cd "$(dirname "$0")/../.."
times=${1:-20}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

for name in racy_but_right perfect; do
    mkdir -p "$folder/$name/05_grey"
    cp "tests/grade/submissions/$name.cpp" "$folder/$name/05_grey/exercise.cpp"
done
caught=0 clean=0 i=0
while [ "$i" -lt "$times" ]; do
    i=$((i + 1))
    build/grade --submissions "$folder" --lessons 05 --again \
        --output "$folder/graded" >/dev/null
    # student,id,e-mail,points,maximum,remark,LESSON,LESSON maximum,correct,
    # parallel,race_free,fast
    row() { grep "^$1," "$folder/graded/grades.csv" | cut -d, -f11; }
    [ "$(row racy_but_right)" = 0 ] && caught=$((caught + 1))
    [ "$(row perfect)" = 3 ] && clean=$((clean + 1))
    [ -t 2 ] && printf '\r%d of %d' "$i" "$times" >&2
done
[ -t 2 ] && printf '\r' >&2
echo "the race was caught in $caught of $times gradings"
echo "without a race, clean in $clean of $times gradings"
[ "$caught" -eq "$times" ] && [ "$clean" -eq "$times" ]
