# Draws bandwidth.png from the table in the README.
table = "< grep '^| *[0-9][0-9]* |.*B |' lessons/08_blue/README.md | tr -d '|,'"
set terminal pngcairo size 640,400 font "DejaVu Sans,11"
set output "lessons/08_blue/figures/bandwidth.png"
set xlabel "width of the picture in pixels"
set ylabel "GB/s, read and written"
set logscale x 2
set xrange [50:22000]
set yrange [0:*]
set xtics (64, 320, 1024, 4096, 8192, 16384) nomirror
set ytics nomirror
set border 3
set key top left
plot table using 1:9 with linespoints lw 2 pt 7 ps 1.2 lc rgb "#E69F00" title "serial", \
     "" using 1:10 with linespoints lw 2 pt 5 ps 1.2 lc rgb "#0072B2" title "2 threads"
