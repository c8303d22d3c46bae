// The clauses are tried out on a device of our own: a second memory, in which
// other numbers are. A copy is needless if everything is right without it.

#include <fmt/core.h>

#include <map>
#include <regex>
#include <string>
#include <vector>

#include "lessons/22_accelerator/accelerator.hpp"
#include "tests/exercises/exercise.hpp"

namespace {

constexpr int n = 9;

/// What the loops use, by its name. A number is a list of one.
using Memory = std::map<std::string, std::vector<double>>;

bool is_number(const std::string& name) {
    return name == "factor" || name == "last";
}

Memory host_memory() {
    Memory host = {{"factor", {3.0}}, {"last", {-4.0}}};
    for (int i = 0; i < n; ++i) {
        host["a"].push_back((i % 2 == 0 ? 1.5 : -1.5) * (i + 1));
        host["b"].push_back(100.5 + i);
        host["t"].push_back(200.5 + i);
    }
    return host;
}

/// Numbers that were there before, none like another.
Memory device_memory() {
    Memory device = host_memory();
    double left_there = 70'000.0;
    for (auto& [name, values] : device) {
        for (double& value : values) value = left_there += 1.0;
    }
    return device;
}

struct Case {
    Loop loop;
    std::string name;
    std::string used;  ///< the arrays
    void (*run)(Memory& memory);
};

void smooth(Memory& memory) {
    auto& a = memory["a"];
    auto& b = memory["b"];
    for (int times = 0; times < 100; ++times) {
        for (int i = 0; i < n; ++i) b[i] = (a[i] + a[n - 1 - i]) / 2;
        for (int i = 0; i < n; ++i) a[i] = b[i];
    }
}

const std::array<Case, 8> cases = {{
    {Loop::doubled, "doubled", "ab",
     [](Memory& m) {
         for (int i = 0; i < n; ++i) m["b"][i] = 2 * m["a"][i];
     }},
    {Loop::added, "added", "ab",
     [](Memory& m) {
         for (int i = 0; i < n; ++i) m["a"][i] += m["b"][i];
     }},
    {Loop::numbered, "numbered", "a",
     [](Memory& m) {
         for (int i = 0; i < n; ++i) m["a"][i] = i;
     }},
    {Loop::corrected, "corrected", "ab",
     [](Memory& m) {
         for (int i = 0; i < n; ++i) {
             if (m["a"][i] < 0) m["b"][i] = 0;
         }
     }},
    {Loop::scaled, "scaled", "a",
     [](Memory& m) {
         for (int i = 0; i < n; ++i) m["a"][i] *= m["factor"][0];
     }},
    {Loop::found, "found", "a",
     [](Memory& m) { m["last"][0] = m["a"][n - 1]; }},
    {Loop::squares, "squares", "abt",
     [](Memory& m) {
         auto& t = m["t"];
         for (int i = 0; i < n; ++i) t[i] = m["a"][i] * m["a"][i];
         for (int i = 0; i < n; ++i) m["b"][i] = t[i] + t[n - 1 - i];
     }},
    {Loop::smoothed, "smoothed", "ab", smooth},
}};

/// In which directions something is copied.
struct Copies {
    bool to = false;
    bool from = false;
};
using Map = std::map<std::string, Copies>;

/// Takes clauses apart. @returns what is wrong with them; empty where nothing.
std::string read_clauses(const std::string& clauses, Map& found) {
    static const std::regex clause(
        R"(^[\s,]*map\s*\(\s*(?:(tofrom|to|from|alloc)\s*:)?([^()]*)\))");
    static const std::regex item(R"(^[\s,]*(\w+)\s*(\[\s*0?\s*:\s*n\s*\])?)");
    std::string rest = clauses;
    std::smatch match;
    while (std::regex_search(rest, match, clause)) {
        const std::string kind = match[1].matched ? match[1].str() : "tofrom";
        std::string items = match[2];
        rest = match.suffix();
        while (std::regex_search(items, match, item)) {
            const std::string name = match[1];
            const bool has_section = match[2].matched;
            items = match.suffix();
            if (!host_memory().contains(name)) {
                return "there is no " + name;
            }
            if (has_section == is_number(name)) {
                return has_section
                           ? name + " is a number: it has no [:n]"
                           : name + " is a pointer: write " + name +
                                 "[:n] for the numbers that it points to";
            }
            if (!found
                     .try_emplace(name, Copies{kind.starts_with("to"),
                                               kind.ends_with("from")})
                     .second) {
                return name + " is there twice: to and from is tofrom";
            }
        }
        if (items.find_first_not_of(" \n") != std::string::npos) {
            return "'" + items + "' is not understood";
        }
    }
    if (rest.find_first_not_of(" \n") == std::string::npos) return "";
    return "'" + rest + "' is not understood: map(to : a[:n]) would be";
}

/// Runs the loop on the device. @returns what is wrong afterwards on the host.
std::string try_out(const Case& one, const Map& map) {
    const Memory before = host_memory();
    Memory expected = before;
    one.run(expected);
    Memory host = before;
    Memory device = device_memory();
    const Memory left_there = device;
    for (const auto& [name, values] : host) {
        const auto mapped = map.find(name);
        const bool is_sent =
            mapped == map.end() ? is_number(name) : mapped->second.to;
        if (is_sent) device[name] = values;
    }
    one.run(device);
    for (const auto& [name, copies] : map) {
        if (copies.from) host[name] = device[name];
    }
    for (const auto& [name, values] : host) {
        if (name == "t") continue;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (values[i] == expected[name][i]) continue;
            const std::string which =
                is_number(name) ? name : fmt::format("{}[{}]", name, i);
            std::string why = ": it was made of what nobody had sent there";
            if (values[i] == before.at(name)[i]) {
                why = ", as before the loop: who brings it back?";
            } else if (values[i] == left_there.at(name)[i]) {
                why = ": this number was in the device's memory before";
            }
            return fmt::format("{} is {} on the host, not {}{}", which,
                               values[i], expected[name][i], why);
        }
    }
    return "";
}

/// What a student should know of the clauses of a loop; empty if all is well.
std::string complaint(const Case& one, const std::string& clauses) {
    Map map;
    if (const auto wrong = read_clauses(clauses, map); !wrong.empty()) {
        return wrong;
    }
    for (const char array : one.used) {
        const std::string name(1, array);
        if (!map.contains(name)) {
            return name + " is not there: the device has no memory for it";
        }
    }
    if (const auto wrong = try_out(one, map); !wrong.empty()) return wrong;
    for (const auto& [name, copies] : map) {
        Map less = map;
        less[name].to = false;
        if (copies.to && try_out(one, less).empty()) {
            return "right, but nobody there reads the " + name +
                   " that is sent";
        }
        less = map;
        less[name].from = false;
        if (copies.from && try_out(one, less).empty()) {
            return "right, but the host has this " + name +
                   " already, or never looks at it: it comes back for nothing";
        }
        less = map;
        less.erase(name);
        if (is_number(name) && try_out(one, less).empty()) {
            return "right, but the number " + name +
                   " is sent without a clause";
        }
    }
    return "";
}

}  // namespace

TEST(Correct, TheClausesOfEveryLoop) {
    std::map<Loop, std::string> given;
    for (const Mapped& one : clauses()) {
        given[one.loop] = std::string(one.clauses);
    }
    for (const Case& one : cases) {
        if (!given.contains(one.loop)) {
            ADD_FAILURE() << one.name << ": there is no answer for it";
            continue;
        }
        const std::string wrong = complaint(one, given[one.loop]);
        if (!wrong.empty()) {
            ADD_FAILURE() << one.name << " with \"" << given[one.loop]
                          << "\": " << wrong;
        }
    }
}
