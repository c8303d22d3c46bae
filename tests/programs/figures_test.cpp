#include "common/programs/experiment/figures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "common/programs/experiment/drawings.hpp"
#include "common/programs/experiment/gnuplot.hpp"
#include "common/programs/experiment/names.hpp"
#include "common/programs/experiment/work_log_file.hpp"
#include "tests/support/files.hpp"

namespace {

using Runs = std::vector<Run>;  // in a TEST, Run is something else

Run run_of(const Setting& setting, double seconds) {
    Run run;
    run.setting = setting;
    run.seconds = seconds;
    run.result = "1853a950";
    run.control_speedup = 1.0;
    run.control_efficiency = 1.0;
    return run;
}

Setting serial_of(const std::string& size = "") {
    return {.version = "serial", .threads = 1, .schedule = "", .size = size};
}

Setting parallel_of(int threads, const std::string& schedule = "",
                    const std::string& size = "") {
    return {.version = "parallel",
            .threads = threads,
            .schedule = schedule,
            .size = size};
}

/// The runs, on a machine with two processors.
Experiment experiment_of(const Runs& runs) {
    Experiment experiment;
    experiment.lesson = "12_mandelbrot";
    experiment.command = "build/experiment 12";
    experiment.machine = "a machine";
    experiment.processors = 2;
    experiment.size_option = "--count";
    experiment.runs = runs;
    experiment.summaries = summarise(runs, experiment.processors);
    return experiment;
}

/// Serial 8 s, on one thread 8 s, on two 4 s.
Runs simple_runs() {
    return {run_of(serial_of(), 8.0), run_of(parallel_of(1), 8.0),
            run_of(parallel_of(2), 4.0)};
}

/// All that gnuplot is told to draw.
std::string text_of(const Drawing& drawing) {
    std::string text = drawing.commands;
    for (const std::string& plot : drawing.plots) text += plot + "\n";
    return text;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

constexpr const char* small_log =
    "item,thread,start_s,end_s\n"
    "0,0,0.000000000,0.250000000\n"
    "1,1,0.125000000,0.500000000\n"
    "2,0,0.250000000,1.000000000\n";

LoggedRun logged_run(const std::filesystem::path& log, const Setting& setting) {
    LoggedRun run;
    run.setting = setting;
    run.log = log;
    run.imbalance = 0.5;
    return run;
}

}  // namespace

// --- Text and scripts --------------------------------------------------------

TEST(GnuplotTextTest, WhatIsSpecialInQuotesGoesByItsNumber) {
    EXPECT_EQ(gnuplot_text("plain, it's"), R"("plain, it's")");
    EXPECT_EQ(gnuplot_text(R"(a"b\c`d)"), R"("a\042b\134c\140d")");
}

TEST(GnuplotTextTest, ControlCharactersBecomeBlanksAndUtf8Stays) {
    EXPECT_EQ(gnuplot_text("a\nb\tc"), "\"a b c\"");
    EXPECT_EQ(gnuplot_text("größer"), "\"größer\"");
}

TEST(GnuplotScriptTest, TheCaptionNamesMachineAndCommand) {
    const Experiment experiment = experiment_of(simple_runs());
    const std::string script =
        gnuplot_script({.name = "x", .title = "y"}, experiment);
    EXPECT_TRUE(contains(script, "\"a machine\""));
    EXPECT_TRUE(contains(script, "\"build/experiment 12\""));
}

TEST(GnuplotScriptTest, ALongCommandIsWrappedAndThenCut) {
    Experiment experiment = experiment_of(simple_runs());
    experiment.command = "start";
    for (int i = 0; i < 100; ++i) experiment.command += " --option";
    experiment.command += " end";
    const std::string script =
        gnuplot_script({.name = "x", .title = "y"}, experiment);
    EXPECT_TRUE(contains(script, "\"start --option"));
    EXPECT_TRUE(contains(script, "--option ...\""));
    EXPECT_FALSE(contains(script, "end\""));
}

TEST(GnuplotScriptTest, UnderscoresAndBracesAreNoMarkup) {
    const std::string script = gnuplot_script({.name = "x", .title = "a_b^{c}"},
                                              experiment_of(simple_runs()));
    EXPECT_TRUE(contains(script, "\"a_b^{c}\""));
    EXPECT_TRUE(contains(script, "terminal svg noenhanced"));
    EXPECT_TRUE(contains(script, "terminal pngcairo noenhanced"));
}

TEST(NamesTest, SettingsAreNamedByWhatTellsThemApart) {
    const Names two_teams(experiment_of(simple_runs()));
    EXPECT_EQ(two_teams.whole(parallel_of(2)), "parallel, 2 threads");
    EXPECT_EQ(two_teams.whole(serial_of()), "serial");

    const Names one_team(experiment_of(
        {run_of(serial_of(), 1.0), run_of(parallel_of(2, "static"), 1.0),
         run_of(parallel_of(2, "dynamic,16"), 1.0)}));
    EXPECT_EQ(one_team.whole(parallel_of(2, "dynamic,16")), "dynamic,16");
}

TEST(NamesTest, SizesAreNamedInWordsWhereTheyAreKnown) {
    Runs runs = {run_of(serial_of("512"), 1.0), run_of(serial_of("1024"), 1.0)};
    runs[0].problem = "512 x 341";
    const Names names(experiment_of(runs));
    EXPECT_EQ(names.whole(parallel_of(1, "", "512")), "parallel, 512 x 341");
    EXPECT_EQ(names.whole(parallel_of(1, "", "1024")), "parallel, 1024");
}

// --- Speedup, efficiency, time -----------------------------------------------

TEST(SpeedupDrawingTest, SpeedupsStandBetweenThoseOfTheQuartiles) {
    // Of 3.2, 4 and 5 s the quartiles are 3.6 and 4.5 s; 8 s are the serial
    // program's. 8 / 4.5 = 1.78, 8 / 3.6 = 2.22.
    const Experiment experiment =
        experiment_of({run_of(serial_of(), 8.0), run_of(parallel_of(1), 10.0),
                       run_of(parallel_of(2), 3.2), run_of(parallel_of(2), 4.0),
                       run_of(parallel_of(2), 5.0)});
    const std::string speedup = text_of(*speedup_drawing(experiment));
    EXPECT_TRUE(contains(speedup, "\n1 0.8 0.8 0.8\n"));
    EXPECT_TRUE(contains(speedup, "\n2 2 1.77778 2.22222\n"));
    const std::string efficiency = text_of(*efficiency_drawing(experiment));
    EXPECT_TRUE(contains(efficiency, "\n2 1 0.888889 1.11111\n"));
    const std::string time = text_of(*time_drawing(experiment));
    EXPECT_TRUE(contains(time, "\n2 4 3.6 4.5\n"));
    EXPECT_TRUE(contains(time, "8 with lines title \"serial\""));
    EXPECT_TRUE(contains(time, "time (s)"));
}

TEST(SpeedupDrawingTest, BusyRunsDoNotWidenTheErrorBars) {
    Runs runs = simple_runs();
    runs.push_back(run_of(parallel_of(2), 400.0));
    runs.back().control_efficiency = 0.5;
    EXPECT_TRUE(contains(text_of(*speedup_drawing(experiment_of(runs))),
                         "\n2 2 2 2\n"));
}

TEST(SpeedupDrawingTest, TheControlStandsBesideTheIdeal) {
    Runs runs = simple_runs();
    runs[2].control_speedup = 1.9;
    const Experiment experiment = experiment_of(runs);
    EXPECT_TRUE(contains(text_of(*speedup_drawing(experiment)),
                         "$ideal << END\n# x value\n1 1\n2 2\nEND\n"
                         "$control << END\n# x value\n1 1\n2 1.9\nEND\n"));
    EXPECT_TRUE(contains(text_of(*efficiency_drawing(experiment)),
                         "$ideal << END\n# x value\n1 1\n2 1\nEND\n"
                         "$control << END\n# x value\n1 1\n2 0.95\nEND\n"));
}

TEST(SpeedupDrawingTest, WithoutAControlThereIsNoLineForIt) {
    Runs runs = simple_runs();
    for (auto& run : runs) run.control_speedup = run.control_efficiency = 0.0;
    EXPECT_FALSE(
        contains(text_of(*speedup_drawing(experiment_of(runs))), "$control"));
}

TEST(SpeedupDrawingTest, OnlyMoreThreadsThanProcessorsAreShaded) {
    Runs runs = simple_runs();
    EXPECT_FALSE(contains(text_of(*speedup_drawing(experiment_of(runs))),
                          "oversubscribed"));
    runs.push_back(run_of(parallel_of(4), 4.0));
    const std::string text = text_of(*speedup_drawing(experiment_of(runs)));
    EXPECT_TRUE(contains(text, "oversubscribed"));
    EXPECT_TRUE(contains(text, "rectangle from 2,"));
}

TEST(SpeedupDrawingTest, EverySizeAndScheduleHasALine) {
    Runs runs;
    for (const std::string size : {"100", "1000"}) {
        runs.push_back(run_of(serial_of(size), 1.0));
        for (const std::string schedule : {"static", "dynamic"}) {
            runs.push_back(run_of(parallel_of(1, schedule, size), 1.0));
            runs.push_back(run_of(parallel_of(2, schedule, size), 0.5));
        }
    }
    const std::string text = text_of(*speedup_drawing(experiment_of(runs)));
    for (const std::string name :
         {"static, 100", "static, 1000", "dynamic, 100", "dynamic, 1000"}) {
        EXPECT_TRUE(contains(text, "title \"" + name + "\"")) << name;
    }
}

TEST(SpeedupDrawingTest, WhereOnlySizesDifferItIsDrawnOverThem) {
    const Experiment experiment = experiment_of(
        {run_of(serial_of("1000"), 1.0), run_of(serial_of("1000000"), 100.0),
         run_of(parallel_of(2, "", "1000"), 2.0),
         run_of(parallel_of(2, "", "1000000"), 50.0)});
    const Drawing drawing = *speedup_drawing(experiment);
    EXPECT_TRUE(contains(drawing.commands, "set logscale x"));
    EXPECT_TRUE(contains(drawing.commands, "number of items"));
    EXPECT_TRUE(contains(drawing.commands, "\"1,000,000\" 1e+06"));
    EXPECT_TRUE(contains(drawing.commands, "\n1000 0.5 0.5 0.5\n"));
    EXPECT_TRUE(contains(drawing.title, "(2 threads)"));
}

TEST(SpeedupDrawingTest, WhereOnlySchedulesDifferEachHasABar) {
    const Drawing drawing = *speedup_drawing(experiment_of(
        {run_of(serial_of(), 1.0), run_of(parallel_of(2, "static"), 1.0),
         run_of(parallel_of(2, "guided"), 0.5)}));
    EXPECT_TRUE(contains(drawing.commands, R"("static" 0, "guided" 1)"));
    EXPECT_TRUE(contains(drawing.commands, "\n0 1 1 1\n1 2 2 2\n"));
    EXPECT_TRUE(contains(text_of(drawing), "boxerrorbars"));
}

TEST(SpeedupDrawingTest, FailedAndWrongSettingsAreLeftOut) {
    Runs runs = simple_runs();
    runs.push_back(run_of(parallel_of(2, "static"), 1.0));
    runs.back().error = "exit status 1";
    runs.push_back(run_of(parallel_of(2, "guided"), 1.0));
    runs.back().result = "deadbeef";
    const Experiment experiment = experiment_of(runs);
    for (const auto& drawing :
         {speedup_drawing(experiment), efficiency_drawing(experiment),
          time_drawing(experiment)}) {
        EXPECT_FALSE(contains(text_of(*drawing), "static"));
        EXPECT_FALSE(contains(text_of(*drawing), "guided"));
    }
}

TEST(SpeedupDrawingTest, WhatIsTooShortToJudgeHasATimeButNoSpeedup) {
    Runs runs = simple_runs();
    runs[0].judgeable = false;  // the serial one: nothing to compare with
    const Experiment experiment = experiment_of(runs);
    EXPECT_FALSE(speedup_drawing(experiment));
    EXPECT_FALSE(efficiency_drawing(experiment));
    EXPECT_TRUE(time_drawing(experiment));

    runs[0].judgeable = true;
    runs[2].judgeable = false;
    EXPECT_FALSE(contains(text_of(*speedup_drawing(experiment_of(runs))),
                          "\n2 2 2 2\n"));
}

TEST(TimeDrawingTest, OverSizesBothAxesAreLogarithmicAndSerialIsALine) {
    const Experiment experiment = experiment_of(
        {run_of(serial_of("10"), 0.001), run_of(serial_of("100"), 0.01),
         run_of(parallel_of(2, "", "10"), 0.002),
         run_of(parallel_of(2, "", "100"), 0.005)});
    const std::string text = text_of(*time_drawing(experiment));
    EXPECT_TRUE(contains(text, "set logscale x"));
    EXPECT_TRUE(contains(text, "set logscale y"));
    EXPECT_TRUE(contains(text, "title \"serial\""));
    EXPECT_TRUE(contains(text, "\n10 1 1 1\n100 10 10 10\n"));  // ms
}

TEST(TimeDrawingTest, OverSizesOneTeamStandsForSeveralSchedules) {
    Runs runs;
    for (const std::string size : {"100", "1000"}) {
        runs.push_back(run_of(serial_of(size), 1.0));
        for (const int threads : {1, 2, 4}) {
            for (const std::string schedule : {"static", "dynamic"}) {
                runs.push_back(
                    run_of(parallel_of(threads, schedule, size), 1.0));
            }
        }
    }
    const Drawing drawing = *time_drawing(experiment_of(runs));
    EXPECT_EQ(drawing.plots.size(), 3);  // static, dynamic, serial
    EXPECT_TRUE(contains(drawing.title, "(2 threads)"));
}

// --- Phases ------------------------------------------------------------------

TEST(PhasesDrawingTest, WithoutReadingAndWritingThereIsNone) {
    EXPECT_FALSE(phases_drawing(experiment_of(simple_runs())));
}

TEST(PhasesDrawingTest, PhasesAreStackedAndTheLoopsShareIsTold) {
    Runs runs = simple_runs();
    runs[0].read_seconds = 2.0;
    runs[0].write_seconds = 6.0;
    const Drawing drawing = *phases_drawing(experiment_of(runs));
    EXPECT_TRUE(contains(drawing.commands, "\n1 2 10 16\nEND"));
    EXPECT_TRUE(contains(drawing.commands, "loop 50.0 %"));
}

// --- Timelines and traces ----------------------------------------------------

TEST(WorkLogFileTest, ItemsThatNobodyDidAreLeftOut) {
    const TemporaryFolder folder;
    write_text(folder / "log.csv",
               "item,thread,start_s,end_s\n0,-1,0.0,0.0\n7,3,0.5,0.75\n");
    const std::vector<LoggedItem> items = read_work_log(folder / "log.csv");
    ASSERT_EQ(items.size(), 1);
    EXPECT_EQ(items[0].item, 7);
    EXPECT_EQ(items[0].thread, 3);
    EXPECT_EQ(items[0].start, 0.5);
    EXPECT_EQ(items[0].end, 0.75);
}

TEST(WorkLogFileTest, WhatIsNoWorkLogIsRefusedWithItsLine) {
    const TemporaryFolder folder;
    const auto complaint = [&](const std::string& text) {
        write_text(folder / "log.csv", text);
        try {
            read_work_log(folder / "log.csv");
        } catch (const std::runtime_error& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    EXPECT_TRUE(contains(complaint(""), "log.csv: is no work log"));
    EXPECT_TRUE(contains(complaint("a,b\n1,2\n"), "is no work log"));
    const std::string head = "item,thread,start_s,end_s\n";
    for (const std::string line :
         {"0,0,0.5", "0,0,0.5,0.6,7", "0,zero,0.5,0.6", "", "0,0,0.5,0.6x"}) {
        EXPECT_TRUE(
            contains(complaint(head + "0,0,0.1,0.2\n" + line + "\n"), "line 3"))
            << line;
    }
    EXPECT_THROW(read_work_log(folder / "missing.csv"), std::runtime_error);
}

TEST(TimelineDrawingTest, AnItemIsABarInItsThreadsColourAndRow) {
    const TemporaryFolder folder;
    write_text(folder / "log.csv", small_log);
    Experiment experiment;
    experiment.logged = {
        logged_run(folder / "log.csv", parallel_of(2, "static")),
        logged_run(folder / "log.csv", parallel_of(2, "dynamic"))};
    const std::vector<Drawing> drawings = timeline_drawings(experiment);
    ASSERT_EQ(drawings.size(), 1);
    const std::string& text = drawings[0].commands;
    // Rows: a title, then the middle of thread 0's and thread 1's.
    EXPECT_TRUE(contains(text,
                         "# start end row colour\n"
                         "0 0.25 1.5 0xe69f00\n"
                         "0.25 1 1.5 0xf3cf80\n"
                         "0.125 0.5 2.5 0x56b4e9\n"));
    EXPECT_TRUE(contains(text, "\"static:  imbalance 0.50\""));
    EXPECT_TRUE(contains(text, "\"dynamic:  imbalance 0.50\""));
    EXPECT_EQ(drawings[0].name, "timelines");
}

TEST(TimelineDrawingTest, ItemsThinnerThanAPixelAreDrawnTogether) {
    const TemporaryFolder folder;
    std::string log = "item,thread,start_s,end_s\n";
    constexpr int items = 100'000;
    for (int i = 0; i < items; ++i) {
        log += std::to_string(i) + ",0," + std::to_string(i * 1e-5) + "," +
               std::to_string((i + 1) * 1e-5) + "\n";
    }
    write_text(folder / "log.csv", log);
    Experiment experiment;
    experiment.logged = {logged_run(folder / "log.csv", parallel_of(1))};
    const std::string text = timeline_drawings(experiment).at(0).commands;
    EXPECT_LT(std::count(text.begin(), text.end(), '\n'), 1000);
    EXPECT_TRUE(contains(text, " 1 1.5 0x"));  // the last one ends at 1 s
}

TEST(TimelineDrawingTest, SchedulesAreComparedOnTheSameThreadsAndSize) {
    const TemporaryFolder folder;
    write_text(folder / "log.csv", small_log);
    Experiment experiment;
    for (const int threads : {1, 2, 4}) {
        for (const std::string schedule : {"static", "dynamic"}) {
            experiment.logged.push_back(logged_run(
                folder / "log.csv", parallel_of(threads, schedule, "512")));
        }
    }
    const std::vector<Drawing> drawings = timeline_drawings(experiment);
    ASSERT_EQ(drawings.size(), 2);  // one thread has nobody to share with
    EXPECT_EQ(drawings[0].name, "timelines_threads-2_size-512");
    EXPECT_EQ(drawings[1].name, "timelines_threads-4_size-512");
}

TEST(TimelineDrawingTest, WithOneScheduleTheNumbersOfThreadsAreCompared) {
    const TemporaryFolder folder;
    write_text(folder / "log.csv", small_log);
    Experiment experiment;
    experiment.logged = {logged_run(folder / "log.csv", parallel_of(1)),
                         logged_run(folder / "log.csv", parallel_of(2))};
    const std::vector<Drawing> drawings = timeline_drawings(experiment);
    ASSERT_EQ(drawings.size(), 1);
    EXPECT_TRUE(contains(drawings[0].commands, "\"1 thread:  imbalance"));
    EXPECT_TRUE(contains(drawings[0].commands, "\"2 threads:  imbalance"));
}

TEST(TimelineDrawingTest, ALogWithoutItemsIsLeftOut) {
    const TemporaryFolder folder;
    write_text(folder / "log.csv", "item,thread,start_s,end_s\n");
    Experiment experiment;
    experiment.logged = {logged_run(folder / "log.csv", parallel_of(2))};
    EXPECT_TRUE(timeline_drawings(experiment).empty());
}

TEST(TraceTest, AnItemIsACompleteEventInMicrosecondsAndAThreadHasAName) {
    const TemporaryFolder folder;
    write_text(folder / "log.csv", small_log);
    write_trace(logged_run(folder / "log.csv", parallel_of(3, "a\"b")),
                folder / "trace.json");
    const auto trace = nlohmann::json::parse(read_text(folder / "trace.json"));
    std::vector<std::string> names;
    std::vector<nlohmann::json> items;
    for (const auto& event : trace.at("traceEvents")) {
        if (event.at("name") == "thread_name") {
            EXPECT_EQ(event.at("ph"), "M");
            names.push_back(event.at("args").at("name"));
        }
        if (event.at("ph") == "X") items.push_back(event);
    }
    // An idle thread of the team has its line, too.
    EXPECT_EQ(names,
              (std::vector<std::string>{"thread 0", "thread 1", "thread 2"}));
    ASSERT_EQ(items.size(), 3);
    EXPECT_EQ(items[1].at("name"), "item 1");
    EXPECT_EQ(items[1].at("tid"), 1);
    EXPECT_EQ(items[1].at("ts"), 125'000.0);
    EXPECT_EQ(items[1].at("dur"), 375'000.0);
}

// --- What gnuplot makes of it ------------------------------------------------

/// Tests that draw.
class FiguresTest : public testing::Test {
 protected:
    void SetUp() override {
        if (!has_gnuplot()) {
            GTEST_SKIP() << "gnuplot is missing: apt-get install gnuplot-nox";
        }
    }

    static void expect_whole(const Figure& figure) {
        const std::string png = read_text(figure.png);
        EXPECT_TRUE(png.starts_with("\x89PNG\r\n\x1a\n")) << figure.png;
        EXPECT_TRUE(contains(png, "IEND")) << figure.png;
        const std::string svg = read_text(figure.svg);
        EXPECT_TRUE(svg.starts_with("<?xml")) << figure.svg;
        EXPECT_TRUE(contains(svg, "</svg>")) << figure.svg;
        EXPECT_FALSE(figure.title.empty());
    }
};

TEST_F(FiguresTest, EveryFigureIsAWholeSvgAndPngWithItsScriptBeside) {
    const TemporaryFolder folder;
    write_text(folder / "log.csv", small_log);
    Runs runs = simple_runs();
    for (auto& run : runs) run.read_seconds = 1.0;
    Experiment experiment = experiment_of(runs);
    experiment.logged = {logged_run(folder / "log.csv", parallel_of(2))};
    const std::vector<Figure> figures = draw_figures(experiment, folder.path());
    std::vector<std::string> names;
    for (const Figure& figure : figures) {
        expect_whole(figure);
        names.push_back(figure.svg.stem());
        EXPECT_TRUE(std::filesystem::exists(folder / (names.back() + ".gp")));
    }
    EXPECT_EQ(names, (std::vector<std::string>{"speedup", "efficiency", "time",
                                               "phases", "timelines"}));
}

TEST_F(FiguresTest, SizesAndSchedulesAreDrawnAsWell) {
    const TemporaryFolder folder;
    for (const auto& figure :
         draw_figures(experiment_of({run_of(serial_of("10"), 1.0),
                                     run_of(serial_of("100"), 1.0),
                                     run_of(parallel_of(2, "", "10"), 1.0),
                                     run_of(parallel_of(2, "", "100"), 1.0)}),
                      folder.path())) {
        expect_whole(figure);
    }
    for (const auto& figure :
         draw_figures(experiment_of({run_of(serial_of(), 1.0),
                                     run_of(parallel_of(2, "static"), 1.0),
                                     run_of(parallel_of(2, "guided"), 1.0)}),
                      folder.path())) {
        expect_whole(figure);
    }
}

TEST_F(FiguresTest, AnExperimentWithoutGoodRunsHasNoFigures) {
    const TemporaryFolder folder;
    Runs failed = {run_of(parallel_of(2), 0.0)};
    failed[0].error = "exit status 1";
    EXPECT_TRUE(draw_figures(experiment_of(failed), folder.path()).empty());
    EXPECT_TRUE(draw_figures(Experiment(), folder.path()).empty());
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(FiguresTest, TextIsDrawnAsItIs) {
    const TemporaryFolder folder;
    const std::string text =
        R"(it''s '\'' q `echo run` @a a_b^{c} %d $0 ; # größer)";
    Experiment experiment = experiment_of({run_of(serial_of(), 1.0),
                                           run_of(parallel_of(1, text), 1.0),
                                           run_of(parallel_of(2, text), 0.5)});
    experiment.lesson = text;
    experiment.command = text;
    const std::vector<Figure> figures = draw_figures(experiment, folder.path());
    ASSERT_FALSE(figures.empty());
    // Title, caption and legend.
    std::string svg = read_text(figures[0].svg);
    int found = 0;
    for (auto at = svg.find(text); at != std::string::npos;
         at = svg.find(text, at + 1)) {
        ++found;
    }
    EXPECT_GE(found, 3);
}

TEST_F(FiguresTest, AFailureIsToldInGnuplotsWordsAndLeavesNoFigure) {
    const TemporaryFolder folder;
    const Drawing drawing = {
        .name = "broken", .title = "x", .plots = {"no_such_function(x)"}};
    try {
        draw(drawing, Experiment(), folder.path());
        FAIL() << "nothing was thrown";
    } catch (const std::runtime_error& error) {
        EXPECT_TRUE(contains(error.what(), "broken.gp")) << error.what();
        EXPECT_TRUE(contains(error.what(), "undefined function"))
            << error.what();
    }
    EXPECT_FALSE(std::filesystem::exists(folder / "broken.svg"));
    EXPECT_FALSE(std::filesystem::exists(folder / "broken.png"));
}

TEST(HasGnuplotTest, WithoutItInThePathThereIsNone) {
    const std::string path = std::getenv("PATH");
    setenv("PATH", "/nowhere", 1);
    const bool found = has_gnuplot();
    setenv("PATH", path.c_str(), 1);
    EXPECT_FALSE(found);
}
