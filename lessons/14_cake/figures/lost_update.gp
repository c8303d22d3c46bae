# Draws lost_update.png: two threads in ++counts[33], and what is in memory.
set terminal pngcairo size 760,220 font "DejaVu Sans,11"
set output "lessons/14_cake/figures/lost_update.png"
unset border; unset tics; unset key
set lmargin 0; set rmargin 0; set tmargin 0; set bmargin 0
set xrange [0:760]; set yrange [0:220]
orange = 0xE69F00; blue = 0x56B4E9; grey = 0xDDDDDD
set label 1 "thread 0" at 12,170
set label 2 "thread 1" at 12,105
set label 3 "counts[33]" at 12,40
box = 10
step = 'box = box + 1; \
    set object box rectangle from x,y to x + 118,y + 40 fillcolor rgb colour \
        fillstyle solid noborder; \
    set label box says at x + 59,y + 20 center front'
y = 150; colour = orange
x = 100; says = "read: 41"; eval step
x = 224; says = "add: 42"; eval step
x = 472; says = "write: 42"; eval step
y = 85; colour = blue
x = 162; says = "read: 41"; eval step
x = 348; says = "add: 42"; eval step
x = 596; says = "write: 42"; eval step
y = 20; colour = grey
do for [i = 0:3] {
    x = 100 + 124 * i
    says = i < 3 ? "41" : "42"
    eval step
}
x = 596; says = "42, not 43"; eval step
set arrow 1 from 100,208 to 714,208 lc rgb "#555555" filled
set label 4 "time" at 722,208 textcolor rgb "#555555"
plot NaN
