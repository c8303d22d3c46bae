#include "common/programs/race_detector.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "common/programs/process.hpp"
#include "common/programs/temporary_folder.hpp"

namespace {

namespace fs = std::filesystem;

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
        const fs::path source = folder / (name + ".cpp");
        std::ofstream(source) << canary(clause);
        Outcome compiled = compile(source, folder / name);
        if (!compiled.ok()) return compiled;
        return run_process(
            {.program = folder / name,
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
