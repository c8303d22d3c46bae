#include "common/programs/experiment/report.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "common/programs/experiment/html.hpp"
#include "common/programs/experiment/report_table.hpp"
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
    experiment.findings = {"The loop is memory-bound."};
    return experiment;
}

/// The page for an experiment.
std::string page_of(const Experiment& experiment,
                    const std::vector<Figure>& figures = {}) {
    const TemporaryFolder folder;
    write_report(experiment, figures, folder / "report.html");
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
              "a &lt; b &amp;&amp; &quot;c&quot; &gt; &#39;d&#39;");
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

TEST(HtmlTest, AFileBecomesADataUri) {
    const TemporaryFolder folder;
    write_text(folder / "x.png", "foobar");
    EXPECT_EQ(data_uri(folder / "x.png", "image/png"),
              "data:image/png;base64,Zm9vYmFy");
    EXPECT_THROW(data_uri(folder / "missing.png", "image/png"),
                 std::runtime_error);
}

TEST(ReportTest, ItHoldsFindingsTableAndMethod) {
    const std::string page = page_of(small_experiment());
    EXPECT_TRUE(contains(page, "<h1>05_grey</h1>"));
    EXPECT_TRUE(contains(page, "<li>The loop is memory-bound.</li>"));
    EXPECT_TRUE(contains(page, "<td class=\"words\">parallel</td><td>2</td>"));
    EXPECT_TRUE(contains(page, "<td>2.00 ms</td><td>100 us</td><td>1.50</td>"));
    EXPECT_TRUE(contains(page, "build/experiment 05 --threads 1,2"));
    EXPECT_TRUE(contains(page, "7 rounds"));
    EXPECT_FALSE(contains(page, "Interrupted"));
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

TEST(ReportTest, AWrongResultIsTheHeadline) {
    Experiment experiment = small_experiment();
    experiment.summaries[1].wrong = true;
    const std::string page = page_of(experiment);
    EXPECT_TRUE(contains(page, "<h1 class=\"bad\">05_grey: WRONG RESULT</h1>"));
    EXPECT_TRUE(contains(page, "<strong class=\"bad\">WRONG</strong>"));
}

TEST(ReportTest, WhatToKnowOfASettingStandsInItsRow) {
    Experiment experiment = small_experiment();
    Summary& summary = experiment.summaries[1];
    summary.oversubscribed = true;
    summary.busy_runs = 2;
    summary.error = "exit status 3";
    const std::string table = table_html(experiment);
    EXPECT_TRUE(contains(table, ">oversubscribed</span>"));
    EXPECT_TRUE(contains(table, ">2 busy runs</span>"));
    EXPECT_TRUE(contains(table, "failed:</strong> exit status 3"));
}

TEST(ReportTest, WhatIsTooShortToJudgeHasATimeButNoSpeedup) {
    Experiment experiment = small_experiment();
    experiment.summaries[1].too_short = true;
    experiment.summaries[1].speedup = 1.23;
    const std::string table = table_html(experiment);
    EXPECT_TRUE(contains(table, ">too short to judge</span>"));
    EXPECT_FALSE(contains(table, "1.23"));
}

TEST(ReportTest, ColumnsInWhichThereIsNothingAreLeftOut) {
    Experiment experiment = small_experiment();
    EXPECT_FALSE(contains(table_html(experiment), ">imbalance</th>"));
    EXPECT_FALSE(contains(table_html(experiment), ">bandwidth</th>"));
    experiment.summaries[1].imbalance = 0.0;
    experiment.summaries[1].bandwidth = 17.2e9;
    EXPECT_TRUE(contains(table_html(experiment), ">imbalance</th>"));
    EXPECT_TRUE(contains(table_html(experiment), "<td>17.2 GB/s</td>"));
}

TEST(ReportTest, AnInterruptedExperimentSaysSo) {
    Experiment experiment = small_experiment();
    experiment.interrupted = true;
    experiment.planned_runs = 42;
    EXPECT_TRUE(contains(page_of(experiment),
                         "<dt>Interrupted</dt><dd>42 runs were planned"));
}

TEST(ReportTest, FiguresAndPicturesAreInsideThePage) {
    const TemporaryFolder folder;
    write_text(folder / "speedup.svg", "<svg/>");
    write_text(folder / "speedup.png", "a larger file");
    write_text(folder / "picture.png", "foo");
    write_text(folder / "map.png", "foobar");
    Experiment experiment = small_experiment();
    LoggedRun run;
    run.setting = experiment.summaries[1].setting;
    run.picture = folder / "picture.png";
    run.thread_map = folder / "map.png";
    run.imbalance = 0.72;
    experiment.logged = {run};
    const std::string page =
        page_of(experiment, {{.title = "Speedups & \"more\"",
                              .svg = folder / "speedup.svg",
                              .png = folder / "speedup.png"}});
    EXPECT_EQ(values_of(" src", page),
              (std::vector<std::string>{
                  "data:image/svg+xml;base64," + base64("<svg/>"),
                  "data:image/png;base64," + base64("foo"),
                  "data:image/png;base64," + base64("foobar")}));
    EXPECT_TRUE(contains(page, "alt=\"Speedups &amp; &quot;more&quot;\""));
    EXPECT_TRUE(contains(page, "imbalance 0.72"));
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
    LoggedRun run;
    run.setting = experiment.summaries[1].setting;
    run.thread_map = "/nowhere/map.png";
    experiment.logged = {run};
    EXPECT_TRUE(values_of(" src", page_of(experiment)).empty());
}

TEST(ReportTest, PicturesThatWouldSwellThePageAreNamedInstead) {
    const TemporaryFolder folder;
    constexpr std::size_t large = std::size_t{17} << 20;
    write_text(folder / "large.png", std::string(large, 'x'));
    Experiment experiment = small_experiment();
    LoggedRun run;
    run.setting = experiment.summaries[1].setting;
    run.thread_map = folder / "large.png";
    experiment.logged = {run};
    const std::string page = page_of(experiment);
    EXPECT_LT(page.size(), 100'000);
    EXPECT_TRUE(contains(page, "in its folder: large.png"));
}

TEST(ReportTest, AnExperimentWithoutAnythingIsAPageToo) {
    const std::string page = page_of(Experiment());
    EXPECT_TRUE(contains(page, "</html>"));
    EXPECT_TRUE(contains(page, "There are none"));
}

TEST(ReportTest, AFolderThatIsNotThereIsAnError) {
    EXPECT_THROW(write_report(Experiment(), {}, "/nowhere/report.html"),
                 std::runtime_error);
}
