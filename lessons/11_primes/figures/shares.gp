# Draws shares.png: the divisions that each of two threads makes for the numbers
# below 1,000,000. A number takes one less than its smallest divisor; a prime, as
# many as there are numbers from 2 to its square root.
set print $shares
print system('awk "BEGIN { bound = 1000000; \
    for (n = 2; n < bound; ++n) if (!(n in least)) \
        for (m = n * n; m < bound; m += n) if (!(m in least)) least[m] = n; \
    split(\"500000 1 2 3 1000\", chunk, \" \"); \
    for (n = 2; n < bound; ++n) { \
        work = n in least ? least[n] - 1 : int(sqrt(n)) - 1; total += work; \
        for (c = 1; c <= 5; ++c) if (int((n - 2) / chunk[c]) % 2 == 0) first[c] += work } \
    split(\"static static,1 static,2 static,3 static,1000\", name, \" \"); \
    for (c = 1; c <= 5; ++c) print name[c], 100 * first[c] / total, 100 - 100 * first[c] / total }"')
set print
set terminal pngcairo size 760,300 font "DejaVu Sans,11"
set output "lessons/11_primes/figures/shares.png"
set title "How much of the work each of two threads gets (numbers below 1,000,000)"
set ylabel "% of the divisions"
set yrange [0:100]
set style data histograms
set style histogram rowstacked
set style fill solid border lc rgb "#555555"
set boxwidth 0.5
set xtics nomirror scale 0
set ytics nomirror
set border 3
set key outside right top title "thread"
plot $shares using 2:xtic(1) lc rgb "#E69F00" title "0", \
     "" using 3 lc rgb "#56B4E9" title "1"
