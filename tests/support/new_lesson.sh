#!/bin/sh
# new_lesson.sh NN_name: the skeleton of a new lesson, as `make new-lesson` has
# it: a lesson that builds, runs and is graded, and whose tests fail until they
# are written.
set -eu

say() {
    echo "make new-lesson: $1" >&2
    exit 2
}
lesson=${1:-}
name=${lesson#??_}
case $lesson in
    [0-9][0-9]_[a-z]*) ;;
    *) say "NAME is NN_name, two digits and a word, such as NAME=27_pi" ;;
esac
case $name in
    *[!a-z0-9_]*) say "'$name' has other characters than a-z, 0-9 and _" ;;
esac
printf 'void %s();' "$name" | ${CXX:-c++} -x c++ -fsyntax-only - 2>/dev/null ||
    say "a function cannot be called '$name' in C++: take another name"
number=${lesson%"_$name"}
for there in lessons/"${number}"_*; do
    [ -e "$there" ] && say "there is $there already: take another number"
done

from=tests/support/skeleton
write() { # write SKELETON FILE
    title=$(printf %s "$name" | cut -c1 | tr a-z A-Z)$(printf %s "$name" |
        cut -c2-)
    sed -e "s/00_skeleton/$lesson/g; s/skeleton/$name/g; s/Skeleton/$title/g" \
        -e "s/Lesson 00/Lesson $number/; s/Exercise 00/Exercise $number/" \
        -e "s/^# 00/# $number/; s/make 00/make $number/" \
        -e "s/check-00/check-$number/" "$from/$1" >"$2"
    echo "  $2"
}
mkdir "lessons/$lesson"
echo "Written; each TODO in it is for you:"
for file in README.md serial.cpp parallel.cpp main.cpp exercise.cpp \
    solution.cpp; do
    write "$file" "lessons/$lesson/$file"
done
write skeleton.hpp "lessons/$lesson/$name.hpp"
write lesson_test.cpp "tests/lessons/${lesson}_test.cpp"
write criteria.cpp "tests/exercises/$lesson.cpp"
write assignment.toml "docs/assignments/$lesson.toml"
echo "To be added by hand: its row in one of README.md's tables of lessons (its"
echo "group) and its rows in README.md's sample of make run, a line in"
echo "CHANGELOG.md, the answers in docs/assignments/README.md, a week in"
echo "docs/course.md, and a question in docs/exam.md. Then:"
echo "  make $number; make check-$number; make test QUICK=1"
echo "docs/CONTRIBUTING.md says how a lesson is built."
