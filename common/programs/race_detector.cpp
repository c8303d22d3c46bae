#include "common/programs/race_detector.hpp"

#include <fmt/core.h>

#include <filesystem>
#include <fstream>
#include <utility>

#include "common/programs/process.hpp"
#include "common/temporary_folder.hpp"

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

/// The folder of LLVM's OpenMP runtime, where clang++ knows it. Archer, which
/// tells the detector of OpenMP, is there, and is found only by a runpath.
fs::path runtime_folder() {
    for (const char* library : {"libarcher.so", "libomp.so"}) {
        const Outcome outcome = run_process(
            {.program = "clang++",
             .arguments = {std::string("-print-file-name=") + library}});
        const fs::path file =
            outcome.output.substr(0, outcome.output.find('\n'));
        if (outcome.ok() && file.is_absolute()) {
            return file.lexically_normal().parent_path();
        }
    }
    return {};
}

Outcome compile(const fs::path& source, const fs::path& program) {
    Command command = {
        .program = "clang++",
        .arguments = {"-O1", "-g", "-fopenmp", "-fsanitize=thread", "-o",
                      program.string(), source.string()}};
    const fs::path folder = runtime_folder();
    if (!folder.empty()) {
        command.arguments.push_back("-Wl,-rpath," + folder.string());
    }
    return run_process(command);
}

/// In an environment in which nothing is set that a user may have set.
Outcome run(const fs::path& program) {
    return run_process(
        {.program = program,
         .environment = {{"TSAN_OPTIONS", "ignore_noninstrumented_modules=1"}},
         .clean_environment = true,
         .timeout = 20.0});
}

DetectorCheck cannot_compile(const Outcome& compiled) {
    constexpr int not_found = 127;
    if (compiled.exit_status == not_found) {
        return {false, "there is no clang++: `make deps` installs it"};
    }
    return {false, fmt::format("clang++ cannot make a program for it: {} "
                               "(`make deps` installs what is missing)",
                               last_complaint(compiled.output))};
}

}  // namespace

DetectorCheck check_race_detector() {
#ifndef __linux__
    return {false, "it needs Linux, which a container has"};
#endif
    const TemporaryFolder folder;
    const auto compile_canary = [&folder](const std::string& name,
                                          const std::string& clause) {
        const fs::path source = folder / (name + ".cpp");
        std::ofstream(source) << canary(clause);
        return compile(source, folder / name);
    };
    for (const auto& [name, clause] :
         {std::pair{"clean", "reduction(+ : sum)"}, std::pair{"racy", ""}}) {
        const Outcome compiled = compile_canary(name, clause);
        if (!compiled.ok()) return cannot_compile(compiled);
    }
    const Outcome clean = run(folder / "clean");
    const auto says = [](const Outcome& outcome, const char* text) {
        return outcome.output.find(text) != std::string::npos;
    };
    if (says(clean, "unexpected memory mapping")) {
        return {false,
                "the kernel places memory where ThreadSanitizer does not "
                "expect it: sudo sysctl vm.mmap_rnd_bits=28"};
    }
    if (says(clean, "data race")) {
        return {false,
                "it reports a program that has no race: is libarcher.so, which "
                "comes with LLVM's OpenMP runtime, beside libomp.so?"};
    }
    if (!clean.ok()) {
        return {false, fmt::format("a program for it does not run ({}): {}",
                                   clean.how_it_ended(),
                                   last_complaint(clean.output))};
    }
    if (!says(run(folder / "racy"), "data race")) {
        return {false, "it did not see the race of a program that has one"};
    }
    return {true, "a race planted was found, a program without one passed"};
}
