# Draws timelines.png, which thread worked when, and writes the same as
# trace.json for Perfetto and chrome://tracing: gnuplot timelines.gp
load 'table.gp'
# Shown are settings of the size that comes last, on the largest team that is
# not oversubscribed, or, where there is one version with one schedule, on every
# team. Change this for others.
wanted(row) = strcol('folder') ne '' && size(0) eq word(sizes, words(sizes)) \
    && (threads(0) == team || words(versions) * words(schedules) == 1)

folders = names = lanes = ''
stats table using (wanted(0) ? (folders = folders.' settings/'.strcol('folder'), \
    names = names.sprintf(' "%s:  imbalance %.2f"', strcol('name'), column('imbalance')), \
    lanes = lanes.' '.strcol('threads')) : 0, 0) nooutput
panels = words(folders)
if (panels == 0) exit
log_of(i) = word(folders, i).'/work_log.csv'
height = 100 + 44 * panels + 22 * (sum [i = 1:panels] word(lanes, i) + 0)

set datafile separator ','
longest = 0
do for [i = 1:panels] {
    stats log_of(i) using (column('end_s')) nooutput
    longest = STATS_max > longest ? STATS_max : longest
    trace = word(folders, i).'/trace.json'
    set print trace; print '{"traceEvents":['; unset print
    set table trace append
    plot log_of(i) using (sprintf('{"ph":"X","pid":1,"tid":%d,"name":"item %d","ts":%.3f,"dur":%.3f},', \
        $2, $1, 1e6 * $3, 1e6 * ($4 - $3))) with table
    unset table
    set print trace append
    print '{"ph":"M","pid":1,"name":"process_name","args":{"name":"'.word(names, i).'"}}]}'
    unset print
}
if (longest <= 0) exit

unit = unit(longest)
colour(thread) = word(thread_colours, thread % 8 + 1) + 0
# Of a thread's items, what is not its own is out of sight. Items are parted by
# white lines where they are wide enough.
row(thread) = column('thread') == thread ? thread : -10
wide_row(thread) = column('end_s') - column('start_s') > longest / 200 ? row(thread) : -10
set xrange [0 : 1.01 * longest / unit]
set border 1
set ytics 1 scale 0 format 'thread %.0f'
unset grid
unset key
eval begin('png', 'timelines', 800, height)
set multiplot title heading('which thread worked when; each bar is an item of the loop')
top = 1 - 50.0 / height
do for [i = 1:panels] {
    set tmargin at screen top - 24.0 / height
    top = top - (44.0 + 22 * word(lanes, i)) / height
    set bmargin at screen top + 20.0 / height
    set title word(names, i) offset 0,-0.7
    set yrange [word(lanes, i) - 0.5 : -0.5]
    set format x (i < panels ? '' : '%g')
    set xlabel (i < panels ? '' : 'time since the loop began ('.unit_name(unit).')')
    plot for [thread = 0:word(lanes, i) - 1] log_of(i) using (0):(row(thread)): \
            (column('start_s') / unit):(column('end_s') / unit):(row(thread) - 0.42):(row(thread) + 0.42) \
            with boxxyerror fillstyle solid noborder linecolor rgb colour(thread), \
        for [thread = 0:word(lanes, i) - 1] '' using (0):(wide_row(thread)): \
            (column('start_s') / unit):(column('end_s') / unit):(wide_row(thread) - 0.42):(wide_row(thread) + 0.42) \
            with boxxyerror fillstyle solid border linecolor rgb 'white' linecolor rgb colour(thread)
}
unset multiplot
unset output
