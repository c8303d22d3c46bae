# Draws processes.png: two processes with a picture and two threads each.
set terminal pngcairo size 760,270 font "DejaVu Sans,11"
set output "lessons/21_cluster/figures/processes.png"
unset border; unset tics; unset key
set lmargin 0; set rmargin 0; set tmargin 0; set bmargin 0
set xrange [0:760]; set yrange [0:270]
orange = 0xE69F00; blue = 0x56B4E9; grey = 0xDDDDDD; white = 0xFFFFFF
box = 10
step = 'box = box + 1; \
    set object box rectangle from x,y to x + w,y + h fillcolor rgb colour \
        fillstyle solid border rgb "#555555"; \
    set label box says at x + w / 2,y + h / 2 center front'
do for [process = 0:1] {
    left = 20 + 410 * process
    x = left; y = 20; w = 310; h = 235; colour = white; says = ""; eval step
    set label 1 + process sprintf("process %d: its own memory", process) \
        at left + 155,238 center front
    do for [thread = 0:1] {
        x = left + 15; y = 150 - 75 * thread; w = 90; h = 36; colour = blue
        says = sprintf("thread %d", thread); eval step
        set arrow 1 + 2 * process + thread from left + 106,168 - 75 * thread \
            to left + 138,(process == 0 ? 165 : 85) + 14 * (1 - thread) \
            lc rgb "#555555" filled front
    }
    x = left + 140; y = 125; w = 150; h = 90
    colour = process == 0 ? orange : grey
    says = process == 0 ? "rows 0 .. 199" : "(empty)"; eval step
    x = left + 140; y = 35; w = 150; h = 90
    colour = process == 1 ? orange : grey
    says = process == 1 ? "rows 200 .. 399" : "(empty)"; eval step
}
set label 5 "MPI_Send" at 380,52 center front noenhanced
set arrow 9 from 568,70 to 312,70 lw 2 lc rgb "#000000" filled front
plot NaN
