#!/bin/sh
# figures.sh: draws the figures of the READMEs again, from the workbook's folder.
# Plots are drawn from the tables beside them, so measure those first. Pictures of
# a broken program (rows_depend, static_1, race, shuffled, broken) are made by the
# edit that the text shows, and the contact sheet by the solution of exercise 09.
set -eu
for script in lessons/*/figures/*.gp; do
    gnuplot "$script" 2>/dev/null || gnuplot "$script"
    echo "$script"
done

# picture NN_LESSON OPTION...: what the lesson's program paints, and its map.
threads=2
picture() {
    lesson=$1 name=$2
    shift 2
    "build/lessons/$lesson/parallel" --repeat 1 --threads $threads "$@" \
        --output "$folder/$name.png" >/dev/null
    echo "lessons/$lesson/figures/$name.png"
}
# keep NN_LESSON FILE NAME: one of the files that were made, as a figure.
keep() { cp "$folder/$2.png" "lessons/$1/figures/$3.png"; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
picture 05_grey grey --width 432
keep 05_grey grey grey
for lesson in 06_red 07_green 08_blue; do
    colour=${lesson#*_}
    picture "$lesson" "$colour" --width 400
    keep "$lesson" "$colour" "$colour"
done
for threads in 2 7; do
    picture 06_red threads_$threads --width 300
    keep 06_red threads_${threads}_threads threads_$threads
done
threads=2
picture 25_heat stages
keep 25_heat stages stages
picture 12_mandelbrot mandelbrot --width 600
keep 12_mandelbrot mandelbrot mandelbrot
for schedule in static static,8 dynamic,8 guided; do
    name=threads_$(echo $schedule | tr , _)
    picture 12_mandelbrot "$name" --width 300 --schedule $schedule
    keep 12_mandelbrot "${name}_threads" "$name"
done

# Timelines come from an experiment.
timelines() {
    lesson=$1
    shift
    build/experiment "${lesson%%_*}" --threads 1,2 --output "$folder/$lesson" "$@" \
        >/dev/null
    cp "$folder/$lesson/timelines.png" "lessons/$lesson/figures/timelines.png"
    echo "lessons/$lesson/figures/timelines.png"
}
timelines 04_roots --repeat 5 -- --rising --root 10000000
timelines 12_mandelbrot --width 300 --repeat 3 --schedule 'static;static,1;dynamic;guided'
