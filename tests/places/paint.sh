#!/bin/sh
# paint.sh WORKBOOK FOLDER BUILD: the painter of the pictures in data/.
set -u
paint=$3/data/paint
[ -x "$paint" ] || {
    echo "skipped: build/data/paint has not been built"
    exit 77
}
cd "$1" || exit 1
rm -rf "$2"
mkdir -p "$2/place"
said=$2/said
data=$PWD/data
. tests/places/run.sh
cd "$2/place" || exit 1
serial=$3/lessons/05_grey/serial
sum() { # sum PICTURE: the checksum of what lesson 05 makes of it
    "$serial" --repeat 1 --width 0 --input "$1" --output grey.png \
        --record "$said.record" >/dev/null &&
        tail -n 1 "$said.record" | grep -o '"result":"[^"]*"'
}

run "a picture" 0 "" "$paint" green
run "it is the one in data/" 0 "^$(sum "$data/green.png")$" sum green.png
echo mine >clouds.png
run "a file that is there is not replaced" 2 \
    "^paint: clouds.png: is there already: --output clouds.png replaces it" \
    "$paint" clouds
run "it is as it was" 0 "^mine$" cat clouds.png
run "no name is no file" 2 "^paint: .*'' names no file" "$paint" green --output ""
run "it is replaced if it is named" 0 "" \
    "$paint" clouds --width 40 --output clouds.png
run "another width" 0 "05_grey  serial  1 thread  40 x 22" \
    "$serial" --repeat 1 --width 0 --input clouds.png --output grey.png
run "one thread paints the same" 0 "" \
    "$paint" clouds --width 40 --threads 1 --output one.png
run "to the byte" 0 "" cmp one.png clouds.png
run "no such picture" 2 "^paint: PICTURE: lake not in" "$paint" lake
run "a folder that is missing" 1 "^paint: none/x.png: cannot be written: " \
    "$paint" green --output none/x.png
escape=$(printf '\033')
run "a name with an escape" 1 "^paint: none/" \
    "$paint" green --output "none/$escape[31m"
silent "no escape reaches the terminal" "$escape"

cd / && rm -rf "$2"
[ "$failures" -eq 0 ]
