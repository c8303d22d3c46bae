#include "common/programs/experiment/report.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>

#include "common/programs/experiment/columns.hpp"
#include "common/programs/experiment/page.hpp"
#include "tests/support/files.hpp"

namespace {

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

Summary summary_of(const std::string& version, int threads) {
    Summary summary;
    summary.setting.version = version;
    summary.setting.threads = threads;
    summary.runs = 3;
    summary.median = 0.002;
    summary.spread = 0.0001;
    summary.speedup = 1.5;
    summary.efficiency = 0.75;
    return summary;
}

Experiment small_experiment() {
    Experiment experiment;
    experiment.lesson = "05_grey";
    experiment.command = "build/experiment 05 --threads 1,2";
    experiment.machine = "two <processors>";
    experiment.started = "2025-03-14T15:09:26+0100";
    experiment.repeats = 7;
    experiment.summaries = {summary_of("serial", 1), summary_of("parallel", 2)};
    experiment.headline = "Two threads help.";
    experiment.findings = {"The loop is memory-bound."};
    experiment.notes = {"A law was fitted."};
    return experiment;
}

/// The page for an experiment, in a folder without plots.
std::string page_of(const Experiment& experiment) {
    const TemporaryFolder folder;
    write_report(experiment, folder.path());
    return read_text(folder / "report.html");
}

/// What the attributes of that name hold.
std::vector<std::string> values_of(const std::string& attribute,
                                   const std::string& page) {
    const std::string start = attribute + "=\"";
    std::vector<std::string> values;
    for (std::size_t at = page.find(start); at != std::string::npos;
         at = page.find(start, at)) {
        at += start.size();
        values.push_back(page.substr(at, page.find('"', at) - at));
    }
    return values;
}

}  // namespace

TEST(HtmlTest, WhatIsMarkupInHtmlIsEscaped) {
    EXPECT_EQ(escape_html("a < b && \"c\" > 'd'"),
              "a &#60; b &#38;&#38; &#34;c&#34; &#62; &#39;d&#39;");
    EXPECT_EQ(escape_html("größer"), "größer");
}

TEST(HtmlTest, Base64IsThatOfRfc4648) {
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foo"), "Zm9v");
    EXPECT_EQ(base64("foob"), "Zm9vYg==");
    EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(HtmlTest, Base64TakesBytesOfAllValues) {
    using namespace std::string_view_literals;
    EXPECT_EQ(base64("\x00\x00\x00"sv), "AAAA");
    EXPECT_EQ(base64("\xff\xff\xff"sv), "////");
    EXPECT_EQ(base64("\xfb\xf0"sv), "+/A=");
}

TEST(ReportTest, ItHoldsFindingsTableAndMethod) {
    const std::string page = page_of(small_experiment());
    EXPECT_TRUE(contains(page, "<h1>05_grey</h1>"));
    EXPECT_TRUE(contains(page, "<li>The loop is memory-bound.</li>"));
    EXPECT_TRUE(contains(page, "<p class=\"headline\">Two threads help.</p>"));
    EXPECT_TRUE(contains(page, "<li>A law was fitted.</li>"));
    EXPECT_TRUE(contains(page, "<td class=\"words\">parallel</td><td>2</td>"));
    EXPECT_TRUE(contains(page, "<td>2.00 ms</td><td>100 us</td><td>1.50</td>"));
    EXPECT_TRUE(contains(page, "build/experiment 05 --threads 1,2"));
    EXPECT_TRUE(contains(page, "7 rounds"));
    EXPECT_TRUE(page.starts_with("<!DOCTYPE html>"));
    EXPECT_TRUE(page.ends_with("</html>\n"));
}

TEST(ReportTest, TextFromElsewhereIsNoMarkup) {
    Experiment experiment = small_experiment();
    experiment.lesson = "<i>lesson";
    experiment.command = "<i>command";
    experiment.started = "<i>started";
    experiment.findings = {"<i>finding"};
    Summary& summary = experiment.summaries[1];
    summary.setting.version = "<i>version";
    summary.setting.schedule = "<i>schedule";
    summary.problem = "<i>problem";
    summary.error = "<i>error";
    EXPECT_FALSE(contains(page_of(experiment), "<i>"));
}

// What matters comes first, and most of the rest is folded.
TEST(ReportTest, TheOrderIsHeadlinePlotFindingsTableAndTheRestIsFolded) {
    const TemporaryFolder folder;
    write_text(folder / "speedup.svg", "<svg/>");
    write_report(small_experiment(), folder.path());
    const std::string page = read_text(folder / "report.html");
    const std::vector<std::string> parts = {
        "Two threads help.",  "<img ",
        "memory-bound",       "<table>",
        "<details>",          "A law was fitted",
        "build/experiment 05"};
    std::size_t at = page.find("<body>");
    for (const std::string& part : parts) {
        at = page.find(part, at);
        ASSERT_NE(at, std::string::npos) << part;
    }
}

TEST(ReportTest, AWrongResultIsTheHeadline) {
    Experiment experiment = small_experiment();
    experiment.headline = "WRONG RESULT: parallel";
    experiment.summaries[1].wrong = true;
    const std::string page = page_of(experiment);
    EXPECT_TRUE(
        contains(page, "<p class=\"headline bad\">WRONG RESULT: parallel</p>"));
    EXPECT_TRUE(contains(page, "<tr class=\"bad\">"));
    EXPECT_TRUE(contains(page, ">WRONG RESULT</td>"));
}

TEST(TableTest, WhatToKnowOfASettingStandsInItsRow) {
    Experiment experiment = small_experiment();
    Summary& summary = experiment.summaries[1];
    summary.oversubscribed = true;
    summary.rounds = 3;
    summary.quiet_runs = 1;
    summary.error = "exit status 3";
    const std::string remarks =
        "FAILED: exit status 3; oversubscribed; 1 of 3 quiet";
    EXPECT_TRUE(contains(table_html(table_rows(experiment)), remarks));
    EXPECT_TRUE(contains(table_text(table_rows(experiment)), remarks));
}

TEST(TableTest, WhatIsTooShortToJudgeSaysSo) {
    Experiment experiment = small_experiment();
    experiment.summaries[1].too_short = true;
    EXPECT_TRUE(
        contains(table_html(table_rows(experiment)), "too short to judge"));
}

TEST(TableTest, OneRunHasADashForASpread) {
    Experiment experiment = small_experiment();
    experiment.summaries[1].spread = {};
    EXPECT_TRUE(contains(table_html(table_rows(experiment)),
                         "<td>2.00 ms</td><td>-</td><td>1.50</td>"));
}

TEST(TableTest, ColumnsInWhichThereIsNothingAreLeftOut) {
    Experiment experiment = small_experiment();
    EXPECT_FALSE(
        contains(table_html(table_rows(experiment)), ">imbalance</th>"));
    EXPECT_FALSE(
        contains(table_html(table_rows(experiment)), ">bandwidth</th>"));
    experiment.summaries[1].imbalance = 0.0;
    experiment.summaries[1].bandwidth = 17.2e9;
    EXPECT_TRUE(
        contains(table_html(table_rows(experiment)), ">imbalance</th>"));
    EXPECT_TRUE(
        contains(table_html(table_rows(experiment)), "<td>17.2 GB/s</td>"));
}

// Numbers end where their headings end, words begin where they begin.
TEST(TableTest, TheTerminalHasTheColumnsOfThePage) {
    const std::string text = table_text(table_rows(small_experiment()));
    SCOPED_TRACE(text);
    EXPECT_EQ(text.substr(0, text.find('\n')),
              "version   threads   median  spread  speedup  efficiency  ");
    EXPECT_TRUE(contains(
        text, "parallel        2  2.00 ms  100 us     1.50        0.75  \n"));
    EXPECT_TRUE(contains(text, "  speedup          serial time / this time\n"));
}

TEST(NameTest, ASettingIsNamedByWhatItHas) {
    Summary summary;
    summary.setting = {"serial", 1, "", ""};
    EXPECT_EQ(name_of(summary), "serial");
    summary.setting = {"parallel", 1, "dynamic,16", "512"};
    EXPECT_EQ(name_of(summary), "parallel, dynamic,16, 1 thread, 512");
    summary.problem = "512 x 341";
    summary.setting.threads = 2;
    EXPECT_EQ(name_of(summary), "parallel, dynamic,16, 2 threads, 512 x 341");
}

TEST(ReportTest, FiguresAndPicturesAreInsideThePage) {
    const TemporaryFolder folder;
    write_text(folder / "speedup.svg", "<svg/>");
    write_text(folder / "timelines.png", "lines");
    std::filesystem::create_directory(folder / "parallel_threads-2");
    write_text(folder / "parallel_threads-2" / "picture.png", "foo");
    write_text(folder / "parallel_threads-2" / "picture_threads.png", "foobar");
    Experiment experiment = small_experiment();
    experiment.logged = {{.setting = experiment.summaries[1].setting,
                          .folder = folder / "parallel_threads-2",
                          .imbalance = 0.72}};
    write_report(experiment, folder.path());
    const std::string page = read_text(folder / "report.html");
    EXPECT_EQ(values_of(" src", page),
              (std::vector<std::string>{
                  "data:image/svg+xml;base64," + base64("<svg/>"),
                  "data:image/png;base64," + base64("lines"),
                  "data:image/png;base64," + base64("foo"),
                  "data:image/png;base64," + base64("foobar")}));
    EXPECT_TRUE(contains(page, "alt=\"parallel_threads-2: imbalance 0.72\""));
}

TEST(ReportTest, TheColumnsOfRunsCsvAreExplained) {
    EXPECT_TRUE(contains(page_of(small_experiment()),
                         "<dt>counted</dt><dd>whether medians and plots use "
                         "it</dd>"));
}

TEST(ReportTest, ThePageAsksForNothingFromElsewhere) {
    const std::string page = page_of(small_experiment());
    EXPECT_FALSE(contains(page, "http:"));
    EXPECT_FALSE(contains(page, "https:"));
    EXPECT_FALSE(contains(page, "<script"));
    EXPECT_FALSE(contains(page, "url("));
    for (const std::string& address : values_of("href", page)) {
        EXPECT_TRUE(address.starts_with("data:")) << address;
    }
    EXPECT_TRUE(contains(page, "default-src 'none'"));
}

TEST(ReportTest, AMissingThreadMapIsLeftOut) {
    Experiment experiment = small_experiment();
    experiment.logged = {
        {.setting = experiment.summaries[1].setting, .folder = "/nowhere"}};
    EXPECT_TRUE(values_of(" src", page_of(experiment)).empty());
}

TEST(ReportTest, MoreThreadMapsThanAPageTakesAreNotInIt) {
    const TemporaryFolder folder;
    write_text(folder / "picture_threads.png", "map");
    Experiment experiment = small_experiment();
    for (int i = 0; i < 20; ++i) {
        experiment.logged.push_back({.setting = experiment.summaries[1].setting,
                                     .folder = folder.path()});
    }
    const std::string page = page_of(experiment);
    EXPECT_EQ(values_of(" src", page).size(), 12U);
    EXPECT_TRUE(contains(page, "The others are in the folder settings."));
}

TEST(ReportTest, AnExperimentWithoutAnythingIsAPageToo) {
    const std::string page = page_of(Experiment());
    EXPECT_TRUE(contains(page, "</html>"));
    EXPECT_TRUE(contains(page, "No speedup to draw"));
}

TEST(ReportTest, AFolderThatIsNotThereIsAnError) {
    EXPECT_THROW(write_report(Experiment(), "/nowhere"), std::runtime_error);
}
