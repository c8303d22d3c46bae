#include <fmt/core.h>

#include <filesystem>
#include <string>
#include <vector>

#include "common/png.hpp"
#include "common/scale.hpp"
#include "lessons/09_photos/photos.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/files.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/teams.hpp"

namespace {

namespace fs = std::filesystem;
using Files = std::vector<fs::path>;
using Errors = std::vector<std::string>;

constexpr int side = 8;

/// Pictures of one colour each, in a folder of their own; the colour of number
/// i is colour(i). All are `side` wide, so that scaling has nothing to do.
class Pictures {
 public:
    explicit Pictures(int count, int height = side) {
        for (int i = 0; i < count; ++i) {
            Image image(side, height);
            for (int y = 0; y < height; ++y) {
                for (Pixel& pixel : image.row(y)) pixel = colour(i);
            }
            files.push_back(folder_ / fmt::format("{:03}.png", i));
            write_png(image, files.back());
        }
    }

    /// Makes number i a file that is no picture.
    void spoil(int i) const { write_text(files.at(i), "no picture"); }

    static Pixel colour(int i) {
        return {static_cast<std::uint8_t>(i + 1),
                static_cast<std::uint8_t>(200 - i), 99};
    }

    Files files;

 private:
    TemporaryFolder folder_;
};

/// The sheet of such pictures, `height` pixels high (at most `side`), put
/// together pixel by pixel; cells of spoiled ones are black.
Image expected_sheet(int count, int columns, const std::vector<int>& spoiled,
                     int height = side) {
    int rows = 0;
    while (rows * columns < count) ++rows;
    Image sheet(columns * side, rows * side);
    for (int y = 0; y < sheet.height(); ++y) {
        for (int x = 0; x < sheet.width(); ++x) {
            const int i = y / side * columns + x / side;
            bool is_black = i >= count || y % side >= height;
            for (const int one : spoiled) is_black = is_black || one == i;
            if (!is_black) sheet.row(y)[x] = Pictures::colour(i);
        }
    }
    return sheet;
}

}  // namespace

TEST(Correct, EveryPictureStandsInItsCell) {
    for_each_team([] {
        for (const int count : {0, 1, 2, 5, 6, 7, 13}) {
            for (const int columns : {1, 3, 20}) {
                SCOPED_TRACE(testing::Message()
                             << count << " files, " << columns << " columns");
                const Pictures pictures(count);
                Errors errors(count, "left over");
                WorkLog log;
                expect_same_picture(
                    contact_sheet(pictures.files, columns, side, errors, log),
                    expected_sheet(count, columns, {}));
                EXPECT_EQ(errors, Errors(count));
            }
        }
    });
}

TEST(Correct, ADamagedFileIsReportedAndTheOthersAreDone) {
    for_each_team([] {
        const int count = 11;
        const Pictures pictures(count);
        for (const int i : {0, 4, 10}) pictures.spoil(i);
        Errors errors(count, "left over");
        WorkLog log;
        expect_same_picture(contact_sheet(pictures.files, 4, side, errors, log),
                            expected_sheet(count, 4, {0, 4, 10}));
        for (int i = 0; i < count; ++i) {
            const bool is_spoiled = i == 0 || i == 4 || i == 10;
            if (!is_spoiled) {
                EXPECT_EQ(errors[i], "") << "file " << i << " is whole";
            } else {
                EXPECT_NE(errors[i].find(pictures.files[i].string()),
                          std::string::npos)
                    << "the error of file " << i << " does not name it: '"
                    << errors[i] << "'";
            }
        }
    });
}

TEST(Correct, HighPicturesAreCutAndLowOnesLeaveBlack) {
    for_each_team([] {
        const Pictures high(3, side + 5);
        const Pictures low(3, side - 3);
        Errors errors(3);
        WorkLog log;
        expect_same_picture(contact_sheet(high.files, 2, side, errors, log),
                            expected_sheet(3, 2, {}));
        expect_same_picture(contact_sheet(low.files, 2, side, errors, log),
                            expected_sheet(3, 2, {}, side - 3));
    });
}

TEST(Parallel, TheTeamSharesTheFiles) {
    const int count = 24;
    const Pictures pictures(count);
    expect_shared_picture(count, 5, [&](WorkLog& log) {
        Errors errors(count);
        expect_same_picture(contact_sheet(pictures.files, 5, side, errors, log),
                            expected_sheet(count, 5, {}));
    });
}

TEST(RaceFree, WithADamagedFile) {
    const int count = 24;
    const Pictures pictures(count);
    pictures.spoil(7);
    repeat_for_race_detector(count, [&](WorkLog& log) {
        Errors errors(count);
        contact_sheet(pictures.files, 5, side, errors, log);
    });
}

TEST(Fast, OnPhotographs) {
    const TemporaryFolder folder;
    Files files;
    for (int i = 0; i < 12; ++i) {
        files.push_back(folder / fmt::format("{}.png", i));
        write_png(speckled_picture(500, 300), files.back());
    }
    Errors errors(files.size());
    WorkLog log;
    measure_speedup(
        Limit::computing,
        [&] {
            for (const fs::path& file : files) {
                scale_to_width(read_png(file), 100);
            }
        },
        [&] { contact_sheet(files, 4, 100, errors, log); });
}
