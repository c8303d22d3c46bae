#include "tests/bench/report.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/bench/limits.hpp"

namespace {

/// Seconds of the controls' benchmarks on 2 threads. On all of them, each does
/// the arithmetic that the one does alone.
Times controls(double one, double all, double arithmetic_one,
               double arithmetic_all) {
    return {{control_on_one, {one}},
            {control_on_all, {all}},
            {arithmetic_on_one, {arithmetic_one}},
            {arithmetic_on_all, {arithmetic_all}}};
}

const Control quiet = {.speedup = 2.0, .arithmetic = 2.0, .conclusive = true};

/// What is said of a loop that is to be three quarters as fast as its limit.
nlohmann::ordered_json judged(const std::vector<double>& limit,
                              const std::vector<double>& loop,
                              const Control& control, Kind kind = Kind::times) {
    const Suite suite = {.threads = 2,
                         .targets = {{.what = "loop against limit",
                                      .subject = "loop",
                                      .reference = "limit",
                                      .kind = kind,
                                      .at_least = 0.75}}};
    const Times times = {{"limit", limit}, {"loop", loop}};
    return report_targets(suite, times, control).at(0);
}

/// What is said of a loop over 10, 100 and 1,000 items that take so long.
nlohmann::ordered_json scaled(const std::array<std::vector<double>, 3>& times,
                              const std::string& remark = {}) {
    Suite suite;
    suite.scalings = {{.lesson = "loop",
                       .sizes = {{{"small", "items", 10},
                                  {"middle", "items", 100},
                                  {"large", "items", 1000}}},
                       .remark = remark}};
    return report_scaling(
               suite,
               {{"small", times[0]}, {"middle", times[1]}, {"large", times[2]}})
        .at(0);
}

}  // namespace

TEST(BenchReportTest, TheControlsAreSpeedups) {
    const Control control = control_of(controls(6.0, 3.0, 1.0, 1.0), 2);
    EXPECT_DOUBLE_EQ(control.speedup, 2.0);
    EXPECT_DOUBLE_EQ(control.arithmetic, 2.0);
    EXPECT_TRUE(control.conclusive);
}

TEST(BenchReportTest, ABusyProcessorLetsNothingBeConcluded) {
    EXPECT_TRUE(control_of(controls(1.80, 1.0, 0.90, 1.0), 2).conclusive);
    EXPECT_FALSE(control_of(controls(1.79, 1.0, 1.00, 1.0), 2).conclusive);
    EXPECT_FALSE(control_of(controls(2.00, 1.0, 0.89, 1.0), 2).conclusive);
    EXPECT_FALSE(control_of({}, 2).conclusive);  // filtered out
}

TEST(BenchReportTest, TheMedianDecides) {
    // 3 / 4 and 3 / 4.1, with one better and one worse repetition each.
    EXPECT_EQ(judged({2.9, 3.0, 9.0}, {3.9, 4.0, 9.0}, quiet).at("verdict"),
              "reached");
    EXPECT_EQ(judged({2.9, 3.0, 9.0}, {4.0, 4.1, 9.0}, quiet).at("verdict"),
              "NOT reached");
}

TEST(BenchReportTest, WhatOnlyTheBestReachesIsNeitherReachedNorNot) {
    const auto row = judged({3.0, 3.0, 3.0}, {4.0, 5.0, 6.0}, quiet);
    EXPECT_DOUBLE_EQ(row.at("ratio"), 3.0 / 5.0);
    EXPECT_DOUBLE_EQ(row.at("best"), 3.0 / 4.0);
    EXPECT_EQ(row.at("verdict"), "only at best: measure again");
}

TEST(BenchReportTest, WithoutAControlThereIsNoVerdict) {
    Control busy = quiet;
    busy.conclusive = false;
    EXPECT_EQ(judged({3.0}, {4.0}, busy).at("verdict"), "");
    EXPECT_EQ(judged({3.0}, {9.0}, busy).at("verdict"), "");
}

TEST(BenchReportTest, QuartilesAreOfTheRatioThatTheyAllow) {
    // Quartiles of five values are the second and the fourth.
    const auto row =
        judged({1.0, 2.0, 3.0, 4.0, 5.0}, {6.0, 7.0, 8.0, 10.0, 11.0}, quiet);
    EXPECT_DOUBLE_EQ(row.at("low"), 2.0 / 10.0);
    EXPECT_DOUBLE_EQ(row.at("high"), 4.0 / 7.0);
}

TEST(BenchReportTest, EfficiencyIsOfWhatTheControlGains) {
    const Control slow = {
        .speedup = 1.6, .arithmetic = 1.9, .conclusive = true};
    const auto row = judged({8.0}, {5.0}, slow, Kind::efficiency);
    EXPECT_DOUBLE_EQ(row.at("ratio"), 1.0);
}

TEST(BenchReportTest, WhatWasNotMeasuredIsLeftOut) {
    Suite suite;
    suite.targets = {{.what = "a against b", .subject = "a", .reference = "b"}};
    EXPECT_TRUE(report_targets(suite, {{"a", {1.0}}}, quiet).empty());
}

TEST(BenchReportTest, TheTimeOfAnItemIsTheBestOne) {
    const auto row = scaled({{{1.0, 2.0}, {10.0, 30.0}, {300.0, 105.0}}});
    EXPECT_DOUBLE_EQ(row.at("sizes").at(0).at("seconds_an_item"), 0.1);
    EXPECT_DOUBLE_EQ(row.at("sizes").at(2).at("seconds_an_item"), 0.105);
    EXPECT_EQ(row.at("remark"), "");  // a tenth is noise
}

TEST(BenchReportTest, WhatGrowsIsSaidOrExplained) {
    EXPECT_EQ(scaled({{{1.0}, {10.0}, {120.0}}}).at("remark"), "GROWS");
    EXPECT_EQ(
        scaled({{{1.0}, {10.0}, {120.0}}}, "leaves the caches").at("remark"),
        "grows: leaves the caches");
}

TEST(BenchReportTest, APointOfTheRooflineIsAsByHand) {
    Suite suite;
    // A pixel's 3 operations and 6 bytes; 1,000 pixels in a microsecond.
    suite.points = {{"grey", "05_grey", 1000.0, {3.0, 6.0}}};
    const auto points = roofline_points(suite, {{"05_grey", {1e-6}}});
    ASSERT_EQ(points.size(), 1U);
    EXPECT_DOUBLE_EQ(points[0].intensity, 0.5);
    EXPECT_DOUBLE_EQ(points[0].rate, 3e9);
}

TEST(BenchReportTest, TheRoofIsWhatTheLimitsDo) {
    // 453 MB read and written in 20 ms: 45.3 GB/s.
    const Roof roof = roof_of({.threads = 2}, {{arithmetic_on_all, {1e-3}},
                                               {pass_in_place, {0.02}},
                                               {copy_loop, {0.04}}});
    EXPECT_NEAR(roof.pass, 45.3e9, 0.05e9);
    EXPECT_DOUBLE_EQ(roof.copy, roof.pass / 2);
    // A product and a sum in 128 lanes, 10,000 times, by each of two threads.
    EXPECT_DOUBLE_EQ(roof.arithmetic, 5.12e9);
}

TEST(BenchReportTest, TheRoofsCornersAreInTheTable) {
    // 40 GB/s meet 80 G/s at 2 operations per byte, 20 GB/s at 4.
    EXPECT_EQ(roofline_csv({.arithmetic = 8e10, .pass = 4e10, .copy = 2e10},
                           {{"grey", 0.5, 2e9}, {"roots", 1000, 1e9}}),
              "operations per byte,80 G/s and 40 GB/s in place,"
              "20 GB/s copied,grey,roots\n"
              "0.03,1.2e+09,6e+08,,\n"
              "2,8e+10,4e+10,,\n"
              "4,8e+10,8e+10,,\n"
              "1e+06,8e+10,8e+10,,\n"
              "0.5,,,2e+09,\n"
              "1000,,,,1e+09\n");
}
