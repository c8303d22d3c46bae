# Draws ordered.png: five naps, each shorter than the one before. The reports
# come in the loop's order, so a nap that is over waits for its turn.
set terminal pngcairo size 760,260 font "DejaVu Sans,11"
set output "lessons/02_naps/figures/ordered.png"
set xlabel "ms"
set xrange [0:560]
set yrange [-4.6:0.6]
set xtics 100 nomirror
set border 1
unset key
set ytics ("thread 0" 0, "thread 1" -1, "thread 2" -2, "thread 3" -3, "thread 4" -4) scale 0
do for [i = 0:4] {
    end = 500 - 100 * i
    set object i + 1 rectangle from 0,-i - 0.35 to end,-i + 0.35 \
        fillcolor rgb "#56B4E9" fillstyle solid noborder
    set label i + 1 sprintf("nap %d", i) at end / 2,-i center front
    set label i + 20 "report" at 508,-i
    if (i > 0) {
        set object i + 10 rectangle from end,-i - 0.35 to 500,-i + 0.35 \
            fillcolor rgb "#DDDDDD" fillstyle solid noborder
        set label i + 10 "waits" at (end + 500) / 2,-i center front
    }
}
plot NaN
