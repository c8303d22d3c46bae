# Draws tree.png: merge sort of a list in eight parts on two threads. A thread
# makes a task of the first half and does the second half itself.
set terminal pngcairo size 760,330 font "DejaVu Sans,11"
set output "lessons/16_scores/figures/tree.png"
unset border; unset tics; unset key
set lmargin 0; set rmargin 0; set tmargin 0; set bmargin 0
set xrange [0:760]; set yrange [0:330]
orange = 0xE69F00; blue = 0x56B4E9
set label 1 "Two threads. What can be done at the same time is in one row." at 10,312
set label 2 "thread 0" at 560,312
set object 1 rectangle from 540,306 to 554,320 fillcolor rgb orange fillstyle solid noborder
set label 3 "thread 1" at 660,312
set object 2 rectangle from 640,306 to 654,320 fillcolor rgb blue fillstyle solid noborder
box = 10
level = 0
while (level < 4) {
    count = 2 ** (3 - level)
    width = 740.0 / count
    row = 250 - 66 * level
    says = level == 0 ? "sort" : level < 3 ? "merge" : "merge: thread 1 has nothing to do"
    i = 0
    while (i < count) {
        left = 10 + i * width
        # The first half of the list is the task, which thread 1 has taken.
        colour = level == 3 || i >= count / 2 ? orange : blue
        set object box rectangle from left + 4,row to left + width - 4,row + 42 \
            fillcolor rgb colour fillstyle solid noborder
        set label box says at left + width / 2,row + 21 center front
        box = box + 1
        i = i + 1
    }
    level = level + 1
}
set arrow 1 from 756,290 to 756,52 lw 1 lc rgb "#555555" filled
plot NaN
