# Draws speed.png from the table in the README.
table = "< grep '^| *[1-9][0,]* |' lessons/20_matrix/README.md | tr -d '|,'"
set terminal pngcairo size 760,400 font "DejaVu Sans,11"
set output "lessons/20_matrix/figures/speed.png"
set xlabel "rows and columns of each matrix"
set ylabel "GFLOP/s on one thread"
set xrange [0:1050]
set yrange [0:*]
set xtics nomirror
set ytics nomirror
set border 3
set key at graph 0.98, first 12
plot table using 1:4 with linespoints lw 2 pt 7 lc rgb "#56B4E9" title "blocks", \
     "" using 1:3 with linespoints lw 2 pt 7 lc rgb "#E69F00" title "order", \
     "" using 1:2 with linespoints lw 2 pt 7 lc rgb "#777777" title "serial"
