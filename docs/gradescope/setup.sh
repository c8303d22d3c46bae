#!/bin/sh
# Gradescope runs this once, when it makes the image of the autograder: installs
# what the workbook needs and builds all that no submission can change.
set -eu
cd "$(dirname "$0")/workbook"
command -v make >/dev/null || { apt-get update -qq && apt-get install -y make; }
make deps grader
