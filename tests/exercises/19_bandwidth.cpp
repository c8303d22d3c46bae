#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <vector>

#include "lessons/19_bandwidth/bandwidth.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/filters.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/teams.hpp"

namespace {

// Three filters that give another picture in any other order.
void halve(std::span<Pixel> row) {
    for (Pixel& pixel : row) {
        pixel.red /= 2;
        pixel.green /= 2;
        pixel.blue /= 2;
    }
}

void turn_over(std::span<Pixel> row) {
    for (Pixel& pixel : row) {
        pixel.red = 255 - pixel.red;
        pixel.green = 255 - pixel.green;
        pixel.blue = 255 - pixel.blue;
    }
}

void reverse(std::span<Pixel> row) { std::reverse(row.begin(), row.end()); }

const std::array<RowFilter, 3> three_filters = {halve, turn_over, reverse};

/// What the three filters make of a picture.
Image filtered(const Image& before) {
    Image after = before;
    for (int y = 0; y < before.height(); ++y) {
        for (int x = 0; x < before.width(); ++x) {
            const Pixel from = before.row(y)[before.width() - 1 - x];
            after.row(y)[x].red = 255 - from.red / 2;
            after.row(y)[x].green = 255 - from.green / 2;
            after.row(y)[x].blue = 255 - from.blue / 2;
        }
    }
    return after;
}

/// Where a row of a picture begins in memory.
using Place = const Pixel*;

/// Which filter had which row, thread by thread.
class Visits {
 public:
    struct Visit {
        std::size_t filter;
        Place row;
    };

    void add(std::size_t filter, Place row) {
        const std::scoped_lock lock(mutex_);
        of_thread_[std::this_thread::get_id()].push_back({filter, row});
    }

    /// What a student should know; empty when every thread took each of its
    /// rows through all filters, in order, before the next row.
    [[nodiscard]] std::string complaint(const Image& image,
                                        std::size_t filters) const {
        std::size_t visits = 0;
        for (const auto& [thread, list] : of_thread_) {
            visits += list.size();
            for (std::size_t i = 0; i < list.size(); ++i) {
                const Visit wanted = {i % filters, list[i - i % filters].row};
                if (list[i].filter == wanted.filter &&
                    list[i].row == wanted.row) {
                    continue;
                }
                return fmt::format(
                    "a thread was to run filter {} on row {}, and ran filter "
                    "{} on row {}: does a row go through all filters before "
                    "the next row?",
                    wanted.filter, number_of(image, wanted.row), list[i].filter,
                    number_of(image, list[i].row));
            }
        }
        const std::size_t expected = filters * image.height();
        if (visits == expected) return {};
        return fmt::format("filters ran {} times, not {}: once on each row",
                           visits, expected);
    }

 private:
    static int number_of(const Image& image, Place row) {
        for (int y = 0; y < image.height(); ++y) {
            if (image.row(y).data() == row) return y;
        }
        return -1;
    }

    std::mutex mutex_;
    std::map<std::thread::id, std::vector<Visit>> of_thread_;
};

}  // namespace

TEST(Correct, KnownPixels) {
    for_each_team([] {
        Image image(3, 2);
        image.row(0)[0] = {0, 1, 2};
        image.row(0)[1] = {255, 100, 7};
        image.row(0)[2] = {40, 50, 60};
        image.row(1)[2] = {2, 4, 6};
        WorkLog log;
        run_filters(image, three_filters, log);
        Image expected(3, 2);
        expected.row(0)[0] = {235, 230, 225};
        expected.row(0)[1] = {128, 205, 252};
        expected.row(0)[2] = {255, 255, 254};
        expected.row(1)[0] = {254, 253, 252};
        expected.row(1)[1] = {255, 255, 255};
        expected.row(1)[2] = {255, 255, 255};
        expect_same_picture(image, expected);
    });
}

TEST(Correct, PicturesOfEverySize) {
    for_each_team([] {
        for (const auto& [width, height] : picture_sizes) {
            const Image before = speckled_picture(width, height, true);
            Image image = before;
            WorkLog log;
            run_filters(image, three_filters, log);
            expect_same_picture(image, filtered(before));
        }
    });
}

TEST(Correct, NoFilterChangesNothing) {
    const Image before = speckled_picture(31, 17, true);
    Image image = before;
    WorkLog log;
    run_filters(image, {}, log);
    expect_same_picture(image, before);
}

TEST(Correct, ARowGoesThroughAllFiltersBeforeTheNext) {
    for_each_team([] {
        if (testing::Test::HasFailure()) return;  // one message is enough
        Image image = speckled_picture(5, 64);
        Visits visits;
        std::vector<RowFilter> filters;
        for (std::size_t i = 0; i < 3; ++i) {
            filters.emplace_back([&visits, i](std::span<Pixel> row) {
                visits.add(i, row.data());
            });
        }
        WorkLog log;
        run_filters(image, filters, log);
        const std::string complaint = visits.complaint(image, filters.size());
        if (!complaint.empty()) ADD_FAILURE() << complaint;
    });
}

// With one filter, for then every loop that is shared has each row once: that a
// row goes through all filters at once is what another test asks.
TEST(Parallel, TheTeamSharesTheRows) {
    const Image before = speckled_picture(31, 64);
    const std::array<RowFilter, 1> one_filter = {turn_over};
    expect_shared_picture(before.height(), 1, [&](WorkLog& log) {
        Image image = before;
        run_filters(image, one_filter, log);
        expect_same_picture(image, map_pixels(before, [](Pixel pixel) {
                                pixel.red ^= 0xFF;
                                pixel.green ^= 0xFF;
                                pixel.blue ^= 0xFF;
                                return pixel;
                            }));
    });
}

TEST(RaceFree, OnASmallPicture) {
    Image image = speckled_picture(31, 64);
    repeat_for_race_detector(image.height(), [&](WorkLog& log) {
        run_filters(image, three_filters, log);
    });
}

TEST(Fast, OnALargePicture) {
    constexpr int width = 6000;
    constexpr int height = 4000;
    Image image = speckled_picture(width, height);
    WorkLog log;
    const auto change = [](std::span<Pixel> row) {
        for (std::byte& byte : std::as_writable_bytes(row)) {
            byte ^= std::byte{1};
        }
    };
    const std::array<RowFilter, 3> filters = {change, change, change};
    measure_speedup(
        Limit::memory,
        [&] {
            for (int y = 0; y < height; ++y) {
                for (const RowFilter& filter : filters) filter(image.row(y));
            }
        },
        [&] { run_filters(image, filters, log); });
}
