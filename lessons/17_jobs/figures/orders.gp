# Draws orders.png: the jobs 20,30,10,40,20,60 on two threads, as the rules in
# makespan.hpp hand them out.
set terminal pngcairo size 1200,560 font "DejaVu Sans,14"
set output "lessons/17_jobs/figures/orders.png"
set xlabel "units of time"
set xrange [0:125]
set yrange [-9.6:0.8]
set xtics 10 nomirror
set border 1
unset ytics
unset key
set lmargin 11
array length[6] = [20, 30, 10, 40, 20, 60]
array colour[6] = [0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0xCC79A7, 0xD55E00]
box = 0
# One job, in row `row` from `start` on.
draw = 'box = box + 1; \
    set object box rectangle from start,row - 0.45 to start + length[job],row + 0.45 \
        fillcolor rgb colour[job] fillstyle solid noborder; \
    set label 100 + box "ABCDEF"[job:job] at start + length[job] / 2.0,row center front'
# A list as any free thread takes it; else in blocks of three.
array free[2]
do for [plan = 0:2] {
    top = -3.4 * plan
    free[1] = 0
    free[2] = 0
    list = plan == 2 ? "6 4 2 1 5 3" : "1 2 3 4 5 6"
    do for [place = 1:6] {
        job = int(word(list, place))
        thread = plan == 0 ? (place > 3 ? 2 : 1) : (free[2] < free[1] ? 2 : 1)
        start = free[thread]
        row = top - thread
        eval draw
        free[thread] = start + length[job]
    }
    makespan = free[1] > free[2] ? free[1] : free[2]
    name = word("static:_in_blocks list:_in_the_order_given longest_first", plan + 1)
    set label 10 + plan sprintf("%s: %d", name, makespan) at 0,top offset 0,-0.2 noenhanced
    set label 20 + plan "thread 0" at -1,top - 1 right
    set label 30 + plan "thread 1" at -1,top - 2 right
}
set label 10 "static, in blocks: 120"
set label 11 "list, in the order given: 110"
set label 12 "longest first: 90"
set arrow 1 from 90,-9.6 to 90,0.5 nohead dashtype 2 lc rgb "#777777" front
set label 40 "lower bound 90" at 91,-9.2 textcolor rgb "#777777"
plot NaN
