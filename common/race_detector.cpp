#include "common/race_detector.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "common/process.hpp"

namespace {

namespace fs = std::filesystem;

/// A folder of its own under the system's temporary one, removed at the end.
class TemporaryFolder {
 public:
    TemporaryFolder() {
        std::string name = fs::temp_directory_path() / "workbook-XXXXXX";
        if (mkdtemp(name.data()) != nullptr) path_ = name;
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

 private:
    fs::path path_;
};

/// Two threads write one variable 1,000 times; `clause` says how.
std::string canary(const std::string& clause) {
    return fmt::format(
        "#include <cstdio>\n"
        "int main() {{\n"
        "    int sum = 0;\n"
        "#pragma omp parallel for num_threads(2) {}\n"
        "    for (int i = 0; i < 1000; ++i) sum += i;\n"
        "    std::printf(\"%d\\n\", sum);\n"
        "}}\n",
        clause);
}

Outcome compile(const fs::path& source, const fs::path& program) {
    return run_process(
        {.program = "clang++",
         .arguments = {"-O1", "-g", "-fopenmp", "-fsanitize=thread", "-o",
                       program.string(), source.string()}});
}

}  // namespace

DetectorCheck check_race_detector() {
    const TemporaryFolder folder;
    const auto build_and_run = [&](const std::string& name,
                                   const std::string& clause) {
        const fs::path source = folder.path() / (name + ".cpp");
        std::ofstream(source) << canary(clause);
        Outcome compiled = compile(source, folder.path() / name);
        if (!compiled.ok()) return compiled;
        return run_process(
            {.program = folder.path() / name,
             .environment = {{"TSAN_OPTIONS",
                              "ignore_noninstrumented_modules=1"}},
             .timeout = 20.0});
    };

    const Outcome clean = build_and_run("clean", "reduction(+ : sum)");
    if (clean.output.find("unexpected memory mapping") != std::string::npos) {
        return {false,
                "the kernel places memory where ThreadSanitizer does not "
                "expect it: sudo sysctl vm.mmap_rnd_bits=28"};
    }
    if (!clean.ok()) {
        return {false,
                "it needs clang++ with its OpenMP runtime and sanitizers: "
                "apt-get install clang libomp-dev libclang-rt-dev"};
    }
    const Outcome racy = build_and_run("racy", "");
    if (racy.output.find("data race") == std::string::npos) {
        return {false, "it did not see the race of a program that has one"};
    }
    return {true, "a race planted was found, a program without one passed"};
}
