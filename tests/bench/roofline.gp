# The roofline of a machine, and the lessons under it. `make bench` draws it;
# by hand:
#   gnuplot -e "machine='...'; table='roofline.csv'; picture='roofline.png'" \
#       tests/bench/roofline.gp
set terminal pngcairo size 1000,620 font 'sans,11' noenhanced
set output picture
set title machine
set datafile separator comma
set logscale xy
set xlabel 'operations per byte'
set ylabel 'operations per second'
set format '%.0e'
set xrange [0.03:1e6]
set yrange [1e8:4e11]
set key outside right top spacing 1.15 autotitle columnhead
set grid lc rgb '#dddddd'

# The colours of Okabe and Ito, which the colour-blind can tell apart, with four
# symbols.
colours = '#0072b2 #d55e00 #009e73 #cc79a7 #e69f00 #56b4e9 #000000'
symbols = '7 5 9 13'
colour(i) = word(colours, int(i) % 7 + 1)
symbol(i) = int(word(symbols, int(i / 7) % 4 + 1))

stats table skip 1 nooutput
plot table using 1:2 with lines lw 2 lc rgb '#333333', \
     '' using 1:3 with lines dt 2 lc rgb '#333333', \
     for [i=4:STATS_columns] '' using 1:i with points ps 1.6 \
         pt symbol(i - 4) lc rgb colour(i - 4)
