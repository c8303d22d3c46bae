# Lines over threads or sizes, or points where neither differs: speedup.gp,
# efficiency.gp and time.gp load this. They set
#   name, what      of the plot and of its vertical axis
#   over            'threads', 'sizes' or 'curves'
#   most            curves in a chart
#   wanted(row)     which settings to show
#   y(seconds)      the value of a time
#   area(row), mark(row)   to compare with; area_name, mark_name: empty for none
#   line_name       of the serial program's curve over sizes, or empty
#   predicts        whether predictions are drawn, thin, beyond the measured
#   predicted(row)  and the value of one
low(row) = y(strcol('quartile1') eq '' ? column('median') : column('quartile1'))
high(row) = y(strcol('quartile3') eq '' ? column('median') : column('quartile3'))
here(row) = parallel(0) && wanted(0)
has(name) = strlen(name) > 0

# A chart for each version, or for each version and size; in it a curve for
# whatever else differs.
both = over eq 'threads' && several(schedules) && several(sizes)
chart(row) = version(0).(both ? ', '.size(0) : '')
curve(row) = several(schedules) ? schedule(0) \
    : over eq 'threads' && several(sizes) ? size(0) \
    : over eq 'sizes' && several(teams) ? 'threads: '.strcol('threads') \
    : version(0)
x(row) = over eq 'threads' ? threads(0) \
    : over eq 'sizes' ? column('size') : place(curves, curve(0))

# A prediction has the columns that charts and curves are told by. Where there are
# none, the measured points are drawn twice: gnuplot would look for the file.
predictions = predicts ? prediction : table

charts = curves = larger_teams = ''
highest = 0
larger(a, b) = b > a ? b : a  # a where b is no number
stats table using (here(0) && y(column('median')) > 0 ? ( \
    charts = add(charts, chart(0)), curves = add(curves, curve(0)), \
    highest = larger(larger(larger(highest, low(0)), high(0)), mark(0))) : 0, 0) nooutput
if (words(charts) == 0) exit
pages = ceil(1.0 * words(curves) / most)
panels = words(charts) * pages
columns = panels > 1 ? 2 : 1
rows = ceil(1.0 * panels / columns)

set key outside bottom center horizontal samplen 3
set bmargin 5
set ylabel what
set xtics ('' 0)
if (over eq 'threads') {
    set xlabel 'threads' offset 0,0.6
    set for [i = 1:words(teams)] xtics add (word(teams, i) word(teams, i) + 0)
    stats table using (parallel(0) ? threads(0) : NaN) nooutput
    last = STATS_max
    if (predicts) {
        stats prediction using (charts eq add(charts, chart(0)) && curves eq add(curves, curve(0)) ? ( \
            last = larger(last, threads(0)), larger_teams = add(larger_teams, strcol('threads')), \
            highest = larger(highest, predicted(0))) : 0, 0) nooutput
        stats table using (parallel(0) ? threads(0) : NaN) nooutput
        set for [i = 1:words(larger_teams)] xtics add (word(larger_teams, i) word(larger_teams, i) + 0)
    }
    margin = larger(0.25, 0.06 * (last - STATS_min))
    set xrange [STATS_min - margin : last + margin]
    if (STATS_max > processors) {
        set object 1 rectangle from processors, graph 0 to STATS_max + margin, graph 1 \
            behind fillcolor rgb '#f4f0e4' fillstyle solid noborder
        set label 1 'oversubscribed' at processors, graph 0.03 offset 0.5,0 \
            textcolor rgb '#777777'
    }
}
if (over eq 'sizes') {
    set xlabel 'size (value of --width or --count)' offset 0,0.6
    set logscale x
    stats table using (here(0) ? x(0) : NaN) nooutput
    set xrange [STATS_min / 1.3 : STATS_max * 1.3]
    set xtics autofreq
    set format x '%.0f'
    margin = 0
}
if (over eq 'curves') {
    set for [i = 1:words(curves)] xtics add (word(curves, i) i)
    set xrange [0.4 : words(curves) + 0.6]
    margin = 0.8
}
set yrange [0 : 1.1 * highest]  # not before: stats looks at it
if (name eq 'time' && over eq 'sizes') { set logscale y; set format y '%g'; set yrange [*:*] }

height(c, i) = here(0) && chart(0) eq word(charts, c) && curve(0) eq word(curves, i) \
    ? y(column('median')) : NaN
beyond(c, i) = chart(0) eq word(charts, c) && curve(0) eq word(curves, i) ? predicted(0) : NaN
do for [kind in 'svg png'] {
    eval begin(kind, name, 800, 60 + 380 * rows)
    set multiplot layout rows, columns title heading(name)
    do for [c = 1:words(charts)] { do for [page = 1:pages] {
        if (words(charts) > 1) { set title word(charts, c) }
        from = most * (page - 1) + 1
        to = most * page < words(curves) ? most * page : words(curves)
        plot NaN notitle, \
            for [k = 1:has(area_name)] table using (here(0) ? x(0) : NaN):(area(0)) smooth unique \
                with filledcurves y=0 fillcolor rgb '#e4e4e4' title area_name, \
            for [k = 1:has(mark_name)] table using (here(0) ? x(0) : NaN):(mark(0)):(0.4 * margin) \
                with xerrorbars pointtype 0 linecolor rgb 'black' title mark_name, \
            for [k = 1:has(line_name)] table using (serial(0) ? x(0) : NaN):(y(column('median'))) \
                with linespoints linecolor rgb 'black' dashtype 2 title line_name, \
            for [i = from:to] table using (x(0)):(height(c, i)):(low(0)):(high(0)) \
                with yerrorlines linewidth 2 pointtype 2 * (i - from) + 5 pointsize 0.8 \
                linecolor rgb word(line_colours, i - from + 1) title word(curves, i), \
            for [i = from:to] predictions using (threads(0)): \
                (predicts ? beyond(c, i) : height(c, i)) \
                with lines linewidth 1 dashtype 3 linecolor rgb word(line_colours, i - from + 1) notitle, \
            for [k = 1:predicts] NaN with lines linewidth 1 dashtype 3 linecolor rgb 'black' title 'predicted'
    } }
    unset multiplot
}
unset output
