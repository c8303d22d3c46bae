#include "common/programs/experiment/collect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>

#include "common/output_file.hpp"
#include "common/programs/experiment/page.hpp"
#include "common/terminal.hpp"

namespace fs = std::filesystem;

namespace {

constexpr const char* about_cells =
    "Speedup is serial time / this time. *: not judged, since the runs were "
    "disturbed, differed too much, or were too few (hollow in the plot). "
    "Machines differ: a smaller "
    "number is no worse work.";

/// Reads one file.
/// @throws std::runtime_error that says why it cannot.
Experiment read_file(const fs::path& file) {
    constexpr std::uintmax_t most = std::uintmax_t{8} << 20;  // bytes
    const fs::file_status status = fs::symlink_status(file);
    if (fs::is_symlink(status)) throw std::runtime_error("is a link");
    if (!fs::is_regular_file(status)) throw std::runtime_error("is no file");
    if (fs::file_size(file) > most) {
        throw std::runtime_error("has more than 8 MB");
    }
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("cannot be read");
    return read_summary({std::istreambuf_iterator<char>(in), {}});
}

/// Looks through a folder that is `below` the collected one.
void look_through(const fs::path& below, Collection& collection) {
    const auto skip = [&](const fs::path& file, const std::string& why) {
        collection.skipped.push_back(printable(file.string()) + ": " + why);
    };
    std::set<fs::path> names;  // in the same order on every machine
    std::error_code error;
    for (fs::directory_iterator entry(collection.folder / below, error), end;
         !error && entry != end; entry.increment(error)) {
        names.insert(entry->path().filename());
    }
    if (error) skip(below, "cannot be read: " + error.message());
    for (const fs::path& name : names) {
        const fs::path file = below / name;
        const fs::path whole = collection.folder / file;
        const bool is_folder = fs::is_directory(whole, error);
        if (is_folder && fs::is_symlink(whole)) {
            skip(file, "is a link");
        } else if (is_folder) {
            look_through(file, collection);
        } else if (name == "summary.json") {
            try {
                if (below.empty()) {
                    throw std::runtime_error("is in no student's folder");
                }
                collection.handed.push_back(
                    {.student = printable(file.begin()->string()),
                     .file = printable(file.string()),
                     .experiment = read_file(whole)});
            } catch (const std::exception& problem) {
                skip(file, problem.what());
            }
        }
    }
}

void add_names(std::vector<Handed>& handed) {
    for (Handed& one : handed) {
        const auto same = [&](const Handed& other) {
            return other.student == one.student &&
                   other.experiment.lesson == one.experiment.lesson;
        };
        one.name = one.student;
        if (std::count_if(handed.begin(), handed.end(), same) > 1) {
            const fs::path folder = fs::path(one.file).parent_path();
            one.name +=
                " (" + folder.lexically_relative(one.student).string() + ")";
        }
    }
}

/// The size in words, also where the setting itself failed.
std::string problem_of(const Summary& summary, const Experiment& experiment) {
    for (const Summary& other : experiment.summaries) {
        if (other.setting.size == summary.setting.size &&
            !other.problem.empty()) {
            return other.problem;
        }
    }
    return summary.setting.size;
}

std::string speedup_text(const Summary& summary) {
    if (summary.wrong) return "wrong";
    if (!summary.error.empty()) return "failed";
    if (summary.too_short) return "too short";
    if (!summary.speedup) return "-";
    return fmt::format("{:.2f}{}", *summary.speedup,
                       summary.judged ? " " : "*");
}

/// What a comparison compares: lesson, version, schedule, size.
using Key = std::array<std::string, 4>;

Key key_of(const Summary& summary, const Experiment& experiment) {
    const Setting& setting = summary.setting;
    Key key = {experiment.lesson, setting.version, setting.schedule,
               problem_of(summary, experiment)};
    for (std::string& part : key) part = printable(part);
    return key;
}

std::string name_of(const Key& key) {
    std::string name;
    for (const std::string& part : key) {
        if (!part.empty()) name += (name.empty() ? "" : ", ") + part;
    }
    return name;
}

/// By lesson, then as the experiments have them; without the serial ones.
std::vector<Key> keys_of(const std::vector<Handed>& handed) {
    std::vector<Key> keys;
    for (const Handed& one : handed) {
        for (const Summary& summary : one.experiment.summaries) {
            const Key key = key_of(summary, one.experiment);
            if (!summary.setting.is_serial() &&
                std::find(keys.begin(), keys.end(), key) == keys.end()) {
                keys.push_back(key);
            }
        }
    }
    std::stable_sort(keys.begin(), keys.end(),
                     [](const Key& a, const Key& b) { return a[0] < b[0]; });
    return keys;
}

/// The speedups of one experiment, one for each team; none: it has none.
Row row_of(const Handed& handed, const Key& key, const std::set<int>& teams) {
    std::string serial = "-";
    std::map<int, std::string> speedups;
    for (const Summary& summary : handed.experiment.summaries) {
        const Key own = key_of(summary, handed.experiment);
        if (own == key) {
            speedups[summary.setting.threads] = speedup_text(summary);
        }
        if (summary.setting.is_serial() && summary.median && own[0] == key[0] &&
            own[3] == key[3]) {
            serial = seconds_text(*summary.median);
        }
    }
    if (speedups.empty()) return {};
    Row row = {{"student", handed.name, "", true},
               {"machine", printable(handed.experiment.machine), "", true},
               {"serial", serial}};
    for (const int team : teams) {
        row.push_back({fmt::format("{} thread{}", team, team == 1 ? "" : "s"),
                       speedups.contains(team) ? speedups[team] : "-"});
    }
    return row;
}

Row setting_row(const Handed& handed, const Summary& summary) {
    const Setting& setting = summary.setting;
    const Experiment& experiment = handed.experiment;
    const auto known = [](const Known& value) {
        return value ? fmt::format("{}", *value) : "";
    };
    Row row = {{"student", handed.student},
               {"machine", experiment.machine},
               {"lesson", experiment.lesson},
               {"version", setting.version},
               {"threads", std::to_string(setting.threads)},
               {"schedule", setting.schedule},
               {"size", problem_of(summary, experiment)},
               {"median", known(summary.median)},
               {"iqr", known(summary.spread)},
               {"speedup", known(summary.speedup)},
               {"quiet", summary.is_quiet() ? "yes" : "no"},
               {"judged", summary.judged ? "yes" : "no"},
               {"remarks", remarks(summary)},
               {"started", experiment.started},
               {"file", handed.file}};
    for (Cell& cell : row) cell.text = no_formula(printable(cell.text));
    return row;
}

/// What collected.gp draws: a line for each speedup.
std::string plot_table(const Collection& collection) {
    std::string text = "threads\tspeedup\tjudged\tchart\tcurve\n";
    const auto plain = [](std::string name) {
        // gnuplot has a meaning for these in a list of words.
        std::replace(name.begin(), name.end(), '"', '\'');
        std::replace(name.begin(), name.end(), '\\', '/');
        return name;
    };
    for (const Key& key : keys_of(collection.handed)) {
        for (const Handed& handed : collection.handed) {
            for (const Summary& summary : handed.experiment.summaries) {
                if (!summary.speedup ||
                    key_of(summary, handed.experiment) != key) {
                    continue;
                }
                text +=
                    fmt::format("{}\t{}\t{}\t{}\t{}\n", summary.setting.threads,
                                *summary.speedup, summary.judged ? 1 : 0,
                                plain(name_of(key)), plain(handed.name));
            }
        }
    }
    return text;
}

std::string list_html(const std::vector<std::string>& items) {
    std::string html;
    for (const std::string& item : items) {
        html += "<li>" + escape_html(item) + "</li>\n";
    }
    return html.empty() ? "" : "<ul>\n" + html + "</ul>\n";
}

}  // namespace

Collection collect(const fs::path& folder) {
    Collection collection;
    collection.folder = folder;
    look_through("", collection);
    add_names(collection.handed);
    return collection;
}

std::vector<Comparison> comparisons(const Collection& collection) {
    std::vector<Comparison> comparisons;
    for (const Key& key : keys_of(collection.handed)) {
        std::set<int> teams;
        for (const Handed& handed : collection.handed) {
            for (const Summary& summary : handed.experiment.summaries) {
                if (key_of(summary, handed.experiment) == key) {
                    teams.insert(summary.setting.threads);
                }
            }
        }
        Comparison& comparison = comparisons.emplace_back();
        comparison.name = name_of(key);
        for (const Handed& handed : collection.handed) {
            const Row row = row_of(handed, key, teams);
            if (!row.empty()) comparison.rows.push_back(row);
        }
    }
    return comparisons;
}

std::string collected_csv(const Collection& collection) {
    std::string text = csv_line(setting_row({}, {}), &Cell::heading);
    for (const Handed& handed : collection.handed) {
        for (const Summary& summary : handed.experiment.summaries) {
            text += csv_line(setting_row(handed, summary), &Cell::text);
        }
    }
    return text;
}

void write_collection(const Collection& collection, const fs::path& output) {
    std::string tables;
    for (const Comparison& comparison : comparisons(collection)) {
        fmt::print("{}\n{}", comparison.name, table_text(comparison.rows));
        tables += "<h2>" + escape_html(comparison.name) +
                  "</h2>\n<div class=\"scroll\" tabindex=\"0\">\n" +
                  table_html(comparison.rows) + "</div>\n";
    }
    fmt::print("{}\n\n", about_cells);
    write_file(output / "collected.csv", collected_csv(collection));
    write_file(output / "collected.tsv", plot_table(collection));
    std::string problem = no_gnuplot();
    if (problem.empty()) {
        copy_script(output, "style");
        problem = draw(output, "collected");
    }
    if (!problem.empty()) fmt::print("{}\n", problem);
    std::vector<std::string> sources;
    std::set<std::string> students;
    for (const Handed& handed : collection.handed) {
        students.insert(handed.student);
        sources.push_back(fmt::format("{}: {}, {}, {}", handed.file,
                                      printable(handed.experiment.machine),
                                      printable(handed.experiment.started),
                                      printable(handed.experiment.command)));
    }
    write_file(
        output / "collected.html",
        filled("collected.html",
               {{"students", std::to_string(students.size())},
                {"experiments", std::to_string(collection.handed.size())},
                {"plot", plot(output, "collected")},
                {"about_cells", about_cells},
                {"tables", tables},
                {"sources", list_html(sources)},
                {"skipped",
                 collection.skipped.empty()
                     ? ""
                     : "<h2>Skipped</h2>\n" + list_html(collection.skipped)}}));
}
