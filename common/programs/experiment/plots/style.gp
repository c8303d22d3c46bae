# What the plots share. They read tables with tabs in between: gnuplot cuts text
# with commas.
set datafile separator tab
set datafile columnheaders
set datafile missing NaN
set encoding utf8

# Lists of names in quotation marks, which words() and word() take apart.
add(list, name) = strstrt(list, '"'.name.'"') ? list : list.' "'.name.'"'
place(list, name) = sum [i = 1:words(list)] (word(list, i) eq name ? i : 0)
several(list) = words(list) > 1

unit(longest) = longest >= 1 ? 1 : longest >= 1e-3 ? 1e-3 : 1e-6
unit_name(unit) = unit == 1 ? 's' : unit == 1e-3 ? 'ms' : 'us'
# The colours of Okabe and Ito, for lines and, in another order, for threads.
line_colours = '#0072b2 #d55e00 #009e73 #cc79a7 #e69f00'
thread_colours = '0xe69f00 0x56b4e9 0x009e73 0xf0e442 0x0072b2 0xd55e00 0xcc79a7 0x787878'

# The command that begins a file of that kind, "svg" or "png".
begin(kind, name, width, height) = (kind eq 'svg' \
    ? sprintf("set terminal svg noenhanced size %d,%d font 'sans-serif,10' fontscale 1.33 background 'white'", width, height) \
    : sprintf("set terminal pngcairo noenhanced size %d,%d font 'Sans,10' fontscale 2 linewidth 2 pointscale 2", 2 * width, 2 * height)) \
    .sprintf("; set output '%s.%s'", name, kind)
set border 3
set tics nomirror
set grid y linecolor rgb '#dddddd' linetype 1
