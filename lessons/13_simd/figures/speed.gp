# Draws speed.png from the table in the README.
table = "< grep '^| *1[0,]* |' lessons/13_simd/README.md | tr -d '|,'"
seconds(value, unit) = value * (unit eq "us" ? 1e-6 : unit eq "ms" ? 1e-3 : 1e-9)
set terminal pngcairo size 760,400 font "DejaVu Sans,11"
set output "lessons/13_simd/figures/speed.png"
set xlabel "length of the lists"
set ylabel "billions of operations a second"
set logscale x
set xrange [800:1.3e7]
set yrange [0:*]
set xtics ("1,000" 1e3, "10,000" 1e4, "100,000" 1e5, "1 million" 1e6, "10 million" 1e7) nomirror
set ytics nomirror
set border 3
set key top right
plot table using 1:(2e-9 * $1 / seconds($4, strcol(5))) with linespoints lw 2 pt 7 lc rgb "#777777" title "one thread", \
     "" using 1:(2e-9 * $1 / seconds($6, strcol(7))) with linespoints lw 2 pt 7 lc rgb "#E69F00" title "one thread, in lanes", \
     "" using 1:(2e-9 * $1 / seconds($9, strcol(10))) with linespoints lw 2 pt 7 lc rgb "#56B4E9" title "two threads, in lanes"
