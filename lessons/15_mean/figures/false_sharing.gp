# Draws false_sharing.png from the table in the README.
table = "< grep '^| *1[0,]* |' lessons/15_mean/README.md | tr -d '|,*'"
set terminal pngcairo size 900,480 font "DejaVu Sans,13"
set output "lessons/15_mean/figures/false_sharing.png"
set xlabel "columns of a matrix of 100 million numbers"
set ylabel "ms for all means"
set logscale x
set xrange [8:12500]
set yrange [0:*]
set xtics ("10" 10, "100" 100, "1,000" 1000, "10,000" 10000) nomirror
set ytics nomirror
set border 3
set key top right
plot table using 1:6 with linespoints lw 2 pt 7 lc rgb "#D55E00" title "two threads, their sums in the same cache lines", \
     "" using 1:2 with linespoints lw 2 pt 7 lc rgb "#A0A0A0" title "one thread", \
     "" using 1:8 with linespoints lw 2 pt 7 lc rgb "#009E73" title "two threads, their sums apart", \
     "" using 1:4 with linespoints lw 2 pt 7 lc rgb "#0072B2" title "two threads, reduction"
