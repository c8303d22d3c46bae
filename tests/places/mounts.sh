#!/bin/sh
# mounts.sh WORKBOOK FOLDER BUILD: a checkout in a folder that cannot be written, and
# in one in which no program can be run.
set -u
cd "$1" || exit 1
if [ "${4-}" != mounted ]; then
    # In a name space of its own, mounts end with the script.
    unshare --mount true 2>/dev/null || {
        echo "skipped: mounting needs root"
        exit 77
    }
    exec unshare --mount sh "$0" "$1" "$2" "$3" mounted
fi
rm -rf "$2"
mkdir -p "$2/place" "$2/temporary"
said=$2/said
. tests/places/run.sh
mount -t tmpfs -o noexec tmpfs "$2/place" || exit 1
cp -r CMakeLists.txt CMakePresets.json Makefile common data lessons tests \
    "$2/place"
cd "$2/place" || exit 1

run "a folder mounted noexec: where programs are built instead" 0 \
    "cannot be run in this folder: they are built in /var/tmp/openmp-workbook" \
    env TMPDIR=/nowhere make build/CMakeCache.txt
run "a missing TMPDIR: where temporary files go instead" 0 \
    "/nowhere is missing, full or cannot .* files go to /tmp " cat "$said"
cp /bin/true build/program
run "a program can be run there" 0 "" build/program
elsewhere=$(readlink build)
run "make clean" 0 "" make clean
run "make clean removes that folder as well" 2 "No such file" ls "$elsewhere"
mount -o remount,ro "$2/place"
run "a folder that cannot be written to" 2 \
    "this folder cannot be written to: copy the workbook" make 05
run "make alone lists the words there, too" 0 "make doctor" make
for trouble in ro size=64k; do
    mount -t tmpfs -o "$trouble" tmpfs "$2/temporary" || exit 1
    run "a TMPDIR mounted with $trouble: another folder" 0 "^/(var/)?tmp$" \
        env TMPDIR="$2/temporary" sh common/programs/temporary.sh
    run "which is said" 0 "temporary is missing, full or cannot .* go to /" \
        cat "$said"
    umount "$2/temporary"
done

cd / && umount "$2/place" && rm -rf "$2"
[ "$failures" -eq 0 ]
