#include "common/programs/experiment/results.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "common/programs/experiment/columns.hpp"

namespace {

// In a TEST, Run is a member of its class: there it is ::Run.
using Runs = std::vector<Run>;

Setting serial(const std::string& size = "") { return {"serial", 1, "", size}; }

Setting parallel(int threads, const std::string& schedule = "",
                 const std::string& size = "") {
    return {"parallel", threads, schedule, size};
}

/// A run that went well on a quiet machine of 4.
Run run(const Setting& setting, double seconds, int round = 1) {
    Run run;
    run.setting = setting;
    run.round = round;
    run.record.seconds = {seconds};
    run.record.size = "800 x 533";
    run.record.result = "0badcafe";
    run.control.processors = 4;
    run.control.speedup = 0.98 * setting.threads;
    return run;
}

Run busy_run(const Setting& setting, double seconds, int round = 1) {
    Run busy = run(setting, seconds, round);
    busy.control.speedup = 0.5 * setting.threads;
    return busy;
}

Run failed_run(const Setting& setting, const std::string& error) {
    Run failed;
    failed.setting = setting;
    failed.error = error;
    return failed;
}

Run wrong_run(const Setting& setting, double seconds) {
    Run wrong = run(setting, seconds);
    wrong.record.result = "deadbeef";
    return wrong;
}

/// Every run twice: two runs are needed for a verdict.
Runs twice(Runs runs) {
    const Runs copy = runs;
    runs.insert(runs.end(), copy.begin(), copy.end());
    return runs;
}

/// The summary of the setting that is not serial, on a machine of 4.
Summary last_summary(const Runs& runs) { return summarise(runs, 4).back(); }

}  // namespace

// --- Summaries --------------------------------------------------------------

TEST(SummariesTest, NoRunsHaveNoSummaries) {
    EXPECT_TRUE(summarise({}, 4).empty());
}

TEST(SummariesTest, SerialSettingsComeFirstThenTheOthersAsTheyCame) {
    const std::vector<Summary> summaries =
        summarise({run(parallel(4), 1.0), run(parallel(2, "static,1"), 1.0),
                   run(serial("800"), 1.0), run(parallel(4), 1.0),
                   run(serial(), 1.0), run(parallel(2), 1.0)},
                  4);
    std::vector<Setting> settings;
    settings.reserve(summaries.size());
    for (const Summary& summary : summaries) {
        settings.push_back(summary.setting);
    }
    EXPECT_EQ(settings,
              (std::vector<Setting>{serial("800"), serial(), parallel(4),
                                    parallel(2, "static,1"), parallel(2)}));
}

// Sorted: 2, 4, 5, 6, 18. The quartiles are the second and the fourth.
TEST(SummariesTest, AnOddNumberOfRunsIsSummedUpAsByHand) {
    const Summary summary = last_summary(
        {run(serial(), 6.0), run(serial(), 2.0), run(serial(), 18.0),
         run(serial(), 4.0), run(serial(), 5.0)});
    EXPECT_EQ(summary.runs, 5);
    EXPECT_EQ(summary.quiet_runs, 5);
    EXPECT_DOUBLE_EQ(summary.median.value(), 5.0);
    EXPECT_DOUBLE_EQ(summary.spread.value(), 2.0);
    EXPECT_DOUBLE_EQ(summary.quartile1.value(), 4.0);
    EXPECT_DOUBLE_EQ(summary.quartile3.value(), 6.0);
    EXPECT_DOUBLE_EQ(summary.best.value(), 2.0);
    EXPECT_TRUE(summary.judged);
    EXPECT_EQ(summary.problem, "800 x 533");
    EXPECT_EQ(summary.error, "");
    EXPECT_FALSE(summary.wrong);
    EXPECT_FALSE(summary.too_short);
    EXPECT_FALSE(summary.oversubscribed);
}

// Sorted: 1, 2, 4, 8. The quartiles lie at 1 + 3/4 and 4 + 4/4.
TEST(SummariesTest, AnEvenNumberOfRunsIsSummedUpAsByHand) {
    const Summary summary =
        last_summary({run(serial(), 4.0), run(serial(), 1.0),
                      run(serial(), 8.0), run(serial(), 2.0)});
    EXPECT_EQ(summary.runs, 4);
    EXPECT_DOUBLE_EQ(summary.median.value(), 3.0);
    EXPECT_DOUBLE_EQ(summary.spread.value(), 5.0 - 1.75);
    EXPECT_DOUBLE_EQ(summary.best.value(), 1.0);
}

// Over the serial version 6 s / 2 s; over itself on one thread 5 s / 2 s, so
// that the serial fraction is (2/5 - 1/4) / (3/4) = 1/5.
TEST(SummariesTest, SpeedupAndWhatFollowsFromItAreAsByHand) {
    const std::vector<Summary> summaries = summarise(
        {run(serial(), 5.0), run(parallel(4), 1.0), run(serial(), 6.0),
         run(parallel(4), 2.0), run(serial(), 7.0), run(parallel(4), 3.0),
         run(parallel(1), 5.0), run(parallel(1), 5.0)},
        4);
    ASSERT_EQ(summaries.size(), 3U);
    EXPECT_DOUBLE_EQ(summaries[0].speedup.value(), 1.0);
    EXPECT_DOUBLE_EQ(summaries[0].efficiency.value(), 1.0);
    EXPECT_FALSE(summaries[0].serial_fraction.has_value());
    EXPECT_DOUBLE_EQ(summaries[1].speedup.value(), 3.0);
    EXPECT_DOUBLE_EQ(summaries[1].efficiency.value(), 0.75);
    ASSERT_TRUE(summaries[1].serial_fraction.has_value());
    EXPECT_DOUBLE_EQ(*summaries[1].serial_fraction, 0.2);
    EXPECT_DOUBLE_EQ(summaries[1].scaling.value(), 2.5);
    EXPECT_DOUBLE_EQ(summaries[2].scaling.value(), 1.0);
    EXPECT_FALSE(summaries[1].imbalance.has_value());
}

TEST(SummariesTest, SpeedupIsAgainstTheSerialSettingOfTheSameSize) {
    const std::vector<Summary> summaries = summarise(
        {run(serial("100"), 3.0), run(serial("200"), 8.0),
         run(parallel(2, "", "200"), 5.0), run(parallel(2, "", "100"), 2.0),
         run(parallel(2, "", "300"), 9.0)},
        4);
    ASSERT_EQ(summaries.size(), 5U);
    EXPECT_DOUBLE_EQ(summaries[1].speedup.value(), 1.0);
    EXPECT_DOUBLE_EQ(summaries[2].speedup.value(), 1.6);
    EXPECT_DOUBLE_EQ(summaries[3].speedup.value(), 1.5);
    EXPECT_FALSE(summaries[4].speedup.has_value());
}

TEST(SummariesTest, WithoutSerialRunsTheSpeedupIsUnknown) {
    const Summary summary = last_summary({run(parallel(2), 2.0)});
    EXPECT_DOUBLE_EQ(summary.median.value(), 2.0);
    EXPECT_FALSE(summary.speedup.has_value());
    EXPECT_FALSE(summary.efficiency.has_value());
    EXPECT_FALSE(summary.serial_fraction.has_value());
    EXPECT_FALSE(summary.wrong);
}

TEST(SummariesTest, WhereAllSerialRunsFailedTheSpeedupIsUnknown) {
    const Summary summary = last_summary(
        {failed_run(serial(), "killed by signal 9"), run(parallel(2), 2.0)});
    EXPECT_EQ(summary.runs, 1);
    EXPECT_EQ(summary.error, "");
    EXPECT_FALSE(summary.speedup.has_value());
    EXPECT_FALSE(summary.serial_fraction.has_value());
    EXPECT_FALSE(summary.wrong);
}

TEST(SummariesTest, MoreThreadsThanProcessorsHaveNoSerialFraction) {
    const std::vector<Summary> summaries =
        summarise(twice({run(serial(), 6.0), run(parallel(2), 4.0),
                         run(parallel(3), 3.0), run(parallel(1), 6.0)}),
                  2);
    EXPECT_FALSE(summaries[1].oversubscribed);
    EXPECT_TRUE(summaries[1].serial_fraction.has_value());
    EXPECT_TRUE(summaries[2].oversubscribed);
    EXPECT_DOUBLE_EQ(summaries[2].speedup.value(), 2.0);
    EXPECT_FALSE(summaries[2].serial_fraction.has_value());
}

TEST(SummariesTest, OneThreadOfTheParallelVersionHasNoSerialFraction) {
    const Summary summary =
        last_summary(twice({run(serial(), 3.0), run(parallel(1), 4.0)}));
    EXPECT_DOUBLE_EQ(summary.speedup.value(), 0.75);
    EXPECT_FALSE(summary.serial_fraction.has_value());
}

// A restructured version on one thread is 8 times as fast as the serial one.
// What threads add is no more than 5 s / 4 s: (4/5 - 1/2) / (1/2) = 0.6.
TEST(SummariesTest, ARestructuredVersionIsComparedWithItselfOnOneThread) {
    Setting one = parallel(1);
    Setting two = parallel(2);
    one.version = two.version = "lanes";
    const Summary summary = last_summary(
        twice({run(serial(), 40.0), run(one, 5.0), run(two, 4.0)}));
    EXPECT_DOUBLE_EQ(summary.speedup.value(), 10.0);
    EXPECT_DOUBLE_EQ(summary.scaling.value(), 1.25);
    EXPECT_DOUBLE_EQ(summary.serial_fraction.value(), 0.6);
    const Summary alone =
        last_summary(twice({run(serial(), 40.0), run(two, 4.0)}));
    EXPECT_FALSE(alone.scaling.has_value());
    EXPECT_FALSE(alone.serial_fraction.has_value());
}

TEST(SummariesTest, OneRunHasNoSpreadAndAllowsNoVerdict) {
    const std::vector<Summary> summaries = summarise(
        {run(serial(), 3.0), run(parallel(1), 3.0), run(parallel(2), 2.0)}, 4);
    EXPECT_DOUBLE_EQ(summaries[2].speedup.value(), 1.5);
    EXPECT_FALSE(summaries[2].judged);
    EXPECT_FALSE(summaries[2].spread.has_value());
    EXPECT_FALSE(summaries[2].quartile1.has_value());
    EXPECT_FALSE(summaries[2].serial_fraction.has_value());
}

TEST(SummariesTest, BusyRunsAreLeftOutWhereHalfOfTheRoundsAreQuiet) {
    const Summary summary =
        last_summary({busy_run(serial(), 9.0, 1), run(serial(), 2.0, 1),
                      busy_run(serial(), 5.0, 2), run(serial(), 4.0, 2)});
    EXPECT_EQ(summary.runs, 2);
    EXPECT_EQ(summary.rounds, 2);
    EXPECT_EQ(summary.quiet_runs, 2);
    EXPECT_DOUBLE_EQ(summary.median.value(), 3.0);
    EXPECT_DOUBLE_EQ(summary.best.value(), 2.0);
    EXPECT_DOUBLE_EQ(summary.control_speedup.value(), 0.98);
    EXPECT_TRUE(summary.judged);
}

TEST(SummariesTest, WhereAllRunsWereBusyTheyAllCount) {
    const Summary summary =
        last_summary({busy_run(serial(), 9.0, 1), busy_run(serial(), 5.0, 1),
                      busy_run(serial(), 1.0, 2)});
    EXPECT_EQ(summary.runs, 3);
    EXPECT_EQ(summary.quiet_runs, 0);
    EXPECT_DOUBLE_EQ(summary.median.value(), 5.0);
    EXPECT_DOUBLE_EQ(summary.control_speedup.value(), 0.5);
    EXPECT_FALSE(summary.judged);
}

// One run of three rounds was quiet, and the slowest of all.
TEST(SummariesTest, OneQuietRunDoesNotDecideForAll) {
    Runs runs = {run(serial(), 16.0, 1)};
    for (const int round : {1, 2, 2, 2, 3, 3, 3}) {
        runs.push_back(busy_run(serial(), 2.0, round));
    }
    const Summary summary = last_summary(runs);
    EXPECT_EQ(summary.runs, 8);
    EXPECT_EQ(summary.rounds, 3);
    EXPECT_EQ(summary.quiet_runs, 1);
    EXPECT_DOUBLE_EQ(summary.median.value(), 2.0);
    EXPECT_FALSE(summary.judged);
}

// Disturbances make runs slower: quiet runs that are slower than the others
// were disturbed by something that the control did not see.
TEST(SummariesTest, QuietRunsThatAreSlowerThanBusyOnesAreNotPreferred) {
    const Summary summary =
        last_summary({run(serial(), 8.0, 1), run(serial(), 9.0, 2),
                      busy_run(serial(), 2.0, 1), busy_run(serial(), 2.0, 2),
                      busy_run(serial(), 2.0, 2)});
    EXPECT_EQ(summary.runs, 5);
    EXPECT_DOUBLE_EQ(summary.median.value(), 2.0);
}

TEST(SummariesTest, TheRunsThatCountAreMarked) {
    Runs runs = {busy_run(serial(), 9.0, 1), run(serial(), 2.0, 1),
                 failed_run(parallel(2), "no memory"),
                 busy_run(parallel(4), 2.0, 1)};
    mark_counted(runs);
    EXPECT_FALSE(runs[0].counted);
    EXPECT_TRUE(runs[1].counted);
    EXPECT_FALSE(runs[2].counted);
    EXPECT_TRUE(runs[3].counted);
}

TEST(SummariesTest, ARunWithoutAControlOrJustAtTheLimitIsQuiet) {
    ::Run without_control = run(serial(), 2.0, 1);
    without_control.control = {};
    ::Run at_the_limit = run(serial(), 4.0, 2);
    at_the_limit.control.speedup = 0.9;
    ::Run below_it = run(serial(), 100.0, 3);
    below_it.control.speedup = 0.8999;
    const Summary summary =
        last_summary({without_control, at_the_limit, below_it});
    EXPECT_EQ(summary.runs, 2);
    EXPECT_EQ(summary.quiet_runs, 2);
    EXPECT_DOUBLE_EQ(summary.median.value(), 3.0);
    // Of the one run that has a control.
    EXPECT_DOUBLE_EQ(summary.control_speedup.value(), 0.9);
}

TEST(ControlTest, TheEfficiencyIsAgainstTheThreadsThatCanRunAtOnce) {
    Control control;
    control.processors = 2;
    control.speedup = 1.9;
    EXPECT_DOUBLE_EQ(control.efficiency(2), 0.95);
    EXPECT_DOUBLE_EQ(control.efficiency(4), 0.95);
    // Above 1 the run on one thread was disturbed.
    EXPECT_DOUBLE_EQ(control.efficiency(1), 1.0 / 1.9);
}

TEST(SummariesTest, FailedRunsDoNotCountAndTheLastOneIsReported) {
    const Summary summary = last_summary(
        {failed_run(parallel(2), "no memory"), run(parallel(2), 3.0),
         failed_run(parallel(2), "timed out after 5 s"),
         run(parallel(2), 5.0)});
    EXPECT_EQ(summary.runs, 2);
    EXPECT_EQ(summary.error, "timed out after 5 s");
    EXPECT_DOUBLE_EQ(summary.median.value(), 4.0);
    EXPECT_FALSE(summary.wrong);
    EXPECT_EQ(summary.problem, "800 x 533");
}

TEST(SummariesTest, WhereAllRunsFailedNothingIsKnownButTheError) {
    const Summary summary = last_summary(
        {run(serial(), 3.0), failed_run(parallel(2), "no memory")});
    EXPECT_EQ(summary.setting, parallel(2));
    EXPECT_EQ(summary.error, "no memory");
    EXPECT_EQ(summary.runs, 0);
    EXPECT_EQ(summary.rounds, 0);
    EXPECT_FALSE(summary.median.has_value());
    EXPECT_FALSE(summary.speedup.has_value());
    EXPECT_FALSE(summary.wrong);
}

TEST(SummariesTest, AnotherResultThanTheSerialOneIsWrong) {
    EXPECT_TRUE(
        last_summary({run(serial(), 1.0), wrong_run(parallel(2), 1.0)}).wrong);
    // The serial run may come later.
    EXPECT_TRUE(
        last_summary({wrong_run(parallel(2), 1.0), run(serial(), 1.0)}).wrong);
    EXPECT_FALSE(
        last_summary({run(serial(), 1.0), run(parallel(2), 1.0)}).wrong);
}

TEST(SummariesTest, OneWrongResultAmongManyIsEnough) {
    EXPECT_TRUE(
        last_summary({run(serial(), 1.0), run(parallel(2), 1.0),
                      wrong_run(parallel(2), 1.0), run(parallel(2), 1.0)})
            .wrong);
}

TEST(SummariesTest, AWrongResultCountsOnABusyMachineToo) {
    ::Run busy = wrong_run(parallel(2), 1.0);
    busy.control.speedup = 1.0;  // on two threads
    const Summary summary =
        last_summary({run(serial(), 1.0), busy, run(parallel(2), 1.0)});
    EXPECT_EQ(summary.runs, 1);
    EXPECT_TRUE(summary.wrong);
}

TEST(SummariesTest, WithoutASerialResultDifferentResultsAreWrong) {
    EXPECT_TRUE(
        last_summary({run(parallel(2), 1.0), wrong_run(parallel(2), 1.0)})
            .wrong);
    EXPECT_FALSE(
        last_summary({wrong_run(parallel(2), 1.0), wrong_run(parallel(2), 1.0)})
            .wrong);
}

TEST(SummariesTest, OtherSizesMayHaveOtherResults) {
    EXPECT_FALSE(
        last_summary({run(serial("100"), 1.0), wrong_run(serial("200"), 1.0),
                      wrong_run(parallel(2, "", "200"), 1.0)})
            .wrong);
}

TEST(SummariesTest, ARunThatCannotBeJudgedMakesItsSettingTooShort) {
    const std::vector<Summary> summaries =
        summarise({run(serial(), 2e-3), run(serial(), 2e-3),
                   run(parallel(2), 1e-4), run(parallel(2), 2e-3)},
                  4);
    EXPECT_FALSE(summaries[0].too_short);
    EXPECT_TRUE(summaries[0].judged);
    EXPECT_TRUE(summaries[1].too_short);
    EXPECT_FALSE(summaries[1].judged);
    EXPECT_FALSE(summaries[1].speedup.has_value());
}

TEST(SummariesTest, PhasesControlsAndBandwidthsAreMedians) {
    Runs runs = {run(parallel(2), 0.25), run(parallel(2), 0.5),
                 run(parallel(2), 1.0)};
    const std::vector<double> numbers = {3.0, 1.0, 2.0};
    for (std::size_t i = 0; i < runs.size(); ++i) {
        runs[i].record.bytes_moved = 1'000'000'000;
        runs[i].record.read_seconds = numbers[i];
        runs[i].record.write_seconds = 10 * numbers[i];
        runs[i].control.speedup = 1.9 + numbers[i] / 100;
        runs[i].control.copy_bandwidth = 1e9 * numbers[i];
        runs[i].control.pass_bandwidth = 3e9 * numbers[i];
    }
    const Summary summary = last_summary(runs);
    EXPECT_DOUBLE_EQ(summary.read_seconds.value(), 2.0);
    EXPECT_DOUBLE_EQ(summary.write_seconds.value(), 20.0);
    EXPECT_DOUBLE_EQ(summary.control_speedup.value(), 1.92);
    EXPECT_DOUBLE_EQ(summary.copy_bandwidth.value(), 2e9);
    EXPECT_DOUBLE_EQ(summary.pass_bandwidth.value(), 6e9);
    EXPECT_DOUBLE_EQ(summary.bandwidth.value(), 2e9);  // 1 GB in 0.5 s
}

TEST(SummariesTest, WhereNoBytesAreCountedTheBandwidthIsUnknown) {
    const Summary summary = last_summary({run(serial(), 1.0)});
    EXPECT_FALSE(summary.bandwidth.has_value());
    EXPECT_FALSE(summary.copy_bandwidth.has_value());
}

TEST(SummariesTest, ImbalancesComeFromTheLoggedRuns) {
    const std::vector<Summary> summaries =
        summarise({run(serial(), 2.0), run(parallel(2), 1.0)}, 4,
                  {{.setting = parallel(2), .folder = "x", .imbalance = 0.25}});
    EXPECT_FALSE(summaries[0].imbalance.has_value());
    EXPECT_DOUBLE_EQ(summaries[1].imbalance.value(), 0.25);
}

// --- CSV --------------------------------------------------------------------

namespace {

using Fields = std::vector<std::string>;

/// Reads CSV as RFC 4180 has it: a state for "within quotation marks", and
/// nothing else.
std::vector<Fields> read_csv(const std::string& text) {
    std::vector<Fields> lines;
    Fields fields = {""};
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') {
            const bool doubled =
                quoted && i + 1 < text.size() && text[i + 1] == '"';
            if (doubled) {
                fields.back() += text[++i];
            } else {
                quoted = !quoted;
            }
        } else if (text[i] == ',' && !quoted) {
            fields.emplace_back();
        } else if (text[i] == '\n' && !quoted) {
            lines.push_back(fields);
            fields = {""};
        } else {
            fields.back() += text[i];
        }
    }
    return lines;
}

/// An experiment with one run.
Experiment experiment_with(const Run& run) {
    Experiment experiment;
    experiment.lesson = "05_grey";
    experiment.machine = "a machine, 2 processors";
    experiment.processors = 2;
    experiment.runs = {run};
    return experiment;
}

/// The field of the only run.
std::string field_of(const Experiment& experiment, const std::string& name) {
    const std::vector<Fields> lines = read_csv(runs_csv(experiment));
    for (std::size_t i = 0; i < lines.at(0).size(); ++i) {
        if (lines[0][i] == name) return lines.at(1).at(i);
    }
    throw std::runtime_error("there is no column " + name);
}

Run plain_run() {
    Run run;
    run.setting = {"parallel", 2, "static,1", "800"};
    run.round = 3;
    run.attempt = 2;
    run.started = "2025-03-14T15:09:26+0100";
    run.record.seconds = {0.25};
    run.record.read_seconds = 0.5;
    run.record.write_seconds = 0.125;
    run.record.size = "800 x 533";
    run.record.items = 533;
    run.record.bytes_moved = 1'279'200;
    run.record.result = "123e4567";
    run.record.host = "node7";
    run.control.processors = 2;
    run.control.speedup = 1.5;
    run.control.copy_bandwidth = 2e9;
    run.control.pass_bandwidth = 4e9;
    run.counted = true;
    return run;
}

}  // namespace

TEST(CsvTest, ARunIsWrittenAsByHand) {
    Experiment experiment = experiment_with(plain_run());
    experiment.logged = {
        {.setting = plain_run().setting, .folder = "x", .imbalance = 0.75}};
    EXPECT_EQ(
        runs_csv(experiment),
        "lesson,host,machine,processors,started,version,threads,schedule,"
        "size_given,size,round,attempt,counted,error,seconds,judgeable,read_"
        "seconds,"
        "write_seconds,items,bytes_moved,imbalance,result,control_speedup,"
        "control_efficiency,copy_bandwidth,pass_bandwidth\n"
        "05_grey,node7,\"a machine, 2 processors\",2,2025-03-14T15:09:26+0100,"
        "parallel,2,\"static,1\",800,800 x 533,3,2,yes,,0.25,yes,0.5,0.125,"
        "533,1279200,0.75,crc32:123e4567,1.5,0.75,2000000000,4000000000\n");
    experiment.runs.clear();
    EXPECT_EQ(read_csv(runs_csv(experiment)).size(), 1U);
}

TEST(CsvTest, EveryColumnIsExplained) {
    for (const Cell& cell : csv_row({}, {})) {
        EXPECT_FALSE(cell.meaning.empty()) << cell.heading;
    }
}

TEST(CsvTest, AFailedRunHasItsReasonAndNoNumbers) {
    const Experiment experiment =
        experiment_with(failed_run(parallel(2), "no memory"));
    EXPECT_EQ(field_of(experiment, "error"), "no memory");
    EXPECT_EQ(field_of(experiment, "counted"), "no");
    for (const char* name : {"seconds", "items", "imbalance", "result",
                             "control_speedup", "control_efficiency"}) {
        EXPECT_EQ(field_of(experiment, name), "") << name;
    }
}

TEST(CsvTest, NastyTextComesBackAsItWas) {
    const std::vector<std::string> nasty = {",",
                                            "\"",
                                            "\"\"",
                                            "\n",
                                            "\r\n",
                                            "\r",
                                            ",\",\n\"",
                                            "  spaces stay  ",
                                            "he said \"no, never\"\nand left\n",
                                            "gr\u00fcn",
                                            std::string("a zero \0 inside", 15),
                                            "true",
                                            "1e5"};
    for (const std::string& text : nasty) {
        SCOPED_TRACE(text);
        ::Run run = plain_run();
        run.error = text;
        run.setting = {text, 1, text, text};
        const Experiment experiment = experiment_with(run);
        for (const char* name :
             {"error", "version", "schedule", "size_given"}) {
            EXPECT_EQ(field_of(experiment, name), text) << name;
        }
    }
}

TEST(CsvTest, NumbersComeBackToTheLastBit) {
    using Real = std::numeric_limits<double>;
    using Integer = std::numeric_limits<std::int64_t>;
    for (const double value : {0.1, 1.0 / 3, 0.1 + 0.2, 1e-300,
                               123456789.123456789, Real::max(), Real::min()}) {
        ::Run run = plain_run();
        run.record.seconds = {value};
        run.record.read_seconds = value;
        run.record.write_seconds = value;
        run.control.copy_bandwidth = value;
        run.record.items = Integer::max();
        const Experiment experiment = experiment_with(run);
        for (const char* name :
             {"seconds", "read_seconds", "write_seconds", "copy_bandwidth"}) {
            EXPECT_EQ(std::stod(field_of(experiment, name)), value) << name;
        }
        EXPECT_EQ(field_of(experiment, "items"), "9223372036854775807");
    }
}

// --- JSON -------------------------------------------------------------------

namespace {

/// A serial and a parallel setting, one busy run and one that failed.
Experiment small_experiment() {
    Experiment experiment;
    experiment.lesson = "05_grey";
    experiment.command = "experiment 05_grey --threads 1,2";
    experiment.machine = "a \"fast\" machine";
    experiment.started = "2024-05-06T07:08:09";
    experiment.processors = 2;
    experiment.repeats = 2;
    experiment.planned_runs = 6;
    experiment.interrupted = true;
    experiment.size_option = "--width";
    const Setting two = parallel(2, "static,1", "800");
    experiment.runs = {run(serial("800"), 3.0), run(two, 2.0),
                       busy_run(two, 9.0), run(two, 2.0),
                       failed_run(parallel(4, "", "800"), "no memory")};
    experiment.summaries = summarise(experiment.runs, 2);
    experiment.summaries[1].imbalance = 0.25;
    experiment.headline = "Two threads are faster.";
    experiment.findings = {"Memory is fast.", "So it is."};
    experiment.notes = {"And so on."};
    return experiment;
}

}  // namespace

TEST(JsonTest, TheExperimentParsesBackWithItsValues) {
    const auto json = nlohmann::json::parse(to_json(small_experiment()));
    EXPECT_EQ(json.at("lesson"), "05_grey");
    EXPECT_EQ(json.at("command"), "experiment 05_grey --threads 1,2");
    EXPECT_EQ(json.at("machine"), "a \"fast\" machine");
    EXPECT_EQ(json.at("started"), "2024-05-06T07:08:09");
    EXPECT_EQ(json.at("processors"), 2);
    EXPECT_EQ(json.at("repeats"), 2);
    EXPECT_EQ(json.at("planned_runs"), 6);
    EXPECT_EQ(json.at("runs"), 5);
    EXPECT_EQ(json.at("failed_runs"), 1);
    EXPECT_EQ(json.at("interrupted"), true);
    EXPECT_EQ(json.at("size_option"), "--width");
    EXPECT_EQ(json.at("findings"),
              nlohmann::json({"Memory is fast.", "So it is."}));
    EXPECT_EQ(json.at("headline"), "Two threads are faster.");
    EXPECT_EQ(json.at("notes"), nlohmann::json({"And so on."}));
    EXPECT_EQ(json.at("summaries").size(), 3U);
}

TEST(JsonTest, ASummaryParsesBackWithItsValues) {
    const auto json = nlohmann::json::parse(to_json(small_experiment()));
    const auto& summary = json.at("summaries").at(1);
    EXPECT_EQ(summary.at("setting"), nlohmann::json({{"version", "parallel"},
                                                     {"threads", 2},
                                                     {"schedule", "static,1"},
                                                     {"size", "800"}}));
    EXPECT_EQ(summary.at("problem"), "800 x 533");
    EXPECT_EQ(summary.at("runs"), 2);
    EXPECT_EQ(summary.at("rounds"), 1);
    EXPECT_EQ(summary.at("quiet_runs"), 2);
    EXPECT_EQ(summary.at("judged"), true);
    EXPECT_EQ(summary.at("error"), "");
    EXPECT_EQ(summary.at("wrong"), false);
    EXPECT_EQ(summary.at("too_short"), false);
    EXPECT_EQ(summary.at("oversubscribed"), false);
    EXPECT_EQ(summary.at("median"), 2.0);
    EXPECT_EQ(summary.at("spread"), 0.0);
    EXPECT_EQ(summary.at("best"), 2.0);
    EXPECT_TRUE(summary.at("read_seconds").is_null());
    EXPECT_TRUE(summary.at("write_seconds").is_null());
    EXPECT_EQ(summary.at("speedup"), 1.5);
    EXPECT_EQ(summary.at("efficiency"), 0.75);
    EXPECT_TRUE(summary.at("serial_fraction").is_null());
    EXPECT_EQ(summary.at("imbalance"), 0.25);
    EXPECT_EQ(summary.at("control_speedup"), 0.98 * 2);
}

TEST(JsonTest, WhatIsNotKnownIsNull) {
    const auto json = nlohmann::json::parse(to_json(small_experiment()));
    const auto& serial = json.at("summaries").at(0);
    for (const char* unknown :
         {"serial_fraction", "imbalance", "bandwidth", "copy_bandwidth"}) {
        EXPECT_TRUE(serial.at(unknown).is_null()) << unknown;
    }
    const auto& failed = json.at("summaries").at(2);
    EXPECT_EQ(failed.at("error"), "no memory");
    EXPECT_EQ(failed.at("oversubscribed"), true);
    for (const char* unknown :
         {"median", "spread", "best", "read_seconds", "write_seconds",
          "speedup", "efficiency", "serial_fraction", "imbalance",
          "control_speedup", "bandwidth", "copy_bandwidth"}) {
        EXPECT_TRUE(failed.at(unknown).is_null()) << unknown;
    }
}

// A perfect program has the serial fraction 0, which is known.
TEST(JsonTest, AZeroThatIsKnownIsNotNull) {
    Experiment experiment;
    experiment.summaries =
        summarise(twice({run(serial(), 4.0), run(parallel(2), 2.0),
                         run(parallel(1), 4.0)}),
                  2);
    const auto json = nlohmann::json::parse(to_json(experiment));
    EXPECT_EQ(json.at("summaries").at(1).at("serial_fraction"), 0.0);
}

TEST(JsonTest, AnExperimentWithoutRunsHasEmptyLists) {
    const auto json = nlohmann::json::parse(to_json({}));
    EXPECT_EQ(json.at("runs"), 0);
    EXPECT_EQ(json.at("summaries"), nlohmann::json::array());
    EXPECT_EQ(json.at("findings"), nlohmann::json::array());
}

TEST(JsonTest, WhatIsNotUtf8IsReplacedAndNotFatal) {
    Experiment experiment;
    experiment.command = "--input gr\xfcn.png";
    const auto json = nlohmann::json::parse(to_json(experiment));
    EXPECT_EQ(json.at("command"), "--input gr\uFFFDn.png");
}

TEST(JsonTest, AControlIsReadAsItsProgramPrintsIt) {
    // What a launcher writes around it does not count.
    const Control control = read_control(
        "srun: job 7 queued and waiting for resources\n"
        R"({"machine":"a \"fast\" one","threads":2,"processors":4,)"
        R"("speedup":1.5,"copy_bandwidth":2e9,"pass_bandwidth":3e9})"
        "\nsrun: job 7 is over\n");
    EXPECT_EQ(control.machine, "a \"fast\" one");
    EXPECT_EQ(control.processors, 4);
    EXPECT_EQ(control.speedup, 1.5);
    EXPECT_EQ(control.copy_bandwidth, 2e9);
    EXPECT_EQ(control.pass_bandwidth, 3e9);
    EXPECT_THROW(read_control("no control"), std::exception);
}

TEST(JsonTest, TheOptionsOfALessonAreReadFromItsDescription) {
    EXPECT_EQ(read_options(R"({"lesson":"x","options":["--help","--width"]})"),
              (std::vector<std::string>{"--help", "--width"}));
    EXPECT_THROW(read_options("{}"), std::exception);
    EXPECT_THROW(read_options("Usage: ..."), std::exception);
}

TEST(PlotTableTest, ASettingIsALineWithTabsInBetween) {
    Experiment experiment = small_experiment();
    const std::string text = plot_table(experiment);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
    EXPECT_NE(text.find("\tstatic,1\t"), std::string::npos);
    EXPECT_NE(text.find("a 'fast' machine, 2024-05-06T07:08:09"),
              std::string::npos);
    EXPECT_EQ(text.find('"'), std::string::npos);
}
