#!/bin/sh
# cluster.sh WORKBOOK FOLDER BUILD: lesson 21 by several processes; the picture is
# the one of the serial version, byte for byte.
set -u
cd "$1" || exit 1
programs=$3/lessons/21_cluster
ldd "$programs/cluster" | grep -q libmpi &&
    command -v mpirun >/dev/null || {
    echo "skipped: MPI is not installed (sh common/programs/packages.sh cluster)"
    exit 77
}
rm -rf "$2"
mkdir -p "$2"
folder=$2
said=$2/said
. tests/places/run.sh

# Open MPI's: as root, and with more processes than processors.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_hwloc_base_binding_policy=none
export OMPI_MCA_mpi_yield_when_idle=1

same() { # same PROCESSES ROWS SHARING...: the picture, and whose rows it has
    processes=$1 rows=$2
    shift 2
    size="--width 61 --height $rows --max-iterations 300"
    # shellcheck disable=SC2086  # words
    "$programs/serial" --repeat 1 $size --output "$folder/serial.png" >/dev/null
    # shellcheck disable=SC2086  # words
    run "$processes processes, $rows rows $*" 0 "$processes processes" \
        timeout 60 mpirun -n "$processes" "$programs/cluster" --repeat 1 \
        --threads 2 $size --output "$folder/cluster.png" \
        --record "$folder/record" "$@"
    run "the same picture" 0 "" cmp "$folder/serial.png" "$folder/cluster.png"
}

for sharing in "" --queue; do
    same 2 41 $sharing
    same 3 100 $sharing
done
same 3 2  # one process has no row
run "process 0 alone writes a record" 0 "^5$" grep -c . "$folder/record"
run "wrong use ends all processes" 2 "from 1 to 16384" \
    timeout 60 mpirun -n 2 "$programs/cluster" --width 0
run "what process 0 cannot write ends all processes" 1 "none/x.png" \
    timeout 60 mpirun -n 2 "$programs/cluster" --width 40 --output none/x.png

rm -rf "$2"
[ "$failures" -eq 0 ]
