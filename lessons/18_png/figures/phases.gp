# Draws phases.png from the table in the README.
table = '< grep "^|.* ms | [0-9.]* ms |" lessons/18_png/README.md | grep "^| [ot]" | tr "|" ";" | tr -d "ms"'
set terminal pngcairo size 760,250 font "DejaVu Sans,11"
set output "lessons/18_png/figures/phases.png"
set datafile separator ";"
set xlabel "milliseconds"
set xrange [0:850]
set yrange [-2.7:0.6]
set ytics ("one thread" 0, "filter on two threads" -1, "writer on two as well" -2) scale 0
set xtics nomirror
set border 1
set style fill solid noborder
set key outside top center horizontal
plot table using 3:(-$0):(0):3:(-$0 - 0.3):(-$0 + 0.3) with boxxyerror lc rgb "#A0A0A0" title "read", \
     "" using 3:(-$0):3:($3 + $4):(-$0 - 0.3):(-$0 + 0.3) with boxxyerror lc rgb "#D55E00" title "grey", \
     "" using 3:(-$0):($3 + $4):6:(-$0 - 0.3):(-$0 + 0.3) with boxxyerror lc rgb "#0072B2" title "write", \
     "" using 6:(-$0):(sprintf("%.0f", $6)) with labels left offset 1,0 notitle
