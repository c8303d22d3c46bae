#!/bin/sh
# reset.sh LESSON [FILE]: puts a lesson's exercise.cpp and the files that one has
# changed back as they came, or FILE alone. What was there is kept beside it,
# with its date. As they came: from lessons/as_given.tar.gz, which every students'
# archive has (and the first build makes in another copy without git), or else as
# in the last commit that changes what only the course changes: tests, solutions,
# the list of changes. So it does not matter where a student pushes.
set -eu
lesson=$1
only=${2:-}
given=lessons/as_given.tar.gz
if test -f $given; then
    names() { tar tzf $given; }
    as_it_came() { tar xzOf $given "$1"; }
elif test -e .git && git rev-parse --verify --quiet HEAD >/dev/null 2>&1; then
    commit=$(git log -1 --format=%H -- tests CHANGELOG.md \
        ':(glob)lessons/*/solution.cpp')
    commit=${commit:-HEAD}
    shallow=$(git rev-parse --git-path shallow)
    if test "$lesson" != --begun && grep -qx "$commit" "$shallow" 2>/dev/null
    then
        echo "make: this clone is shallow: a file counts as it came as it was in" \
            "the oldest commit here; \`git fetch --unshallow\` brings older ones" >&2
    fi
    names() { git ls-tree -r --name-only "$commit" "lessons/$lesson"; }
    as_it_came() { git show "$commit:$1"; }
else
    echo "make: this copy has neither git nor $given:" \
        "take the file from another copy of the workbook" >&2
    exit 2
fi
if test "$lesson" = --begun; then
    for lesson in lessons/[0-9][0-9]_*; do
        as_it_came "$lesson/exercise.cpp" 2>/dev/null |
            cmp -s - "$lesson/exercise.cpp" || echo "${lesson#lessons/}"
    done
    exit
fi
files=$(names | grep -E "^lessons/$lesson/.*\.[ch]pp$" |
    grep -v '/solution.cpp$' || true)
if test -n "$only"; then
    files="lessons/$lesson/${only#lessons/"$lesson"/}"
    names | grep -qxF "$files" || {
        echo "make: $files did not come with the workbook" >&2
        exit 2
    }
fi
new=
trap 'rm -f "$new"' EXIT
changed=
for file in $files; do
    new=$file.new # beside it: where the disk is full, nothing is moved
    as_it_came "$file" >"$new"
    if cmp -s "$new" "$file"; then
        rm "$new"
        continue
    fi
    changed=yes
    kept=
    if test -f "$file"; then
        kept=$file.$(date -r "$file" +%Y-%m-%d_%H-%M-%S)
        mv "$file" "$kept"
    fi
    mv "$new" "$file"
    echo "$file is as it came${kept:+; yours is now $kept}"
done
test -n "$changed" || echo "nothing to put back: ${only:-lesson $lesson} is as it came"
