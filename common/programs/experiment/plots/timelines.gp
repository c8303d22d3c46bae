# Draws timelines.png, which thread worked when: gnuplot timelines.gp
load 'style.gp'
# Shown are settings of the size that comes last: on the largest team that is
# not oversubscribed, where there are versions or schedules to compare; else on
# every team. Change `wanted` for others.
kinds = words(versions) * words(schedules)
stats table using (parallel(0) && column('threads') <= processors ? column('threads') : NaN) nooutput
team = STATS_max
size = word(sizes, words(sizes))
wanted(row) = strcol('log') ne '' && strcol('size') eq size \
    && (kinds == 1 || column('threads') == team)

logs = names = ''
teams = ''
stats table using (wanted(0) ? (logs = logs.' "'.strcol('log').'"', \
    names = names.' "'.strcol('name').':  imbalance '.sprintf('%.2f', column('imbalance')).'"', \
    teams = teams.' '.strcol('threads')) : 0, 0) nooutput
panels = words(logs)
if (panels == 0) exit
path(i) = 'settings/'.word(logs, i)

longest = 0
lanes = 0
set datafile separator ','
do for [i = 1:panels] {
    stats path(i) using (column('end_s')) nooutput
    longest = STATS_max > longest ? STATS_max : longest
    lanes = lanes + word(teams, i)
}
if (longest <= 0) exit
unit = unit(longest)

set xrange [0 : 1.01 * longest / unit]
set border 1
set ytics scale 0
unset grid
unset key
height = 100 + 44 * panels + 22 * lanes
pixel = 1.0 / height
colour(thread) = word(thread_colours, thread % 8 + 1) + 0
start(thread) = column('thread') == thread ? column('start_s') / unit : NaN
# Items are parted by a white line where they are wide enough.
wide(thread) = column('end_s') - column('start_s') > longest / 200 ? start(thread) : NaN

eval begin('png', 'timelines', 800, height)
set multiplot title heading('which thread worked when; each bar is an item of the loop')
top = 1 - 50 * pixel
do for [i = 1:panels] {
    set tmargin at screen top - 24 * pixel
    top = top - (44 + 22 * word(teams, i)) * pixel
    set bmargin at screen top + 20 * pixel
    set title word(names, i) offset 0,-0.7
    set yrange [word(teams, i) - 0.5 : -0.5]
    set ytics 1 format 'thread %.0f'
    if (i < panels) { set format x '' } else { set format x '%g'; set xlabel 'time since the loop began ('.unit_name(unit).')' }
    plot for [thread = 0:word(teams, i) - 1] path(i) using \
            (start(thread)):(thread):(start(thread)):(column('end_s') / unit):(thread - 0.42):(thread + 0.42) \
            with boxxyerror fillstyle solid noborder linecolor rgb colour(thread), \
        for [thread = 0:word(teams, i) - 1] '' using \
            (wide(thread)):(thread):(wide(thread)):(column('end_s') / unit):(thread - 0.42):(thread + 0.42) \
            with boxxyerror fillstyle empty border rgb 'white'
}
unset multiplot
unset output
