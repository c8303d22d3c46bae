// The lessons' programs from end to end, as processes of their own: whatever
// programs there are, with sizes that take no time.

#include <fcntl.h>
#include <fmt/core.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "common/image.hpp"
#include "common/png.hpp"
#include "common/programs/lesson_programs.hpp"
#include "common/programs/process.hpp"
#include "tests/support/files.hpp"
#include "tests/support/filters.hpp"
#include "tests/support/memory.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/refusals.hpp"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Words = std::vector<std::string>;

/// A lesson's program.
struct Program {
    std::string lesson;   ///< "05_grey"
    std::string version;  ///< "serial"
    fs::path path;
    json description;  ///< what --describe prints

    [[nodiscard]] bool has(const std::string& option) const {
        const json& options = description.at("options");
        return std::find(options.begin(), options.end(), option) !=
               options.end();
    }
    /// Whether it writes one picture, to --output.
    [[nodiscard]] bool paints() const {
        return has("--output") && !has("--pictures");
    }
    [[nodiscard]] std::string name() const { return lesson + "/" + version; }
};

std::vector<Program> find_programs() {
    std::vector<Program> found;
    for (const LessonPrograms& lesson :
         find_lessons(fs::path(WORKBOOK_BUILD) / "lessons")) {
        for (const fs::path& path : lesson.versions) {
            const Outcome described =
                run_process({.program = path, .arguments = {"--describe"}});
            found.push_back({lesson.lesson, path.filename(), path,
                             json::parse(described.output)});
        }
    }
    return found;
}

const std::vector<Program>& programs() {
    static const std::vector<Program> found = find_programs();
    return found;
}

/// By value: g++ 13 takes the result for a reference to a temporary argument.
const Program& program(std::string_view name) {
    const auto found =
        std::find_if(programs().begin(), programs().end(),
                     [&](const Program& one) { return one.name() == name; });
    if (found == programs().end())
        throw std::runtime_error(std::string(name) + " is missing");
    return *found;
}

/// What the filters make of a pixel.
const std::map<std::string, Pixel (*)(Pixel)>& filters() {
    static const std::map<std::string, Pixel (*)(Pixel)> formulas = {
        {"05_grey",
         [](Pixel p) {
             const int mean = (p.red + p.green + p.blue) / 3;
             const auto grey = static_cast<std::uint8_t>(mean);
             return Pixel{grey, grey, grey};
         }},
        {"06_red",
         [](Pixel p) {
             return Pixel{p.red, 0, 0};
         }},
        {"07_green",
         [](Pixel p) {
             return Pixel{0, p.green, 0};
         }},
        {"08_blue", [](Pixel p) {
             return Pixel{0, 0, p.blue};
         }}};
    return formulas;
}

/// The arguments, and before them those that give a size which takes no time,
/// and files, for every option that they leave out.
Words with_small_sizes(const Program& program, const Words& arguments) {
    Words small = program.description.at("test_arguments");
    small.insert(small.end(),
                 {"--repeat", "1", "--input", "in.png", "--pictures", "in.png",
                  "--output", program.paints() ? "out.png" : "out"});
    Words all;
    for (std::size_t i = 0; i < small.size(); i += 2) {
        const auto given =
            std::find(arguments.begin(), arguments.end(), small[i]);
        if (given == arguments.end() && program.has(small[i])) {
            all.insert(all.end(), {small[i], small[i + 1]});
        }
    }
    all.insert(all.end(), arguments.begin(), arguments.end());
    return all;
}

/// A command as one would type it.
std::string text_of(const Program& program, const Words& arguments) {
    std::string text = program.name();
    for (const std::string& argument : arguments) text += " " + argument;
    return text;
}

/// What a program did.
struct Result {
    int exit_status = 0;
    std::string out;  ///< stdout
    std::string err;  ///< stderr
};

/// Every test has a folder to itself, in which it runs the programs, with a
/// picture in.png.
class ProgramsTest : public testing::Test {
 protected:
    ProgramsTest() : before_(fs::current_path()) {
        fs::current_path(folder_.path());
        write_png(picture_, "in.png");
    }
    ~ProgramsTest() override { fs::current_path(before_); }

    static Result run(const Program& program, const Words& arguments) {
        Words words = {"-c", R"(exec "$0" "$@" >stdout 2>stderr)",
                       program.path};
        const Words sized = with_small_sizes(program, arguments);
        words.insert(words.end(), sized.begin(), sized.end());
        const Outcome outcome = run_process(
            {.program = "sh", .arguments = words, .timeout = 100.0});
        return {outcome.exit_status, read_text("stdout"), read_text("stderr")};
    }

    /// Runs a program that should do it.
    static void expect_done(const Program& program, const Words& arguments) {
        const Result result = run(program, arguments);
        EXPECT_EQ(result.exit_status, 0) << text_of(program, arguments) << "\n"
                                         << result.err;
        EXPECT_EQ(result.err, "");
    }

    /// Runs a program that should refuse, in one line that has all the words.
    static void expect_refused(const Program& program, const Words& arguments,
                               int exit_status, const Words& words) {
        SCOPED_TRACE(text_of(program, arguments));
        const Result result = run(program, arguments);
        EXPECT_EQ(result.exit_status, exit_status);
        EXPECT_EQ(result.err.find(program.name() + ": "), 0U) << result.err;
        EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1)
            << result.err;
        for (const std::string& word : words) {
            EXPECT_NE(result.err.find(word), std::string::npos)
                << "no '" << word << "' in: " << result.err;
        }
    }

    /// The records that a program adds to a file.
    static std::vector<json> records(const fs::path& file) {
        std::istringstream text(read_text(file));
        std::vector<json> found;
        for (std::string line; std::getline(text, line);) {
            found.push_back(json::parse(line));
        }
        return found;
    }

    /// The result of a run, as it is recorded.
    static std::string result_of(const Program& program, Words arguments) {
        fs::remove("record");
        arguments.insert(arguments.end(), {"--record", "record"});
        expect_done(program, arguments);
        return records("record").at(0).at("result");
    }

    /// The names of the files in the test's folder.
    static Words files() {
        Words names;
        for (const auto& entry : fs::directory_iterator(".")) {
            names.push_back(entry.path().filename());
        }
        std::sort(names.begin(), names.end());
        return names;
    }

    const Image picture_ = speckled_picture(13, 31);

 private:
    TemporaryFolder folder_;
    fs::path before_;
};

}  // namespace

TEST_F(ProgramsTest, EveryLessonHasASerialAndAParallelProgram) {
    int lessons = 0;
    for (const auto& folder :
         fs::directory_iterator(fs::path(WORKBOOK_SOURCE) / "lessons")) {
        if (!folder.is_directory()) continue;
        const std::string lesson = folder.path().filename();
        EXPECT_NO_THROW(program(lesson + "/serial"));
        EXPECT_NO_THROW(program(lesson + "/parallel"));
        ++lessons;
    }
    EXPECT_GT(lessons, 0);
}

TEST_F(ProgramsTest, HelpNamesEveryCommonOption) {
    for (const Program& program : programs()) {
        const Result help = run(program, {"--help"});
        EXPECT_EQ(help.exit_status, 0);
        for (const std::string option : program.description.at("options")) {
            if (option == "--describe") continue;  // it is for programs
            EXPECT_NE(help.out.find(option + " "), std::string::npos)
                << program.name() << " " << option;
        }
        for (const char* option :
             {"--help", "--threads", "--repeat", "--record"}) {
            EXPECT_TRUE(program.has(option)) << program.name() << option;
        }
    }
}

TEST_F(ProgramsTest, WrongUseIsRefusedAndExplained) {
    for (const Program& program : programs()) {
        expect_refused(program, {"--nonsense"}, 2, {"--nonsense", "--help"});
        expect_refused(program, {"stray"}, 2, {"stray", "--help"});
        for (const char* number : {"0", "-1", "abc", "2.5", "100000", ""}) {
            expect_refused(program, {"--threads", number}, 2,
                           {"--threads", fmt::format("'{}'", number),
                            "from 1 to 1024", "--help"});
        }
        expect_refused(program, {"--repeat", "0"}, 2,
                       {"--repeat", "'0'", "from 1 to 1000000"});
        expect_refused(program, {"--record"}, 2, {"--record"});
    }
}

TEST_F(ProgramsTest, ANumberThatBeginsWith0IsStillDecimal) {
    const Program& squares = program("03_squares/serial");
    expect_done(squares, {"--repeat", "010", "--record", "record"});
    EXPECT_EQ(records("record").at(0).at("seconds").size(), 10U);
}

TEST_F(ProgramsTest, EveryRunAddsALineToTheRecord) {
    for (const Program& program : programs()) {
        SCOPED_TRACE(program.name());
        fs::remove("record");
        const Words arguments = {"--record", "record",    "--repeat",
                                 "3",        "--threads", "2"};
        expect_done(program, arguments);
        expect_done(program, arguments);
        const std::vector<json> lines = records("record");
        ASSERT_EQ(lines.size(), 2U);
        for (const json& line : lines) {
            EXPECT_EQ(line.at("lesson"), program.lesson);
            EXPECT_EQ(line.at("version"), program.version);
            EXPECT_TRUE(line.at("schedule").is_string());
            EXPECT_TRUE(line.at("size").is_string());
            EXPECT_GE(line.at("threads"), 1);
            EXPECT_GE(line.at("threads_asked"), 1);
            EXPECT_GE(line.at("items"), 1);
            EXPECT_GE(line.at("bytes_moved"), 0);
            EXPECT_GE(line.at("calls_per_run"), 1);
            EXPECT_GE(line.at("read_seconds"), 0.0);
            EXPECT_GE(line.at("write_seconds"), 0.0);
            ASSERT_EQ(line.at("seconds").size(), 3U);
            for (const json& seconds : line.at("seconds")) {
                EXPECT_GT(seconds, 0.0);
            }
            if (program.version == "racy") continue;  // wrong on purpose
            EXPECT_EQ(line.at("result"), lines.front().at("result"));
        }
    }
}

TEST_F(ProgramsTest, ARecordThatCannotBeWrittenIsAnError) {
    for (const char* file : {"/dev/full", "none/record", "."}) {
        expect_refused(program("03_squares/parallel"), {"--record", file}, 1,
                       {file, "cannot be written"});
    }
}

// A version named racy is wrong on purpose.
TEST_F(ProgramsTest, EveryVersionAndEveryTeamGivesTheSerialResult) {
    for (const Program& one : programs()) {
        if (one.version == "racy") continue;
        const std::string expected =
            result_of(program(one.lesson + "/serial"), {});
        for (const char* threads : {"1", "2", "3", "4", "7"}) {
            EXPECT_EQ(result_of(one, {"--threads", threads}), expected)
                << one.name() << " --threads " << threads;
        }
    }
}

TEST_F(ProgramsTest, TheResultTellsPicturesApartThatDifferInOneColour) {
    for (const auto& [lesson, formula] : filters()) {
        for (const bool with_alpha : {false, true}) {
            Image picture = speckled_picture(37, 23, with_alpha);
            write_png(picture, "one.png");
            Pixel& pixel = picture.row(11)[5];
            pixel = {static_cast<std::uint8_t>(pixel.red ^ 128U),
                     static_cast<std::uint8_t>(pixel.green ^ 128U),
                     static_cast<std::uint8_t>(pixel.blue ^ 128U)};
            write_png(picture, "other.png");
            const Program& serial = program(lesson + "/serial");
            EXPECT_NE(result_of(serial, {"--input", "one.png"}),
                      result_of(serial, {"--input", "other.png"}))
                << lesson;
        }
    }
}

TEST_F(ProgramsTest, EveryScheduleGivesTheSerialResult) {
    for (const Program& one : programs()) {
        if (!one.has("--schedule") || one.version == "racy") continue;
        const std::string expected =
            result_of(program(one.lesson + "/serial"), {});
        for (const char* schedule :
             {"static", "static,1", "dynamic", "dynamic,16", "guided",
              "guided,2", "auto"}) {
            for (const char* threads : {"1", "2", "3", "4", "7"}) {
                EXPECT_EQ(result_of(one, {"--schedule", schedule, "--threads",
                                          threads}),
                          expected)
                    << one.name() << " --schedule " << schedule << " --threads "
                    << threads;
            }
        }
    }
}

TEST_F(ProgramsTest, AScheduleThatThereIsNotIsRefused) {
    for (const Program& one : programs()) {
        if (!one.has("--schedule")) continue;
        for (const char* schedule :
             {"foo", "dynamic,0", "dynamic,-1", "dynamic,x", "dynamic,1,2",
              "static,", "auto,4", "STATIC", "", ",4", "guided,99999999999"}) {
            expect_refused(one, {"--schedule", schedule}, 2,
                           {"--schedule", fmt::format("'{}'", schedule),
                            "static, dynamic, guided or auto"});
        }
    }
}

TEST_F(ProgramsTest, CountsOutOfBoundsAreRefusedWithTheBounds) {
    for (const char* version : {"/serial", "/parallel"}) {
        const Program& squares = program(std::string("03_squares") + version);
        for (const char* count : {"-1", "2000000000", "x"}) {
            expect_refused(squares, {"--count", count}, 2,
                           {"--count", count, "from 0 to 1000000000"});
        }
        const Program& fibonacci =
            program(std::string("10_fibonacci") + version);
        expect_refused(fibonacci, {"--count", "61"}, 2,
                       {"--count", "'61'", "from 0 to 60",
                        "the time grows 1.6-fold with every number"});
    }
}

TEST_F(ProgramsTest, EveryLessonSaysWhichSizeTakesNoTime) {
    for (const Program& program : programs()) {
        EXPECT_FALSE(program.description.at("test_arguments").empty())
            << program.name() << ": no option of it has Bounds::test";
    }
}

TEST_F(ProgramsTest, TheSmallestSizesAreDoneAsWell) {
    for (const Program& program : programs()) {
        const Words smallest = program.description.at("smallest_arguments");
        expect_done(program, smallest);
        for (std::size_t i = 0; i < smallest.size(); i += 2) {
            expect_done(program, {smallest[i], smallest[i + 1]});
            if (smallest[i] == "--count") {
                EXPECT_EQ(smallest[i + 1], "0") << program.name();
                expect_done(program, {"--count", "1"});
            }
        }
    }
}

TEST_F(ProgramsTest, FibonacciPrintsItsNumbers) {
    const Result result =
        run(program("10_fibonacci/parallel"), {"--count", "11"});
    EXPECT_EQ(result.out.find("0 1 1 2 3 5 8 13 21 34 55"), 0U) << result.out;
}

TEST_F(ProgramsTest, SquaresPrintsTheEndsOfItsList) {
    const Result result =
        run(program("03_squares/parallel"), {"--count", "1000"});
    EXPECT_EQ(result.out.find("0 1 4 9 ... 992016 994009 996004 998001"), 0U)
        << result.out;
}

TEST_F(ProgramsTest, PrimesTestsTheNumbersThatAreGiven) {
    const Program& primes = program("11_primes/parallel");
    const Result result =
        run(primes,
            {"--numbers", "10000019,99999991,2147483647,4611686018427387904"});
    EXPECT_EQ(result.out.find("10000019 is prime\n99999991 is not prime\n"
                              "2147483647 is prime\n"
                              "4611686018427387904 is not prime\n"),
              0U)
        << result.out;
    for (const char* numbers : {"x", "7,x", "-1", "9223372036854775808", ""}) {
        expect_refused(primes, {"--numbers", numbers}, 2, {"--numbers"});
    }
}

TEST_F(ProgramsTest, ScoresListsTheFiveOfTheGame) {
    const Result result = run(program("16_scores/parallel"), {});
    EXPECT_EQ(
        result.out.find("Finn 160  Zeen 130  Gene 123  James 50  Ediwn 12"), 0U)
        << result.out;
}

TEST_F(ProgramsTest, HelloLetsEveryTaskReport) {
    const Result result = run(program("01_hello/parallel"), {"--count", "12"});
    for (int task = 0; task < 12; ++task) {
        EXPECT_NE(result.out.find(fmt::format("iteration {} is run by", task)),
                  std::string::npos)
            << result.out;
    }
}

TEST_F(ProgramsTest, CakeShowsWhatIsLeftAndWhatWasCounted) {
    const std::string eaten = "of 1,001 crumbs 0 are left, 1,001 were counted";
    const std::string whole =
        "of 1,001 crumbs 1,001 are left, 1,001 were counted";
#ifdef _OPENMP
    const std::string& copied = whole;
#else
    const std::string& copied = eaten;
#endif
    for (const auto& [version, expected] :
         std::map<std::string, std::string>{{"serial", eaten},
                                            {"parallel", eaten},
                                            {"critical", eaten},
                                            {"atomic", eaten},
                                            {"copies", copied}}) {
        const Result result =
            run(program("14_cake/" + version),
                {"--count", "1001", "--slices", "3", "--threads", "2"});
        EXPECT_NE(result.out.find(expected), std::string::npos) << result.out;
        EXPECT_NE(result.out.find("the slices are eaten by threads 0 "),
                  std::string::npos)
            << result.out;
    }
}

// Whether crumbs are lost is a matter of chance; it is no fault either way.
TEST_F(ProgramsTest, AVersionThatIsWrongOnPurposeIsNoFailure) {
    const Outcome outcome =
        run_process({.program = fs::path(WORKBOOK_BUILD) / "run_lessons",
                     .arguments = {"14", "--", "--repeat", "1", "--threads",
                                   "2", "--count", "100000"},
                     .timeout = 100.0});
    EXPECT_TRUE(outcome.ok()) << outcome.how_it_ended();
    const bool told =
        outcome.output.find("wrong, on purpose") != std::string::npos ||
        outcome.output.find("same result, by chance") != std::string::npos;
    EXPECT_TRUE(told) << outcome.output;
    EXPECT_EQ(outcome.output.find("WRONG"), std::string::npos);
}

// What `make check-26` and that lesson's README quote.
TEST_F(ProgramsTest, TheCompilerRefusesTwoLoopsOfLesson26AsItIsQuoted) {
#ifndef _OPENMP
    GTEST_SKIP() << "without OpenMP nothing is refused";
#endif
    const fs::path source = WORKBOOK_SOURCE;
    const std::string recipe =
        read_text(fs::path(WORKBOOK_BUILD) / "exercise_recipe");
    const std::size_t at = recipe.find("compiler ") + 9;
    const std::string compiler = recipe.substr(at, recipe.find('\n', at) - at);
    const auto compiled_with_pragma_before = [&](const std::string& loop) {
        std::string text =
            read_text(source / "lessons/26_which_loops/parts/refused.cpp");
        const std::size_t place = text.find(loop);
        EXPECT_NE(place, std::string::npos);
        text.insert(place, "\n#pragma omp parallel for\n");
        write_text("refused.cpp", text);
        return run_process(
            {.program = compiler,
             .arguments = {"-std=c++20", "-fopenmp", "-fsyntax-only",
                           "-I" + source.string(),
                           "-I" + (source / "lessons/26_which_loops").string(),
                           "refused.cpp"},
             .environment = {{"LC_ALL", "C"}}});
    };
    for (const auto& [loop, quoted] : std::map<std::string, std::string>{
             {"for (", search_refused}, {"while (", halvings_refused}}) {
        const Outcome outcome = compiled_with_pragma_before(loop);
        EXPECT_FALSE(outcome.ok());
        EXPECT_NE(outcome.output.find(quoted), std::string::npos)
            << outcome.output;
    }
}

TEST_F(ProgramsTest, AMatrixThatMemoryDoesNotHoldIsRefused) {
    for (const Program& one : programs()) {
        if (one.lesson != "15_mean") continue;
        expect_refused(
            one, {"--rows", "1000000000", "--columns", "100000"}, 1,
            {"800000.0 GB needed", "available", "--rows", "--columns"});
        expect_refused(one, {"--rows", "0"}, 2, {"--rows", "'0'", "from 1"});
        expect_refused(one, {"--columns", "100001"}, 2,
                       {"--columns", "from 1 to 100000", "stack"});
    }
}

TEST_F(ProgramsTest, MeansAreTheSameWhoeverTouchesTheMemoryFirst) {
    const Program& mean = program("15_mean/parallel");
    EXPECT_EQ(result_of(mean, {}), result_of(mean, {"--touched-by-one"}));
}

TEST_F(ProgramsTest, OrderedNapsAreReportedInTheirOrder) {
    for (const char* threads : {"1", "3", "7"}) {
        const Result result =
            run(program("02_naps/ordered"),
                {"--count", "7", "--countdown", "--threads", threads});
        std::size_t from = 0;
        for (int nap = 0; nap < 7; ++nap) {
            from = result.out.find(fmt::format("nap {} of", nap), from);
            ASSERT_NE(from, std::string::npos) << result.out;
        }
    }
}

TEST_F(ProgramsTest, RootsTellsTheThreadOfEveryTask) {
    for (const char* version : {"serial", "parallel", "static_1", "dynamic"}) {
        const Result result =
            run(program(std::string("04_roots/") + version),
                {"--count", "12", "--root", "100", "--rising"});
        for (int task = 0; task < 12; ++task) {
            const std::string start =
                fmt::format("iteration {:<2} on thread", task);
            EXPECT_NE(result.out.find(start), std::string::npos) << result.out;
        }
        EXPECT_NE(result.out.find("the root of 1440000 is 1200"),
                  std::string::npos)
            << result.out;
    }
}

TEST_F(ProgramsTest, JobsPredictsThePuzzles) {
    const Program& parallel = program("17_jobs/parallel");
    const Result one = run(parallel, {"--threads", "1"});
    const Result two = run(parallel, {});
    // On one thread every way takes the total: 50 + 25 + 15, and 25 + 45.
    for (const char* line :
         {"jobs X 50, Y 25, Z 15 on 1 thread\n", "sections           90.0",
          "static             90.0", "list               90.0",
          "longest first      90.0", "jobs X 25, Y 45 on 1 thread\n",
          "lower bound        70.0", "longest first      70.0"}) {
        EXPECT_NE(one.out.find(line), std::string::npos)
            << line << " is not in:\n"
            << one.out;
    }
    const bool is_team = two.out.find("on 2 threads") != std::string::npos;
    if (!is_team) return;  // OpenMP is off
    for (const char* line :
         {"lower bound        50.0   (longest job 50, total / threads 45)",
          "sections           50.0", "static             75.0",
          "list               50.0", "longest first      50.0",
          "lower bound        45.0   (longest job 45, total / threads 35)"}) {
        EXPECT_NE(two.out.find(line), std::string::npos)
            << line << " is not in:\n"
            << two.out;
    }
}

TEST_F(ProgramsTest, JobsTakesAnyListAndRefusesWhatIsNone) {
    const Program& parallel = program("17_jobs/parallel");
    expect_done(parallel, {"--jobs", "7"});
    expect_done(parallel, {"--jobs", "3,3,2,2,2", "--threads", "3"});
    expect_done(parallel, {"--jobs",
                           "1,1.5,0.25,4,5,6,7,8,9,10,11,12,13,14,15,"
                           "16,17,18,19,20,21,22,23,24,25,26,27,28"});
    for (const char* jobs : {"x", "0", "-1", "nan", "1e9", ""}) {
        expect_refused(parallel, {"--jobs", jobs}, 2, {"--jobs", "from 0.001"});
    }
}

TEST_F(ProgramsTest, AViewThatThereIsNotIsRefused) {
    const Program& mandelbrot = program("12_mandelbrot/parallel");
    expect_refused(mandelbrot, {"--center", "1"}, 2, {"--center", "2"});
    expect_refused(mandelbrot, {"--center", "1,2,3"}, 2, {"--center", "2"});
    expect_refused(mandelbrot, {"--center", "nan,0"}, 2, {"--center", "'nan'"});
    expect_refused(mandelbrot, {"--center", "0,x"}, 2, {"--center", "'x'"});
    for (const char* span : {"0", "nan", "inf", "-1", "x", "101"}) {
        expect_refused(
            mandelbrot, {"--span", span}, 2,
            {"--span", fmt::format("'{}'", span), "from 1e-13 to 100"});
    }
    for (const char* option : {"--width", "--height", "--max-iterations"}) {
        expect_refused(mandelbrot, {option, "0"}, 2, {option, "'0'", "from 1"});
    }
    expect_done(mandelbrot, {"--center", "-0.5,-0.25"});
}

TEST_F(ProgramsTest, TheHeightOfAViewFollowsItsWidthUnlessItIsGiven) {
    const Program& serial = program("12_mandelbrot/serial");
    const auto run_at = [&](const Words& size) {
        Words words = {"--max-iterations", "9", "--output", "out.png"};
        words.insert(words.end(), size.begin(), size.end());
        const Outcome outcome =
            run_process({.program = serial.path, .arguments = words});
        EXPECT_EQ(outcome.exit_status, 0) << outcome.output;
        return read_png("out.png");
    };
    EXPECT_EQ(run_at({"--width", "60"}).height(), 40);
    EXPECT_EQ(run_at({"--width", "1"}).height(), 1);
    EXPECT_EQ(run_at({"--width", "60", "--height", "7"}).height(), 7);
}

TEST_F(ProgramsTest, ALargeViewTakesLittleMoreMemoryThanItsTimes) {
    const Program& lanes = program("12_mandelbrot/lanes");
    Words words = {"--width",  "4100", "--height",         "4100",
                   "--center", "9,9",  "--max-iterations", "1",
                   "--repeat", "1",    "--output",         "large.png"};
    const Outcome outcome =
        run_process({.program = lanes.path, .arguments = words});
    EXPECT_EQ(outcome.exit_status, 0) << outcome.output;
    if (can_measure_memory()) {
        EXPECT_LE(outcome.peak_memory, 5 * 4100 * 4100);
    }
    EXPECT_EQ(read_png("large.png").width(), 4100);
    EXPECT_FALSE(fs::exists("large_threads.png"));
    // It is asked for.
    words.push_back("--map");
    run_process({.program = lanes.path, .arguments = words});
    EXPECT_TRUE(fs::exists("large_threads.png"));
}

TEST_F(ProgramsTest, AnUncheckedViewIsTheSamePicture) {
    const Program& lanes = program("12_mandelbrot/lanes");
    expect_done(lanes, {});
    const std::string expected = read_text("out.png");
    fs::remove("out_threads.png");
    expect_done(lanes, {"--unchecked", "--output", "once.png"});
    EXPECT_TRUE(read_text("once.png") == expected);
    EXPECT_FALSE(fs::exists("once_threads.png"));
    // What would not be written is refused.
    expect_refused(lanes, {"--unchecked", "--log", "x.csv"}, 2, {"--log"});
    expect_refused(lanes, {"--unchecked", "--map"}, 2, {"--map"});
}

TEST_F(ProgramsTest, WithoutOutputThePictureGoesToResults) {
    for (const Program& program : programs()) {
        if (!program.paints()) continue;
        Words words = with_small_sizes(program, {});
        const auto output = std::find(words.begin(), words.end(), "--output");
        words.erase(output, output + 2);
        const Outcome outcome =
            run_process({.program = program.path, .arguments = words});
        EXPECT_EQ(outcome.exit_status, 0) << outcome.output;
        const fs::path written =
            fs::path("results") / program.lesson / (program.version + ".png");
        EXPECT_EQ(read_png(written).width(), 40) << program.name();
    }
}

TEST_F(ProgramsTest, TheLogHasALineForEveryRow) {
    for (const Program& program : programs()) {
        if (!program.has("--log") || !program.paints()) continue;
        expect_done(program, {"--log", "log.csv", "--threads", "3"});
        const int rows = read_png("out.png").height();
        const std::string log = read_text("log.csv");
        EXPECT_EQ(log.find("item,thread,start_s,end_s\n0,"), 0U);
        EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), rows + 1);
        EXPECT_NE(log.find(fmt::format("\n{},", rows - 1)), std::string::npos);
        EXPECT_EQ(read_png("out_threads.png").height(), rows);
    }
}

TEST_F(ProgramsTest, FiltersWriteWhatTheFormulaSays) {
    for (const auto& [lesson, formula] : filters()) {
        for (const char* version : {"/serial", "/parallel"}) {
            for (const bool with_alpha : {false, true}) {
                const Image before = speckled_picture(37, 23, with_alpha);
                write_png(before, "before.png");
                expect_done(program(lesson + version),
                            {"--input", "before.png", "--width", "0"});
                EXPECT_EQ(difference(read_png("out.png"),
                                     map_pixels(before, formula)),
                          "")
                    << lesson << version;
            }
        }
    }
}

TEST_F(ProgramsTest, Lesson19UsesTheFilterThatIsAskedFor) {
    write_png(picture_, "before.png");
    for (const char* version :
         {"/serial", "/parallel", "/vectors", "/prefetch"}) {
        const Program& one = program(std::string("19_bandwidth") + version);
        const auto expect_filter_of = [&](const Words& flags,
                                          const std::string& lesson) {
            Words arguments = {"--input", "before.png", "--width", "0"};
            arguments.insert(arguments.end(), flags.begin(), flags.end());
            expect_done(one, arguments);
            const auto formula = filters().at(lesson);
            EXPECT_EQ(
                difference(read_png("out.png"), map_pixels(picture_, formula)),
                "")
                << one.name();
        };
        expect_filter_of({}, "05_grey");
        expect_filter_of({"--red"}, "06_red");
    }
}

TEST_F(ProgramsTest, PhotosThatCannotBeDoneAreListedAndTheOthersAreDone) {
    fs::create_directory("album");
    write_png(picture_, "album/b.png");
    write_png(picture_, "album/d.png");
    write_text("album/a.png", "no picture");
    write_text("album/c.png", read_text("in.png").substr(0, 100));
    ASSERT_EQ(mkfifo("album/e.png", 0600), 0);
    for (const char* version : {"/serial", "/parallel"}) {
        for (const char* mode : {"--threads=3", "--thumbnails"}) {
            const Program& photos = program(std::string("09_photos") + version);
            const Result result = run(photos, {"--pictures", "album", "in.png",
                                               mode, "--output", "new/lab"});
            EXPECT_EQ(result.exit_status, 1);
            EXPECT_EQ(result.err.find(photos.name() + ": album/a.png: "), 0U);
            EXPECT_NE(result.err.find(photos.name() + ": album/c.png: "),
                      std::string::npos);
            EXPECT_NE(result.err.find(photos.name() + ": album/e.png: "),
                      std::string::npos);
            EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 3)
                << result.err;
            EXPECT_NE(result.out.find("6 pictures"), std::string::npos);
            EXPECT_TRUE(fs::exists("new/lab/index.html"));
            EXPECT_TRUE(fs::exists("new/lab/contact_sheet.png"));
        }
        EXPECT_EQ(read_png("new/lab/pictures/d/blue.png").width(), 40);
        EXPECT_EQ(difference(read_png("new/lab/thumbnails/in.png"),
                             read_png("new/lab/thumbnails/b.png")),
                  "");
        fs::remove_all("new");
    }
}

TEST_F(ProgramsTest, WhatCouldBeDoneIsComparedThoughSomeCouldNot) {
    write_text("bad.png", "no picture");
    const Outcome outcome = run_process(
        {.program = fs::path(WORKBOOK_BUILD) / "run_lessons",
         .arguments = {"09", "--", "--pictures", "bad.png", "in.png", "--width",
                       "40", "--repeat", "1", "--output", "out"}});
    EXPECT_EQ(outcome.exit_status, 1) << outcome.output;
    for (const char* text : {"09_photos/serial: bad.png: ", "same result",
                             "09_photos/parallel: bad.png: "}) {
        EXPECT_NE(outcome.output.find(text), std::string::npos)
            << text << "\n"
            << outcome.output;
    }
}

TEST_F(ProgramsTest, RunLessonsSaysHowAProgramEnded) {
    fs::create_symlink(fs::path(WORKBOOK_BUILD) / "run_lessons", "run_lessons");
    fs::create_directories("lessons/99_bad");
    write_text("lessons/programs", "99_bad/serial\n");
    const fs::path program = "lessons/99_bad/serial";
    const auto expect_said = [](const Words& all) {
        for (const Words& arguments : {Words{}, Words{"99"}}) {
            const Outcome outcome = run_process(
                {.program = "./run_lessons", .arguments = arguments});
            EXPECT_EQ(outcome.exit_status, 1);
            for (const std::string& words : all) {
                EXPECT_NE(outcome.output.find(words), std::string::npos)
                    << "no '" << words << "' in: " << outcome.output;
            }
        }
    };
    expect_said({"cannot be started: No such file", "99_bad/serial: exit"});
    write_text(program, "#!/bin/sh\ncat; echo out; echo err >&2; exit 3\n");
    fs::permissions(program, fs::perms::owner_all);
    expect_said({"out\n", "err\n", "99_bad/serial: exit status 3\n"});
    write_text(program, "#!/bin/sh\nkill -SEGV $$\n");
    expect_said({"99_bad/serial: killed by signal 11 (Segmentation fault)\n"});
}

TEST_F(ProgramsTest, RunLessonsLeavesNoTemporaryFolderWhenItIsEnded) {
    fs::create_symlink(fs::path(WORKBOOK_BUILD) / "run_lessons", "run_lessons");
    fs::create_directories("lessons/99_slow");
    write_text("lessons/programs", "99_slow/serial\n");
    const fs::path program = "lessons/99_slow/serial";
    write_text(program, "#!/bin/sh\ntouch began\nexec sleep 20\n");
    fs::permissions(program, fs::perms::owner_all);
    fs::create_directory("tmp");
    std::atomic<bool> stop = false;
    std::thread watcher([&stop] {
        constexpr int at_most = 2000;  // hundredths of a second
        for (int i = 0; i < at_most && !fs::exists("began"); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        stop = true;
    });
    const Outcome outcome =
        run_process({.program = "./run_lessons",
                     .environment = {{"TMPDIR", fs::absolute("tmp")}},
                     .stop = &stop,
                     .grace = 10.0});
    watcher.join();
    EXPECT_EQ(outcome.signal, SIGTERM) << outcome.output;
    EXPECT_TRUE(fs::exists("began"));
    EXPECT_TRUE(fs::is_empty("tmp"));
}

TEST_F(ProgramsTest, AFolderThatPhotosCannotBeWrittenToIsAnError) {
    write_text("file", "in the way");
    const Program& photos = program("09_photos/parallel");
    for (const char* folder : {"file", "file/in", "/proc/none"}) {
        expect_refused(photos, {"--output", folder}, 1, {folder, "--output"});
    }
    expect_refused(photos, {"--pictures", "none.png"}, 1, {"none.png"});
    fs::create_directory("empty");
    expect_refused(photos, {"--pictures", "empty"}, 1, {"empty", "--pictures"});
}

TEST_F(ProgramsTest, PhotosAreNeverWrittenOver) {
    const Program& photos = program("09_photos/parallel");
    for (const char* name : {"f/contact_sheet.png", "f/index.html",
                             "f/thumbnails/x.png", "f/pictures/x/grey.png"}) {
        fs::create_directories(fs::path(name).parent_path());
        write_png(picture_, name);
        const std::string before = read_text(name);
        // The other one makes files of that name.
        write_png(picture_, "x.png");
        expect_refused(photos, {"--pictures", "x.png", name, "--output", "f"},
                       2, {name});
        EXPECT_TRUE(read_text(name) == before);
        const fs::path parts = name;  // each a folder in f, or the file
        EXPECT_EQ(std::distance(fs::recursive_directory_iterator("f"), {}),
                  std::distance(parts.begin(), parts.end()) - 1);
        fs::remove_all("f");
    }
    for (const char* option : {"--log", "--record"}) {
        expect_refused(photos, {option, "in.png"}, 2, {"in.png"});
        expect_refused(photos, {option, "out/index.html"}, 2, {"index.html"});
    }
}

TEST_F(ProgramsTest, PngsOfEveryTeamAreTheSameFile) {
    const auto file_of = [](const std::string& version, const char* threads) {
        expect_done(program("18_png/" + version),
                    {"--band", "3", "--threads", threads});
        return read_text("out.png");
    };
    const std::string expected = file_of("serial", "1");
    for (const char* threads : {"1", "2", "3", "7"}) {
        EXPECT_TRUE(file_of("parallel", threads) == expected) << threads;
        EXPECT_TRUE(file_of("pipelined", threads) == expected) << threads;
    }
}

TEST_F(ProgramsTest, AnUncheckedPngIsTheSameFile) {
    const Program& parallel = program("18_png/parallel");
    expect_done(parallel, {"--band", "3"});
    const std::string expected = read_text("out.png");
    fs::remove("out.png");
    expect_done(parallel, {"--band", "3", "--unchecked"});
    EXPECT_TRUE(read_text("out.png") == expected);
}

TEST_F(ProgramsTest, AnEmptyNameOfAFileIsRefused) {
    for (const Program& program : programs()) {
        for (const char* option :
             {"--input", "--output", "--pictures", "--log", "--record"}) {
            if (!program.has(option)) continue;
            expect_refused(program, {option, ""}, 2,
                           {option, "'' names no file", "--help"});
        }
    }
}

TEST_F(ProgramsTest, NoOutputIsTheInputOrAnotherOutput) {
    fs::create_symlink("in.png", "link.png");
    fs::create_hard_link("in.png", "hard.png");
    fs::rename("in.png", "a_threads.png");
    fs::create_symlink("a_threads.png", "in.png");
    const std::string before = read_text("in.png");
    const Words all = files();
    for (const Program& program : programs()) {
        const auto refuse = [&](const Words& arguments, const Words& names) {
            expect_refused(program, arguments, 2, names);
            EXPECT_TRUE(read_text("in.png") == before);
            fs::remove("stdout");
            fs::remove("stderr");
            EXPECT_EQ(files(), all);
        };
        const Words logs = {"--log", "--record"};
        for (const std::string& option : logs) {
            if (!program.has(option) || !program.has("--input")) continue;
            refuse({option, "./in.png"}, {"./in.png", "in.png"});
        }
        if (!program.paints()) continue;
        if (program.has("--input")) {
            refuse({"--output", "hard.png"}, {"hard.png", "in.png"});
            refuse({"--output", "link.png"}, {"link.png", "in.png"});
        }
        refuse({"--output", "x", "--record",
                "../" + fs::current_path().filename().string() + "/x"},
               {"x", "/x"});
        if (!program.has("--log")) continue;
        refuse({"--output", "x.png", "--log", "x_threads.png"},
               {"x_threads.png"});
        if (!program.has("--input")) continue;
        refuse({"--output", "a.png"}, {"a_threads.png", "in.png"});
    }
    // Devices may be named more than once.
    expect_done(program("06_red/parallel"),
                {"--output", "/dev/null", "--log", "/dev/null"});
}

TEST_F(ProgramsTest, NoControlCharacterOfANameReachesTheTerminal) {
    const std::string name = "a\n\x1b[31m\xc2\x9b\xff.png";
    for (const Program& program : programs()) {
        if (!program.has("--input")) continue;
        const Result failed = run(program, {"--input", "none" + name});
        EXPECT_EQ(failed.err.find('\x1b'), std::string::npos);
        EXPECT_EQ(std::count(failed.err.begin(), failed.err.end(), '\n'), 1);
        fs::copy_file("in.png", name, fs::copy_options::overwrite_existing);
        const Result done = run(program, {"--input", name});
        EXPECT_EQ(done.exit_status, 0);
        EXPECT_EQ((done.out + done.err).find('\x1b'), std::string::npos);
        EXPECT_EQ(done.out.find("a\n"), std::string::npos) << done.out;
    }
    const Result wrong = run(program("05_grey/serial"), {"--x\x1b[31m"});
    EXPECT_EQ(wrong.err.find('\x1b'), std::string::npos);
    const Outcome none =
        run_process({.program = fs::path(WORKBOOK_BUILD) / "run_lessons",
                     .arguments = {name}});
    EXPECT_EQ(none.exit_status, 2);
    EXPECT_EQ(none.output.find('\x1b'), std::string::npos) << none.output;
}

TEST_F(ProgramsTest, AnInputThatIsNoPictureIsAnError) {
    write_text("text.png", "no picture");
    fs::create_directory("folder");
    for (const Program& program : programs()) {
        if (!program.has("--input")) continue;
        for (const char* input : {"missing.png", "folder", "text.png"}) {
            expect_refused(program, {"--input", input}, 1, {input});
        }
        expect_refused(program, {"--width", "-5"}, 2,
                       {"--width", "'-5'", "from 0 to 65535"});
    }
    EXPECT_FALSE(fs::exists("out.png"));
}

TEST_F(ProgramsTest, AnOutputThatCannotBeWrittenIsAnError) {
    fs::create_directory("folder");
    for (const Program& program : programs()) {
        if (!program.paints()) continue;
        for (const char* output : {"none/out.png", "folder", "/dev/full"}) {
            expect_refused(program, {"--output", output}, 1, {output});
        }
    }
    EXPECT_EQ(files(), (Words{"folder", "in.png", "stderr", "stdout"}));
}

TEST_F(ProgramsTest, APictureThatIsTooLargeIsRefusedBeforeMemoryIsTaken) {
    for (const Program& program : programs()) {
        if (!program.has("--max-pixels")) continue;
        expect_refused(program, {"--max-pixels", "402", "--width", "0"}, 1,
                       {"in.png", "403", "402", "--max-pixels"});
        expect_refused(program, {"--width", "65535"}, 1,
                       {"65535", "--width", "--max-pixels"});
    }
}

namespace {

/// A program that is running, with its output thrown away.
class Running {
 public:
    Running(const Program& program, const Words& arguments) {
        Words words = with_small_sizes(program, arguments);
        words.insert(words.begin(), program.path);
        std::vector<char*> pointers;
        for (std::string& word : words) pointers.push_back(word.data());
        pointers.push_back(nullptr);
        process_ = fork();
        if (process_ != 0) return;
        const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        dup2(nowhere, STDOUT_FILENO);
        std::signal(SIGINT, SIG_DFL);  // background jobs are born deaf to it
        execv(pointers[0], pointers.data());
        _exit(127);
    }

    /// Whether it still runs.
    [[nodiscard]] bool is_on() {
        on_ = on_ && waitpid(process_, &status_, WNOHANG) == 0;
        return on_;
    }
    /// Interrupts it as Ctrl-C does, and waits for its end.
    void interrupt() {
        if (!on_) return;
        kill(process_, SIGINT);
        waitpid(process_, &status_, 0);
        on_ = false;
    }
    /// The signal that ended it; 0: it had done its work.
    [[nodiscard]] int signal() const {
        return WIFSIGNALED(status_) ? WTERMSIG(status_) : 0;
    }

 private:
    pid_t process_ = -1;
    int status_ = 0;
    bool on_ = true;
};

}  // namespace

TEST_F(ProgramsTest, ARunInterruptedWhileComputingLeavesTheOldPicture) {
    write_png(picture_, "out.png");
    // A view inside the set: it would take hours.
    Running mandelbrot(program("12_mandelbrot/parallel"),
                       {"--center", "0,0", "--span", "0.01", "--width", "9999",
                        "--height", "999", "--max-iterations", "1000000"});
    mandelbrot.interrupt();
    EXPECT_EQ(mandelbrot.signal(), SIGINT);
    EXPECT_EQ(difference(read_png("out.png"), picture_), "");
    EXPECT_EQ(files(), (Words{"in.png", "out.png"}));
}

// Interrupted when the temporary file is seen. Should it be whole by then, the
// new picture may be there; half a picture may never be.
TEST_F(ProgramsTest, ARunInterruptedWhileWritingLeavesNoHalfPicture) {
    write_png(picture_, "out.png");
    Running grey(program("05_grey/parallel"), {"--width", "3000"});
    while (grey.is_on() && files().size() == 2) usleep(500);
    grey.interrupt();
    EXPECT_TRUE(grey.signal() == SIGINT || grey.signal() == 0);
    const Image left = read_png("out.png");
    if (left.width() != 3000) {
        EXPECT_EQ(difference(left, picture_), "");
    }
    EXPECT_EQ(files(), (Words{"in.png", "out.png"}));
}
