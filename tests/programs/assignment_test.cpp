// What an assignment file may hold, and what becomes of it on the page and in
// report.md.

#include "common/programs/experiment/assignment.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "common/programs/experiment/handin.hpp"
#include "common/programs/experiment/report.hpp"
#include "tests/support/files.hpp"

namespace {

using Words = std::vector<std::string>;

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// The values of the only key in the text.
Words values_in(const std::string& text) {
    const std::vector<TomlEntry> entries = read_toml(text);
    EXPECT_EQ(entries.size(), 1U) << text;
    return entries.empty() ? Words() : entries.front().values;
}

/// What is wrong with the text; empty: nothing.
std::string complaint_about(const std::string& text) {
    try {
        Assignment assignment;
        std::vector<TomlEntry> entries = read_toml(text);
        assignment.take(entries);
        return "";
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
}

Assignment assignment_of(const std::string& text) {
    Assignment assignment;
    std::vector<TomlEntry> entries = read_toml(text);
    assignment.take(entries);
    EXPECT_TRUE(entries.empty());
    return assignment;
}

/// A serial setting and one on two threads, 1.8 times as fast; all is quiet.
Experiment experiment_of(const std::string& assignment) {
    Experiment experiment;
    experiment.lesson = "12_mandelbrot";
    experiment.machine = "two processors";
    experiment.command = "build/experiment 12";
    experiment.headline = "Two threads help.";
    experiment.assignment = assignment_of(assignment);
    Summary serial;
    serial.setting = {"serial", 1, "", ""};
    serial.rounds = serial.quiet_runs = serial.runs = 7;
    serial.judged = true;
    serial.median = 0.18;
    Summary parallel = serial;
    parallel.setting = {"parallel", 2, "static,1", ""};
    parallel.median = 0.1;
    parallel.speedup = 1.8;
    experiment.summaries = {serial, parallel};
    return experiment;
}

}  // namespace

TEST(TomlTest, ValuesAreStringsWordsAndArrays) {
    EXPECT_EQ(values_in("a = \"x, y = [1] # 2\"  # a remark"),
              Words{"x, y = [1] # 2"});
    EXPECT_EQ(values_in("a='no \\escape'"), Words{"no \\escape"});
    EXPECT_EQ(values_in("\xEF\xBB\xBF"
                        R"(a = "\"b\\c\"")"
                        "\r\n"),
              Words{"\"b\\c\""});
    EXPECT_EQ(values_in("a = 2027-01-15 # soon"), Words{"2027-01-15"});
    EXPECT_EQ(values_in("\n# nothing\n a = [1, 2 ,3]"), (Words{"1", "2", "3"}));
    EXPECT_EQ(values_in("a = [ # several\n  \"x]\" ,\n\n 'y', # last\n]\n"),
              (Words{"x]", "y"}));
    EXPECT_EQ(values_in("a = []"), Words());
    EXPECT_EQ(values_in("a = \"Größe\""), Words{"Größe"});
    EXPECT_TRUE(read_toml("").empty());
    EXPECT_EQ(read_toml("a = 1\n\"b\" = 2").at(1).key, "b");
}

TEST(TomlTest, WhatIsWrongIsToldWithItsLine) {
    EXPECT_EQ(complaint_about("\na"), "line 2: write key = value");
    EXPECT_EQ(complaint_about("x = 1\n\n[section]"),
              "line 3: here a [table] begins: there are none");
    EXPECT_TRUE(contains(complaint_about("a = \"b\n\""), "line 1: a string"));
    EXPECT_TRUE(contains(complaint_about("a = \"b"), "line 1: a string"));
    EXPECT_TRUE(contains(complaint_about("a = \"\\u00e4\""), "escapes"));
    EXPECT_TRUE(contains(complaint_about("a ="), "missing"));
    EXPECT_TRUE(contains(complaint_about("a = [1, , 2]"), "missing"));
    EXPECT_TRUE(contains(complaint_about("a = [1"), "missing"));
    EXPECT_TRUE(contains(complaint_about("a = [\"b\" \"c\"]"), "missing"));
    EXPECT_TRUE(contains(complaint_about("a = \"b\" c"), "more"));
    EXPECT_TRUE(contains(complaint_about("a = 1\na = 2"), "line 2: 'a'"));
    EXPECT_TRUE(contains(complaint_about("\na = \"\x1b[31m\""),
                         "line 2: a control character"));
}

TEST(AssignmentTest, ItsKeysAreTakenAndTheOthersLeft) {
    std::vector<TomlEntry> entries = read_toml(
        "title = \"Rows\"\nlesson = \"12\"\ndue = 2028-02-29\n"
        "questions = [\"Which?\", \"Why [so], and not #2?\"]\n"
        "points = [1, 2.5]\nexpect = [\"speedup 1.5 2 threads=2\"]\n");
    Assignment assignment;
    EXPECT_TRUE(assignment.empty());
    assignment.take(entries);
    EXPECT_FALSE(assignment.empty());
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].key, "lesson");
    EXPECT_EQ(assignment.title, "Rows");
    EXPECT_EQ(assignment.due, "2028-02-29");
    EXPECT_EQ(assignment.questions, (Words{"Which?", "Why [so], and not #2?"}));
    EXPECT_EQ(assignment.points, (std::vector<double>{1, 2.5}));
    ASSERT_EQ(assignment.expected.size(), 1U);
    EXPECT_EQ(assignment.expected[0].where.at("threads"), "2");
}

TEST(AssignmentTest, ADueDateIsADayOfTheCalendar) {
    for (const char* good : {"2027-01-15", "2028-02-29", "2000-12-31"}) {
        EXPECT_EQ(assignment_of(std::string("due = ") + good).due, good);
    }
    for (const char* bad :
         {"2027-02-29", "2027-13-01", "2027-00-10", "2027-01-00", "2027-04-31",
          "15.1.2027", "2027-1-15", "2027-01-15 12:00", "27-01-15x", "soon",
          "-027-01-15", "2027--1-15", "2027-01- 5", "\"\""}) {
        const std::string said = complaint_about(std::string("due = ") + bad);
        EXPECT_TRUE(said.starts_with("due: '") && contains(said, "no date"))
            << bad << ": " << said;
    }
}

TEST(AssignmentTest, EachQuestionHasPointsOrNone) {
    EXPECT_EQ(complaint_about("questions = [\"Why?\"]\npoints = [1, 2]"),
              "points: there are 2 for 1 questions: give one for each");
    EXPECT_EQ(complaint_about("points = [1]"),
              "points: there are 1 for 0 questions: give one for each");
    for (const char* bad : {"-1", "x", "nan", "1e99", "\"\""}) {
        EXPECT_TRUE(
            contains(complaint_about("questions = [\"Why?\"]\npoints = " +
                                     std::string(bad)),
                     "no number of points"))
            << bad;
    }
    EXPECT_EQ(complaint_about("title = [\"a\", \"b\"]"),
              "title: give one value, not several");
}

TEST(AssignmentTest, AnExpectationIsAQuantityARangeAndSettings) {
    EXPECT_EQ(complaint_about("expect = \"median 1e-3 0.02\""), "");
    for (const char* bad :
         {"", "speed 1 2", "speedup", "speedup 1", "speedup 2 1", "speedup 1 x",
          "speedup nan 2", "speedup 1 2 teams=2", "speedup 1 2 threads",
          "speedup 1 2 3"}) {
        const std::string said =
            complaint_about("expect = [\"" + std::string(bad) + "\"]");
        EXPECT_TRUE(said.starts_with("expect: '" + std::string(bad) + "': "))
            << said;
    }
    const Expectation all =
        assignment_of("expect = [\"speedup 1 2\"]").expected[0];
    EXPECT_TRUE(is_about(all, {"parallel", 2, "static,1", "512"}));
    EXPECT_FALSE(is_about(all, {"serial", 1, "", "512"}));
    const Expectation some =
        assignment_of("expect = [\"median 1 2 version=serial size=512\"]")
            .expected[0];
    EXPECT_TRUE(is_about(some, {"serial", 1, "", "512"}));
    EXPECT_FALSE(is_about(some, {"serial", 1, "", "1024"}));
    const Expectation schedule =
        assignment_of("expect = [\"speedup 1 2 schedule=static,1 threads=2\"]")
            .expected[0];
    EXPECT_TRUE(is_about(schedule, {"parallel", 2, "static,1", ""}));
    EXPECT_FALSE(is_about(schedule, {"parallel", 2, "static", ""}));
    EXPECT_FALSE(is_about(schedule, {"parallel", 4, "static,1", ""}));
}

TEST(HandInTest, WithoutAnAssignmentThereIsNothingOfIt) {
    const TemporaryFolder folder;
    const Experiment experiment = experiment_of("");
    EXPECT_EQ(heading_html(experiment), "");
    EXPECT_EQ(questions_html(experiment), "");
    write_report(experiment, folder.path());
    EXPECT_FALSE(std::filesystem::exists(folder / "report.md"));
    EXPECT_TRUE(contains(read_text(folder / "report.html"),
                         "<h1>12_mandelbrot</h1>\n<p class=\"soft\">"));
}

TEST(HandInTest, ThePageHasTitleDueDateQuestionsPointsAndRoom) {
    const TemporaryFolder folder;
    write_report(experiment_of("title = \"<i>Rows</i>\"\ndue = 2027-01-15\n"
                               "questions = [\"Is `a < b`?\", \"Why `?\"]\n"
                               "points = [1, 2.5]"),
                 folder.path());
    const std::string page = read_text(folder / "report.html");
    EXPECT_TRUE(contains(page, "<h1>&#60;i&#62;Rows&#60;/i&#62;</h1>"));
    EXPECT_TRUE(
        contains(page, "<p>Lesson 12_mandelbrot, due on 2027-01-15</p>"));
    EXPECT_TRUE(contains(page, "<span>Name:</span>"));
    EXPECT_TRUE(contains(page, "<h2>Questions (3.5 points)</h2>"));
    EXPECT_TRUE(contains(
        page,
        "<li>Is <code>a &#60; b</code>? (1 point)\n<div class=\"answer\">"));
    EXPECT_TRUE(contains(page, "<li>Why `? (2.5 points)"));
    EXPECT_FALSE(contains(page, "Expected and measured"));
}

TEST(HandInTest, TheMarkdownIsATemplateToComplete) {
    const Experiment experiment = experiment_of(
        "title = \"Rows\"\ndue = 2027-01-15\n"
        "questions = [\"Why `#pragma`?\"]\n"
        "expect = [\"speedup 1.5 2.0\"]");
    const std::string text = report_markdown(experiment, true);
    SCOPED_TRACE(text);
    EXPECT_TRUE(
        text.starts_with("# Rows\n\n- Lesson: 12_mandelbrot\n"
                         "- Due on: 2027-01-15\n- Name:\n- Date:\n"
                         "- Machine: two processors\n"));
    EXPECT_TRUE(contains(text, "\n```\nbuild/experiment 12\n```\n"));
    EXPECT_TRUE(contains(text, "\nTwo threads help.\n"));
    EXPECT_TRUE(contains(text, "![The speedup](speedup.png)"));
    EXPECT_TRUE(contains(text, "| version | threads | schedule | median |"));
    EXPECT_TRUE(contains(text, "|---|---:|---|---:|"));
    EXPECT_TRUE(contains(text, "| parallel | 2 | static,1 | 100 ms |"));
    EXPECT_TRUE(contains(text, "| in the range |"));
    EXPECT_TRUE(
        contains(text, "\n### Question 1\n\nWhy `#pragma`?\n\nAnswer:\n"));
    EXPECT_FALSE(contains(report_markdown(experiment, false), "speedup.png"));
}

TEST(HandInTest, WhatAProgramPrintedIsNoMarkupInMarkdown) {
    Experiment experiment = experiment_of("title = \"Rows\"");
    experiment.summaries[1].error = "a|b <i> *c*\n\x1b[31m";
    EXPECT_TRUE(contains(
        report_markdown(experiment, false),
        "FAILED: a\\|b \\<i\\> \\*c\\*\xEF\xBF\xBD\xEF\xBF\xBD\\[31m |"));
}

TEST(HandInTest, AMeasuredValueIsInTheRangeOutsideItOrCannotBeJudged) {
    const auto verdict = [](const auto& change) {
        Experiment experiment =
            experiment_of("expect = [\"speedup 1.5 1.9 threads=2\"]");
        change(experiment.summaries[0], experiment.summaries[1]);
        return questions_html(experiment);
    };
    const std::string good = verdict([](Summary&, Summary&) {});
    EXPECT_TRUE(contains(
        good,
        "<td class=\"words\">parallel, static,1, 2 threads</td>"
        "<td class=\"words\">speedup</td><td>1.5 to 1.9</td><td>1.8</td>"
        "<td class=\"words\">in the range</td>"))
        << good;
    EXPECT_TRUE(contains(good, "Another machine may well be outside"));
    EXPECT_TRUE(contains(
        verdict([](Summary&, Summary& parallel) { parallel.speedup = 1.93; }),
        ">outside the range<"));
    EXPECT_TRUE(contains(verdict([](Summary&, Summary& parallel) {
                             parallel.speedup = 1.2;
                             parallel.oversubscribed = true;
                         }),
                         "outside the range, on more threads than processors"));
    EXPECT_TRUE(contains(verdict([](Summary&, Summary& parallel) {
                             parallel.judged = false;
                             parallel.quiet_runs = 2;
                         }),
                         "cannot be judged: 2 of 7 quiet"));
    EXPECT_TRUE(contains(verdict([](Summary&, Summary& parallel) {
                             parallel.judged = false;
                             parallel.runs = 1;
                         }),
                         "cannot be judged: one run is no verdict"));
    // The other side of the comparison counts as well.
    EXPECT_TRUE(contains(verdict([](Summary& serial, Summary&) {
                             serial.judged = false;
                             serial.too_short = true;
                         }),
                         "cannot be judged: serial: too short to judge"));
    EXPECT_TRUE(contains(
        verdict([](Summary&, Summary& parallel) { parallel.speedup.reset(); }),
        "<td>-</td><td class=\"words\">cannot be judged: not "
        "measured"));
}
