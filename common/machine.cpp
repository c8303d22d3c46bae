#include "common/machine.hpp"

#include <fmt/core.h>
#include <sched.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "common/openmp.hpp"
#include "common/terminal.hpp"

namespace fs = std::filesystem;

namespace {

/// A whole small file, such as those of /proc; empty when there is none.
std::string read_text(const fs::path& file) {
    std::ifstream in(file);
    std::string text;
    std::getline(in, text, '\0');
    return text;
}

/// What stands behind `key` and a colon on a line of the text.
std::string value_of(const std::string& text, const std::string& key) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(key)) continue;
        const std::size_t colon = line.find(':');
        const std::size_t start = line.find_first_not_of(" \t", colon + 1);
        if (colon != std::string::npos && start != std::string::npos) {
            return line.substr(start);
        }
    }
    return {};
}

/// The folder of this process's control group, in that of all. Its line in
/// /proc/self/cgroup, which is `text`, has one of the keys. A container sees
/// its own group as that of all.
fs::path control_group(const fs::path& all, const std::string& text,
                       std::initializer_list<const char*> keys) {
    for (const char* key : keys) {
        const std::size_t line = text.find(key);
        if (line == std::string::npos) continue;
        const std::size_t start = text.find('/', line) + 1;
        fs::path own = all / text.substr(start, text.find('\n', start) - start);
        if (fs::exists(own)) return own;
    }
    return all;
}

fs::path memory_group() {
    return control_group("/sys/fs/cgroup", read_text("/proc/self/cgroup"),
                         {"0::"});
}

std::string loaded_runtime() {
    const std::string maps = read_text("/proc/self/maps");
    for (const char* name : {"libgomp", "libomp", "libiomp"}) {
        if (maps.find(std::string("/") + name) != std::string::npos) {
            return name;
        }
    }
    return maps.empty() ? "unknown" : "";
}

int usable_processors() {
#if defined(_OPENMP)
    return omp_get_num_procs();
#elif defined(__linux__)
    cpu_set_t mask;
    CPU_ZERO(&mask);
    sched_getaffinity(0, sizeof mask, &mask);
    return CPU_COUNT(&mask);
#else
    return static_cast<int>(std::thread::hardware_concurrency());
#endif
}

std::string environment(const char* name, const std::string& otherwise) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != 0 ? value : otherwise;
}

#ifdef _OPENMP
/// Why a team is smaller than it should be.
std::string why_smaller(int size, const std::optional<double>& quota) {
    if (omp_get_thread_limit() == size) {
        return fmt::format("OMP_THREAD_LIMIT is {}", size);
    }
    if (omp_get_max_active_levels() == 0) {
        return "OMP_MAX_ACTIVE_LEVELS is 0";
    }
    if (quota) {
        return fmt::format(
            "this container may use the time of {:.1f} processors (--threads "
            "or OMP_NUM_THREADS changes it)",
            *quota);
    }
    return "the OpenMP runtime gave no more";
}

/// The processors of all places that a team is bound to; as many as there are
/// where it is bound to none.
int processors_of_places() {
    if (omp_get_proc_bind() != omp_proc_bind_false) {
        std::set<int> processors;
        for (int place = 0; place < omp_get_num_places(); ++place) {
            std::vector<int> some(
                static_cast<std::size_t>(omp_get_place_num_procs(place)));
            omp_get_place_proc_ids(place, some.data());
            processors.insert(some.begin(), some.end());
        }
        if (!processors.empty()) return static_cast<int>(processors.size());
    }
    return omp_get_num_procs();
}

/// "OMP_PLACES is {0}": what set the places.
std::string name_of_places() {
    for (const char* name :
         {"OMP_PLACES", "GOMP_CPU_AFFINITY", "KMP_AFFINITY"}) {
        const std::string value = environment(name, "");
        if (!value.empty()) return fmt::format("{} is {}", name, value);
    }
    return "the OpenMP runtime has no more places";
}
#endif

/// The version whose date _OPENMP is; empty where OpenMP is off.
std::string openmp_version() {
#ifdef _OPENMP
    constexpr std::array<std::pair<int, const char*>, 4> versions = {
        {{201511, "4.5"}, {201811, "5.0"}, {202011, "5.1"}, {202111, "5.2"}}};
    for (const auto& [date, version] : versions) {
        if (date == _OPENMP) return fmt::format("{} ({})", version, date);
    }
    return std::to_string(_OPENMP);
#else
    return "";
#endif
}

}  // namespace

std::optional<double> processor_quota_in(const fs::path& group) {
    // Version 2 has "QUOTA PERIOD", or "max PERIOD" where nothing is limited;
    // version 1 has a file for each, and -1.
    std::istringstream text(read_text(group / "cpu.max") +
                            read_text(group / "cpu.cfs_quota_us") + " " +
                            read_text(group / "cpu.cfs_period_us"));
    double quota = 0.0;
    double period = 0.0;
    if (!(text >> quota >> period) || quota <= 0.0 || period <= 0.0) {
        return std::nullopt;
    }
    return quota / period;
}

std::optional<double> processor_quota(const fs::path& root) {
    const fs::path all = root / "sys/fs/cgroup";
    const std::string groups = read_text(root / "proc/self/cgroup");
    std::optional<double> least;
    for (fs::path group :
         {control_group(all, groups, {"0::"}),
          control_group(all / "cpu", groups, {":cpu:", ":cpu,", ",cpu:"})}) {
        // What a group above it may use limits it, too.
        for (; group != all.parent_path(); group = group.parent_path()) {
            const std::optional<double> quota = processor_quota_in(group);
            if (quota && (!least || *quota < *least)) least = quota;
        }
    }
    return least;
}

#ifdef _OPENMP
Team settle_team(int asked) {
    omp_set_dynamic(0);
    const int given = std::atoi(environment("OMP_NUM_THREADS", "0").c_str());
    if (asked == 0 && given > most_threads) {
        throw std::runtime_error(
            fmt::format("OMP_NUM_THREADS is {}: a team has 1 to {} threads",
                        given, most_threads));
    }
    int wanted = asked;
    if (wanted <= 0) wanted = given > 0 ? given : omp_get_num_procs();
    const std::optional<double> quota = processor_quota();
    if (asked == 0 && given <= 0 && quota && *quota < wanted) {
        omp_set_num_threads(std::max(1, static_cast<int>(*quota)));
    }
    Team team;
#pragma omp parallel
#pragma omp single
    team.size = omp_get_num_threads();
    // Its threads are not to be counted where they wait actively.
    omp_pause_resource_all(omp_pause_soft);
    omp_set_num_threads(team.size);

    const std::string size =
        fmt::format("{} thread{}", team.size, team.size == 1 ? "" : "s");
    const int processors = processors_of_places();
    if (team.size < wanted) {
        team.note = fmt::format("a team has {}, not {}: {}", size, wanted,
                                why_smaller(team.size, quota));
    } else if (processors < std::min(team.size, omp_get_num_procs())) {
        team.note = fmt::format(
            "the {} of a team share {} processor{} of {}: {}", size, processors,
            processors == 1 ? "" : "s", omp_get_num_procs(), name_of_places());
    }
    return team;
}
#else
Team settle_team(int /*asked*/) { return {}; }
#endif

Machine describe_machine() {
    Machine machine;
    machine.processor = value_of(read_text("/proc/cpuinfo"), "model name");
    utsname system = {};
    const bool is_known = uname(&system) == 0;
    if (is_known) machine.host = system.nodename;
    if (machine.processor.empty() && is_known) {
        machine.processor = fmt::format("{} processor", system.machine);
    }
    machine.processors_online = static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN));
    machine.processors_usable = usable_processors();
    machine.quota = processor_quota();
    machine.memory_available = available_memory();
#ifdef __clang__
    machine.compiler = fmt::format("clang++ {}.{}.{}", __clang_major__,
                                   __clang_minor__, __clang_patchlevel__);
#else
    machine.compiler = fmt::format("g++ {}.{}.{}", __GNUC__, __GNUC_MINOR__,
                                   __GNUC_PATCHLEVEL__);
#endif
    machine.openmp_version = openmp_version();
    machine.runtime = loaded_runtime();
    machine.team_size = omp_get_max_threads();
    machine.binding = environment("OMP_PROC_BIND", "not set");
    machine.wait_policy = environment("OMP_WAIT_POLICY", "not set");
    return machine;
}

std::string machine_line(const Machine& machine) {
    return fmt::format(
        "{}, {} processors, {}, {}", machine.processor,
        machine.processors_usable, machine.compiler,
        machine.runtime.empty() ? "OpenMP is off" : machine.runtime);
}

std::string machine_text(const Machine& machine) {
    std::string text;
    const auto add = [&text](const char* what, const std::string& value) {
        text += fmt::format("  {:<14}{}\n", what, value);
    };
    if (machine.openmp_version.empty()) {
        text +=
            "OPENMP IS OFF: every loop runs on one thread.\n"
            "  Add -fopenmp where you compile by hand; cmake switches it on "
            "by\n"
            "  -DWORKBOOK_OPENMP=ON. g++ brings OpenMP along, clang++ needs "
            "the\n"
            "  package libomp-dev.\n\n";
    }
    add("processor", machine.processor.empty() ? "unknown" : machine.processor);
    std::string processors =
        fmt::format("{} usable by this program, {} in the machine",
                    machine.processors_usable, machine.processors_online);
    if (machine.quota) {
        processors +=
            fmt::format("; limited to the time of {:.1f}", *machine.quota);
    }
    add("processors", processors);
    if (machine.memory_available > 0) {
        add("memory", bytes_text(machine.memory_available) + " available");
    }
    add("compiler", machine.compiler);
    if (!machine.openmp_version.empty()) {
        add("OpenMP", fmt::format("{}, runtime {}", machine.openmp_version,
                                  machine.runtime));
    }
    add("team size",
        fmt::format("{} (OMP_NUM_THREADS changes it)", machine.team_size));
    add("binding", fmt::format("OMP_PROC_BIND is {}", machine.binding));
    add("waiting", fmt::format("OMP_WAIT_POLICY is {}", machine.wait_policy));
    return text;
}

std::int64_t available_memory() {
    constexpr std::int64_t kibibyte = 1024;
    std::int64_t bytes = 0;
    std::istringstream system(
        value_of(read_text("/proc/meminfo"), "MemAvailable"));
    if (!(system >> bytes)) return 0;
    bytes *= kibibyte;

    std::int64_t limit = 0;
    std::int64_t used = 0;
    std::istringstream group_limit(read_text(memory_group() / "memory.max"));
    std::istringstream group_used(read_text(memory_group() / "memory.current"));
    if (group_limit >> limit && group_used >> used) {
        bytes = std::min(bytes, std::max<std::int64_t>(limit - used, 0));
    }
    return bytes;
}

ThreadCounter::Times ThreadCounter::times() {
    Times times;
#ifdef __linux__
    std::error_code error;
    for (const auto& task : fs::directory_iterator("/proc/self/task", error)) {
        const int thread = std::stoi(task.path().filename().string());
        // The processor-time clock of another thread, made from its number as
        // Linux does it for pthread_getcpuclockid.
        constexpr int per_thread_scheduler_clock = 6;
        const auto clock =
            static_cast<clockid_t>((~static_cast<unsigned>(thread) << 3U) |
                                   per_thread_scheduler_clock);
        timespec used = {};
        if (clock_gettime(clock, &used) != 0) continue;  // it has ended
        times[thread] = used.tv_sec * 1'000'000'000LL + used.tv_nsec;
    }
#endif
    return times;
}

ThreadCounter::ThreadCounter()
    : before_(times()), process_before_(std::clock()) {}

int ThreadCounter::threads() const {
    const Times now = times();
    if (now.empty()) return omp_get_max_threads();
    int working = 0;
    std::int64_t used_by_them = 0;
    for (const auto& [thread, nanoseconds] : now) {
        const auto known = before_.find(thread);
        const auto before = known == before_.end() ? 0 : known->second;
        if (before < nanoseconds) ++working;
        used_by_them += nanoseconds - before;
    }
    // g++'s runtime ends the team of a target region that is on the host.
    const double used = static_cast<double>(std::clock() - process_before_) /
                        CLOCKS_PER_SEC * 1e9;
    const bool have_ended =
        static_cast<double>(used_by_them) < 0.9 * used - 1e6;
    return std::max(working, have_ended ? omp_get_max_threads() : 1);
}
