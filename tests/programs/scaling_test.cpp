#include "common/programs/experiment/scaling.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace {

using testing::IsSubstring;

using Points = std::vector<ScalingPoint>;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double endless = std::numeric_limits<double>::infinity();

}  // namespace

// S = 2 on 4 threads: (1/2 - 1/4) / (1 - 1/4) = (1/4) / (3/4).
TEST(ScalingTest, TheSerialFractionOfKarpAndFlattIsAsByHand) {
    EXPECT_DOUBLE_EQ(karp_flatt(2.0, 4), 1.0 / 3.0);
    EXPECT_DOUBLE_EQ(karp_flatt(1.6, 2), 0.25);  // (5/8 - 4/8) / (4/8)
    EXPECT_DOUBLE_EQ(karp_flatt(4.0, 8), 1.0 / 7.0);
    EXPECT_DOUBLE_EQ(karp_flatt(8.0, 8), 0.0);   // perfect
    EXPECT_DOUBLE_EQ(karp_flatt(1.0, 8), 1.0);   // no gain at all
    EXPECT_DOUBLE_EQ(karp_flatt(0.5, 2), 3.0);   // slower than one thread
    EXPECT_DOUBLE_EQ(karp_flatt(4.0, 2), -0.5);  // more than one a thread
}

TEST(ScalingTest, OneThreadOrNoSpeedupHasNoSerialFraction) {
    EXPECT_THROW(karp_flatt(1.0, 1), std::invalid_argument);
    EXPECT_THROW(karp_flatt(1.0, 0), std::invalid_argument);
    EXPECT_THROW(karp_flatt(0.0, 2), std::invalid_argument);
    EXPECT_THROW(karp_flatt(-1.0, 2), std::invalid_argument);
    EXPECT_THROW(karp_flatt(nothing, 2), std::invalid_argument);
}

TEST(ScalingTest, TheSpeedupOfAmdahlIsAsByHand) {
    EXPECT_DOUBLE_EQ(amdahl_speedup(0.0, 8), 8.0);
    EXPECT_DOUBLE_EQ(amdahl_speedup(1.0, 8), 1.0);
    EXPECT_DOUBLE_EQ(amdahl_speedup(0.5, 2), 4.0 / 3.0);
    EXPECT_DOUBLE_EQ(amdahl_speedup(0.2, 4), 2.5);  // 1 / (0.2 + 0.2)
    EXPECT_DOUBLE_EQ(amdahl_speedup(0.3, 1), 1.0);
}

TEST(ScalingTest, TheSpeedupOfTheUniversalScalabilityLawIsAsByHand) {
    EXPECT_DOUBLE_EQ(usl_speedup(0.0, 0.0, 8), 8.0);
    EXPECT_DOUBLE_EQ(usl_speedup(0.5, 0.0, 3), 1.5);   // 3 / (1 + 1)
    EXPECT_DOUBLE_EQ(usl_speedup(0.0, 0.25, 4), 1.0);  // 4 / (1 + 3)
    EXPECT_DOUBLE_EQ(usl_speedup(0.1, 0.05, 4), 4.0 / 1.9);
    EXPECT_DOUBLE_EQ(usl_speedup(0.3, 0.2, 1), 1.0);
}

// --- Amdahl's law -----------------------------------------------------------

// The speedups are written out as fractions: 1 / (s + (1 - s) / p).
TEST(AmdahlFitTest, ExactDataGivesItsSerialFractionBack) {
    struct Example {
        double serial_fraction;
        Points points;
    };
    const std::vector<Example> examples = {
        {0.0, {{1, 1.0}, {2, 2.0}, {4, 4.0}, {8, 8.0}}},
        {0.05, {{1, 1.0}, {2, 40.0 / 21}, {4, 80.0 / 23}, {8, 160.0 / 27}}},
        {0.3, {{1, 1.0}, {2, 20.0 / 13}, {4, 40.0 / 19}, {8, 80.0 / 31}}},
        {0.9, {{1, 1.0}, {2, 20.0 / 19}, {4, 40.0 / 37}, {8, 80.0 / 73}}},
    };
    for (const auto& [serial_fraction, points] : examples) {
        const Fit fit = fit_amdahl(points);
        ASSERT_TRUE(fit.ok()) << fit.refusal;
        ASSERT_EQ(fit.parameters.size(), 1U);
        EXPECT_NEAR(fit.parameters[0], serial_fraction, 1e-6);
        EXPECT_NEAR(fit.residual, 0.0, 1e-6);
    }
}

TEST(AmdahlFitTest, TheOrderOfThePointsIsFree) {
    const Fit fit = fit_amdahl({{4, 2.5}, {1, 1.0}, {2, 5.0 / 3}});
    ASSERT_TRUE(fit.ok()) << fit.refusal;
    EXPECT_NEAR(fit.parameters[0], 0.2, 1e-6);
}

// x = 1 - 1/p is 0, 1/2, 3/4 and y = 1/S - 1/p is 0, 0, 1/12, so that
// s = (3/4 * 1/12) / (1/4 + 9/16) = (1/16) / (13/16) = 1/13.
TEST(AmdahlFitTest, DataBesideTheLawGivesTheLeastSquaresByHand) {
    const Fit fit = fit_amdahl({{1, 1.0}, {2, 2.0}, {4, 3.0}});
    ASSERT_TRUE(fit.ok()) << fit.refusal;
    EXPECT_NEAR(fit.parameters[0], 1.0 / 13, 1e-12);
    // The law's speedups: 1, 1 / (1/13 + 6/13) = 13/7 and 1 / (4/13) = 13/4.
    const double error = std::pow(2.0 - 13.0 / 7, 2) + std::pow(3 - 3.25, 2);
    EXPECT_NEAR(fit.residual, std::sqrt(error / 3), 1e-12);
}

// No curve meets them all: s lies between those of the best and the worst.
TEST(AmdahlFitTest, SeveralPointsMayHaveTheSameNumberOfThreads) {
    const Fit fit = fit_amdahl(
        {{1, 1.0}, {2, 1.6}, {2, 1.8}, {4, 2.4}, {4, 2.6}, {1, 1.0}});
    ASSERT_TRUE(fit.ok()) << fit.refusal;
    EXPECT_GT(fit.parameters[0], karp_flatt(2.6, 4));
    EXPECT_LT(fit.parameters[0], karp_flatt(1.6, 2));
}

TEST(AmdahlFitTest, TheSerialFractionStaysWithinItsBounds) {
    // A little better than one a thread, as larger caches can make it.
    const Fit fit = fit_amdahl({{1, 1.0}, {2, 2.1}, {4, 4.3}});
    ASSERT_TRUE(fit.ok()) << fit.refusal;
    EXPECT_EQ(fit.parameters[0], 0.0);
    // The law's speedups are 1, 2, 4: missed by 0, 0.1, 0.3.
    EXPECT_NEAR(fit.residual, std::sqrt(0.1 / 3), 1e-12);
}

TEST(AmdahlFitTest, TwoNumbersOfThreadsAreTooFew) {
    const Fit fit = fit_amdahl({{1, 1.0}, {2, 1.9}});
    EXPECT_FALSE(fit.ok());
    EXPECT_EQ(fit.refusal, "2 numbers of threads: a fit needs at least 3");
    EXPECT_TRUE(fit.parameters.empty());
}

TEST(AmdahlFitTest, MorePointsOnTheSameThreadsAreNoMoreNumbersOfThreads) {
    EXPECT_EQ(fit_amdahl({{1, 1.0}, {2, 1.9}, {2, 1.8}, {1, 1.0}}).refusal,
              "2 numbers of threads: a fit needs at least 3");
    EXPECT_EQ(fit_amdahl({{2, 1.9}, {2, 1.8}, {2, 1.7}}).refusal,
              "1 number of threads: a fit needs at least 3");
    EXPECT_EQ(fit_amdahl({}).refusal,
              "0 numbers of threads: a fit needs at least 3");
}

// (1.25 - 1) / 1.25 = 20 %, which is not more than twice 10 %.
TEST(AmdahlFitTest, SpeedupsThatDifferByNoMoreThanTheNoiseAreRefused) {
    const Fit fit =
        fit_amdahl({{1, 1.0, 0.02}, {2, 1.125, 0.1}, {4, 1.25, 0.0}});
    EXPECT_EQ(fit.refusal,
              "the speedups differ by 20.0 %, the times by 10.0 % from run to "
              "run: noise, up to 2 times that");
}

// The medians are 1, 1.1 and 1.2: (1.2 - 1) / 1.2 is a sixth.
TEST(AmdahlFitTest, AnOutlierDoesNotMakeNoiseLookLikeSpeedup) {
    const Fit fit =
        fit_amdahl({{1, 1.0, 0.1}, {2, 5.0}, {2, 1.0}, {2, 1.1}, {4, 1.2}});
    EXPECT_PRED_FORMAT2(IsSubstring, "differ by 16.7 %", fit.refusal);
}

// 1 / (2/3 + 1/3/p) is 1, 6/5, 4/3: a range of 25 %.
TEST(AmdahlFitTest, TheSameCurveIsFittedWhereTheTimesAreSteadier) {
    const auto curve = [](double spread) -> Points {
        return {{1, 1.0, spread}, {2, 1.2, 0.0}, {4, 4.0 / 3, 0.0}};
    };
    EXPECT_FALSE(fit_amdahl(curve(0.13)).ok());
    const Fit fit = fit_amdahl(curve(0.12));
    ASSERT_TRUE(fit.ok()) << fit.refusal;
    EXPECT_NEAR(fit.parameters[0], 2.0 / 3, 1e-6);
}

TEST(AmdahlFitTest, NoiseOfUnknownSpreadIsRefused) {
    const std::vector<Points> noises = {
        {{1, 1.0}, {2, 0.98}, {3, 1.02}, {4, 0.99}},
        {{1, 1.0}, {2, 1.02}, {4, 0.98}},
        {{1, 1.0}, {2, 1.03}, {4, 0.99}, {8, 1.01}},
        {{1, 1.0}, {2, 0.97}, {4, 0.98}, {8, 0.96}},
    };
    for (const Points& noise : noises) {
        const Fit fit = fit_amdahl(noise);
        EXPECT_PRED_FORMAT2(IsSubstring, "explains too little", fit.refusal);
        EXPECT_TRUE(fit.parameters.empty());
    }
}

// The serial fraction would be 1: that is no law, but none at work.
TEST(AmdahlFitTest, ThreadsWithoutAnyEffectAreRefusedAndCalledSo) {
    const Fit fit = fit_amdahl({{1, 1.0}, {2, 1.0}, {4, 1.0}, {8, 1.0}});
    EXPECT_EQ(fit.refusal,
              "the speedups do not differ: the number of threads had no "
              "effect");
}

TEST(AmdahlFitTest, AProgramThatMoreThreadsSlowDownFollowsAnotherLaw) {
    const Fit fit = fit_amdahl({{1, 1.0}, {2, 0.8}, {4, 0.5}, {8, 0.3}});
    EXPECT_PRED_FORMAT2(IsSubstring, "explains too little", fit.refusal);
}

// As where the memory's bandwidth is used up by two threads. The law meets them
// better than their mean does, but not twice as well.
TEST(AmdahlFitTest, SpeedupsThatStopGrowingAtOnceFollowAnotherLaw) {
    const Fit fit = fit_amdahl({{1, 1.0}, {2, 2.0}, {4, 2.0}, {8, 2.0}});
    EXPECT_PRED_FORMAT2(IsSubstring, "explains too little", fit.refusal);
}

// --- The Universal Scalability Law ------------------------------------------

// Written out: p / (1 + 0.1 (p-1) + 0.01 p (p-1)) and so on.
TEST(UslFitTest, ExactDataGivesItsParametersBack) {
    struct Example {
        double contention;
        double coherence;
        Points points;
    };
    const std::vector<Example> examples = {
        {0.1, 0.01, {{1, 1.0}, {2, 2 / 1.12}, {4, 4 / 1.42}, {8, 8 / 2.26}}},
        {0.0, 0.02, {{1, 1.0}, {2, 2 / 1.04}, {4, 4 / 1.24}, {8, 8 / 2.12}}},
        {0.3, 0.0, {{1, 1.0}, {2, 2 / 1.3}, {4, 4 / 1.9}, {8, 8 / 3.1}}},
        {0.0, 0.0, {{1, 1.0}, {2, 2.0}, {4, 4.0}, {8, 8.0}}},
        // Contention alone that costs more than the threads gain.
        {3.0, 0.0, {{1, 1.0}, {2, 2.0 / 4}, {3, 3.0 / 7}, {4, 4.0 / 10}}},
    };
    for (const auto& [contention, coherence, points] : examples) {
        const Fit fit = fit_usl(points);
        ASSERT_TRUE(fit.ok()) << fit.refusal;
        ASSERT_EQ(fit.parameters.size(), 2U);
        EXPECT_NEAR(fit.parameters[0], contention, 1e-6);
        EXPECT_NEAR(fit.parameters[1], coherence, 1e-6);
        EXPECT_NEAR(fit.residual, 0.0, 1e-6);
    }
}

// Amdahl's law is the USL without coherence.
TEST(UslFitTest, DataOfAmdahlHasTheSerialFractionAsItsContention) {
    const Fit fit = fit_usl({{1, 1.0}, {2, 5.0 / 3}, {3, 15.0 / 7}, {4, 2.5}});
    ASSERT_TRUE(fit.ok()) << fit.refusal;
    EXPECT_NEAR(fit.parameters[0], 0.2, 1e-6);
    EXPECT_NEAR(fit.parameters[1], 0.0, 1e-6);
}

TEST(UslFitTest, SeveralPointsMayHaveTheSameNumberOfThreads) {
    const Fit fit = fit_usl({{1, 1.0},
                             {2, 2 / 1.12},
                             {2, 2 / 1.12},
                             {4, 4 / 1.42},
                             {8, 8 / 2.26},
                             {8, 8 / 2.26}});
    ASSERT_TRUE(fit.ok()) << fit.refusal;
    EXPECT_NEAR(fit.parameters[0], 0.1, 1e-6);
    EXPECT_NEAR(fit.parameters[1], 0.01, 1e-6);
}

// From contention 0.5 and coherence -0.02. With coherence 0 least squares of
// p/S - 1 = 0.46, 0.88, 1.26 at p - 1 = 1, 2, 3 are 6.00 / 14.
TEST(UslFitTest, CoherenceIsNotNegative) {
    const Fit fit =
        fit_usl({{1, 1.0}, {2, 2 / 1.46}, {3, 3 / 1.88}, {4, 4 / 2.26}});
    ASSERT_TRUE(fit.ok()) << fit.refusal;
    EXPECT_NEAR(fit.parameters[0], 6.0 / 14, 1e-6);
    EXPECT_EQ(fit.parameters[1], 0.0);
}

// From contention -0.05 and coherence 0.05. With contention 0 least squares of
// p/S - 1 = 0.05, 0.2, 0.45 at p (p-1) = 2, 6, 12 are 6.7 / 184.
TEST(UslFitTest, ContentionIsNotNegative) {
    const Fit fit =
        fit_usl({{1, 1.0}, {2, 2 / 1.05}, {3, 3 / 1.2}, {4, 4 / 1.45}});
    ASSERT_TRUE(fit.ok()) << fit.refusal;
    EXPECT_EQ(fit.parameters[0], 0.0);
    EXPECT_NEAR(fit.parameters[1], 6.7 / 184, 1e-6);
}

TEST(UslFitTest, MoreThanOneAThreadGivesNeitherContentionNorCoherence) {
    const Fit fit = fit_usl({{1, 1.0}, {2, 2.1}, {3, 3.2}, {4, 4.3}});
    ASSERT_TRUE(fit.ok()) << fit.refusal;
    EXPECT_EQ(fit.parameters, (std::vector<double>{0.0, 0.0}));
}

TEST(UslFitTest, ThreeNumbersOfThreadsAreTooFew) {
    EXPECT_EQ(fit_usl({{1, 1.0}, {2, 1.9}, {4, 3.5}}).refusal,
              "3 numbers of threads: a fit needs at least 4");
}

TEST(UslFitTest, NoiseAndNoEffectAreRefusedAsForAmdahl) {
    EXPECT_PRED_FORMAT2(
        IsSubstring, "differ by 2.9 %, the times by 8.0 %",
        fit_usl({{1, 1.0, 0.08}, {2, 1.03}, {3, 1.01}, {4, 1.02}}).refusal);
    EXPECT_PRED_FORMAT2(
        IsSubstring, "explains too little",
        fit_usl({{1, 1.0}, {2, 0.98}, {3, 1.02}, {4, 0.99}}).refusal);
    EXPECT_PRED_FORMAT2(
        IsSubstring, "no effect",
        fit_usl({{1, 1.0}, {2, 1.0}, {3, 1.0}, {4, 1.0}}).refusal);
}

// --- Both -------------------------------------------------------------------

TEST(ScalingTest, WhatIsNoPointOfACurveIsNotFitted) {
    const Points no_points = {
        {2, 0.0}, {2, -1.0},      {2, nothing},      {2, endless},
        {0, 1.0}, {2, 1.5, -0.1}, {2, 1.5, nothing}, {2, 1.5, endless}};
    for (const ScalingPoint& no_point : no_points) {
        const Points points = {{1, 1.0}, no_point, {3, 2.5}, {4, 3.0}, {5, 4}};
        EXPECT_THROW(fit_amdahl(points), std::invalid_argument);
        EXPECT_THROW(fit_usl(points), std::invalid_argument);
    }
}
