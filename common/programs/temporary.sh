#!/bin/sh
# temporary.sh: prints the folder for temporary files: TMPDIR or /tmp or, where
# nothing can be written there, another one; then it says so.
usable() {
    file=$(mktemp "$1/workbook-XXXXXX" 2>/dev/null) || return 1
    head -c 1000000 /dev/zero >"$file" 2>/dev/null
    status=$?
    rm -f "$file"
    return $status
}
usual=${TMPDIR:-/tmp}
for folder in "$usual" /tmp /var/tmp; do
    usable "$folder" || continue
    test "$folder" = "$usual" ||
        echo "make: $usual is missing, full or cannot be written to: temporary" \
            "files go to $folder (TMPDIR names another folder)" >&2
    echo "$folder"
    exit
done
echo "make: $usual is missing, full or cannot be written to, and so are /tmp and" \
    "/var/tmp: set TMPDIR to a folder with room" >&2
echo "$usual"
