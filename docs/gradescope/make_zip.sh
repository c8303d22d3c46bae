#!/bin/sh
# make_zip.sh [--lessons 03,05] [FILE]: makes the zip that one uploads to
# Gradescope as the autograder of a programming assignment, from the last commit.
# It holds the workbook as students get it (no solutions) with setup.sh and
# run_autograder, which grades these lessons, or all.
set -eu
cd "$(dirname "$0")/../.."
lessons=""
if [ "${1:-}" = --lessons ]; then
    lessons=${2:?"make_zip.sh: --lessons needs numbers, such as 03,05"}
    shift 2
fi
file=${1:-gradescope.zip}
if ! git rev-parse --quiet --verify HEAD >/dev/null 2>&1; then
    echo "make_zip.sh: this needs git, and the workbook as a clone:" \
        "git clone, then make_zip.sh in there" >&2
    exit 1
fi
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
echo "$lessons" >"$temporary/lessons"
git archive --format=zip --output="$file" \
    --add-file=docs/gradescope/setup.sh \
    --add-file=docs/gradescope/run_autograder \
    --add-file="$temporary/lessons" \
    --prefix=workbook/ HEAD
echo "$file: upload it as the autograder (Configure Autograder, Zip file upload)"
