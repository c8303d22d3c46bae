# Draws region.png: what four threads do in the region of parallel.cpp.
set terminal pngcairo size 760,260 font "DejaVu Sans,11"
set output "lessons/23_team/figures/region.png"
unset border; unset tics; unset key
set lmargin 0; set rmargin 0; set tmargin 0; set bmargin 0
set xrange [0:760]; set yrange [0:260]
orange = 0xE69F00; blue = 0x56B4E9; green = 0x009E73; grey = 0xDDDDDD
box = 10
step = 'box = box + 1; \
    set object box rectangle from x,y to x + w,y + 34 fillcolor rgb colour \
        fillstyle solid noborder; \
    set label box says at x + w / 2,y + 17 center front'
array shares[4] = ["strips 0 1", "strips 2 3 4", "strips 5 6", "strips 7 8 9"]
array ends[4] = [150, 205, 160, 185]
do for [thread = 0:3] {
    y = 176 - 46 * thread
    set label 1 + thread sprintf("thread %d", thread) at 12,y + 17
    # Any of them may be the one of `single`.
    x = 90; w = 106; colour = thread == 1 ? orange : grey
    says = thread == 1 ? "single" : "waits"; eval step
    x = 206; w = ends[thread + 1]; colour = blue
    says = shares[thread + 1]; eval step
    if (thread != 1) {
        x = 206 + w; w = 205 - w; colour = grey; says = ""; eval step
    }
    x = 421; w = 120; colour = thread == 0 ? green : grey
    says = thread == 0 ? "masked" : ""; eval step
}
set arrow 1 from 201,30 to 201,218 nohead lw 2 lc rgb "#000000"
set arrow 2 from 416,30 to 416,218 nohead lw 2 lc rgb "#000000"
set arrow 3 from 546,30 to 546,218 nohead lw 2 lc rgb "#000000"
set label 5 "end of single" at 201,16 center
set label 6 "barrier" at 416,16 center
set label 7 "end of the region" at 546,16 center
set label 8 "all wait at a black line" at 566,120 textcolor rgb "#555555"
set arrow 4 from 90,240 to 640,240 lc rgb "#555555" filled
set label 9 "time" at 650,240 textcolor rgb "#555555"
plot NaN
