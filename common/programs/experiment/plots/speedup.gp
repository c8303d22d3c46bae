# Draws speedup.svg and speedup.png: gnuplot speedup.gp
load 'table.gp'
if (!exists('name')) { name = 'speedup'; what = 'speedup (serial time / this time)' }
parts(row) = name eq 'efficiency' ? threads(0) : 1
y(seconds) = column('speedup') * column('median') / seconds / parts(0)
over = several(teams) ? 'threads' : several(sizes) ? 'sizes' : 'curves'
most = 5
wanted(row) = strcol('speedup') ne ''
# What was possible: a loop that only computes, run beside each run.
area(row) = column('control_speedup') / parts(0)
area_name = 'control'
mark(row) = threads(0) / parts(0)
mark_name = 'ideal'
line_name = ''
predicted(row) = column('speedup') / parts(0)
predicts = over eq 'threads' && system('test -s '.prediction.' && echo yes') eq 'yes'
load 'chart.gp'
