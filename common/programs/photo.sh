#!/bin/sh
# photo.sh FILE: makes a PNG file of a photograph, upright, in data/mine/, by
# whichever converter is there; says how a lesson reads it.
set -u

give_up() { # give_up STATUS MESSAGE, without the control characters of a name
    printf '%s' "make photo: $2" | LC_ALL=C tr '\001-\037\177' '?' >&2
    echo >&2
    exit "$1"
}

[ $# -eq 1 ] && [ -n "$1" ] || give_up 2 "of which file? For example: make photo FILE=holiday.jpg"
file=$1
[ ! -d "$file" ] || give_up 1 "$file: is a folder: name a picture in it"
[ -e "$file" ] || give_up 1 "$file: there is no such file"
[ -f "$file" ] || give_up 1 "$file: is no file but a device: name a picture"
[ -r "$file" ] || give_up 1 "$file: cannot be read: allow it with chmod u+r"

# A name that needs no quotes, neither in a shell nor in make.
folder=data/mine
name=$(printf '%s' "${file##*/}" | LC_ALL=C tr -c '0-9A-Za-z._\200-\377-' _)
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
# A name in which no converter sees an option, a protocol or a pattern.
photo=$folder/.photo.$$
trap 'rm -f "$new" "$photo"' EXIT
trap 'exit 130' INT TERM HUP
case $file in /*) ;; *) file=$PWD/$file ;; esac
ln -s "$file" "$photo" || exit 1
# The first picture of several; what the file says of places and cameras stays
# behind.
case $converter in
    magick | convert) "$converter" "${photo}[0]" -auto-orient -strip "$new" ;;
    vips) vips autorot "$photo" "$new[strip]" ;;
    ffmpeg) ffmpeg -nostdin -loglevel error -i "$photo" -frames:v 1 -map_metadata -1 "$new" ;;
esac || give_up 1 "$1: $converter cannot read it: is it a picture?"
[ -s "$new" ] || give_up 1 "$1: $converter made nothing of it: is it a picture?"
# ln does not replace a file that has come meanwhile.
ln "$new" "$png" 2>/dev/null || mv -n "$new" "$png"
echo "$png, by $converter. Now, for example:"
echo "  make 05 ARGS='--input $png'"
