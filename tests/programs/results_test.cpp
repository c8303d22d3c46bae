#include "common/programs/experiment/results.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace {

using testing::IsSubstring;

// In a TEST, Run is a member of its class: there it is ::Run.
using Runs = std::vector<Run>;

Setting serial(const std::string& size = "") { return {"serial", 1, "", size}; }

Setting parallel(int threads, const std::string& schedule = "",
                 const std::string& size = "") {
    return {"parallel", threads, schedule, size};
}

/// A run that went well on a quiet machine.
Run run(const Setting& setting, double seconds) {
    Run run;
    run.setting = setting;
    run.seconds = seconds;
    run.problem = "800 x 533";
    run.result = "0badcafe";
    run.control_speedup = 0.98 * setting.threads;
    run.control_efficiency = 0.98;
    return run;
}

Run busy_run(const Setting& setting, double seconds) {
    Run busy = run(setting, seconds);
    busy.control_speedup = 0.5 * setting.threads;
    busy.control_efficiency = 0.5;
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
    wrong.result = "deadbeef";
    return wrong;
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
    EXPECT_EQ(summary.busy_runs, 0);
    EXPECT_DOUBLE_EQ(summary.median, 5.0);
    EXPECT_DOUBLE_EQ(summary.spread, 2.0);
    EXPECT_DOUBLE_EQ(summary.best, 2.0);
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
    EXPECT_DOUBLE_EQ(summary.median, 3.0);
    EXPECT_DOUBLE_EQ(summary.spread, 5.0 - 1.75);
    EXPECT_DOUBLE_EQ(summary.best, 1.0);
}

// 6 s / 2 s on 4 threads: (1/3 - 1/4) / (3/4) = 1/9.
TEST(SummariesTest, SpeedupAndWhatFollowsFromItAreAsByHand) {
    const std::vector<Summary> summaries = summarise(
        {run(serial(), 5.0), run(parallel(4), 1.0), run(serial(), 6.0),
         run(parallel(4), 2.0), run(serial(), 7.0), run(parallel(4), 3.0)},
        4);
    ASSERT_EQ(summaries.size(), 2U);
    EXPECT_DOUBLE_EQ(summaries[0].speedup, 1.0);
    EXPECT_DOUBLE_EQ(summaries[0].efficiency, 1.0);
    EXPECT_FALSE(summaries[0].serial_fraction.has_value());
    EXPECT_DOUBLE_EQ(summaries[1].speedup, 3.0);
    EXPECT_DOUBLE_EQ(summaries[1].efficiency, 0.75);
    ASSERT_TRUE(summaries[1].serial_fraction.has_value());
    EXPECT_DOUBLE_EQ(*summaries[1].serial_fraction, 1.0 / 9);
    EXPECT_FALSE(summaries[1].imbalance.has_value());
}

TEST(SummariesTest, SpeedupIsAgainstTheSerialSettingOfTheSameSize) {
    const std::vector<Summary> summaries = summarise(
        {run(serial("100"), 3.0), run(serial("200"), 8.0),
         run(parallel(2, "", "200"), 5.0), run(parallel(2, "", "100"), 2.0),
         run(parallel(2, "", "300"), 9.0)},
        4);
    ASSERT_EQ(summaries.size(), 5U);
    EXPECT_DOUBLE_EQ(summaries[1].speedup, 1.0);
    EXPECT_DOUBLE_EQ(summaries[2].speedup, 1.6);
    EXPECT_DOUBLE_EQ(summaries[3].speedup, 1.5);
    EXPECT_EQ(summaries[4].speedup, 0.0);
}

TEST(SummariesTest, WithoutSerialRunsTheSpeedupIsUnknown) {
    const Summary summary = last_summary({run(parallel(2), 2.0)});
    EXPECT_DOUBLE_EQ(summary.median, 2.0);
    EXPECT_EQ(summary.speedup, 0.0);
    EXPECT_EQ(summary.efficiency, 0.0);
    EXPECT_FALSE(summary.serial_fraction.has_value());
    EXPECT_FALSE(summary.wrong);
}

TEST(SummariesTest, WhereAllSerialRunsFailedTheSpeedupIsUnknown) {
    const Summary summary = last_summary(
        {failed_run(serial(), "killed by signal 9"), run(parallel(2), 2.0)});
    EXPECT_EQ(summary.runs, 1);
    EXPECT_EQ(summary.error, "");
    EXPECT_EQ(summary.speedup, 0.0);
    EXPECT_FALSE(summary.serial_fraction.has_value());
    EXPECT_FALSE(summary.wrong);
}

TEST(SummariesTest, MoreThreadsThanProcessorsHaveNoSerialFraction) {
    const std::vector<Summary> summaries = summarise(
        {run(serial(), 6.0), run(parallel(2), 4.0), run(parallel(3), 3.0)}, 2);
    EXPECT_FALSE(summaries[1].oversubscribed);
    EXPECT_TRUE(summaries[1].serial_fraction.has_value());
    EXPECT_TRUE(summaries[2].oversubscribed);
    EXPECT_DOUBLE_EQ(summaries[2].speedup, 2.0);
    EXPECT_FALSE(summaries[2].serial_fraction.has_value());
}

TEST(SummariesTest, OneThreadOfTheParallelVersionHasNoSerialFraction) {
    const Summary summary =
        last_summary({run(serial(), 3.0), run(parallel(1), 4.0)});
    EXPECT_DOUBLE_EQ(summary.speedup, 0.75);
    EXPECT_FALSE(summary.serial_fraction.has_value());
}

TEST(SummariesTest, BusyRunsAreLeftOutWhereThereAreQuietOnes) {
    const Summary summary =
        last_summary({busy_run(serial(), 9.0), run(serial(), 2.0),
                      busy_run(serial(), 1.0), run(serial(), 4.0)});
    EXPECT_EQ(summary.runs, 2);
    EXPECT_EQ(summary.busy_runs, 2);
    EXPECT_DOUBLE_EQ(summary.median, 3.0);
    EXPECT_DOUBLE_EQ(summary.best, 2.0);
    EXPECT_DOUBLE_EQ(summary.control_speedup, 0.98);
}

TEST(SummariesTest, WhereAllRunsWereBusyTheyAllCount) {
    const Summary summary =
        last_summary({busy_run(serial(), 9.0), busy_run(serial(), 5.0),
                      busy_run(serial(), 1.0)});
    EXPECT_EQ(summary.runs, 3);
    EXPECT_EQ(summary.busy_runs, 3);
    EXPECT_DOUBLE_EQ(summary.median, 5.0);
    EXPECT_DOUBLE_EQ(summary.control_speedup, 0.5);
}

TEST(SummariesTest, ARunWithoutAControlOrJustAtTheLimitIsQuiet) {
    ::Run without_control = run(serial(), 2.0);
    without_control.control_speedup = 0.0;
    without_control.control_efficiency = 0.0;
    ::Run at_the_limit = run(serial(), 4.0);
    at_the_limit.control_speedup = 0.9;
    at_the_limit.control_efficiency = 0.9;
    ::Run below_it = run(serial(), 100.0);
    below_it.control_efficiency = 0.8999;
    const Summary summary =
        last_summary({without_control, at_the_limit, below_it});
    EXPECT_EQ(summary.runs, 2);
    EXPECT_EQ(summary.busy_runs, 1);
    EXPECT_DOUBLE_EQ(summary.median, 3.0);
    // Of the one run that has a control.
    EXPECT_DOUBLE_EQ(summary.control_speedup, 0.9);
}

TEST(SummariesTest, FailedRunsDoNotCountAndTheLastOneIsReported) {
    const Summary summary = last_summary(
        {failed_run(parallel(2), "no memory"), run(parallel(2), 3.0),
         failed_run(parallel(2), "timed out after 5 s"),
         run(parallel(2), 5.0)});
    EXPECT_EQ(summary.runs, 2);
    EXPECT_EQ(summary.error, "timed out after 5 s");
    EXPECT_DOUBLE_EQ(summary.median, 4.0);
    EXPECT_FALSE(summary.wrong);
    EXPECT_EQ(summary.problem, "800 x 533");
}

TEST(SummariesTest, WhereAllRunsFailedNothingIsKnownButTheError) {
    const Summary summary = last_summary(
        {run(serial(), 3.0), failed_run(parallel(2), "no memory")});
    EXPECT_EQ(summary.setting, parallel(2));
    EXPECT_EQ(summary.error, "no memory");
    EXPECT_EQ(summary.runs, 0);
    EXPECT_EQ(summary.busy_runs, 0);
    EXPECT_EQ(summary.median, 0.0);
    EXPECT_EQ(summary.speedup, 0.0);
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
    busy.control_efficiency = 0.5;
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
    ::Run short_run = run(parallel(2), 1e-4);
    short_run.judgeable = false;
    const std::vector<Summary> summaries =
        summarise({run(serial(), 2e-3), short_run, run(parallel(2), 2e-3)}, 4);
    EXPECT_FALSE(summaries[0].too_short);
    EXPECT_TRUE(summaries[1].too_short);
}

TEST(SummariesTest, PhasesControlsAndBandwidthsAreMedians) {
    Runs runs = {run(parallel(2), 0.25), run(parallel(2), 0.5),
                 run(parallel(2), 1.0)};
    const std::vector<double> numbers = {3.0, 1.0, 2.0};
    for (std::size_t i = 0; i < runs.size(); ++i) {
        runs[i].bytes_moved = 1'000'000'000;
        runs[i].read_seconds = numbers[i];
        runs[i].write_seconds = 10 * numbers[i];
        runs[i].control_speedup = 1.8 + numbers[i] / 100;
        runs[i].copy_bandwidth = 1e9 * numbers[i];
    }
    const Summary summary = last_summary(runs);
    EXPECT_DOUBLE_EQ(summary.read_seconds, 2.0);
    EXPECT_DOUBLE_EQ(summary.write_seconds, 20.0);
    EXPECT_DOUBLE_EQ(summary.control_speedup, 1.82);
    EXPECT_DOUBLE_EQ(summary.copy_bandwidth, 2e9);
    EXPECT_DOUBLE_EQ(summary.bandwidth, 2e9);  // 1 GB in 0.5 s
}

TEST(SummariesTest, WhereNoBytesAreCountedTheBandwidthIsUnknown) {
    const Summary summary = last_summary({run(serial(), 1.0)});
    EXPECT_EQ(summary.bandwidth, 0.0);
    EXPECT_EQ(summary.copy_bandwidth, 0.0);
}

// --- CSV --------------------------------------------------------------------

namespace {

std::string header() {
    return "version,threads,schedule,size,round,attempt,error,seconds,read_"
           "seconds,"
           "write_seconds,problem,items,bytes_moved,result,judgeable,control_"
           "speedup,"
           "control_efficiency,copy_bandwidth\n";
}

std::string plain_line() {
    return "parallel,2,\"static,1\",800,3,2,,0.25,0.5,0.125,800 x "
           "533,533,1279200,"
           "0badcafe,true,1.5,0.75,2000000000\n";
}

Run plain_run() {
    Run run;
    run.setting = {"parallel", 2, "static,1", "800"};
    run.round = 3;
    run.attempt = 2;
    run.seconds = 0.25;
    run.read_seconds = 0.5;
    run.write_seconds = 0.125;
    run.problem = "800 x 533";
    run.items = 533;
    run.bytes_moved = 1'279'200;
    run.result = "0badcafe";
    run.control_speedup = 1.5;
    run.control_efficiency = 0.75;
    run.copy_bandwidth = 2e9;
    return run;
}

void expect_same(const Run& run, const Run& expected) {
    EXPECT_EQ(run.setting, expected.setting);
    EXPECT_EQ(run.round, expected.round);
    EXPECT_EQ(run.attempt, expected.attempt);
    EXPECT_EQ(run.error, expected.error);
    EXPECT_EQ(run.seconds, expected.seconds);
    EXPECT_EQ(run.read_seconds, expected.read_seconds);
    EXPECT_EQ(run.write_seconds, expected.write_seconds);
    EXPECT_EQ(run.problem, expected.problem);
    EXPECT_EQ(run.items, expected.items);
    EXPECT_EQ(run.bytes_moved, expected.bytes_moved);
    EXPECT_EQ(run.result, expected.result);
    EXPECT_EQ(run.judgeable, expected.judgeable);
    EXPECT_EQ(run.control_speedup, expected.control_speedup);
    EXPECT_EQ(run.control_efficiency, expected.control_efficiency);
    EXPECT_EQ(run.copy_bandwidth, expected.copy_bandwidth);
}

/// What from_csv says against the text; empty: nothing.
std::string complaint(const std::string& text) {
    try {
        from_csv(text);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

/// The plain line with one part of it replaced.
std::string line_with(const std::string& part, const std::string& other) {
    std::string line = plain_line();
    return line.replace(line.find(part), part.size(), other);
}

}  // namespace

TEST(CsvTest, ARunIsWrittenAsByHand) {
    EXPECT_EQ(to_csv({plain_run()}), header() + plain_line());
    EXPECT_EQ(to_csv({}), header());
}

TEST(CsvTest, ALineIsReadAsByHand) {
    const Runs runs = from_csv(header() + plain_line());
    ASSERT_EQ(runs.size(), 1U);
    expect_same(runs[0], plain_run());
    EXPECT_TRUE(from_csv(header()).empty());
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
    Runs runs;
    for (const std::string& text : nasty) {
        runs.push_back(plain_run());
        runs.back().error = text;
        runs.back().problem = text;
        runs.back().result = text;
        runs.back().setting = {text, 1, text, text};
    }
    const Runs back = from_csv(to_csv(runs));
    ASSERT_EQ(back.size(), runs.size());
    for (std::size_t i = 0; i < runs.size(); ++i) {
        SCOPED_TRACE(nasty[i]);
        expect_same(back[i], runs[i]);
    }
}

TEST(CsvTest, NumbersComeBackToTheLastBit) {
    using Real = std::numeric_limits<double>;
    using Integer = std::numeric_limits<std::int64_t>;
    Runs runs;
    for (const double value :
         {0.1, 1.0 / 3, 0.1 + 0.2, 1e-300, 123456789.123456789, Real::max(),
          Real::min(), Real::denorm_min(), -1.5, Real::infinity()}) {
        ::Run run = plain_run();
        run.seconds = value;
        run.read_seconds = value;
        run.write_seconds = value;
        run.control_speedup = value;
        run.control_efficiency = value;
        run.copy_bandwidth = value;
        run.items = Integer::max();
        run.bytes_moved = Integer::min();
        run.judgeable = false;
        runs.push_back(run);
    }
    const Runs back = from_csv(to_csv(runs));
    ASSERT_EQ(back.size(), runs.size());
    for (std::size_t i = 0; i < runs.size(); ++i) expect_same(back[i], runs[i]);
}

TEST(CsvTest, LinesMayEndAsOnWindowsAndTheLastOneNotAtAll) {
    std::string text = header() + plain_line() + plain_line();
    text.pop_back();
    EXPECT_EQ(from_csv(text).size(), 2U);
    for (std::size_t at = text.find('\n'); at != std::string::npos;
         at = text.find('\n', at + 2)) {
        text.replace(at, 1, "\r\n");
    }
    const Runs runs = from_csv(text);
    ASSERT_EQ(runs.size(), 2U);
    expect_same(runs[1], plain_run());
}

TEST(CsvTest, AMissingOrForeignHeaderIsNamed) {
    EXPECT_PRED_FORMAT2(IsSubstring, "line 1: the columns are not those of",
                        complaint(""));
    EXPECT_PRED_FORMAT2(IsSubstring, "line 1: the columns",
                        complaint(plain_line()));
    EXPECT_PRED_FORMAT2(IsSubstring,
                        "line 1: ", complaint("item,thread\n1,2\n"));
}

TEST(CsvTest, AMalformedLineIsNamed) {
    const std::string good = header() + plain_line();
    EXPECT_EQ(complaint(good), "");
    EXPECT_EQ(complaint(good + "parallel,2\n"),
              "line 3: 18 fields expected, found 2");
    EXPECT_EQ(complaint(good + "\n" + plain_line()),
              "line 3: 18 fields expected, found 1");
    EXPECT_EQ(complaint(good + line_with("0badcafe", "a,b")),
              "line 3: 18 fields expected, found 19");
    EXPECT_EQ(complaint(good + line_with("0.125", "fast")),
              "line 3: write_seconds cannot be \"fast\"");
    EXPECT_EQ(complaint(good + line_with(",2,", ",2.5,")),
              "line 3: threads cannot be \"2.5\"");
    EXPECT_EQ(complaint(good + line_with(",2,", ",99999999999,")),
              "line 3: threads cannot be \"99999999999\"");
    EXPECT_EQ(complaint(good + line_with(",2,", ",,")),
              "line 3: threads cannot be \"\"");
    EXPECT_EQ(complaint(good + line_with("true", "yes")),
              "line 3: judgeable cannot be \"yes\"");
}

TEST(CsvTest, AQuotationMarkInTheWrongPlaceIsNamed) {
    const std::string good = header() + plain_line();
    EXPECT_EQ(complaint(good + line_with("0badcafe", "\"0badcafe")),
              "line 3: a quotation mark is never closed");
    EXPECT_EQ(complaint(good + line_with("0badcafe", "0bad\"cafe")),
              "line 3: a comma is missing after \"0bad\"");
    EXPECT_EQ(complaint(good + line_with("0badcafe", "\"0bad\"cafe")),
              "line 3: a comma is missing after \"0bad\"");
}

// The error of the first run takes lines 2 to 4.
TEST(CsvTest, LinesAreCountedInsideOfFieldsToo) {
    ::Run run = plain_run();
    run.error = "one\ntwo\nthree";
    EXPECT_EQ(complaint(to_csv({run}) + "oops\n"),
              "line 5: 18 fields expected, found 1");
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
    experiment.runs = {run(serial("800"), 3.0),
                       run(parallel(2, "static,1", "800"), 2.0),
                       busy_run(parallel(2, "static,1", "800"), 9.0),
                       failed_run(parallel(4, "", "800"), "no memory")};
    experiment.summaries = summarise(experiment.runs, 2);
    experiment.summaries[1].imbalance = 0.25;
    experiment.findings = {"Two threads are faster.", "So it is."};
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
    EXPECT_EQ(json.at("runs"), 4);
    EXPECT_EQ(json.at("failed_runs"), 1);
    EXPECT_EQ(json.at("interrupted"), true);
    EXPECT_EQ(json.at("size_option"), "--width");
    EXPECT_EQ(json.at("findings"),
              nlohmann::json({"Two threads are faster.", "So it is."}));
    EXPECT_EQ(json.at("summaries").size(), 3U);
}

// 3 s / 2 s on 2 threads: (2/3 - 1/2) / (1/2) = 1/3.
TEST(JsonTest, ASummaryParsesBackWithItsValues) {
    const auto json = nlohmann::json::parse(to_json(small_experiment()));
    const auto& summary = json.at("summaries").at(1);
    EXPECT_EQ(summary.at("setting"), nlohmann::json({{"version", "parallel"},
                                                     {"threads", 2},
                                                     {"schedule", "static,1"},
                                                     {"size", "800"}}));
    EXPECT_EQ(summary.at("problem"), "800 x 533");
    EXPECT_EQ(summary.at("runs"), 1);
    EXPECT_EQ(summary.at("busy_runs"), 1);
    EXPECT_EQ(summary.at("error"), "");
    EXPECT_EQ(summary.at("wrong"), false);
    EXPECT_EQ(summary.at("too_short"), false);
    EXPECT_EQ(summary.at("oversubscribed"), false);
    EXPECT_EQ(summary.at("median"), 2.0);
    EXPECT_EQ(summary.at("spread"), 0.0);
    EXPECT_EQ(summary.at("best"), 2.0);
    EXPECT_EQ(summary.at("read_seconds"), 0.0);
    EXPECT_EQ(summary.at("write_seconds"), 0.0);
    EXPECT_EQ(summary.at("speedup"), 1.5);
    EXPECT_EQ(summary.at("efficiency"), 0.75);
    EXPECT_DOUBLE_EQ(summary.at("serial_fraction").get<double>(), 1.0 / 3);
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
        summarise({run(serial(), 4.0), run(parallel(2), 2.0)}, 2);
    const auto json = nlohmann::json::parse(to_json(experiment));
    EXPECT_EQ(json.at("summaries").at(1).at("serial_fraction"), 0.0);
}

TEST(JsonTest, TheKeysStandInTheOrderOfTheMembers) {
    const auto json =
        nlohmann::ordered_json::parse(to_json(small_experiment()));
    EXPECT_EQ(json.begin().key(), "lesson");
    EXPECT_EQ(json.at("summaries").at(0).begin().key(), "setting");
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
