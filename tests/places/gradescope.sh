#!/bin/sh
# gradescope.sh WORKBOOK FOLDER BUILD: what is uploaded to Gradescope, and what
# Gradescope does with it, in folders laid out as there.
# Exit status 77: skipped, with the reason.
set -u
cd "$1" || exit 1
[ -f docs/gradescope/run_autograder ] && [ -x build/grade ] &&
    [ "$3" -ef build ] || {
    echo "skipped: there is no docs/gradescope, or the grader is not in build/"
    exit 77
}
rm -rf "$2"
mkdir -p "$2/bin" "$2/autograder/source" "$2/autograder/submission"
said=$2/said
. tests/places/run.sh

if git rev-parse --verify --quiet HEAD >/dev/null && command -v bsdtar >/dev/null
then
    run "the zip is made" 0 "upload it as the autograder" \
        sh docs/gradescope/make_zip.sh --lessons 05 "$2/autograder.zip"
    run "what is in it" 0 "^workbook/tests/exercises/05_grey.cpp" \
        bsdtar -tf "$2/autograder.zip"
    for name in setup.sh run_autograder lessons; do
        run "$name is at its top" 0 "^$name\$" bsdtar -tf "$2/autograder.zip"
    done
    silent "no solution is in it" "solution.cpp"
    run "it says which lessons" 0 "^05\$" \
        bsdtar -xOf "$2/autograder.zip" lessons
fi

autograder=$2/autograder
cp docs/gradescope/setup.sh docs/gradescope/run_autograder "$autograder/source"
ln -s "$PWD" "$autograder/source/workbook"
echo 05 >"$autograder/source/lessons"
printf '#!/bin/sh\necho "make $* in $PWD"\n' >"$2/bin/make"
chmod +x "$2/bin/make"
run "what is installed and built" 0 "^make deps grader in .*/workbook\$" \
    env PATH="$2/bin:$PATH" sh "$autograder/source/setup.sh"

cp tests/grade/submissions/perfect.cpp "$autograder/submission/exercise.cpp"
run "a submission is graded" 0 "^05_grey +3 +3 " \
    env AUTOGRADER="$autograder" sh "$autograder/source/run_autograder"
run "Gradescope is told" 0 '"05.correct"' cat "$autograder/results/results.json"

rm -rf "$2"
[ "$failures" -eq 0 ]
