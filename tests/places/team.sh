#!/bin/sh
# team.sh WORKBOOK FOLDER BUILD: an environment, or a container, that gives a
# program a smaller team than it asks for: the lessons and the doctor say so.
set -u
cd "$1" || exit 1
build=$3
grep -q "WORKBOOK_OPENMP:BOOL=ON" "$build/CMakeCache.txt" || {
    echo "skipped: OpenMP is off in this build"
    exit 77
}
[ "$(env -u OMP_NUM_THREADS -u OMP_THREAD_LIMIT nproc)" -gt 1 ] || {
    echo "skipped: this machine has one processor"
    exit 77
}
. tests/places/run.sh
mkdir -p "$2"
said=$2/said

lesson() { # lesson VARIABLE=VALUE...: what lesson 01 says, and the doctor
    env "$@" "$build/lessons/01_hello/parallel" --repeat 1
}
doctor() {
    env "$@" "$build/doctor"
}
run "nothing is set" 0 "team size +[0-9]" lesson OMP_DYNAMIC=true
silent "nothing to tell" "a team has|of a team share"
run "OMP_NUM_THREADS is empty" 0 "team size" lesson OMP_NUM_THREADS=
silent "nothing to tell" "a team has|of a team share"
run "OMP_MAX_ACTIVE_LEVELS" 0 \
    "a team has 1 thread, not [0-9]+: OMP_MAX_ACTIVE_LEVELS is 0" \
    lesson OMP_MAX_ACTIVE_LEVELS=0
run "GOMP_CPU_AFFINITY" 0 \
    "threads of a team share 1 processor of [0-9]+: GOMP_CPU_AFFINITY is 0" \
    lesson GOMP_CPU_AFFINITY=0
for program in lesson doctor; do
    run "$program: OMP_THREAD_LIMIT" 0 \
        "a team has 1 thread, not [0-9]+: OMP_THREAD_LIMIT is 1" \
        $program OMP_THREAD_LIMIT=1
    run "$program: OMP_THREAD_LIMIT changes the team's size" 0 \
        "team size +1 " cat "$said"
    run "$program: OMP_PLACES" 0 \
        "threads of a team share 1 processor of [0-9]+: OMP_PLACES is \{0\}" \
        $program OMP_PLACES='{0}' OMP_PROC_BIND=true
done
run "a lesson: 100,000 threads" 2 \
    "OMP_NUM_THREADS is 100000: a team has 1 to 1024" \
    lesson OMP_NUM_THREADS=100000
run "the doctor: 100,000 threads" 1 \
    "OMP_NUM_THREADS is 100000: a team has 1 to 1024" \
    doctor OMP_NUM_THREADS=100000

# A control group of our own, of either version, as a container has.
v1=/sys/fs/cgroup/cpu/workbook.$$ v2=/sys/fs/cgroup/workbook.$$
if mkdir "$v1" 2>/dev/null && echo 100000 >"$v1/cpu.cfs_period_us" &&
    echo 120000 >"$v1/cpu.cfs_quota_us"; then
    group=$v1
elif mkdir "$v2" 2>/dev/null && echo "120000 100000" >"$v2/cpu.max"; then
    group=$v2
else
    group=
fi 2>/dev/null
limited() {
    sh -c 'echo $$ >"$1/cgroup.procs" && shift && exec "$@"' sh "$group" "$@"
}
if [ -n "$group" ]; then
    quota="a team has 1 thread, not [0-9]+: this container .* 1.2 processors"
    run "a lesson under a quota" 0 "$quota" limited \
        "$build/lessons/01_hello/parallel" --repeat 1
    run "the doctor under a quota" 0 "$quota" limited "$build/doctor"
    run "a quota, and --threads" 0 "01_hello  parallel" limited \
        "$build/lessons/01_hello/parallel" --repeat 1 --threads 2
    silent "--threads wins" "a team has"
    run "the experiment's processors under a quota" 0 '"processors":1,' \
        limited "$build/control" 2 100000 1
else
    echo "skipped: a quota (no control group can be made here)"
fi
rmdir "$v1" "$v2" 2>/dev/null

rm -rf "$2"
[ "$failures" -eq 0 ]
