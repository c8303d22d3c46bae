# Draws efficiency.svg and efficiency.png: gnuplot efficiency.gp
name = 'efficiency'
what = 'efficiency (speedup / threads)'
load 'speedup.gp'
