# Draws memories.png: the host, the device, and what moves between them.
set terminal pngcairo size 760,230 font "DejaVu Sans,11"
set output "lessons/22_accelerator/figures/memories.png"
unset border; unset tics; unset key
set lmargin 0; set rmargin 0; set tmargin 0; set bmargin 0
set xrange [0:760]; set yrange [0:230]
orange = 0xE69F00; blue = 0x56B4E9; grey = 0xDDDDDD; white = 0xFFFFFF
box = 10
step = 'box = box + 1; \
    set object box rectangle from x,y to x + w,y + h fillcolor rgb colour \
        fillstyle solid border rgb "#555555"; \
    set label box says at x + w / 2,y + h / 2 center front'
do for [side = 0:1] {
    left = 20 + 420 * side
    x = left; y = 15; w = 300; h = 200; colour = white; says = ""; eval step
    set label side + 1 (side == 0 ? "host" : "device") at left + 150,198 center front
    colour = orange; w = 140; h = 50; x = left + (side == 0 ? 145 : 15)
    y = 120; says = "view"; eval step
    y = 40; says = "times"; eval step
    colour = blue; x = left + (side == 0 ? 15 : 170); w = 115; h = 130; y = 40
    says = side == 0 ? "2 threads" : "teams\nof threads"; eval step
}
set label 5 "map(to)" at 380,158 center front
set arrow 8 from 306,145 to 454,145 lw 2 lc rgb "#000000" filled front
set label 6 "map(from)" at 380,78 center front
set arrow 9 from 454,65 to 306,65 lw 2 lc rgb "#000000" filled front
plot NaN
