#!/bin/sh
# photo.sh WORKBOOK FOLDER BUILD: `make photo` as students use it, on JPEG files that
# are made here. Exit status 77: skipped, with the reason.
set -u
cd "$1" || exit 1
build=$3
command -v convert >/dev/null && convert -version | grep -q ImageMagick || {
    echo "skipped: ImageMagick, which makes the JPEG files, is not here"
    exit 77
}
rm -rf "$2"
mkdir -p "$2/place/shots"
for part in Makefile common lessons; do ln -s "$PWD/$part" "$2/place"; done
said=$2/said
. tests/places/run.sh
cd "$2/place" || exit 1

# Stored lying, red on the left and blue on the right. Exif's orientation (TIFF
# 6.0: byte order, 42, the directory's place; tag 0x112, a short, one of it) is
# 6: turned clockwise, red comes to the top.
convert -size 8x8 xc:red xc:blue +append -quality 100 plain.jpg
{
    head -c 2 plain.jpg
    printf '\377\341\0\042Exif\0\0MM\0*\0\0\0\010\0\001\001\022\0\003\0\0\0\001\0\006\0\0\0\0\0\0'
    tail -c +3 plain.jpg
} >holiday.jpg
size_and_colours() {
    convert "$1" -depth 8 -format '%wx%h %[pixel:p{3,2}] %[pixel:p{3,13}]' info:
}
upright='^8x16 s?rgb\(25[45],0,0\) s?rgb\(0,0,25[45]\)$'
photo() { make photo FILE="$1"; }

run "a photograph" 0 "^data/mine/holiday.png, by " photo holiday.jpg
run "it is upright" 0 "$upright" size_and_colours data/mine/holiday.png
run "a lesson reads it" 0 "05_grey  serial  1 thread  8 x 16" \
    "$build/lessons/05_grey/serial" --repeat 1 --width 0 --output grey.png \
    --input data/mine/holiday.png
silent "nothing is left to turn" "warning"
run "nothing else is left there" 0 "^holiday.png$" ls -A data/mine
silent "nothing else at all" "photo"

# The names that people give; and the line that is printed, pasted in a shell.
for name in "it's me.jpg" "shots/a \$HOME.jpg" 'a\n"b"`c`.jpg' "-[0]%d.jpg" "jpg:x"; do
    cp holiday.jpg "./$name"
    run "the name $name" 0 "^  make 05 ARGS=" photo "$name"
    sed -n 's/^ *make /make -n /p' "$said" >pasted
    png=$(sed -n 's/, by .*//p' "$said")
    run "what it says can be pasted" 0 "run_lessons 05 --  --input $png\$" sh ./pasted
    run "$name is upright" 0 "$upright" size_and_colours "$png"
done
run "its names" 0 "^it_s_me.png$" ls -A data/mine

before=$(cksum data/mine/holiday.png)
cp plain.jpg shots/holiday.jpg
run "a picture that is there is not replaced" 2 \
    "^make photo: data/mine/holiday.png: is there already: remove it" \
    photo shots/holiday.jpg
run "it is as it was" 0 "^$before$" cksum data/mine/holiday.png
run "no file" 2 "^make photo: of which file" make photo
run "a file that is missing" 2 "^make photo: none.jpg: there is no such file" \
    photo none.jpg
run "a folder" 2 "^make photo: shots: is a folder" photo shots
mkfifo fifo.jpg
run "a pipe" 2 "^make photo: fifo.jpg: is no file" photo fifo.jpg
echo "no picture" >text.jpg
run "what is no picture" 2 "^make photo: text.jpg: .* is it a picture" \
    photo text.jpg
head -c 100 holiday.jpg >half.jpg
run "half a picture" 2 "^make photo: half.jpg: .* is it a picture" \
    photo half.jpg
run "none of them leaves a file" 2 "No such file" \
    ls data/mine/text.png data/mine/half.png
run "nor a temporary one" 1 "^0$" sh -c "ls -A data/mine | grep -c '^[.]'"
escape=$(printf '\033')
run "a name with an escape" 2 "^make photo: none[?].31m" photo "none$escape[31m"

cd / && rm -rf "$2"
[ "$failures" -eq 0 ]
