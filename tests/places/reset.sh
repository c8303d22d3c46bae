#!/bin/sh
# reset.sh WORKBOOK FOLDER: `make reset-05` puts back what the course handed out,
# wherever a student's copy came from and whatever was pushed since.
set -u
cd "$1" || exit 1
git rev-parse --verify --quiet HEAD >/dev/null && test -e .git || {
    echo "skipped: this folder is no git checkout"
    exit 77
}
workbook=$PWD
rm -rf "$2"
mkdir -p "$2"
cd "$2" || exit 1
said=$2/said
. "$workbook/tests/places/run.sh"
export GIT_AUTHOR_NAME=N GIT_AUTHOR_EMAIL=n@example.org
export GIT_COMMITTER_NAME=N GIT_COMMITTER_EMAIL=n@example.org

# The course's repository, with what is not committed yet.
git clone -q --no-local "$workbook" course || exit 1
(cd "$workbook" && git diff HEAD --binary) |
    git -C course apply --allow-empty -q - || exit 1
git -C course add -A
git -C course commit -q --allow-empty -m "The course's last commit"
lesson=lessons/05_grey
cp "course/$lesson/exercise.cpp" "course/$lesson/parallel.cpp" .

work() { # work FOLDER: a student changes two files there and commits them
    echo '// mine' | tee -a "$1/$lesson/exercise.cpp" >>"$1/$lesson/parallel.cpp"
    git -C "$1" commit -q -a -m "My work"
}
reset() { # reset FOLDER: and afterwards the files are those of the course
    make -C "$1" reset-05 && cmp "$1/$lesson/exercise.cpp" exercise.cpp &&
        cmp "$1/$lesson/parallel.cpp" parallel.cpp
}
back="exercise.cpp is as it came; yours is now"

git clone -q course clone
work clone
run "a clone of the course" 0 "$back" reset clone
run "where all is as it came" 0 "nothing to put back: lesson 05_grey" reset clone

git clone -q --bare course own.git
git clone -q own.git fork
work fork
git -C fork push -q
run "a clone whose upstream is the student's" 0 "$back" reset fork
git clone -q own.git second
run "another clone of the student's repository" 0 "$back" reset second
run "the exercises that are begun" 0 "" \
    sh -c 'cd second && git checkout -q . && sh common/programs/reset.sh --begun'
run "they are those that differ from the starter" 0 "^05_grey$" cat "$said"

git clone -q --depth 1 "file://$PWD/course" shallow
work shallow
run "a shallow clone of the course" 0 "$back" reset shallow
git clone -q --depth 1 "file://$PWD/own.git" shallow_own
run "a shallow clone of the student's repository says so" 1 \
    "this clone is shallow" reset shallow_own
git -C shallow_own fetch -q --unshallow
run "with all commits it works there, too" 0 "$back" reset shallow_own

# The course goes on, and the student takes it over.
echo '// better' >>"course/$lesson/exercise.cpp"
echo '- A better starter.' >>course/CHANGELOG.md
git -C course commit -q -a -m "Make a starter better"
git -C fork checkout -q .
git -C fork pull -q --no-rebase --no-edit -X theirs "$PWD/course" HEAD
cp "course/$lesson/exercise.cpp" .
work fork
run "after a new version of the course" 0 "$back" reset fork

# A handout that the student puts under git.
make -C course handout HANDOUT="$2/handout.tar.gz" >"$said" || exit 1
tar xzf handout.tar.gz
echo '// mine' >>"openmp-workbook/$lesson/exercise.cpp"
git -C openmp-workbook init -q
git -C openmp-workbook add -A
git -C openmp-workbook commit -q -m "My work"
git clone -q openmp-workbook third
run "a clone of a handout under git" 0 "$back" reset third

rm -rf "$2"
[ "$failures" -eq 0 ]
