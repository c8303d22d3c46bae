# Draws speedup.svg and speedup.png: gnuplot speedup.gp
load 'style.gp'
if (!exists('name')) { name = 'speedup'; what = 'speedup (serial time / this time)' }
parts(row) = name eq 'efficiency' ? column('threads') : 1
y(seconds) = column('speedup') * column('median') / seconds / parts(0)
over = several(threads) ? 'threads' : several(sizes) ? 'sizes' : 'kinds'
most = 5
wanted(row) = strcol('speedup') ne ''
# What was possible: a loop that only computes, run beside each run.
area(row) = column('control') / parts(0)
area_name = 'control'
mark(row) = column('threads') / parts(0)
mark_name = 'ideal'
line_name = ''
load 'chart.gp'
