#!/bin/sh
# hint.sh LESSON: shows the next hint of a lesson's README, one more each time.
# results/hints/LESSON keeps how many were shown.
set -eu
lesson=$1
readme=lessons/$lesson/README.md
count=$(grep -c '<summary>Hint [0-9]*</summary>' "$readme" || true)
shown=$(cat "results/hints/$lesson" 2>/dev/null || true)
case $shown in
'' | *[!0-9]*) shown=0 ;;
esac
if test "$shown" -ge "$count"; then
    echo "There is no further hint: all $count are in $readme, under \"Make\"."
    exit
fi
shown=$((shown + 1))
echo "$lesson, hint $shown of $count:"
awk -v title="<summary>Hint $shown</summary>" '
    index($0, title) { inside = 1; next }
    inside && /<\/details>/ { exit }
    inside' "$readme"
{
    mkdir -p results/hints &&
        echo "$shown" >"results/hints/$lesson.new" &&
        mv "results/hints/$lesson.new" "results/hints/$lesson"
} 2>/dev/null || echo "make: results/ cannot be written to: this hint comes again" >&2
