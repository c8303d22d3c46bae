# Draws speedup.png from the table in the README.
table = "< grep '^| *[0-9]' lessons/03_squares/README.md | tr -d '|,'"
set terminal pngcairo size 640,380 font "DejaVu Sans,11"
set output "lessons/03_squares/figures/speedup.png"
set xlabel "squares in the list"
set ylabel "speedup on 2 threads"
set logscale x
set xrange [80:1.5e6]
set yrange [0:3]
set xtics ("100" 100, "1,000" 1e3, "10,000" 1e4, "100,000" 1e5, "1 million" 1e6) nomirror
set ytics nomirror
set border 3
unset key
set object 1 rectangle from 80,0 to 1.5e6,1 behind fillcolor rgb "#F5E6D8" fillstyle solid noborder
set label 1 "slower than one thread" at 1.3e6,0.5 right textcolor rgb "#8A5A00"
plot table using 1:6 with linespoints lw 2 pt 7 ps 1.2 lc rgb "#0072B2"
