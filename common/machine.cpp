#include "common/machine.hpp"

#include <fmt/format.h>
#include <sched.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <thread>
#include <utility>

#include "common/openmp.hpp"
#include "common/terminal.hpp"

namespace fs = std::filesystem;

namespace {

/// A whole small file, such as those of /proc; empty when there is none.
std::string read_text(const fs::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
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

/// The folder of this process's control group (version 2).
fs::path control_group() {
    const std::string name = value_of(read_text("/proc/self/cgroup"), "0:");
    const std::size_t slash = name.find('/');
    fs::path folder = "/sys/fs/cgroup";
    if (slash == std::string::npos) return folder;
    const fs::path own = folder / name.substr(slash + 1);
    if (fs::exists(own)) folder = own;
    return folder;
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
    return value != nullptr ? value : otherwise;
}

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
                            read_text(group / "cpu/cpu.cfs_quota_us") + " " +
                            read_text(group / "cpu/cpu.cfs_period_us"));
    double quota = 0.0;
    double period = 0.0;
    if (!(text >> quota >> period) || quota <= 0.0 || period <= 0.0) {
        return std::nullopt;
    }
    return quota / period;
}

std::optional<double> processor_quota() {
    return processor_quota_in(control_group());
}

Machine describe_machine() {
    Machine machine;
    machine.processor = value_of(read_text("/proc/cpuinfo"), "model name");
    utsname system = {};
    if (machine.processor.empty() && uname(&system) == 0) {
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
    std::istringstream group_limit(read_text(control_group() / "memory.max"));
    std::istringstream group_used(
        read_text(control_group() / "memory.current"));
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

ThreadCounter::ThreadCounter() : before_(times()) {}

int ThreadCounter::threads() const {
    const Times now = times();
    if (now.empty()) return omp_get_max_threads();
    int working = 0;
    for (const auto& [thread, nanoseconds] : now) {
        const auto known = before_.find(thread);
        if (known == before_.end() || known->second < nanoseconds) ++working;
    }
    return std::max(working, 1);
}
