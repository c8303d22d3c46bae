# Draws collected.svg and collected.png, the speedup on several machines, from
# collected.tsv: a chart for each setting, a line for each machine, hollow where
# it is not judged: gnuplot collected.gp
load 'style.gp'
table = 'collected.tsv'
charts = curves = teams = ''
stats table using (charts = add(charts, strcol('chart')), curves = add(curves, strcol('curve')), \
    teams = add(teams, strcol('threads')), column('threads')) nooutput
if (words(charts) == 0) exit
last = STATS_max
stats table using (column('speedup')) nooutput
highest = STATS_max

# As many charts as a picture may be high.
height = 380 + (words(curves) > 16 ? 18 * (words(curves) - 16) : 0)
most = floor(15000.0 / height)
shown = words(charts) < most ? words(charts) : most
set xlabel 'threads' offset 0,0.6
set ylabel 'speedup (serial time / this time)'
set xrange [0.5 : last + 0.5]
set xtics ('' 0)
set for [i = 1:words(teams)] xtics add (word(teams, i) word(teams, i) + 0)
set yrange [0 : 1.1 * highest]
set key outside right top vertical Left reverse samplen 2
colour(i) = word(line_colours, (i - 1) % 5 + 1)
short(name) = strlen(name) > 32 ? name[1:30].'...' : name
shape(i) = 4 + 2 * (floor((i - 1) / 5) % 5)
y(c, i, judged) = strcol('chart') eq word(charts, c) && strcol('curve') eq word(curves, i) \
    && column('judged') >= judged ? column('speedup') : NaN
do for [kind in 'svg png'] {
    eval begin(kind, 'collected', 900, 40 + height * shown)
    set multiplot layout shown, 1 title words(charts) > shown \
        ? sprintf('The first %d of %d settings; the others are in the tables', shown, words(charts)) : ''
    do for [c = 1:shown] {
        set title word(charts, c)
        plot x with lines linecolor rgb 'black' dashtype 2 title 'ideal', \
            for [i = 1:words(curves)] table using (column('threads')):(y(c, i, 0)) \
                with linespoints linewidth 2 pointtype shape(i) linecolor rgb colour(i) title short(word(curves, i)), \
            for [i = 1:words(curves)] table using (column('threads')):(y(c, i, 1)) \
                with points pointtype shape(i) + 1 linecolor rgb colour(i) notitle
    }
    unset multiplot
}
unset output
