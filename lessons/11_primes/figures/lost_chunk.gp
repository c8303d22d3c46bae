# Draws lost_chunk.png: a shared counter in two registers.
set terminal pngcairo size 760,220 font "DejaVu Sans,11"
set output "lessons/11_primes/figures/lost_chunk.png"
unset border; unset tics; unset key
set lmargin 0; set rmargin 0; set tmargin 0; set bmargin 0
set xrange [0:760]; set yrange [0:220]
orange = 0xE69F00; blue = 0x56B4E9; grey = 0xDDDDDD
set label 1 "thread 0" at 12,170
set label 2 "thread 1" at 12,105
set label 3 "count" at 12,40
box = 10
step = 'box = box + 1; \
    set object box rectangle from x,y to x + w,y + 40 fillcolor rgb colour \
        fillstyle solid noborder; \
    set label box says at x + w / 2.0,y + 20 center front'
y = 150; colour = orange
x = 100; w = 84; says = "load 500"; eval step
x = 188; w = 300; says = "a chunk: 70 primes, in a register"; eval step
x = 492; w = 94; says = "store 570"; eval step
y = 85; colour = blue
x = 150; w = 84; says = "load 500"; eval step
x = 238; w = 372; says = "a chunk: 68 primes, in a register"; eval step
x = 614; w = 94; says = "store 568"; eval step
y = 20; colour = grey
x = 100; w = 388; says = "500"; eval step
x = 492; w = 118; says = "570"; eval step
x = 614; w = 94; says = "568"; eval step
set label 5 "70 primes are lost" at 708,70 right textcolor rgb "#D55E00"
set arrow 1 from 100,208 to 708,208 lc rgb "#555555" filled
set label 4 "time" at 716,208 textcolor rgb "#555555"
plot NaN
