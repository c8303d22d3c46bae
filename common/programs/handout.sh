#!/bin/sh
# handout.sh ARCHIVE: makes the students' archive from the last commit.
# .gitattributes says what is left out. Added is lessons/as_given.tar.gz, from
# which `make reset-05` takes a file as it came.
set -eu
archive=$1
if ! test -e .git || ! git rev-parse --verify --quiet HEAD >/dev/null; then
    echo "make: a handout is made from the last commit of a git checkout," \
        "and this folder is none: git clone the workbook" >&2
    exit 1
fi
git diff --quiet HEAD || echo "make: what is not committed is not in it"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
git archive --format=tar.gz --output="$folder/as_given.tar.gz" HEAD \
    'lessons/*.cpp' 'lessons/*.hpp'
git archive --format=tar.gz --output="$archive" \
    --prefix=openmp-workbook/lessons/ --add-file="$folder/as_given.tar.gz" \
    --prefix=openmp-workbook/ HEAD
echo "$archive: the workbook without solutions"
