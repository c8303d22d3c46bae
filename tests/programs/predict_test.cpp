// The prediction: its model, and the program from end to end.

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "common/programs/predict/model.hpp"
#include "common/programs/process.hpp"
#include "tests/support/files.hpp"

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;
using Lengths = std::vector<double>;

Words names_of(const std::string& schedule) {
    Words names;
    for (const NamedCut& cut : to_cuts(schedule)) names.push_back(cut.name);
    return names;
}

class PredictTest : public testing::Test {
 protected:
    [[nodiscard]] fs::path file(const std::string& text) const {
        write_text(folder_ / "file.cpp", text);
        return folder_ / "file.cpp";
    }

    /// A lesson whose programs are scripts. On one thread its iterations take
    /// 4, 3, 2 and 1 s, so they say; on more threads the loop takes 6 s.
    void write_lesson(const std::string& pragma, const std::string& options,
                      int bytes = 0) const {
        const fs::path lesson = folder_ / "lessons" / "01_script";
        fs::create_directories(lesson);
        fs::create_directories(folder_ / "sources" / "01_script");
        write_text(folder_ / "sources" / "01_script" / "parallel.cpp",
                   pragma + "\nfor (...)\n");
        write_text(folder_ / "lessons" / "programs",
                   "01_script/serial\n01_script/parallel\n");
        const std::string script =
            "#!/bin/sh\n"
            "[ \"$1\" = --describe ] && { echo '{\"options\":[" +
            options +
            "]}'; exit; }\n"
            "while [ $# -gt 0 ]; do\n"
            "    case $1 in\n"
            "        --threads) threads=$2 ;;\n"
            "        --record) record=$2 ;;\n"
            "        --log | --item-times) log=$2 ;;\n"
            "        --schedule) schedule=$2 ;;\n"
            "    esac\n"
            "    shift\n"
            "done\n"
            "seconds=10\n"
            "[ $threads -gt 1 ] && seconds=6\n"
            "[ -n \"$log\" ] && printf 'item,thread,start_s,end_s\n"
            "0,0,0,4\n3,0,9,10\n1,0,4,7\n2,0,7,9\n' >$log\n"
            "printf '{\"lesson\":\"x\",\"version\":\"v\",\"threads\":1,"
            "\"threads_asked\":1,\"schedule\":\"\",\"size\":\"4 items\","
            "\"items\":4,\"bytes_moved\":" +
            std::to_string(bytes) +
            ",\"seconds\":[%s],\"calls_per_run\":1,\"read_seconds\":0,"
            "\"write_seconds\":0,\"tolerance\":0,\"result\":\"1\"}\\n' "
            "$seconds >$record\n";
        for (const char* version : {"serial", "parallel"}) {
            write_text(lesson / version, script);
            fs::permissions(lesson / version, fs::perms::owner_all);
        }
    }

    [[nodiscard]] Outcome predict_script(const Words& more) const {
        Words arguments = {"01",
                           "--lessons",
                           folder_ / "lessons",
                           "--sources",
                           folder_ / "sources",
                           "--repeat",
                           "1",
                           "--csv",
                           csv()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    static Outcome run(const Words& arguments) {
        return run_process({.program = fs::path(WORKBOOK_BUILD) / "predict",
                            .arguments = arguments,
                            .timeout = 120.0});
    }
    [[nodiscard]] fs::path csv() const { return folder_ / "table.csv"; }
    /// The fields of the table's lines, by "THREADS SCHEDULE".
    [[nodiscard]] std::map<std::string, Words> lines() const {
        std::istringstream text(read_text(csv()));
        std::map<std::string, Words> found;
        std::string line;
        std::getline(text, line);
        while (std::getline(text, line)) {
            const std::size_t open = line.find('"');
            const std::size_t close = line.rfind('"');
            const std::string schedule =
                line.substr(open + 1, close - open - 1);
            const std::string before = line.substr(0, open - 1);
            Words& fields =
                found[before.substr(before.rfind(',') + 1) + " " + schedule];
            std::istringstream rest(line.substr(close + 2) + ",");
            for (std::string field; std::getline(rest, field, ',');) {
                fields.push_back(field);
            }
        }
        return found;
    }

    TemporaryFolder folder_;
};

bool says(const Outcome& outcome, const std::string& words) {
    return outcome.output.find(words) != std::string::npos;
}

}  // namespace

TEST_F(PredictTest, AScheduleInWordsIsOneOrTwoOfTheModel) {
    EXPECT_EQ(names_of("static"), Words{"static"});
    EXPECT_EQ(names_of("static,3"), Words{"static,3"});
    EXPECT_EQ(names_of("dynamic"), Words{"dynamic,1"});
    EXPECT_EQ(names_of("guided,4"),
              (Words{"guided,4 (g++)", "guided,4 (clang++)"}));
    for (const char* other : {"", "auto", "runtime", "static,0", "dynamic,",
                              "guided,x", "static,1,2", "Dynamic"}) {
        EXPECT_EQ(names_of(other), Words{}) << other;
    }
    EXPECT_EQ(to_cuts("static")[0].cut.rule, Rule::blocks);
    EXPECT_EQ(to_cuts("static,2")[0].cut.rule, Rule::cyclic);
    EXPECT_EQ(to_cuts("dynamic,16")[0].cut.chunk, 16);
}

TEST_F(PredictTest, TheScheduleOfALoopIsReadFromItsPragma) {
    const auto schedule = [&](const std::string& pragma) {
        return read_loop_source(file("// A lesson\n" + pragma + "\nfor"))
            .schedule;
    };
    EXPECT_EQ(schedule("#pragma omp parallel for"), "static");
    EXPECT_EQ(schedule("#pragma omp parallel for schedule(static, 1)"),
              "static,1");
    EXPECT_EQ(schedule("#pragma omp parallel for schedule(runtime) shared(a)"),
              "runtime");
    EXPECT_EQ(schedule("#pragma omp parallel for reduction(+ : sum) "
                       "schedule(monotonic : dynamic)\n"
                       "#pragma omp parallel for schedule(guided)"),
              "dynamic");
    EXPECT_TRUE(read_loop_source(file("#pragma omp parallel for "
                                      "schedule(monotonic : dynamic, 2)"))
                    .is_monotonic);
    EXPECT_FALSE(
        read_loop_source(file("#pragma omp parallel for schedule(dynamic)"))
            .is_monotonic);
}

TEST_F(PredictTest, OfOtherWorkThanALoopTheModelKnowsNothing) {
    const auto why = [&](const std::string& text) {
        return read_loop_source(file(text)).why_not;
    };
    EXPECT_EQ(why("#pragma omp parallel for"), "");
    EXPECT_EQ(why("#pragma omp parallel\n#pragma omp single\n"
                  "#pragma omp task\n"),
              "file.cpp has `task`: the model knows loops alone");
    EXPECT_NE(why("#pragma omp parallel for ordered").find("`ordered`"),
              std::string::npos);
    EXPECT_NE(why("#pragma omp parallel for\n#pragma omp parallel sections")
                  .find("`sections`"),
              std::string::npos);
    EXPECT_EQ(why("for"), "file.cpp has no `#pragma omp parallel for`");
    EXPECT_TRUE(read_loop_source(file("// Restructured: in lanes.\n"
                                      "#pragma omp parallel for"))
                    .is_other_loop);
    EXPECT_FALSE(read_loop_source(file("// Lesson\n// Restructured: no.\n"))
                     .is_other_loop);
}

TEST_F(PredictTest, AWorkLogGivesTheLengthsInTheOrderOfTheLoop) {
    const std::string head = "item,thread,start_s,end_s\n";
    EXPECT_EQ(read_lengths(file(head + "0,0,5.0,6.5\n1,0,1.0,5.0\n"
                                       "2,0,0.25,1.0\n")),
              (Lengths{0.75, 4.0, 1.5}));
    for (const char* other :
         {"", "0,-1,0,0\n", "0,0,1\n", "0,0,1,2,3\n", "hello\n"}) {
        EXPECT_THROW(read_lengths(file(head + other)), std::runtime_error)
            << other;
    }
    EXPECT_THROW(read_lengths(file("0,0,0,1\n")), std::runtime_error);
    EXPECT_THROW(read_lengths(folder_ / "none"), std::runtime_error);
}

TEST_F(PredictTest, LengthsAreThoseOfTheLoopWithoutItsLog) {
    // Noting takes 1 s of each; what is left has to be 12 s.
    const Loop loop({3.0, 5.0, 1.0, 0.5}, 1.0, 12.0);
    EXPECT_EQ(loop.fit, 2.0);
    EXPECT_FALSE(loop.is_described());
    EXPECT_EQ(loop.lengths, (Lengths{4.0, 8.0, 0.0, 0.0}));
    EXPECT_TRUE(Loop({3.0, 5.0}, 0.0, 9.0).is_described());
    EXPECT_FALSE(Loop({0.0, 0.0}, 0.0, 9.0).is_described());
}

TEST_F(PredictTest, APredictionHasTheCostsOfTheTeam) {
    const Loop loop({4.0, 3.0, 2.0, 1.0}, 0.0, 10.0);
    const Costs costs = {.region = 0.5, .fetch = 0.25, .fetch_again = 0.25};
    const Prediction blocks = predict(loop, {Rule::blocks, 1}, 2, costs);
    EXPECT_DOUBLE_EQ(blocks.makespan, 7.5);
    EXPECT_DOUBLE_EQ(blocks.speedup, 10.0 / 7.5);
    EXPECT_DOUBLE_EQ(blocks.efficiency, 5.0 / 7.5);
    EXPECT_DOUBLE_EQ(blocks.imbalance, 0.4);
    // 4 and then 1; 3 and then 2; two fetches each.
    EXPECT_DOUBLE_EQ(predict(loop, {Rule::dynamic, 1}, 2, costs).makespan, 6.0);
    EXPECT_DOUBLE_EQ(predict(loop, {Rule::blocks, 1}, 1, costs).makespan, 10.0);
}

TEST_F(PredictTest, TheCostsAreWhatTheProgramPrints) {
    const Outcome outcome =
        run_process({.program = fs::path(WORKBOOK_BUILD) / "team_costs",
                     .arguments = {"2"}});
    ASSERT_EQ(outcome.exit_status, 0) << outcome.output;
    const Costs costs = read_costs(outcome.output);
    EXPECT_GT(costs.region, 0.0);
    EXPECT_GT(costs.fetch, 0.0);
    EXPECT_GT(costs.fetch_again, 0.0);
    EXPECT_GT(costs.log, 0.0);
    EXPECT_TRUE(costs.runtime == "libgomp" || costs.runtime == "libomp");
}

TEST_F(PredictTest, TheTableHasEveryScheduleOnEveryTeam) {
    write_lesson("#pragma omp parallel for schedule(static)", "\"--log\"");
    const Outcome outcome = predict_script({"--threads", "3,8"});
    ASSERT_EQ(outcome.exit_status, 0) << outcome.output;
    const std::map<std::string, Words> table = lines();
    constexpr double of_costs = 0.05;  // seconds: far less than an iteration
    const std::map<std::string, double> makespans = {
        {"3 static", 7.0},
        {"3 static,1", 5.0},  // 4+3 2 1; 4+1 3 2
        {"3 dynamic,1", 4.0},
        {"8 static", 4.0},
        {"8 guided,1 (g++)", 4.0}};
    for (const auto& [setting, makespan] : makespans) {
        ASSERT_TRUE(table.contains(setting)) << outcome.output;
        const Words& line = table.at(setting);
        EXPECT_NEAR(std::stod(line[0]), makespan, of_costs) << setting;
        EXPECT_NEAR(std::stod(line[1]), 10.0 / makespan, of_costs) << setting;
    }
    EXPECT_TRUE(says(outcome, "4 iterations of 1.00 s to 4.00 s"))
        << outcome.output;
    EXPECT_TRUE(says(outcome, "predicted; the last digits")) << outcome.output;
}

TEST_F(PredictTest, WhatTheMachineGivesIsBesideThePrediction) {
    write_lesson("#pragma omp parallel for schedule(static)", "\"--log\"");
    ASSERT_EQ(predict_script({"--threads", "2"}).exit_status, 0);
    if (!lines().contains("2 static") || lines().at("2 static")[4].empty()) {
        GTEST_SKIP() << "needs two processors";
    }
    const Words line = lines().at("2 static");
    EXPECT_EQ(line[4], "6");
    if (line.size() > 5 && !line[5].empty()) {  // else the machine was busy
        EXPECT_NEAR(std::stod(line[5]), 100.0 / 6.0, 0.5);
    }
    EXPECT_EQ(lines().at("2 static,1")[4], "");  // the loop is static
}

TEST_F(PredictTest, ALoopThatMovesMemoryHasALimitInstead) {
    write_lesson("#pragma omp parallel for", "\"--log\"", 1'000'000);
    const Outcome outcome = predict_script({});
    EXPECT_EQ(outcome.exit_status, 0) << outcome.output;
    EXPECT_TRUE(says(outcome, "No prediction: this loop reads and writes"))
        << outcome.output;
    EXPECT_FALSE(says(outcome, "makespan")) << outcome.output;
    EXPECT_FALSE(fs::exists(csv()));
}

TEST_F(PredictTest, WhatCannotBePredictedSaysWhy) {
    write_lesson("#pragma omp parallel for", "\"--count\"");
    Outcome outcome = predict_script({});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_TRUE(says(outcome, "keeps no log")) << outcome.output;
    write_lesson("#pragma omp parallel\n#pragma omp single", "\"--log\"");
    outcome = predict_script({});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_TRUE(says(outcome, "has `single`")) << outcome.output;
}

TEST_F(PredictTest, WrongUseIsRefused) {
    struct Case {
        Words arguments;
        std::string words;
    };
    const std::vector<Case> wrong = {
        {{}, "no lesson"},
        {{"05_gray"}, "did you mean 05_grey?"},
        {{"12", "--threads", "0"}, "--threads"},
        {{"12", "--threads", "4,x"}, "--threads"},
        {{"12", "--schedule", "auto"}, "'auto' cannot be predicted"},
        {{"12", "--timeline", "often"}, "'often' cannot be predicted"},
        {{"12", "--version", "serial"}, "no parallel version 'serial'"},
        {{"12", "--version", "fast"}, "no parallel version 'fast'"},
        {{"12", "--repeat", "0"}, "--repeat"},
        {{"12", "--colour"}, "--colour"}};
    for (const Case& one : wrong) {
        const Outcome outcome = run(one.arguments);
        EXPECT_EQ(outcome.exit_status, 2) << outcome.output;
        EXPECT_TRUE(says(outcome, one.words)) << outcome.output;
    }
    EXPECT_EQ(run({"--help"}).exit_status, 0);
}

// The lessons themselves, as small as they can be; what they say depends on
// the machine, but not that they give a log of each iteration.
TEST_F(PredictTest, LessonsGiveTheTimeOfEachIteration) {
    for (const auto& [arguments, count] :
         {std::pair(Words{"10_fibonacci", "--count", "20"}, 20U),
          std::pair(Words{"11_primes", "--below", "3000"}, 2998U)}) {
        Words all(arguments.begin() + 1, arguments.end());
        all.insert(all.end(), {"--repeat", "1", "--item-times", csv()});
        const Outcome outcome =
            run_process({.program = fs::path(WORKBOOK_BUILD) / "lessons" /
                                    arguments[0] / "parallel",
                         .arguments = all});
        ASSERT_EQ(outcome.exit_status, 0) << outcome.output;
        EXPECT_EQ(read_lengths(csv()).size(), count) << arguments[0];
    }
}
