#!/bin/sh
# make_zip.sh [FILE]: makes the zip that one uploads to Gradescope as the
# autograder of a programming assignment, from the last commit. It holds the
# workbook as students get it (no solutions) with setup.sh and run_autograder.
set -eu
cd "$(dirname "$0")/../.."
file=${1:-gradescope.zip}
if ! git rev-parse --quiet --verify HEAD >/dev/null 2>&1; then
    echo "make_zip.sh: this needs git, and the workbook as a clone:" \
        "git clone, then make_zip.sh in there" >&2
    exit 1
fi
git archive --format=zip --output="$file" \
    --add-file=docs/gradescope/setup.sh \
    --add-file=docs/gradescope/run_autograder \
    --prefix=workbook/ HEAD
echo "$file: upload it as the autograder (Configure Autograder, Zip file upload)"
