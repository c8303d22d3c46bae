#!/bin/sh
# photo.sh FILE: makes a PNG file of a photograph, upright, in data/mine/, by
# whichever converter is there; says how a lesson reads it.
set -u

give_up() { # give_up STATUS MESSAGE
    echo "make photo: $2" >&2
    exit "$1"
}

[ $# -eq 1 ] && [ -n "$1" ] || give_up 2 "of which file? For example: make photo FILE=holiday.jpg"
file=$1
[ -f "$file" ] || give_up 1 "$file: there is no such file"
[ -r "$file" ] || give_up 1 "$file: cannot be read: allow it with chmod u+r"

folder=data/mine
name=${file##*/}
png=$folder/${name%.*}.png
[ -n "${name%.*}" ] || png=$folder/$name.png
[ ! -e "$png" ] || give_up 1 "$png: is there already: remove it or move it away first"

# convert is also the name of other programs, and GraphicsMagick's.
is_imagemagick() { "$1" -version 2>/dev/null | grep -q ImageMagick; }
find_converter() {
    for converter in magick convert vips ffmpeg; do
        command -v "$converter" >/dev/null 2>&1 || continue
        case $converter in magick | convert) is_imagemagick "$converter" || continue ;; esac
        return
    done
    converter=""
}
find_converter
if [ -z "$converter" ]; then
    sh "${0%/*}/packages.sh" photo
    find_converter
    [ -n "$converter" ] || give_up 1 "there is no converter: install ImageMagick, libvips-tools or ffmpeg"
fi

mkdir -p "$folder" || exit 1
new=$folder/.new.$$.png
trap 'rm -f "$new"' EXIT
trap 'exit 130' INT TERM HUP
case $file in /*) ;; *) file=./$file ;; esac # no option, no protocol
# The first picture of several; what the file says of places and cameras stays
# behind.
case $converter in
    magick | convert) "$converter" -[0] -auto-orient -strip "png:$new" <"$file" ;;
    vips) vips autorot "$file" "$new" && vips copy "$new" "$new.png[strip]" && mv "$new.png" "$new" ;;
    ffmpeg) ffmpeg -nostdin -loglevel error -i "file:$file" -frames:v 1 -map_metadata -1 "$new" ;;
esac || give_up 1 "$file: $converter cannot read it"
[ -s "$new" ] || give_up 1 "$file: $converter made nothing of it"
# ln does not replace a file that has come meanwhile.
ln "$new" "$png" 2>/dev/null || mv -n "$new" "$png"
echo "$png, by $converter. Now, for example:"
echo "  make 05 ARGS=\"--input '$png'\""
