# Draws ladder.png from the table in the README.
table = '< sed -n "s/^| .\([a-z]*\)[.]cpp.*| *\([0-9.]*\) ms |/\1 \2/p" \
    lessons/14_cake/README.md | sort -k 2 -g -r'
set terminal pngcairo size 900,420 font "DejaVu Sans,13"
set output "lessons/14_cake/figures/ladder.png"
set xlabel "ms (logarithmic), two threads, 4,000,000 crumbs"
set logscale x
set xrange [0.5:*]
set yrange [-0.6:5.6]
set xtics nomirror
set ytics nomirror scale 0
set border 1
unset key
set style fill solid noborder
colour(name) = name eq "racy" ? 0xD55E00 : name eq "serial" ? 0xA0A0A0 : 0x0072B2
says(name, ms) = name eq "racy" ? ms . "   WRONG: crumbs are lost" : ms
plot table using (0.5):0:(0.5):2:($0 - 0.32):($0 + 0.32):(colour(strcol(1))):yticlabels(1) \
         with boxxyerror lc rgb variable, \
     "" using 2:0:(says(strcol(1), strcol(2))) with labels left offset 1,0
