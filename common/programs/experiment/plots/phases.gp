# Draws phases.svg and phases.png, what part of the programs' time is reading,
# the loop and writing: gnuplot phases.gp
load 'table.gp'
read(row) = number('read_seconds')
whole(row) = read(0) + column('median') + number('write_seconds')
wanted(row) = sound(0) && whole(0) > column('median')
rows = longest = 0
stats table using (wanted(0) ? (rows = rows + 1, \
    longest = whole(0) > longest ? whole(0) : longest) : 0, 0) nooutput
if (rows == 0) exit
unit = unit(longest)

set title heading('reading, the loop, writing')
set xlabel 'time ('.unit_name(unit).'), medians'
set xrange [0 : 1.25 * longest / unit]
set yrange [rows + 0.6 : 0.4]
set border 1
set ytics scale 0
unset grid
set key outside top center horizontal

# A row for each setting that reads or writes; in it three parts.
n = 0
next(row) = wanted(0) ? (n = n + 1) : NaN
until(part) = (part == 0 ? 0 : part == 1 ? read(0) : part == 2 ? read(0) + column('median') : whole(0)) / unit
do for [kind in 'svg png'] {
    eval begin(kind, 'phases', 800, 150 + 26 * rows)
    plot for [part = 0:2] n = 0 table using \
            (until(part)):(next(0)):(until(part)):(until(part + 1)):(n - 0.36):(n + 0.36):ytic(strcol('name')) \
            with boxxyerror fillstyle solid noborder linecolor rgb word('#56b4e9 #d55e00 #999999', part + 1) \
            title word('read loop write', part + 1), \
        n = 0 '' using (until(3)):(next(0)):(sprintf('loop %.1f %%', 100 * column('median') / whole(0))) \
            with labels left offset 0.6,0 notitle
}
unset output
