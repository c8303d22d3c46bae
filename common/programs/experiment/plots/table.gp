# Reads settings/table.tsv, which has a line for each setting.
load 'style.gp'
table = 'settings/table.tsv'
# What larger teams would reach, where that is predicted.
prediction = 'settings/prediction.tsv'

# Of a line of the table. (gnuplot's functions need an argument.)
version(row) = strcol('version')
schedule(row) = strcol('schedule')
threads(row) = column('threads')
size(row) = strcol('problem')
sound(row) = strcol('median') ne '' && strcol('error') eq '' && strcol('wrong') eq 'false'
serial(row) = sound(0) && version(0) eq 'serial'
parallel(row) = sound(0) && version(0) ne 'serial'
fits_in(row) = parallel(0) && threads(0) <= processors
number(name) = strcol(name) eq '' ? 0 : column(name)

versions = schedules = sizes = teams = ''
stats table using (lesson = strcol('lesson'), machine = strcol('machine'), \
    processors = column('processors'), parallel(0) ? ( \
    versions = add(versions, version(0)), sizes = add(sizes, size(0)), \
    schedules = add(schedules, schedule(0)), \
    teams = add(teams, strcol('threads'))) : 0, 0) nooutput
if (!exists('lesson')) { print table.' cannot be read'; exit status 1 }
if (words(versions) == 0) exit
heading(what) = lesson.': '.what \
    .(several(sizes) || word(sizes, 1) eq '' ? '' : ', '.word(sizes, 1)) \
    .(several(teams) ? '' : ', threads: '.word(teams, 1))."\n".machine
stats table using (fits_in(0) ? threads(0) : NaN) nooutput
team = STATS_max  # the largest that is not oversubscribed
