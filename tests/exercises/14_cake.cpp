#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "common/timer.hpp"
#include "lessons/14_cake/cake.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/teams.hpp"

namespace {

int brightness_of(const Pixel& pixel) {
    return pixel.red + pixel.green + pixel.blue;
}

/// The first of the brightest, by going through the list of all pixels.
Brightest first_brightest(const Image& image) {
    const auto pixels = image.pixels();
    if (pixels.empty()) return {};
    const auto found = std::max_element(
        pixels.begin(), pixels.end(), [](const Pixel& a, const Pixel& b) {
            return brightness_of(a) < brightness_of(b);
        });
    const int place = static_cast<int>(found - pixels.begin());
    return {brightness_of(*found), place % image.width(),
            place / image.width()};
}

std::string text_of(const Brightest& best) {
    return fmt::format("brightness {} at ({}, {})", best.brightness, best.x,
                       best.y);
}

void expect_brightest(const Image& image, WorkLog& log) {
    const Brightest found = brightest(image, log);
    const Brightest expected = first_brightest(image);
    if (found == expected) return;
    const bool as_bright = found.brightness == expected.brightness;
    ADD_FAILURE() << (as_bright ? "of pixels that are as bright the first one "
                                  "counts, whichever row is done first: "
                                : "")
                  << "in a picture of " << image.width() << " x "
                  << image.height() << " the first brightest pixel has "
                  << text_of(expected) << "; found: " << text_of(found);
}

/// A pixel of it is the brightest for a while in every row.
Image brighter_and_brighter(int width, int height) {
    Image image(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            image.row(y)[x] = {static_cast<std::uint8_t>(255 * y / height),
                               static_cast<std::uint8_t>(255 * x / width), 0};
        }
    }
    return image;
}

}  // namespace

TEST(Correct, KnownPixels) {
    for_each_team([] {
        Image image(4, 3);
        image.row(1)[2] = {10, 20, 30};
        image.row(1)[3] = {30, 20, 10};
        image.row(2)[0] = {20, 20, 20};
        WorkLog log;
        expect_brightest(image, log);
        image.row(2)[1] = {20, 20, 21};
        expect_brightest(image, log);
    });
}

TEST(Correct, PicturesOfEverySize) {
    for_each_team([] {
        for (const auto& [width, height] : picture_sizes) {
            WorkLog log;
            expect_brightest(speckled_picture(width, height), log);
            expect_brightest(Image(width, height), log);
        }
    });
}

// The first rows come last: who says nothing of equal pixels takes another one.
TEST(Correct, OfPixelsAsBrightTheFirstWins) {
    for_each_team([] {
        constexpr int height = 28;
        WorkLog log(height);
        log.on_start([](std::int64_t y) {
            if (y > 0) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        });
        expect_brightest(Image(3, height), log);
    });
}

// Long enough that a thread which forgets a pixel forgets some, mostly.
TEST(Correct, ALargePicture) {
    const Image image = brighter_and_brighter(500, 2000);
    for_each_team([&] {
        WorkLog log;
        expect_brightest(image, log);
    });
}

TEST(Parallel, TheTeamSharesTheRows) {
    const Image image = speckled_picture(31, 64);
    expect_shared_items(image.height(),
                        [&](WorkLog& log) { expect_brightest(image, log); });
}

TEST(RaceFree, OnASmallPicture) {
    const Image image = brighter_and_brighter(31, 64);
    repeat_for_race_detector(image.height(),
                             [&](WorkLog& log) { brightest(image, log); });
}

namespace {

/// Nanoseconds for each of so many turns; the best of three runs.
double price_of(int turns, const std::function<std::int64_t(int)>& loop) {
    double best = 1e9;
    for (int run = 0; run < 3; ++run) {
        const Timer timer;
        if (loop(turns) < 0) ADD_FAILURE();  // looked at, so it is computed
        best = std::min(best, timer.seconds());
    }
    return best * 1e9 / turns;
}

std::int64_t with_critical(int turns) {
    std::int64_t count = 0;
#pragma omp parallel for
    for (int i = 0; i < turns; ++i) {
#pragma omp critical
        count += i & 1;
    }
    return count;
}

std::int64_t with_atomic(int turns) {
    std::int64_t count = 0;
#pragma omp parallel for
    for (int i = 0; i < turns; ++i) {
#pragma omp atomic
        count += i & 1;
    }
    return count;
}

Brightest by_one_thread(const Image& image) {
    Brightest best;
    for (int y = 0; y < image.height(); ++y) {
        const auto row = image.row(y);
        for (int x = 0; x < image.width(); ++x) {
            const int brightness = brightness_of(row[x]);
            if (brightness > best.brightness) best = {brightness, x, y};
        }
    }
    return best;
}

}  // namespace

TEST(Fast, OnALargePicture) {
    const Image image = speckled_picture(3000, 2000);
    const int pixels = static_cast<int>(image.pixels().size());
    constexpr int few = 100'000;
    WorkLog log;
    std::int64_t sum = 0;
    note_on_speed(fmt::format(
        "here a pixel costs one thread {:.1f} ns, and the team with your "
        "function {:.1f} ns; a `critical` costs the team {:.0f} ns each "
        "time, an `atomic` {:.0f} ns, and what is not shared nothing",
        price_of(pixels, [&](int) { return by_one_thread(image).x; }),
        price_of(pixels, [&](int) { return brightest(image, log).x; }),
        price_of(few, with_critical), price_of(few, with_atomic)));
    measure_speedup(
        Limit::computing, [&] { sum += by_one_thread(image).x; },
        [&] { sum += brightest(image, log).x; });
    EXPECT_GE(sum, 0);
}
