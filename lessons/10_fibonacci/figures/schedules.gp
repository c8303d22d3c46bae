# Draws schedules.png: F(0) .. F(34) on two threads. The work of a number is the
# number of calls that it takes, 2 F(n + 1) - 1.
set terminal pngcairo size 640,330 font "DejaVu Sans,11"
set output "lessons/10_fibonacci/figures/schedules.png"
unset border; unset tics; unset key
set lmargin 1; set rmargin 3; set tmargin 0; set bmargin 0
array work[35]
work[1] = 1
work[2] = 1
do for [n = 2:34] { work[n + 1] = 1 + work[n] + work[n - 1] }
total = 0.0
do for [n = 0:34] { total = total + work[n + 1] }
set xrange [0:1.06]
set yrange [-10.2:0.8]
array free[2]
box = 0
plan = 0
while (plan < 3) {
    top = -3.2 * plan
    free[1] = 0.0
    free[2] = 0.0
    place = 0
    while (place < 35) {
        n = plan == 2 ? 34 - place : place
        thread = plan == 0 ? (n >= 18 ? 1 : 2) : (free[2] < free[1] ? 2 : 1)
        start = free[thread]
        free[thread] = start + work[n + 1] / total
        row = top - thread * 0.9
        box = box + 1
        set object box rectangle from start,row - 0.4 to free[thread],row + 0.4 \
            fillcolor rgb (thread == 1 ? 0xE69F00 : 0x56B4E9) fillstyle solid border lc rgb "white"
        if (work[n + 1] / total > 0.03) { set label 100 + box sprintf("%d", n) at (start + free[thread]) / 2,row center front }
        place = place + 1
    }
    end = free[1] > free[2] ? free[1] : free[2]
    set arrow 10 + plan from end,top - 2.4 to end,top - 0.3 nohead lw 2 lc rgb "#555555"
    plan = plan + 1
}
set label 1 "schedule(static): half of the numbers each" at 0,0.1
set label 2 "schedule(monotonic : dynamic), smallest first" at 0,-3.1
set label 3 "schedule(monotonic : dynamic), biggest first" at 0,-6.3
set arrow 1 from 0,-9.4 to 0.98,-9.4 lc rgb "#555555" filled
set label 4 "time" at 0.99,-9.4 textcolor rgb "#555555"
plot NaN
