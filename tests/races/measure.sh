#!/bin/sh
# measure.sh FOLDER [RUNS] [ARGUMENT...]: precision and recall of the race
# detector on the programs in a folder, labelled by their names as
# DataRaceBench's are: *-yes.c and .cpp have a race, *-no.c and .cpp have none.
# Each is made as exercises are, without optimisation and with -O1, and run RUNS
# times (5) by 4 threads with each; a race that is seen once counts. Prints what
# is judged wrongly, and then the figures. Needs `make grader`.
set -eu
folder=$1 runs=${2:-5}
shift; [ $# -eq 0 ] || shift
here=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

key() { sed -n "s/^$1 //p" "$here/build-tsan/exercise_recipe"; }
compiler=$(key compiler)
# Not the warnings, nor the standard, which C has not.
flags=$(key flags | tr ' ' '\n' | grep -vE '^(-W[^l]|-std=)' | tr '\n' ' ')
support=$(key own_library | grep tsan_support)
libraries=$(key libraries | tr ' ' '\n' | grep -E 'omp' | tr '\n' ' ')

# make PROGRAM FILE OPTIMISATION
make() {
    case $2 in *.c) language=c ;; *) language=c++ ;; esac
    # shellcheck disable=SC2086  # words, not one word
    "$compiler" -w $flags "$3" -x "$language" -c "$2" -o "$1.o" 2>"$1.log" &&
        "$compiler" -w $flags -Wl,--whole-archive "$support" \
            -Wl,--no-whole-archive "$1.o" $libraries -lm -o "$1" 2>>"$1.log"
}
# says FILE: race, clean, or crash (the detector's own: not judged)
says() {
    for optimisation in -O0 -O1; do
        make "$work/p" "$1" "$optimisation" || { echo unmade; return; }
        i=0
        while [ "$i" -lt "$runs" ]; do
            i=$((i + 1))
            (cd "$work" && env -i PATH="$PATH" OMP_NUM_THREADS=4 \
                RACE_PAUSES=$((i % 2)) timeout 60 ./p $arguments \
                </dev/null >out 2>&1) || true
            if grep -q 'ThreadSanitizer: data race' "$work/out"; then
                echo race; return
            fi
            if grep -A9 DEADLYSIGNAL "$work/out" | grep '#0 ' |
                grep -q libarcher; then echo crash; return; fi
        done
    done
    echo clean
}

arguments=$*
found=0 missed=0 false=0 right=0 unjudged=0
for file in "$folder"/*-yes.c "$folder"/*-yes.cpp \
    "$folder"/*-no.c "$folder"/*-no.cpp; do
    [ -e "$file" ] || continue
    case $(says "$file"),$file in
    race,*-yes.*) found=$((found + 1)) ;;
    race,*) false=$((false + 1)); echo "false alarm: $file" ;;
    clean,*-yes.*) missed=$((missed + 1)); echo "missed: $file" ;;
    clean,*) right=$((right + 1)) ;;
    *) unjudged=$((unjudged + 1)); echo "not judged: $file" ;;
    esac
done
echo "races found $found, missed $missed;" \
    "without a race: clean $right, false alarms $false; not judged $unjudged"
awk -v f="$found" -v m="$missed" -v a="$false" 'BEGIN {
    printf "precision %s, recall %s\n",
        f + a ? sprintf("%.2f", f / (f + a)) : "-",
        f + m ? sprintf("%.2f", f / (f + m)) : "-" }'
