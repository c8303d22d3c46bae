# Draws team.png: gnuplot lessons/01_hello/figures/team.gp
set terminal pngcairo size 640,210 font "DejaVu Sans,11"
set output "lessons/01_hello/figures/team.png"
unset border; unset tics; unset key
set lmargin 0; set rmargin 0; set tmargin 0; set bmargin 0
set xrange [0:640]; set yrange [0:210]
orange = "#E69F00"; blue = "#56B4E9"; text = "#555555"
set arrow 1 from 10,140 to 636,140 lw 4 lc rgb orange filled
set arrow 2 from 110,140 to 150,61 nohead lw 4 lc rgb blue
set arrow 3 from 150,61 to 490,61 nohead lw 4 lc rgb blue
set arrow 4 from 490,61 to 530,140 nohead lw 4 lc rgb blue
set arrow 5 from 110,178 to 110,145 nohead dt 3 lc rgb text
set arrow 6 from 530,178 to 530,145 nohead dt 3 lc rgb text
do for [i = 0:2] {
    x = 205 + 110 * i
    set object i + 1 rectangle center x,140 size 96,40 front \
        fillcolor rgb orange fillstyle solid noborder
    set label i + 1 sprintf("iteration %d", i) at x,140 center front
}
do for [i = 3:4] {
    x = 205 + 110 * (i - 3)
    set object i + 1 rectangle center x,61 size 96,40 front \
        fillcolor rgb blue fillstyle solid noborder
    set label i + 1 sprintf("iteration %d", i) at x,61 center front
}
set label 11 "a team is made" at 120,190 center tc rgb text
set label 12 "all wait for each other" at 530,190 center tc rgb text
set label 13 "thread 0" at 10,160 tc rgb text
set label 14 "thread 1" at 55,61 tc rgb text
set label 15 "thread 1 waits" at 382,40 tc rgb text
set label 16 "time" at 636,115 right tc rgb text
plot NaN
