# Draws time.svg and time.png: gnuplot time.gp
load 'table.gp'
name = 'time'
over = several(sizes) ? 'sizes' : several(teams) ? 'threads' : 'curves'
stats table using (sound(0) ? column('median') : NaN) nooutput
unit = unit(STATS_max)
what = 'time ('.unit_name(unit).')'
y(seconds) = seconds / unit
most = 4
# Of several schedules and several sizes, only those on one team.
wanted(row) = over ne 'sizes' || !several(schedules) || threads(0) == team
area(row) = 0
area_name = ''
stats table using (serial(0) ? (serial_time = y(column('median'))) : 0, 0) nooutput
mark(row) = over ne 'sizes' && exists('serial_time') ? serial_time : 0
mark_name = over ne 'sizes' && exists('serial_time') ? 'serial' : ''
line_name = over eq 'sizes' ? 'serial' : ''
predicts = 0
predicted(row) = 0
load 'chart.gp'
