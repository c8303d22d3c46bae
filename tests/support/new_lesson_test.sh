#!/bin/sh
# new_lesson_test.sh WORKBOOK FOLDER: makes a new lesson in a copy of the
# workbook, as docs/CONTRIBUTING.md has it: it builds and runs, gives the serial
# result, and its tests fail until they are written.
set -eu
cd "$1"
folder=$2
rm -rf "$folder"
mkdir -p "$folder"
tar -cf - --exclude='./build*' --exclude=./results --exclude=./.git . |
    tar -xf - -C "$folder"
cd "$folder"

fail() {
    echo "FAILED: $1"
    exit 1
}
for name in "" 27 pi 27_Pi 27_p-i 027_pi 05_other 27_new; do
    sh tests/support/new_lesson.sh "$name" 2>said && fail "'$name' was taken"
    grep -q '^make new-lesson: ' said || fail "'$name': $(cat said)"
done
[ ! -e lessons/27_pi ] || fail "a refused name has left files"

sh tests/support/new_lesson.sh 98_doubles
diff lessons/98_doubles/serial.cpp lessons/98_doubles/parallel.cpp | grep '^[<>]' |
    grep -v '^> #pragma omp ' && fail "the diff is more than pragmas"
grep -rl skeleton lessons/98_doubles tests/lessons/98_doubles_test.cpp \
    tests/exercises/98_doubles.cpp docs/assignments/98_doubles.toml &&
    fail "these still have the skeleton's name"

cmake -S . -B build >log || fail "$(cat log)"
cmake --build build --parallel 2 --target 98_doubles run_lessons \
    98_doubles_parallel_test 98_doubles_solution_test 98_doubles_exercise_test >log ||
    fail "$(cat log)"
build/run_lessons 98 -- --count 1000 >said
grep -q 'same result' said || fail "$(cat said)"
for test in 98_doubles_parallel_test 98_doubles_solution_test; do
    program=$(find build/tests -name "$test" -type f)
    "$program" >said && fail "$test passes before it is written"
    grep -q 'TODO' said || fail "$test: $(cat said)"
done
[ "$(grep -c '^\[  FAILED' said)" -ge 1 ] || fail "$(cat said)"
echo "passed"
