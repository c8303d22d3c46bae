// What gnuplot draws of an experiment.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "common/programs/experiment/report.hpp"
#include "common/programs/experiment/sweep.hpp"
#include "tests/support/files.hpp"

namespace {

namespace fs = std::filesystem;
using Runs = std::vector<Run>;  // in a TEST, Run is something else
using Numbers = std::vector<double>;

Setting serial_of(const std::string& size = "") {
    return {"serial", 1, "", size};
}

Setting parallel_of(int threads, const std::string& schedule = "",
                    const std::string& size = "") {
    return {"parallel", threads, schedule, size};
}

Run run_of(const Setting& setting, double seconds) {
    Run run;
    run.setting = setting;
    run.record.seconds = {seconds};
    run.record.result = "1853a950";
    run.record.size = setting.size;
    run.control.processors = 2;
    run.control.speedup = std::min(setting.threads, 2);
    return run;
}

/// Serial 8 s, on one thread 8 s, on two 4 s.
Runs simple_runs() {
    return {run_of(serial_of(), 8.0), run_of(parallel_of(1), 8.0),
            run_of(parallel_of(2), 4.0)};
}

constexpr const char* small_log =
    "item,thread,start_s,end_s\n"
    "0,0,0.000000000,0.250000000\n"
    "1,1,0.125000000,0.500000000\n"
    "2,0,0.250000000,1.000000000\n";

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

int count_of(const std::string& part, const std::string& text) {
    int count = 0;
    for (auto at = text.find(part); at != std::string::npos;
         at = text.find(part, at + 1)) {
        ++count;
    }
    return count;
}

Outcome gnuplot(const fs::path& folder, const std::string& commands) {
    return run_process(
        {.program = "gnuplot",
         .arguments = {"-d", "-e",
                       "cd '" + folder.string() + "'; " + commands}});
}

/// Tests that draw.
class PlotsTest : public testing::Test {
 protected:
    void SetUp() override {
        if (!run_process({.program = "gnuplot", .arguments = {"--version"}})
                 .ok()) {
            GTEST_SKIP() << "gnuplot is missing: apt-get install gnuplot-nox";
        }
    }

    /// Draws the runs, on a machine with two processors; each logged setting
    /// has the small log.
    void draw(const Runs& runs, const std::vector<Setting>& logged = {},
              const std::string& lesson = "12_mandelbrot") {
        Experiment experiment;
        experiment.lesson = lesson;
        experiment.machine = "a machine, 2 processors";
        experiment.processors = 2;
        experiment.runs = runs;
        for (const Setting& setting : logged) {
            const fs::path own = folder_ / "settings" / file_name(setting);
            fs::create_directories(own);
            write_text(own / "work_log.csv", small_log);
            experiment.logged.push_back(
                {.setting = setting, .folder = own, .imbalance = 0.5});
        }
        experiment.summaries = summarise(runs, 2, experiment.logged);
        fs::create_directories(folder_ / "settings");
        write_text(folder_ / "settings" / "table.tsv", plot_table(experiment));
        problems_ = draw_plots(folder_.path());
    }

    [[nodiscard]] std::string svg(const std::string& name) const {
        return read_text(folder_ / (name + ".svg"));
    }

    /// Draws again, with predictions: the lines of prediction.tsv.
    void predict(const std::string& lines) {
        write_text(folder_ / "settings" / "prediction.tsv",
                   "version\tschedule\tproblem\tthreads\tspeedup\n" + lines);
        problems_ = draw_plots(folder_.path());
    }

    /// The points that a script plots: x, value, low and high of each.
    [[nodiscard]] std::vector<Numbers> points(const std::string& name) const {
        const Outcome outcome = gnuplot(
            folder_.path(),
            "load '" + name +
                ".gp'; set table 'points'; "
                "plot table using (here(0) ? x(0) : NaN):(y(column('median')))"
                ":(low(0)):(high(0)) with table");
        EXPECT_TRUE(outcome.ok()) << outcome.output;
        std::vector<Numbers> points;
        std::istringstream lines(read_text(folder_ / "points"));
        for (std::string line; std::getline(lines, line);) {
            std::istringstream fields(line);
            Numbers numbers;
            for (std::string field; fields >> field;) {
                numbers.push_back(std::stod(field));
            }
            if (!numbers.empty() && numbers[0] == numbers[0]) {
                points.push_back(numbers);
            }
        }
        return points;
    }

    TemporaryFolder folder_;
    std::vector<std::string> problems_;
};

}  // namespace

TEST_F(PlotsTest, EveryPlotIsAWholePictureWithItsScriptBeside) {
    Runs runs = simple_runs();
    for (auto& run : runs) run.record.read_seconds = 1.0;
    draw(runs, {parallel_of(1), parallel_of(2)});
    EXPECT_TRUE(problems_.empty()) << problems_.front();
    for (const std::string name :
         {"speedup", "efficiency", "time", "phases", "timelines"}) {
        const std::string png = read_text(folder_ / (name + ".png"));
        EXPECT_TRUE(png.starts_with("\x89PNG\r\n\x1a\n")) << name;
        EXPECT_TRUE(contains(png, "IEND")) << name;
        EXPECT_TRUE(fs::exists(folder_ / (name + ".gp"))) << name;
        if (name == "timelines") continue;  // thousands of bars: PNG only
        EXPECT_TRUE(svg(name).starts_with("<?xml")) << name;
        EXPECT_TRUE(contains(svg(name), "</svg>")) << name;
        EXPECT_TRUE(contains(svg(name), "a machine, 2 processors")) << name;
    }
}

TEST_F(PlotsTest, AScriptDrawsAgainWhereItIs) {
    draw(simple_runs(), {parallel_of(2)});
    for (const std::string name :
         {"speedup", "efficiency", "time", "timelines"}) {
        fs::remove(folder_ / (name + ".png"));
        const Outcome outcome =
            gnuplot(folder_.path(), "load '" + name + ".gp'");
        EXPECT_TRUE(outcome.ok()) << outcome.output;
        EXPECT_EQ(outcome.output, "") << name;
        EXPECT_TRUE(fs::exists(folder_ / (name + ".png"))) << name;
    }
}

// Of 3.2, 4 and 5 s the quartiles are 3.6 and 4.5 s; 8 s are the serial
// program's. 8 / 4.5 = 1.78, 8 / 3.6 = 2.22.
TEST_F(PlotsTest, ValuesStandBetweenThoseOfTheQuartiles) {
    draw({run_of(serial_of(), 8.0), run_of(parallel_of(1), 10.0),
          run_of(parallel_of(2), 3.2), run_of(parallel_of(2), 4.0),
          run_of(parallel_of(2), 5.0)});
    const std::vector<Numbers> speedups = points("speedup");
    ASSERT_EQ(speedups.size(), 2U);
    EXPECT_EQ(speedups[0], (Numbers{1, 0.8, 0.8, 0.8}));
    EXPECT_EQ(speedups[1][0], 2.0);
    EXPECT_NEAR(speedups[1][1], 2.0, 1e-4);
    EXPECT_NEAR(speedups[1][2], 8 / 3.6, 1e-4);
    EXPECT_NEAR(speedups[1][3], 8 / 4.5, 1e-4);
    const std::vector<Numbers> efficiencies = points("efficiency");
    EXPECT_NEAR(efficiencies.at(1).at(1), 1.0, 1e-4);
    EXPECT_NEAR(efficiencies.at(1).at(3), 4 / 4.5, 1e-4);
    EXPECT_EQ(points("time").at(1), (Numbers{2, 4, 3.6, 4.5}));
    EXPECT_TRUE(contains(svg("time"), "time (s)"));
    EXPECT_TRUE(contains(svg("time"), ">serial<"));
}

TEST_F(PlotsTest, BusyRunsDoNotWidenTheErrorBars) {
    Runs runs = simple_runs();
    runs.push_back(run_of(parallel_of(2), 400.0));
    runs.back().control.speedup = 1.0;
    draw(runs);
    EXPECT_EQ(points("speedup").at(1), (Numbers{2, 2, 2, 2}));
}

TEST_F(PlotsTest, TheControlAndTheIdealAreShown) {
    draw(simple_runs());
    EXPECT_TRUE(contains(svg("speedup"), ">control<"));
    EXPECT_TRUE(contains(svg("speedup"), ">ideal<"));
}

TEST_F(PlotsTest, OnlyMoreThreadsThanProcessorsAreShaded) {
    Runs runs = simple_runs();
    draw(runs);
    EXPECT_FALSE(contains(svg("speedup"), "oversubscribed"));
    runs.push_back(run_of(parallel_of(4), 4.0));
    draw(runs);
    EXPECT_TRUE(contains(svg("speedup"), "oversubscribed"));
}

TEST_F(PlotsTest, APredictionContinuesItsCurve) {
    draw(simple_runs());
    EXPECT_FALSE(contains(svg("speedup"), ">predicted<"));
    predict("parallel\t\t\t2\t2\nparallel\t\t\t8\t6.5\n");
    ASSERT_TRUE(problems_.empty()) << problems_.front();
    for (const char* name : {"speedup", "efficiency"}) {
        EXPECT_TRUE(contains(svg(name), ">predicted<")) << name;
        EXPECT_TRUE(contains(svg(name), ">8<")) << name;  // on the axis
        EXPECT_FALSE(contains(svg(name), "oversubscribed")) << name;
    }
    EXPECT_FALSE(contains(svg("time"), ">predicted<"));
    EXPECT_TRUE(contains(svg("speedup"), "> 6<"));  // the axis goes so far
    // What is measured stays as it is.
    EXPECT_EQ(points("speedup").at(1), (Numbers{2, 2, 2, 2}));
}

TEST_F(PlotsTest, OnlyCurvesThatAreDrawnArePredicted) {
    draw(simple_runs());
    predict("lanes\t\t\t2\t2\nlanes\t\t\t8\t60\n");
    ASSERT_TRUE(problems_.empty()) << problems_.front();
    EXPECT_FALSE(contains(svg("speedup"), ">8<"));
}

TEST_F(PlotsTest, EveryVersionHasAChartAndEveryScheduleALine) {
    Runs runs = {run_of(serial_of(), 8.0)};
    for (const std::string version : {"parallel", "lanes"}) {
        for (const std::string schedule : {"static", "dynamic,16"}) {
            for (const int threads : {1, 2}) {
                runs.push_back(run_of({version, threads, schedule, ""}, 4.0));
            }
        }
    }
    draw(runs);
    const std::string text = svg("speedup");
    EXPECT_EQ(count_of(">parallel<", text), 1);
    EXPECT_EQ(count_of(">lanes<", text), 1);
    EXPECT_EQ(count_of(">static<", text), 2);
    EXPECT_EQ(count_of(">dynamic,16<", text), 2);
}

TEST_F(PlotsTest, AChartHasFiveLinesAtMost) {
    Runs runs = {run_of(serial_of(), 8.0)};
    for (const std::string schedule :
         {"static", "static,1", "dynamic", "dynamic,8", "guided", "guided,8"}) {
        for (const int threads : {1, 2}) {
            runs.push_back(run_of(parallel_of(threads, schedule), 4.0));
        }
    }
    draw(runs);
    EXPECT_EQ(count_of(">control<", svg("speedup")), 2);  // one in each chart
    EXPECT_EQ(count_of(">guided,8<", svg("speedup")), 1);
}

TEST_F(PlotsTest, EverySizeAndScheduleHasALine) {
    Runs runs;
    for (const std::string size : {"100", "1000"}) {
        runs.push_back(run_of(serial_of(size), 1.0));
        for (const std::string schedule : {"static", "dynamic"}) {
            runs.push_back(run_of(parallel_of(1, schedule, size), 1.0));
            runs.push_back(run_of(parallel_of(2, schedule, size), 0.5));
        }
    }
    draw(runs);
    const std::string text = svg("speedup");
    for (const char* name : {">parallel, 100<", ">parallel, 1000<"}) {
        EXPECT_EQ(count_of(name, text), 1) << name;
    }
    EXPECT_EQ(count_of(">static<", text), 2);
    EXPECT_EQ(count_of(">dynamic<", text), 2);
}

TEST_F(PlotsTest, WhereOnlySizesDifferTheyAreDrawnOverThem) {
    draw({run_of(serial_of("10"), 0.001), run_of(serial_of("100"), 0.01),
          run_of(parallel_of(2, "", "10"), 0.002),
          run_of(parallel_of(2, "", "100"), 0.005)});
    EXPECT_EQ(points("speedup"),
              (std::vector<Numbers>{{10, 0.5, 0.5, 0.5}, {100, 2, 2, 2}}));
    EXPECT_TRUE(contains(svg("speedup"), "--width or --count"));
    EXPECT_TRUE(contains(svg("speedup"), "threads: 2"));
    const std::vector<Numbers> times = points("time");  // in ms
    EXPECT_EQ(times, (std::vector<Numbers>{{10, 2, 2, 2}, {100, 5, 5, 5}}));
    EXPECT_TRUE(contains(svg("time"), ">serial<"));
}

TEST_F(PlotsTest, OverSizesOneTeamStandsForSeveralSchedules) {
    Runs runs;
    for (const std::string size : {"100", "1000"}) {
        runs.push_back(run_of(serial_of(size), 1.0));
        for (const int threads : {1, 2, 4}) {
            for (const std::string schedule : {"static", "dynamic"}) {
                runs.push_back(
                    run_of(parallel_of(threads, schedule, size), threads));
            }
        }
    }
    draw(runs);
    const std::vector<Numbers> times = points("time");
    ASSERT_EQ(times.size(), 4U);  // two schedules, two sizes
    for (const Numbers& point : times) EXPECT_EQ(point[1], 2.0);
}

TEST_F(PlotsTest, WhereOnlySchedulesDifferEachHasAPlace) {
    draw({run_of(serial_of(), 1.0), run_of(parallel_of(2, "static"), 1.0),
          run_of(parallel_of(2, "guided"), 0.5)});
    EXPECT_EQ(points("speedup"),
              (std::vector<Numbers>{{1, 1, 1, 1}, {2, 2, 2, 2}}));
}

TEST_F(PlotsTest, FailedAndWrongSettingsAreLeftOut) {
    Runs runs = simple_runs();
    runs.push_back(run_of(parallel_of(2, "static"), 1.0));
    runs.back().error = "exit status 1";
    runs.push_back(run_of(parallel_of(2, "guided"), 1.0));
    runs.back().record.result = "deadbeef";
    draw(runs);
    for (const std::string name : {"speedup", "efficiency", "time"}) {
        EXPECT_TRUE(contains(svg(name), "</svg>")) << name;
        EXPECT_FALSE(contains(svg(name), "static")) << name;
        EXPECT_FALSE(contains(svg(name), "guided")) << name;
    }
}

TEST_F(PlotsTest, WhatIsTooShortToJudgeHasATimeButNoSpeedup) {
    Runs runs = simple_runs();
    runs[0].record.seconds = {1e-4};  // the serial one: nothing to compare with
    draw(runs);
    EXPECT_EQ(svg("speedup"), "");
    EXPECT_FALSE(fs::exists(folder_ / "efficiency.gp"));
    EXPECT_TRUE(contains(svg("time"), "</svg>"));
}

TEST_F(PlotsTest, PhasesAreStackedAndTheLoopsShareIsTold) {
    Runs runs = simple_runs();
    draw(runs);
    EXPECT_EQ(svg("phases"), "");  // nothing is read or written
    runs[0].record.read_seconds = 2.0;
    runs[0].record.write_seconds = 6.0;
    draw(runs);
    EXPECT_TRUE(contains(svg("phases"), "loop 50.0 %"));
    EXPECT_EQ(count_of("loop 50.0 %", svg("phases")), 1);
}

TEST_F(PlotsTest, AnExperimentWithoutGoodRunsHasNoPlots) {
    Runs failed = {run_of(parallel_of(2), 0.0)};
    failed[0].error = "exit status 1";
    for (const Runs& runs : {failed, Runs()}) {
        draw(runs);
        for (const auto& file : fs::directory_iterator(folder_.path())) {
            EXPECT_NE(file.path().extension(), ".png") << file.path();
            EXPECT_NE(file.path().extension(), ".svg") << file.path();
        }
    }
}

TEST_F(PlotsTest, TextIsDrawnAsItIs) {
    const std::string text = R"(q `echo run` @a a_b^{c} %d $0 ; # größer)";
    draw({run_of(serial_of(), 1.0), run_of(parallel_of(1, text), 1.0),
          run_of(parallel_of(2, text), 0.5),
          run_of(parallel_of(2, "static"), 0.5)},
         {}, text);
    EXPECT_TRUE(problems_.empty()) << problems_.front();
    EXPECT_GE(count_of(text, svg("speedup")), 2);  // title and legend
}

TEST_F(PlotsTest, AFailureIsToldInGnuplotsWordsAndLeavesNoPicture) {
    draw(simple_runs());
    fs::remove(folder_ / "settings" / "table.tsv");
    problems_ = draw_plots(folder_.path());
    ASSERT_FALSE(problems_.empty());
    EXPECT_TRUE(contains(problems_[0], "speedup.gp")) << problems_[0];
    EXPECT_TRUE(contains(problems_[0], "table.tsv")) << problems_[0];
    EXPECT_FALSE(fs::exists(folder_ / "speedup.png"));
}

TEST(GnuplotTest, WithoutItInThePathThereIsAMessage) {
    const char* found = std::getenv("PATH");
    ASSERT_NE(found, nullptr);
    const std::string path = found;
    const TemporaryFolder folder;
    setenv("PATH", "/nowhere", 1);
    const std::vector<std::string> problems = draw_plots(folder.path());
    setenv("PATH", path.c_str(), 1);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_TRUE(contains(problems[0], "gnuplot is missing"));
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

// --- Timelines and traces ----------------------------------------------------

TEST_F(PlotsTest, AnItemIsACompleteEventOfTheTraceInMicroseconds) {
    draw(simple_runs(), {parallel_of(2)});
    const auto trace = nlohmann::json::parse(
        read_text(folder_ / "settings" / "parallel_threads-2" / "trace.json"));
    std::vector<nlohmann::json> items;
    for (const auto& event : trace.at("traceEvents")) {
        if (event.at("ph") == "X") items.push_back(event);
    }
    ASSERT_EQ(items.size(), 3U);
    EXPECT_EQ(items[1].at("name"), "item 1");
    EXPECT_EQ(items[1].at("tid"), 1);
    EXPECT_EQ(items[1].at("ts"), 125'000.0);
    EXPECT_EQ(items[1].at("dur"), 375'000.0);
}

TEST_F(PlotsTest, SchedulesAreComparedOnTheLargestTeamThatFits) {
    Runs runs = {run_of(serial_of(), 1.0)};
    std::vector<Setting> logged;
    for (const std::string schedule : {"static", "dynamic"}) {
        for (const int threads : {1, 2, 4}) {
            logged.push_back(parallel_of(threads, schedule));
            runs.push_back(run_of(logged.back(), 1.0));
        }
    }
    draw(runs, logged);
    for (const Setting& setting : logged) {
        EXPECT_EQ(fs::exists(folder_ / "settings" / file_name(setting) /
                             "trace.json"),
                  setting.threads == 2)
            << file_name(setting);
    }
}

TEST_F(PlotsTest, WithOneScheduleTheNumbersOfThreadsAreCompared) {
    draw(simple_runs(), {parallel_of(1), parallel_of(2)});
    for (const char* setting : {"parallel_threads-1", "parallel_threads-2"}) {
        EXPECT_TRUE(fs::exists(folder_ / "settings" / setting / "trace.json"));
    }
}

TEST_F(PlotsTest, ALogThatIsNoneIsAProblemAndNoPicture) {
    draw(simple_runs(), {parallel_of(2)});
    write_text(folder_ / "settings" / "parallel_threads-2" / "work_log.csv",
               "");
    fs::remove(folder_ / "timelines.png");
    EXPECT_FALSE(draw_plots(folder_.path()).empty());
    EXPECT_FALSE(fs::exists(folder_ / "timelines.png"));
}
