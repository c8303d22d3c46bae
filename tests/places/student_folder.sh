#!/bin/sh
# student_folder.sh WORKBOOK FOLDER: what students do to a checkout, in one of
# them: Windows' line ends, a path with spaces, stray files, slips of the finger.
# Exit status 77: skipped, with the reason.
set -u
cd "$1" || exit 1
git rev-parse --verify --quiet HEAD >/dev/null || {
    echo "skipped: this folder is no git checkout"
    exit 77
}
rm -rf "$2"
place="$2/Übung eins (2)"
mkdir -p "$place"
# As git does it on Windows; what is not committed yet comes with it.
git clone -q --no-local --config core.autocrlf=true . "$place" || exit 1
git diff HEAD --binary | git -C "$place" apply --allow-empty -q -
git ls-files --others --exclude-standard | while read -r file; do
    mkdir -p "$place/$(dirname "$file")" && cp "$file" "$place/$file"
done
cd "$place" || exit 1

. tests/places/run.sh
said="$place.said"
small='--repeat 1 --width 64'

run "a checkout with Windows' line ends" 0 "same result" \
    make 05 ARGS="$small"

lesson=lessons/05_grey
ln -s nobody@nowhere.1 "$lesson/.#parallel.cpp"
for name in ._parallel 'parallel copy' 'parallel (1)' parallel.bak \
    exercise_old; do
    cp "$lesson/parallel.cpp" "$lesson/$name.cpp"
done
echo 'int main() { return 0; }' >"$lesson/foo.cpp"
run "stray files" 0 "same result" make 05 ARGS="$small"
for name in .#parallel ._parallel 'parallel copy' 'parallel \(1\)' \
    parallel.bak exercise_old; do
    run "the stray file $name.cpp is named" 0 \
        "^$lesson/$name.cpp is ignored: a version's name" cmake -B build
done
run "a file with a main() is named" 0 "^$lesson/foo.cpp is ignored: it has a" \
    cmake -B build
git clean -qfd lessons

cp "$lesson/parallel.cpp" "$lesson/twice.cpp"
run "a version that is added is run" 0 "05_grey  twice" make 05 ARGS="$small"
rm "$lesson/twice.cpp"
run "a version that is deleted" 0 "same result" make 05 ARGS="$small"
silent "a version that is deleted is not run" "twice"

echo 'void f( {' >>"$lesson/parallel.cpp"
run "a syntax error is an error" 2 "parallel.cpp:.*error" make 05
run "a syntax error in 05 does not stop 06" 0 "same result" \
    make 06 ARGS="$small"
git checkout -q "$lesson/parallel.cpp"
sed 's/omp parallel for/omp paralel for/' "$lesson/parallel.cpp" >slip
mv slip "$lesson/parallel.cpp"
run "a misspelt pragma is an error" 2 "error: .*omp paralel" make 05
sed '/#pragma/d' "$lesson/parallel.cpp" >slip
mv slip "$lesson/parallel.cpp"
run "without its pragma a loop has one thread" 0 "05_grey  parallel  1 thread " \
    make 05 THREADS=2
git checkout -q "$lesson/parallel.cpp"

touch "$lesson/main.cpp" common/lesson.cpp
make 05 ARGS="$small" >"$place.other" 2>&1 &
run "two make 05 at once: one of them" 0 "same result" make 05 ARGS="$small"
wait $!
run "two make 05 at once: the other one" 0 "same result" cat "$place.other"

run "make 5 means 05" 0 "same result" make 5 ARGS="$small"
run "make grey means 05" 0 "05_grey  serial" make grey ARGS="$small"
run "make 05_grey means 05" 0 "05_grey  serial" make 05_grey ARGS="$small"
run "make check-5 means check-05" 0 "grade.* --check 05" make -n check-5
run "make 99 lists the lessons" 2 "no word '99'.*05_grey" make 99
run "make check asks which" 2 "of which lesson.*check-05" make check
run "make experiment asks which" 2 "of which lesson.*experiment-05" \
    make experiment
run "a variable in the wrong case" 2 "there is no Threads=" make 05 Threads=4

mkdir "$place.mac"
printf '#!/bin/sh\necho Darwin\n' >"$place.mac/uname"
chmod +x "$place.mac/uname"
run "the grader is Linux's" 2 "the grader and the race detector need Linux" \
    env PATH="$place.mac:$PATH" make check-05

rm -rf .git
run "make handout without git" 2 "from the last commit of a git" \
    make handout HANDOUT="$place.tar.gz"
run "make handout without git leaves nothing" 2 "No such file" \
    ls "$place.tar.gz"
run "a lesson put back without git and without a copy" 2 "neither git nor" \
    make reset-05
rm build/CMakeCache.txt
run "a copy without git" 0 "same result" make 06 ARGS="$small"
echo '// mine' >>"$lesson/exercise.cpp"
run "a lesson put back without git" 0 "exercise.cpp is as it came; yours is now" \
    make reset-05
run "what was put back is the starter" 1 "^0$" grep -c mine "$lesson/exercise.cpp"

rm -rf "$2"
[ "$failures" -eq 0 ]
