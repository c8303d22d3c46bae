# Draws speedup.png from the table in the README:
# gnuplot lessons/02_naps/figures/speedup.gp
table = "< grep '^| *[0-9]' lessons/02_naps/README.md | tr -d '|'"
set terminal pngcairo size 1200,640 font "DejaVu Sans,16"
set output "lessons/02_naps/figures/speedup.png"
set title "Ten naps on two processors"
set xlabel "threads"
set ylabel "speedup"
set logscale xy
set xrange [0.9:24]
set yrange [0.8:14]
set xtics (1, 2, 3, 5, 10, 20) nomirror
set ytics (1, 2, 5, 10) nomirror
set border 3 lw 2
unset key
set label "naps that sleep" at 3,7 textcolor rgb "#0072B2"
set label "naps that compute" at 8,2.35 textcolor rgb "#D55E00"
plot table using 1:4 with linespoints lw 2 pt 7 ps 2 lc rgb "#0072B2", \
     table using 1:7 with linespoints lw 2 pt 5 ps 2 lc rgb "#D55E00"
