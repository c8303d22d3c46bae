#include "common/statistics.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

TEST(StatisticsTest, TheMedianIsTheValueInTheMiddle) {
    EXPECT_EQ(median({5.0}), 5.0);
    EXPECT_EQ(median({3.0, 1.0, 2.0}), 2.0);
    EXPECT_EQ(median({1.0, 100.0, 2.0, 2.0, 1.0}), 2.0);
}

TEST(StatisticsTest, TheMedianOfAnEvenNumberLiesHalfwayBetweenTwo) {
    EXPECT_EQ(median({2.0, 1.0}), 1.5);
    EXPECT_EQ(median({4.0, 1.0, 3.0, 2.0}), 2.5);
}

// Method 7: quantile q of n sorted values lies at place q * (n - 1).
TEST(StatisticsTest, AQuantileIsInterpolatedBetweenTheTwoNearestValues) {
    const std::vector<double> values = {40.0, 10.0, 30.0, 20.0};
    EXPECT_DOUBLE_EQ(quantile(values, 0.0), 10.0);
    EXPECT_DOUBLE_EQ(quantile(values, 0.25), 17.5);  // place 0.75
    EXPECT_DOUBLE_EQ(quantile(values, 1.0 / 3), 20.0);
    EXPECT_DOUBLE_EQ(quantile(values, 0.9), 37.0);  // place 2.7
    EXPECT_DOUBLE_EQ(quantile(values, 1.0), 40.0);
}

TEST(StatisticsTest, EveryQuantileOfOneValueIsThatValue) {
    for (const double q : {0.0, 0.25, 0.5, 1.0}) {
        EXPECT_EQ(quantile({7.0}, q), 7.0);
    }
}

TEST(StatisticsTest, TheInterquartileRangeHoldsTheMiddleHalf) {
    EXPECT_DOUBLE_EQ(interquartile_range({1.0, 2.0, 3.0, 4.0, 5.0}), 2.0);
    EXPECT_DOUBLE_EQ(interquartile_range({4.0, 3.0, 2.0, 1.0}), 1.5);
    EXPECT_EQ(interquartile_range({3.0, 3.0, 3.0}), 0.0);
    EXPECT_EQ(interquartile_range({3.0}), 0.0);
}

TEST(StatisticsTest, OneOutlierDoesNotMoveTheMedianOrTheRange) {
    EXPECT_EQ(median({1.0, 2.0, 3.0, 4.0, 1e9}), 3.0);
    EXPECT_DOUBLE_EQ(interquartile_range({1.0, 2.0, 3.0, 4.0, 1e9}), 2.0);
}

TEST(StatisticsTest, WithoutValuesThereIsNoAnswer) {
    EXPECT_THROW(quantile({}, 0.5), std::invalid_argument);
    EXPECT_THROW(median({}), std::invalid_argument);
    EXPECT_THROW(interquartile_range({}), std::invalid_argument);
}
