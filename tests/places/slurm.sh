#!/bin/sh
# slurm.sh WORKBOOK FOLDER BUILD: a Slurm of one node, on ports and with a key of
# its own, started here and stopped at the end: the experiment and the grader
# start their programs through srun. Needs root, slurm-wlm and munge.
set -u
cd "$1" || exit 1
build=$3
for program in slurmctld slurmd srun munged mungekey; do
    command -v $program >/dev/null || {
        echo "skipped: there is no $program here:" \
            "apt-get install --no-install-recommends slurm-wlm munge"
        exit 77
    }
done
[ "$(id -u)" -eq 0 ] || {
    echo "skipped: slurmd has to be started by root"
    exit 77
}
. tests/places/run.sh
rm -rf "$2"
mkdir -p "$2"
said=$2/said
# A socket's path is short.
slurm=$(mktemp -d /tmp/slurm.XXXXXX) || exit 1
chmod 755 "$slurm"
mkdir "$slurm/state" "$slurm/spool"
processors=$(env -u OMP_NUM_THREADS -u OMP_THREAD_LIMIT nproc)

stop() {
    for daemon in slurmd slurmctld munged; do
        [ -s "$slurm/$daemon.pid" ] && kill "$(cat "$slurm/$daemon.pid")"
    done 2>/dev/null
    sleep 1
    rm -rf "$slurm"
}
trap stop EXIT
trap 'exit 1' INT TERM HUP

cat >"$slurm/slurm.conf" <<END
ClusterName=workbook
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmctldPort=26817
SlurmdPort=26818
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$slurm/munge.socket
ProctrackType=proctrack/linuxproc
TaskPlugin=task/affinity
ReturnToService=2
SlurmctldPidFile=$slurm/slurmctld.pid
SlurmdPidFile=$slurm/slurmd.pid
SlurmctldLogFile=$slurm/slurmctld.log
SlurmdLogFile=$slurm/slurmd.log
SlurmdSpoolDir=$slurm/spool
StateSaveLocation=$slurm/state
SchedulerType=sched/backfill
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
NodeName=$(hostname -s) NodeAddr=127.0.0.1 CPUs=$processors State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
export SLURM_CONF="$slurm/slurm.conf"
mungekey --create --keyfile="$slurm/munge.key" &&
    munged --force --socket="$slurm/munge.socket" \
        --key-file="$slurm/munge.key" --pid-file="$slurm/munged.pid" \
        --log-file="$slurm/munged.log" --seed-file="$slurm/munged.seed" \
        2>"$slurm/munged.said" &&
    slurmctld -f "$SLURM_CONF" && slurmd -f "$SLURM_CONF"
for _ in $(seq 60); do
    [ "$(sinfo -h -o %T 2>/dev/null)" = idle ] && break
    sleep 0.5
done
run "a Slurm of one node" 0 "^idle" sinfo -h -o %T
[ "$failures" -eq 0 ] || {
    tail -n 5 "$slurm"/*.log
    exit 1
}
done_jobs() { scontrol show jobs | grep -c JobState=COMPLETED; }

# Two settings or three, once, each with a control; the first control, and the
# estimate.
run "an experiment by srun" 0 "speedup" "$build/experiment" 03 \
    --threads "1,$processors" --count 1000000 --repeat 1 \
    --output "$2/experiment" \
    --launcher 'srun --exclusive --ntasks=1 --cpus-per-task={threads}'
jobs=$(done_jobs)
run "every run is a job" 0 "" test "$jobs" -ge 7
run "the machine is the node" 0 "\"hosts\": \[" grep -A1 '"hosts"' \
    "$2/experiment/summary.json"
run "named as Slurm does" 0 "\"$(uname -n)\"" cat "$said"

# As docs/instructors.md has it: inside a job, each run is a step of it.
cat >"$2/job.sh" <<END
#!/bin/sh
#SBATCH --nodes=1
#SBATCH --exclusive
#SBATCH --time=00:05:00
cd "\$SLURM_SUBMIT_DIR" || exit 1
"$build/experiment" 03 --threads "1,$processors" --count 1000000 --repeat 1 \\
    --output "$2/job" \\
    --launcher 'srun --exact --ntasks=1 --cpus-per-task={threads}'
END
run "a job script" 0 "" sbatch --wait --output="$2/job.said" "$2/job.sh"
run "it has measured" 0 "speedup" cat "$2/job.said"
run "on the node" 0 "\"$(uname -n)\"" grep -A1 '"hosts"' "$2/job/summary.json"
run "in one job" 0 "" test "$(done_jobs)" -eq $((jobs + 1))
jobs=$(done_jobs)

# Two students, whose files do not compile: that is quick.
for student in anna berta; do
    mkdir -p "$2/class/$student/05_grey"
    echo "$student" >"$2/class/$student/05_grey/exercise.cpp"
done
run "a class by srun" 0 "2 students, 2 graded now" "$build/grade" \
    --submissions "$2/class" --output "$2/grades" --lessons 05 --jobs 2 \
    --races-build "$2" --launcher 'srun --ntasks=1 --cpus-per-task=1'
run "each student is a job" 0 "" test "$(done_jobs)" -ge $((jobs + 2))
run "everybody has a grade" 0 "^anna,,,0,10,,0,10" cat "$2/grades/grades.csv"

run "a job that cannot be had" 1 "experiment: .*srun" "$build/experiment" 03 \
    --threads 1 --repeat 1 --output "$2/none" \
    --launcher 'srun --partition=none'

rm -rf "$2"
[ "$failures" -eq 0 ]
