#include <algorithm>
#include <cmath>
#include <vector>

#include "lessons/25_heat/heat.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/teams.hpp"

namespace {

Plate noisy_plate(int rows, int columns) {
    Plate plate(rows, columns);
    for (int y = 0; y <= rows + 1; ++y) {
        for (int x = 0; x <= columns + 1; ++x) {
            plate.at(y, x) = (y * 7919 + x * 104'729) % 101;
        }
    }
    return plate;
}

/// What a sweep is, word for word, on a list of all points of one colour.
double relax_slowly(Plate& plate, int sweeps) {
    double change = 0.0;
    for (int sweep = 0; sweep < sweeps; ++sweep) {
        change = 0.0;
        for (const int colour : {0, 1}) {
            const int points = plate.rows() * plate.columns();
            for (int point = 0; point < points; ++point) {
                const int y = 1 + point / plate.columns();
                const int x = 1 + point % plate.columns();
                if ((x + y) % 2 != colour) continue;
                const double before = plate.at(y, x);
                plate.at(y, x) = plate.mean_around(y, x);
                change = std::max(change, std::abs(plate.at(y, x) - before));
            }
        }
    }
    return change;
}

/// Has sweeps made, and compares every point. What it says is read by a
/// student.
void expect_relaxed(int rows, int columns, int sweeps, WorkLog& log) {
    Plate plate = noisy_plate(rows, columns);
    Plate expected = noisy_plate(rows, columns);
    const double change = relax(plate, sweeps, log);
    const double expected_change = relax_slowly(expected, sweeps);
    for (int y = 0; y <= rows + 1; ++y) {
        for (int x = 0; x <= columns + 1; ++x) {
            const double difference = plate.at(y, x) - expected.at(y, x);
            if (std::abs(difference) <= 1e-10) continue;
            FAIL() << "after " << sweeps << " sweeps of " << rows << " x "
                   << columns << " points row " << y << ", column " << x
                   << " has " << plate.at(y, x) << ", not " << expected.at(y, x)
                   << ": does each half begin when the one before is done?";
        }
    }
    if (!(std::abs(change - expected_change) <= 1e-10)) {
        ADD_FAILURE() << "the largest change in sweep " << sweeps << " is "
                      << expected_change << ", not " << change;
    }
}

}  // namespace

TEST(Correct, OneSweepByHand) {
    for_each_team([] {
        // The edge is 8 on top and 0 elsewhere; inside 0 and 0.
        Plate plate(1, 2);
        for (int y = 0; y <= 2; ++y) {
            for (int x = 0; x <= 3; ++x) plate.at(y, x) = y == 0 ? 8.0 : 0.0;
        }
        WorkLog log;
        EXPECT_EQ(relax(plate, 1, log), 2.5);
        EXPECT_EQ(plate.at(1, 1), 2.0);  // 8 / 4
        EXPECT_EQ(plate.at(1, 2), 2.5);  // (8 + 2) / 4
    });
}

TEST(Correct, PlatesOfEverySize) {
    for_each_team([] {
        for (const auto& [rows, columns] :
             {std::pair{1, 1}, {1, 9}, {9, 1}, {2, 3}, {5, 7}, {13, 31}}) {
            for (const int sweeps : {0, 1, 2, 9}) {
                WorkLog log;
                expect_relaxed(rows, columns, sweeps, log);
            }
        }
    });
}

// x * y is the mean of its neighbours: the plate ends there.
TEST(Correct, ManySweepsEndInBalance) {
    constexpr int side = 9;
    for_each_team([] {
        Plate plate(side, side);
        for (int y = 0; y <= side + 1; ++y) {
            for (int x = 0; x <= side + 1; ++x) {
                const bool edge = y == 0 || y > side || x == 0 || x > side;
                plate.at(y, x) = edge ? x * y : 0.0;
            }
        }
        WorkLog log;
        EXPECT_LT(relax(plate, 500, log), 1e-10);
        for (int y = 1; y <= side; ++y) {
            for (int x = 1; x <= side; ++x) {
                ASSERT_NEAR(plate.at(y, x), x * y, 1e-9);
            }
        }
    });
}

// A row that is late: who does not wait for it reads what is not there yet.
TEST(Correct, ALateRowIsWaitedFor) {
    constexpr int rows = 28;
    for_each_team([] {
        for (const std::int64_t late : {0, rows - 1, rows + 5}) {
            WorkLog log(2 * rows * 2);
            log.on_start([late](std::int64_t item) {
                if (item != late) return;
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            });
            expect_relaxed(rows, 5, 2, log);
        }
    });
}

TEST(Parallel, TheTeamSharesTheRows) {
    constexpr int rows = 31;
    expect_shared_items(
        2 * rows, [&](WorkLog& log) { expect_relaxed(rows, 20, 1, log); });
}

TEST(RaceFree, OnASmallPlate) {
    constexpr int rows = 40;
    constexpr int sweeps = 3;
    Plate plate = noisy_plate(rows, 30);
    repeat_for_race_detector(2 * rows * sweeps,
                             [&](WorkLog& log) { relax(plate, sweeps, log); });
}

namespace {

/// As the starter is, on one thread.
double relax_plainly(Plate& plate, int sweeps) {
    double change = 0.0;
    for (int half = 0; half < 2 * sweeps; ++half) {
        if (half % 2 == 0) change = 0.0;
        for (int y = 1; y <= plate.rows(); ++y) {
            for (int x = 1 + (y + 1 + half) % 2; x <= plate.columns(); x += 2) {
                const double mean = plate.mean_around(y, x);
                change = std::max(change, std::abs(mean - plate.at(y, x)));
                plate.at(y, x) = mean;
            }
        }
    }
    return change;
}

}  // namespace

TEST(Fast, OnAPlateInTheCache) {
    constexpr int side = 800;
    constexpr int sweeps = 6;
    Plate plate = noisy_plate(side, side);
    WorkLog log;
    double sum = 0.0;
    measure_speedup(
        Limit::computing, [&] { sum += relax_plainly(plate, sweeps); },
        [&] { sum += relax(plate, sweeps, log); });
    EXPECT_GE(sum, 0.0);  // looked at, so that it is computed
}
