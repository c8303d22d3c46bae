# Draws time.svg and time.png: gnuplot time.gp
load 'style.gp'
name = 'time'
over = several(sizes) ? 'sizes' : several(threads) ? 'threads' : 'kinds'
stats table using (sound(0) ? column('median') : NaN) nooutput
unit = unit(STATS_max)
what = 'time ('.unit_name(unit).')'
y(seconds) = seconds / unit
most = 4
# Of several schedules and several sizes, only those on one team: the largest
# that is not oversubscribed.
stats table using (parallel(0) && column('threads') <= processors ? column('threads') : NaN) nooutput
team = STATS_max
wanted(row) = over ne 'sizes' || !several(schedules) || column('threads') == team
area_name = ''
area(row) = NaN
serial_time = NaN
stats table using (serial(0) ? (serial_time = y(column('median'))) : 0, 0) nooutput
mark(row) = over eq 'sizes' ? NaN : serial_time
mark_name = over eq 'sizes' ? '' : 'serial'
line_name = over eq 'sizes' ? 'serial' : ''
if (over eq 'sizes') { logarithmic = 1 }
load 'chart.gp'
