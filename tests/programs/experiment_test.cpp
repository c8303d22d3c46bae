// The experiment as a program, from its options to its files.

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "common/programs/process.hpp"
#include "tests/support/files.hpp"

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

const fs::path build = WORKBOOK_BUILD;

Outcome experiment(const Words& arguments) {
    return run_process({.program = build / "experiment",
                        .arguments = arguments,
                        .timeout = 120.0});
}

bool says(const Outcome& outcome, const std::string& words) {
    return outcome.output.find(words) != std::string::npos;
}

/// A lesson whose programs are shell scripts; `parallel` does what it is told.
void write_lesson(const fs::path& lessons, const std::string& name,
                  const std::string& parallel) {
    const std::string script =
        "#!/bin/sh\n"
        "result=1\n"
        "while [ $# -gt 0 ]; do\n"
        "    if [ \"$1\" = --describe ]; then\n"
        "        echo '{\"options\":[\"--count\"]}'; exit\n"
        "    fi\n"
        "    [ \"$1\" = --record ] && record=$2\n"
        "    shift\n"
        "done\n";
    const std::string record =
        "printf '{\"lesson\":\"x\",\"version\":\"v\",\"threads\":1,"
        "\"threads_asked\":1,\"schedule\":\"\",\"size\":\"5 items\","
        "\"items\":5,\"bytes_moved\":0,\"seconds\":[0.5],"
        "\"calls_per_run\":1,\"read_seconds\":0,\"write_seconds\":0,"
        "\"tolerance\":0,\"result\":\"%s\"%s}\\n' $result \"$more\" "
        ">\"$record\"\n";
    fs::create_directories(lessons / name);
    write_text(lessons / "programs", name + "/serial\n" + name + "/parallel\n");
    write_text(lessons / name / "serial", script + record);
    write_text(lessons / name / "parallel", script + parallel + "\n" + record);
    for (const char* version : {"serial", "parallel"}) {
        fs::permissions(lessons / name / version, fs::perms::owner_all);
    }
}

class ExperimentTest : public testing::Test {
 protected:
    /// An experiment on a scripted lesson, two repeats on two threads.
    Outcome run_scripted(const std::string& parallel, const Words& more = {}) {
        write_lesson(folder_ / "lessons", "01_script", parallel);
        Words arguments = {"01",        "--lessons", folder_ / "lessons",
                           "--threads", "2",         "--repeat",
                           "2",         "--output",  results()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return experiment(arguments);
    }
    [[nodiscard]] fs::path results() const { return folder_ / "results"; }
    [[nodiscard]] nlohmann::json summary() const {
        return nlohmann::json::parse(read_text(results() / "summary.json"));
    }

    TemporaryFolder folder_;
};

}  // namespace

TEST_F(ExperimentTest, ASmallLessonGivesATableCsvJsonAndAPage) {
    const Outcome outcome =
        experiment({"03", "--threads", "1,2", "--count", "1000,5000",
                    "--repeat", "2", "--output", results()});
    ASSERT_EQ(outcome.exit_status, 0) << outcome.output;
    EXPECT_TRUE(says(outcome, "speedup")) << outcome.output;
    EXPECT_FALSE(says(outcome, "WRONG")) << outcome.output;

    const std::string runs = read_text(results() / "runs.csv");
    // A heading; 2 rounds x 2 sizes x (serial, 1 thread, 2 threads); and
    // repeated ones.
    EXPECT_GE(std::count(runs.begin(), runs.end(), '\n'), 13);
    EXPECT_NE(runs.find(",\"1,000 squares\","), std::string::npos) << runs;
    EXPECT_EQ(summary().at("failed_runs"), 0);
    for (const auto& setting : summary().at("summaries")) {
        EXPECT_GT(setting.at("median"), 0.0);
    }
    EXPECT_EQ(summary().at("lesson"), "03_squares");
    EXPECT_EQ(summary().at("summaries").size(), 6U);
    EXPECT_NE(read_text(results() / "report.html").find("</html>"),
              std::string::npos);
}

TEST_F(ExperimentTest, AFailingProgramIsALineWithItsReason) {
    const Outcome outcome =
        run_scripted("echo 'the disk is on fire' >&2; exit 3");
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_TRUE(says(outcome, "FAILED: exit status 3: the disk is on fire"))
        << outcome.output;
    EXPECT_TRUE(fs::exists(results() / "report.html"));
}

TEST_F(ExperimentTest, AHangingProgramIsEndedAndTheRestGoesOn) {
    const Outcome outcome = run_scripted("sleep 100", {"--timeout", "5"});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_FALSE(outcome.timed_out);
    EXPECT_TRUE(says(outcome, "FAILED: ended after 5")) << outcome.output;
    // The serial one; its other run may have been left out as disturbed.
    EXPECT_GE(summary().at("summaries").at(0).at("runs"), 1);
}

TEST_F(ExperimentTest, AWrongResultIsTheHeadline) {
    const Outcome outcome = run_scripted(
        "result=2", {"--", "--input", "it's `x`.png", "-a=1,2", ""});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_TRUE(says(outcome, "\nWRONG RESULT: parallel")) << outcome.output;
    EXPECT_EQ(std::string(summary().at("headline")).find("WRONG RESULT"), 0U);
    // The command can be pasted in a shell.
    const std::string command = summary().at("command");
    const std::string end = R"( -- --input 'it'\''s `x`.png' -a=1,2 '')";
    EXPECT_TRUE(command.ends_with(end)) << command;
}

TEST_F(ExperimentTest, ALauncherStartsEveryProgram) {
    // It counts, and says that it was there.
    write_text(folder_ / "launch",
               "echo \"$@\" >>\"$0.said\"\nshift\nexec \"$@\"\n");
    const std::string launcher = "env LAUNCHED=yes sh '" +
                                 (folder_ / "launch").string() +
                                 "' cpus={threads}";
    const Outcome outcome = run_scripted("[ \"$LAUNCHED\" = yes ] || exit 9",
                                         {"--launcher", launcher});
    ASSERT_EQ(outcome.exit_status, 0) << outcome.output;
    const std::string said = read_text(folder_ / "launch.said");
    const auto count = [&said](const std::string& start) {
        int found = 0;
        for (std::size_t at = 0;
             (at = said.find(start, at)) != std::string::npos; ++at) {
            if (at == 0 || said[at - 1] == '\n') ++found;
        }
        return found;
    };
    const std::string lessons = (folder_ / "lessons/01_script/").string();
    const std::string control = (build / "control").string();
    const std::string on_one =
        "cpus=1 env OMP_PROC_BIND=true OMP_NUM_THREADS=1 ";
    const std::string on_two =
        "cpus=2 env OMP_PROC_BIND=true OMP_NUM_THREADS=2 ";
    EXPECT_GE(count(on_one + lessons + "serial "), 3) << said;
    EXPECT_GE(count(on_one + control + " 1 "), 3) << said;
    EXPECT_GE(count(on_two + lessons + "parallel "), 2) << said;
    // The first one looks at the machine, on the largest team.
    EXPECT_TRUE(said.starts_with(on_two + control + " 1 ")) << said;
    // What programs leave is where they can write from any machine.
    EXPECT_NE(said.find(" --record " + results().string()), std::string::npos)
        << said;
    for (const auto& left : fs::directory_iterator(results())) {
        EXPECT_FALSE(left.path().filename().string().starts_with("workbook-"))
            << left.path();
    }
}

TEST_F(ExperimentTest, ARunsThreadsAreInItsEnvironment) {
    const Outcome outcome =
        run_scripted("[ \"$OMP_NUM_THREADS\" = 2 ] || exit 9");
    EXPECT_EQ(outcome.exit_status, 0) << outcome.output;
}

TEST_F(ExperimentTest, ALauncherThatFailsIsNamed) {
    const Outcome outcome =
        run_scripted("", {"--launcher", "no-such-launcher"});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_TRUE(says(outcome, "no-such-launcher")) << outcome.output;
    EXPECT_FALSE(fs::exists(results()));
    const Outcome unknown = experiment(
        {"03", "--launcher", "env T={threads}", "--output", results()});
    EXPECT_EQ(unknown.exit_status, 2);
    EXPECT_TRUE(says(unknown, "give --threads as well")) << unknown.output;
}

TEST_F(ExperimentTest, TheMachineIsWhereTheProgramsRan) {
    const Outcome outcome =
        run_scripted("more=',\"host\":\"node7\",\"machine\":\"a big one\"'");
    ASSERT_EQ(outcome.exit_status, 0) << outcome.output;
    EXPECT_EQ(summary().at("hosts"), nlohmann::json({"node7"}));
    EXPECT_NE(read_text(results() / "runs.csv").find(",node7,a big one,"),
              std::string::npos);
    EXPECT_FALSE(says(outcome, "ran on")) << outcome.output;
}

TEST_F(ExperimentTest, SeveralMachinesInOneExperimentAreTold) {
    const Outcome outcome = run_scripted(
        "node=b; mkdir \"$0.once\" 2>/dev/null && node=a\n"
        "more=',\"host\":\"node-'$node'\",\"machine\":\"m\"'");
    ASSERT_EQ(outcome.exit_status, 0) << outcome.output;
    EXPECT_TRUE(says(outcome, "on 2 machines (node-a, node-b)"))
        << outcome.output;
    EXPECT_TRUE(says(outcome, "ran on")) << outcome.output;
    EXPECT_TRUE(says(outcome, "node-a node-b")) << outcome.output;
}

TEST_F(ExperimentTest, AnAssignmentFileHoldsTheSameOptions) {
    write_text(folder_ / "squares.toml",
               "# a comment\nlesson = \"03\"\nthreads = [1, 2]\n"
               "count = [100]\nrepeat = 1\n");
    const Outcome outcome = experiment(
        {"--config", folder_ / "squares.toml", "--output", results()});
    ASSERT_EQ(outcome.exit_status, 0) << outcome.output;
    EXPECT_EQ(summary().at("summaries").size(), 3U);
}

TEST_F(ExperimentTest, TheAssignmentsThatComeAlongAreAccepted) {
    const fs::path assignments = fs::path(WORKBOOK_SOURCE) / "docs/assignments";
    if (!fs::exists(assignments)) GTEST_SKIP() << "a handout has none";
    for (const auto& file : fs::directory_iterator(assignments)) {
        if (file.path().extension() != ".toml") continue;
        // All but the measuring: the folder for the results is a file.
        write_text(folder_ / "occupied", "");
        const Outcome outcome = experiment({"--config", file.path(), "--output",
                                            folder_ / "occupied" / "results"});
        EXPECT_EQ(outcome.exit_status, 2) << file.path();
        EXPECT_TRUE(says(outcome, "cannot be written")) << outcome.output;
    }
}

TEST_F(ExperimentTest, AnUnknownKeyIsNamed) {
    write_text(folder_ / "bad.toml", "lesson = \"03\"\n\nthreds = [1, 2]\n");
    const Outcome outcome =
        experiment({"--config", folder_ / "bad.toml", "--output", results()});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_TRUE(says(outcome, "bad.toml: there is no option 'threds'"))
        << outcome.output;
    EXPECT_FALSE(fs::exists(results()));
}

TEST_F(ExperimentTest, WhatIsWrongInAnAssignmentIsToldWithFileAndKey) {
    for (const auto& [line, words] :
         {std::pair("due = 2027-02-30", "due: '2027-02-30' is no date"),
          {"points = [1, 2]", "points: there are 2 for 0 questions"},
          {"expect = [\"speed 1 2\"]", "expect: 'speed 1 2': "},
          {"expect = [\"speedup 1 2 threads=3\"]",
           "expect: 'speedup 1 2 threads=3' is about no setting"},
          {"threads = [0]", "--threads: Value 0"},
          {"title = \"a", "line 2: a string has no end"}}) {
        write_text(folder_ / "a.toml",
                   std::string("lesson = \"03\"\n") + line + "\n");
        const Outcome outcome =
            experiment({"--config", folder_ / "a.toml", "--output", results()});
        EXPECT_EQ(outcome.exit_status, 2) << line;
        EXPECT_TRUE(says(outcome, "a.toml: " + std::string(words)))
            << outcome.output;
        EXPECT_FALSE(fs::exists(results()));
    }
}

TEST_F(ExperimentTest, AnAssignmentIsOnThePageAndInATemplateBesideIt) {
    write_text(folder_ / "a.toml",
               "title = \"Is #2 faster?\"\ndue = \"2027-01-15\"\n"
               "questions = [\n  \"Why, or why not?\",  # in a sentence\n"
               "  \"What of `#pragma omp for`?\"\n]\npoints = [1, 2]\n"
               "expect = [\"speedup 0.1 10 threads=2\"]\n");
    const Outcome outcome = run_scripted("", {"--config", folder_ / "a.toml"});
    ASSERT_EQ(outcome.exit_status, 0) << outcome.output;
    const std::string page = read_text(results() / "report.html");
    EXPECT_NE(page.find("<h1>Is #2 faster?</h1>"), std::string::npos);
    EXPECT_NE(page.find("<li>Why, or why not? (1 point)"), std::string::npos);
    EXPECT_NE(page.find("parallel, 2 threads</td>"), std::string::npos);
    const std::string text = read_text(results() / "report.md");
    EXPECT_TRUE(text.starts_with("# Is #2 faster?\n")) << text;
    EXPECT_NE(text.find("What of `#pragma omp for`?"), std::string::npos);
    EXPECT_NE(text.find("0.1 to 10"), std::string::npos);
    EXPECT_EQ(outcome.output.find("title"), std::string::npos);
}

TEST_F(ExperimentTest, WrongUseIsRefusedBeforeAnythingIsWritten) {
    struct Case {
        Words arguments;
        std::string words;
    };
    const std::vector<Case> cases = {
        {{}, "no lesson"},
        {{"05_gray"}, "did you mean 05_grey?"},
        {{"03", "--threads", "0"}, "--threads: Value 0 not in range 1 to 1024"},
        {{"03", "--threads", ""}, "--threads"},
        {{"03", "--threads", "1,x"}, "--threads"},
        {{"03", "--width", "1", "--count", "1"}, "excludes"},
        {{"12", "--schedule", "often"}, "'often' is no schedule"},
        {{"03", "--schedule", "static"}, "has no such option"},
        {{"12", "--schedule", ""}, "--schedule"},
        {{"03", "--repeat", "0"}, "--repeat"},
        {{"03", "--bind", "maybe"}, "--bind"},
        {{"03", "--config", "/nowhere.toml"}, "/nowhere.toml"},
        {{"03", "--colour"}, "--colour"},
    };
    for (const Case& one : cases) {
        Words arguments = one.arguments;
        arguments.insert(arguments.end(), {"--output", results()});
        const Outcome outcome = experiment(arguments);
        EXPECT_EQ(outcome.exit_status, 2) << outcome.output;
        EXPECT_TRUE(says(outcome, one.words)) << outcome.output;
        EXPECT_FALSE(fs::exists(results())) << one.words;
    }
}

TEST_F(ExperimentTest, AFolderThatIsNotEmptyIsLeftAsItIs) {
    fs::create_directories(results());
    write_text(results() / "mine.txt", "mine");
    const Outcome outcome =
        experiment({"03", "--threads", "1", "--output", results()});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_TRUE(says(outcome, "is not empty")) << outcome.output;
    EXPECT_EQ(read_text(results() / "mine.txt"), "mine");
}

TEST_F(ExperimentTest, NoControlCharacterOfANameReachesTheTerminal) {
    const std::string name = "a\n\x1b[31m";
    for (const Words& words :
         {Words{name}, Words{"01", "--" + name}, Words{"01", "--config", name},
          Words{"03", "--lessons", name}}) {
        const Outcome outcome = experiment(words);
        EXPECT_FALSE(outcome.ok()) << outcome.output;
        EXPECT_FALSE(says(outcome, "\x1b")) << words.back();
        EXPECT_FALSE(says(outcome, "a\n")) << words.back();
    }
}

// Only what a reader looks for is at the top; files of one setting have a
// folder of their own.
TEST_F(ExperimentTest, TheTopOfTheFolderHasPageRunsSummaryAndPlots) {
    const Outcome outcome =
        experiment({"02", "--threads", "2", "--count", "2", "--repeat", "1",
                    "--output", results(), "--", "--seconds", "0.02"});
    ASSERT_EQ(outcome.exit_status, 0) << outcome.output;
    for (const auto& file : fs::directory_iterator(results())) {
        const std::string name = file.path().filename();
        const std::string kind = file.path().extension();
        EXPECT_TRUE(name == "report.html" || name == "runs.csv" ||
                    name == "summary.json" || name == "settings" ||
                    kind == ".svg" || kind == ".png" || kind == ".gp")
            << name;
    }
    EXPECT_FALSE(fs::is_empty(results() / "settings"));
}

TEST_F(ExperimentTest, ItsDurationIsEstimatedBeforeItBegins) {
    const Outcome outcome = run_scripted("");
    ASSERT_EQ(outcome.exit_status, 0) << outcome.output;
    const std::size_t estimate =
        outcome.output.find("2 settings, 2 rounds, 4 runs; about ");
    EXPECT_NE(estimate, std::string::npos) << outcome.output;
    EXPECT_LT(estimate, outcome.output.find("speedup"));
}

namespace {

/// Starts an experiment, sends the signal when `file` exists, and waits.
int status_after(int signal, const Words& arguments, const fs::path& file) {
    std::string command = "'" + (build / "experiment").string() + "'";
    for (const std::string& argument : arguments)
        command += " '" + argument + "'";
    command +=
        " >/dev/null 2>&1 & p=$!; i=0; while [ ! -e '" + file.string() +
        "' ] && [ $i -lt 600 ]; do sleep 0.05; i=$((i+1)); done; kill -" +
        std::to_string(signal) + " $p; wait $p";
    return run_process({.program = "sh", .arguments = {"-c", command}})
        .exit_status;
}

}  // namespace

TEST_F(ExperimentTest, WhatWasMeasuredIsWrittenAfterASignal) {
    for (const int signal : {SIGTERM, SIGHUP}) {
        fs::remove_all(results());
        // The second run of `parallel` says that it is there, and hangs.
        const fs::path there = folder_ / "there";
        const fs::path once = folder_ / "once";
        fs::remove(there);
        fs::remove(once);
        write_lesson(folder_ / "lessons", "01_script",
                     "if [ -e '" + once.string() + "' ]; then touch '" +
                         there.string() + "'; sleep 100; fi; touch '" +
                         once.string() + "'");
        const int status =
            status_after(signal,
                         {"01", "--lessons", folder_ / "lessons", "--threads",
                          "1", "--repeat", "50", "--output", results()},
                         there);
        EXPECT_EQ(status, 130);
        EXPECT_EQ(summary().at("interrupted"), true);
        EXPECT_GE(summary().at("runs"), 2);
        EXPECT_TRUE(fs::exists(results() / "report.html"));
        EXPECT_GT(read_text(results() / "runs.csv").size(), 500U);
    }
}

TEST_F(ExperimentTest, ASignalBeforeTheFirstRunIsOverLeavesNoFolder) {
    const fs::path there = folder_ / "there";
    write_lesson(folder_ / "lessons", "01_script", "");
    write_text(folder_ / "lessons" / "01_script" / "serial",
               "#!/bin/sh\n[ \"$1\" = --describe ] && { echo "
               "'{\"options\":[]}'; exit; }\ntouch '" +
                   there.string() + "'; sleep 100\n");
    const int status = status_after(
        SIGTERM,
        {"01", "--lessons", folder_ / "lessons", "--output", results()}, there);
    EXPECT_EQ(status, 130);
    EXPECT_FALSE(fs::exists(results()));
}
