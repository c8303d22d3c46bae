# For the scripts beside it: what is said, in the file $said, and what failed.
failures=0
# run TITLE STATUS PATTERN COMMAND...: what it prints has a line like PATTERN,
# where that is not empty.
run() {
    title=$1 status=$2 pattern=$3
    shift 3
    "$@" >"$said.new" 2>&1
    got=$?
    mv "$said.new" "$said"
    if [ "$got" -ne "$status" ] ||
        { [ -n "$pattern" ] && ! grep -qE "$pattern" "$said"; }; then
        echo "FAILED: $title: exit status $got, and no '$pattern' in:"
        cat "$said"
        failures=$((failures + 1))
    else
        echo "passed: $title"
    fi
}
# silent TITLE PATTERN: the last command printed no line like PATTERN.
silent() {
    if grep -qE "$2" "$said"; then
        echo "FAILED: $1: '$2' in:"
        cat "$said"
        failures=$((failures + 1))
    fi
}
