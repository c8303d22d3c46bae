#!/bin/sh
# build_folder.sh: makes the folder `build`. Where no program can be run here (a
# mount that is noexec) it is a link to one elsewhere.
runs_programs() {
    printf '#!/bin/sh\n' >"build/try.$$" && chmod +x "build/try.$$" &&
        "build/try.$$"
}
[ -e build ] || rm -f build  # a link to a folder that is gone
mkdir -p build || exit 1
runs_programs 2>/dev/null
status=$?
rm -f "build/try.$$"
[ "$status" -eq 0 ] && exit 0

elsewhere=$(mktemp -d /var/tmp/openmp-workbook-XXXXXX) && rm -rf build &&
    ln -s "$elsewhere" build && runs_programs && {
    rm -f "build/try.$$"
    echo "make: programs cannot be run in this folder: they are built in" \
        "$elsewhere"
    exit 0
}
echo "make: programs cannot be run in this folder (it is mounted noexec), nor" \
    "in /var/tmp: copy the workbook to another one" >&2
exit 1
