// The experiments of many students, from hand-made summary.json files.

#include "common/programs/experiment/collect.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "common/programs/process.hpp"
#include "tests/support/files.hpp"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// A setting as summary.json has it.
Json setting(const std::string& version, int threads, double median,
             double speedup) {
    return {{"setting",
             {{"version", version},
              {"threads", threads},
              {"schedule", version == "serial" ? "" : "static,1"},
              {"size", "960"}}},
            {"problem", "960 x 640"},
            {"hosts", {"node"}},
            {"rounds", 7},
            {"quiet_runs", 7},
            {"runs", 7},
            {"error", ""},
            {"wrong", false},
            {"too_short", false},
            {"oversubscribed", false},
            {"judged", true},
            {"median", median},
            {"quartile1", nullptr},
            {"quartile3", nullptr},
            {"spread", 0.001},
            {"best", median},
            {"read_seconds", nullptr},
            {"write_seconds", nullptr},
            {"speedup", speedup},
            {"efficiency", speedup / threads},
            {"scaling", nullptr},
            {"serial_fraction", nullptr},
            {"imbalance", nullptr},
            {"control_speedup", nullptr},
            {"bandwidth", nullptr},
            {"copy_bandwidth", nullptr},
            {"pass_bandwidth", nullptr}};
}

/// An experiment on 1 and 2 threads.
Json summary(const std::string& machine, double speedup) {
    return {{"schema", 1},
            {"lesson", "12_mandelbrot"},
            {"command", "build/experiment 12"},
            {"machine", machine},
            {"hosts", {"node"}},
            {"started", "2027-01-10T12:00:00+0100"},
            {"processors", 2},
            {"repeats", 7},
            {"planned_runs", 21},
            {"interrupted", false},
            {"size_option", "--width"},
            {"summaries",
             {setting("serial", 1, 0.5, 1.0), setting("parallel", 1, 0.5, 1.0),
              setting("parallel", 2, 0.5 / speedup, speedup)}},
            {"headline", "Two threads help."},
            {"findings", Json::array()},
            {"notes", Json::array()},
            {"runs", 21},
            {"failed_runs", 0}};
}

class CollectTest : public testing::Test {
 protected:
    void hand_in(const fs::path& folder, const std::string& text) {
        fs::create_directories(class_ / folder);
        write_text(class_ / folder / "summary.json", text);
    }
    void hand_in(const fs::path& folder, const Json& json) {
        hand_in(folder, json.dump());
    }
    [[nodiscard]] Outcome run(std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments = {"--collect", class_, "--output",
                                              output_};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_process({.program = fs::path(WORKBOOK_BUILD) / "experiment",
                            .arguments = arguments});
    }
    /// What is said of the only file, where it is skipped.
    std::string reason_for(const std::string& text) {
        hand_in("ada", text);
        const Collection collection = collect(class_);
        EXPECT_TRUE(collection.handed.empty()) << text;
        EXPECT_EQ(collection.skipped.size(), 1U) << text;
        return collection.skipped.empty() ? "" : collection.skipped.front();
    }

    TemporaryFolder folder_;
    fs::path class_ = folder_ / "class";
    fs::path output_ = folder_ / "output";
};

}  // namespace

TEST_F(CollectTest, MachineIsBesideMachine) {
    hand_in("ben/results/12_mandelbrot/today", summary("Apple, 8 cores", 1.5));
    hand_in("ada", summary("Intel, 4 cores", 1.95));
    const Outcome outcome = run();
    ASSERT_EQ(outcome.exit_status, 0) << outcome.output;
    EXPECT_TRUE(contains(outcome.output,
                         "12_mandelbrot, parallel, static,1, 960 x 640\n"))
        << outcome.output;
    EXPECT_TRUE(contains(
        outcome.output, "student  machine         serial  1 thread  2 threads"))
        << outcome.output;
    const std::size_t ada = outcome.output.find(
        "ada      Intel, 4 cores  500 ms     1.00       1.95");
    const std::size_t ben = outcome.output.find(
        "ben      Apple, 8 cores  500 ms     1.00       1.50");
    EXPECT_LT(ada, ben) << outcome.output;
    EXPECT_NE(ben, std::string::npos) << outcome.output;

    const std::string csv = read_text(output_ / "collected.csv");
    EXPECT_TRUE(csv.starts_with(
        "student,machine,lesson,version,threads,schedule,size,median,iqr,"
        "speedup,quiet,judged,remarks,started,file\n"))
        << csv;
    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 7);
    EXPECT_TRUE(contains(
        csv,
        "\nada,\"Intel, 4 cores\",12_mandelbrot,serial,1,,960 x 640,0.5,0.001,"
        "1,yes,yes,,2027-01-10T12:00:00+0100,ada/summary.json\n"))
        << csv;
    EXPECT_TRUE(
        contains(csv, "ben/results/12_mandelbrot/today/summary.json\n"));
    EXPECT_TRUE(contains(csv, ",parallel,2,\"static,1\",960 x 640,"));

    const std::string page = read_text(output_ / "collected.html");
    EXPECT_TRUE(contains(page, "2 experiments of 2 students"));
    EXPECT_TRUE(contains(page, "<td class=\"words\">ben</td>"));
    EXPECT_FALSE(contains(page, "Skipped"));
    EXPECT_TRUE(page.ends_with("</html>\n"));
    if (fs::exists(output_ / "collected.gp")) {
        const std::string svg = read_text(output_ / "collected.svg");
        EXPECT_TRUE(contains(svg, ">ada<") && contains(svg, ">ben<"));
        EXPECT_TRUE(contains(page, "data:image/svg+xml;base64,"));
    }
}

TEST_F(CollectTest, OnlyTheSameIsCompared) {
    Json other = summary("m", 1.5);
    other["lesson"] = "03_squares";
    hand_in("ada/a", other);
    hand_in("ada/b", summary("m", 1.5));
    Json size = summary("m", 1.5);
    for (Json& one : size["summaries"]) one["problem"] = "480 x 320";
    hand_in("ben", size);
    Json schedule = summary("m", 1.5);
    schedule["summaries"][2]["setting"]["schedule"] = "guided";
    hand_in("cem", schedule);
    const std::vector<Comparison> found = comparisons(collect(class_));
    std::vector<std::string> names;
    for (const Comparison& one : found) names.push_back(one.name);
    EXPECT_EQ(names, (std::vector<std::string>{
                         "03_squares, parallel, static,1, 960 x 640",
                         "12_mandelbrot, parallel, static,1, 960 x 640",
                         "12_mandelbrot, parallel, static,1, 480 x 320",
                         "12_mandelbrot, parallel, guided, 960 x 640"}));
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[1].rows.size(), 2U);  // of ada and cem
    EXPECT_EQ(found[1].rows[0][0].text, "ada");
    // Cem has it on one thread only.
    EXPECT_EQ(found[1].rows[1].back().text, "-");
    EXPECT_EQ(found[3].rows.size(), 1U);
}

TEST_F(CollectTest, SeveralOfAStudentAreToldApartByTheirFolders) {
    hand_in("ada/monday", summary("m", 1.5));
    hand_in("ada/tuesday", summary("m", 1.6));
    hand_in("ben", summary("m", 1.7));
    const Collection collection = collect(class_);
    ASSERT_EQ(collection.handed.size(), 3U);
    EXPECT_EQ(collection.handed[0].name, "ada (monday)");
    EXPECT_EQ(collection.handed[1].name, "ada (tuesday)");
    EXPECT_EQ(collection.handed[1].student, "ada");
    EXPECT_EQ(collection.handed[2].name, "ben");
}

TEST_F(CollectTest, WhatIsNotSureIsMarked) {
    Json json = summary("m", 1.5);
    Json& parallel = json["summaries"][2];
    const auto cell = [&] {
        hand_in("ada", json);
        const auto found = comparisons(collect(class_));
        return found.at(0).rows.at(0).back().text;
    };
    EXPECT_EQ(cell(), "1.50 ");
    parallel["judged"] = false;
    parallel["quiet_runs"] = 2;
    EXPECT_EQ(cell(), "1.50*");
    EXPECT_TRUE(
        contains(collected_csv(collect(class_)), ",1.5,no,no,2 of 7 quiet,"));
    parallel["speedup"] = nullptr;
    EXPECT_EQ(cell(), "-");
    parallel["too_short"] = true;
    EXPECT_EQ(cell(), "too short");
    parallel["error"] = "exit status 3";
    EXPECT_EQ(cell(), "failed");
    parallel["wrong"] = true;
    EXPECT_EQ(cell(), "wrong");
}

TEST_F(CollectTest, WhatIsBrokenOrForeignIsSkippedWithTheReason) {
    hand_in("ben", summary("Apple", 1.5));
    for (const char* broken : {"", "{", "[1, 2", "{\"schema\": 1e999}"}) {
        hand_in("ada", std::string(broken));
        EXPECT_EQ(collect(class_).skipped,
                  std::vector<std::string>{"ada/summary.json: is no JSON"})
            << broken;
    }
    const Outcome outcome = run();
    EXPECT_EQ(outcome.exit_status, 1) << outcome.output;
    EXPECT_TRUE(contains(outcome.output, "ben      Apple"));
    EXPECT_TRUE(contains(outcome.output, "ada/summary.json: is no JSON"))
        << outcome.output;
    EXPECT_TRUE(contains(read_text(output_ / "collected.html"),
                         "<li>ada/summary.json: is no JSON</li>"));
}

TEST_F(CollectTest, OfAnotherShapeIsNothingTaken) {
    const std::string foreign = "ada/summary.json: is of something else";
    for (const char* text : {"1", "[]", "{}", "\"summaries\"", "null",
                             "{\"total\": {\"lines\": 5}}"}) {
        EXPECT_EQ(reason_for(text), foreign) << text;
    }
    const auto reason = [&](const auto& change) {
        Json json = summary("m", 1.5);
        change(json, json["summaries"][2]);
        return reason_for(json.dump());
    };
    const std::string other_schema =
        "ada/summary.json: is of another version of the experiment (schema 2, "
        "not 1)";
    EXPECT_EQ(reason([](Json& all, Json&) { all["schema"] = 2; }),
              other_schema);
    EXPECT_TRUE(contains(reason([](Json& all, Json&) { all.erase("schema"); }),
                         "is of another version"));
    EXPECT_TRUE(contains(reason([](Json& all, Json&) { all["schema"] = "1"; }),
                         "is of another version"));
    const std::string damaged = "ada/summary.json: is not as it was written";
    EXPECT_EQ(reason([](Json& all, Json&) { all.erase("machine"); }), damaged);
    EXPECT_EQ(reason([](Json& all, Json&) { all["machine"] = 5; }), damaged);
    EXPECT_EQ(reason([](Json& all, Json&) { all["lesson"] = ""; }), damaged);
    EXPECT_EQ(reason([](Json& all, Json&) { all["summaries"] = 5; }), damaged);
    EXPECT_EQ(reason([](Json&, Json& one) { one["median"] = -1.0; }), damaged);
    EXPECT_EQ(reason([](Json&, Json& one) { one["median"] = "fast"; }),
              damaged);
    EXPECT_EQ(reason([](Json&, Json& one) { one["speedup"] = 0.0; }), damaged);
    EXPECT_EQ(reason([](Json&, Json& one) { one["rounds"] = 1e300; }), damaged);
    for (const Json& threads : {Json(0), Json(-1), Json(1e300), Json(2.5),
                                Json(4'000'000'000U), Json("2"), Json()}) {
        EXPECT_EQ(reason([&](Json&, Json& one) {
                      one["setting"]["threads"] = threads;
                  }),
                  damaged)
            << threads;
    }
    EXPECT_EQ(reason([](Json& all, Json&) {
                  all["machine"] = std::string(1000, 'x');
              }),
              damaged);
}

TEST_F(CollectTest, ADeepNestIsNoProblem) {
    const std::string deep(1'000'000, '[');
    EXPECT_EQ(reason_for(deep), "ada/summary.json: is no JSON");
    EXPECT_EQ(reason_for(deep + std::string(1'000'000, ']')),
              "ada/summary.json: is of something else");
}

TEST_F(CollectTest, NoLinkIsFollowed) {
    write_text(folder_ / "summary.json", summary("m", 1.5).dump());
    fs::create_directories(folder_ / "elsewhere/deep");
    write_text(folder_ / "elsewhere/deep/summary.json",
               summary("m", 1.5).dump());
    fs::create_directories(class_ / "ada");
    fs::create_symlink(folder_ / "summary.json", class_ / "ada/summary.json");
    fs::create_directory_symlink(folder_ / "elsewhere", class_ / "ben");
    fs::create_directory_symlink(class_, class_ / "ada/again");
    fs::create_symlink("/nowhere", class_ / "ada/other.txt");
    const Collection collection = collect(class_);
    EXPECT_TRUE(collection.handed.empty());
    EXPECT_EQ(collection.skipped,
              (std::vector<std::string>{"ada/again: is a link",
                                        "ada/summary.json: is a link",
                                        "ben: is a link"}));
    // But the folder itself may be one.
    hand_in("cem", summary("m", 1.5));
    fs::create_directory_symlink(class_, folder_ / "link");
    EXPECT_EQ(collect(folder_ / "link").handed.size(), 1U);
}

TEST_F(CollectTest, WhatCannotBeReadHoldsUpNothing) {
    hand_in("ada", summary("m", 1.5));
    fs::create_directories(class_ / "ben/summary.json");  // a folder
    fs::create_directories(class_ / "cem");
    ASSERT_EQ(mkfifo((class_ / "cem/summary.json").c_str(), 0600), 0);
    hand_in("dan", std::string((8 << 20) + 1, ' '));
    hand_in("", summary("m", 1.5));
    const Collection collection = collect(class_);
    EXPECT_EQ(collection.handed.size(), 1U);
    EXPECT_EQ(
        collection.skipped,
        (std::vector<std::string>{"cem/summary.json: is no file",
                                  "dan/summary.json: has more than 8 MB",
                                  "summary.json: is in no student's folder"}));
}

TEST_F(CollectTest, NamesAreNoMarkupNoFormulaAndNothingForATerminal) {
    const std::string name = "=1+1 <i>\"\\#\x1b[31m\n`$(x)`";
    Json json = summary("<i>, # \"machine\" \x1b[31m", 1.5);
    json["command"] = "<i>";
    json["started"] = "<i>";
    hand_in(name, json);
    hand_in("<i>\x1b[31m", std::string("broken"));
    const Outcome outcome = run();
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_FALSE(contains(outcome.output, "\x1b")) << outcome.output;
    EXPECT_FALSE(contains(outcome.output, "cannot draw")) << outcome.output;
    const std::string page = read_text(output_ / "collected.html");
    EXPECT_FALSE(contains(page, "<i>"));
    EXPECT_FALSE(contains(page, "\x1b"));
    EXPECT_TRUE(contains(page, "=1+1 &#60;i&#62;&#34;\\#\xEF\xBF\xBD[31m"));
    const std::string csv = read_text(output_ / "collected.csv");
    EXPECT_TRUE(contains(csv, "\n\"'=1+1 <i>\"\"\\#")) << csv;
    EXPECT_FALSE(contains(csv, "\x1b"));
    if (fs::exists(output_ / "collected.gp")) {
        EXPECT_TRUE(
            contains(read_text(output_ / "collected.svg"), "=1+1 &lt;i"));
    }
}

TEST_F(CollectTest, AFolderWithFilesIsNotWrittenTo) {
    hand_in("ada", summary("m", 1.5));
    fs::create_directories(output_);
    write_text(output_ / "collected.csv", "mine");
    const Outcome outcome = run();
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_TRUE(contains(outcome.output, "is not empty")) << outcome.output;
    EXPECT_EQ(read_text(output_ / "collected.csv"), "mine");
}

TEST_F(CollectTest, WrongUseIsRefused) {
    EXPECT_EQ(run().exit_status, 2);  // no such folder
    EXPECT_TRUE(contains(run().output, "is no folder")) << run().output;
    fs::create_directories(class_ / "ada");
    EXPECT_EQ(run().exit_status, 2);
    EXPECT_TRUE(contains(run().output, "no summary.json in it"));
    hand_in("ada", summary("m", 1.5));
    for (const std::vector<std::string>& more :
         {std::vector<std::string>{"12"}, {"--repeat", "3"}, {"--", "-x"}}) {
        const Outcome outcome = run(more);
        EXPECT_EQ(outcome.exit_status, 2) << outcome.output;
        EXPECT_TRUE(contains(outcome.output, "--collect")) << outcome.output;
    }
    EXPECT_FALSE(fs::exists(output_));
    hand_in("ada", std::string("broken"));
    EXPECT_EQ(run().exit_status, 1);
    EXPECT_FALSE(fs::exists(output_));
}

// What this version writes is what it reads; whoever changes the members
// changes the schema.
TEST(SchemaTest, AnExperimentIsReadAsItWasWritten) {
    Experiment experiment;
    experiment.lesson = "03_squares";
    experiment.machine = "m";
    experiment.processors = 2;
    Summary one;
    one.setting = {"parallel", 2, "guided", "1000"};
    one.median = 0.1;
    one.speedup = 1.5;
    experiment.summaries = {one};
    const std::string json = to_json(experiment);
    EXPECT_TRUE(contains(json, "\"schema\": 1"));
    const Experiment again = read_summary(json);
    EXPECT_EQ(to_json(again), json);
    EXPECT_EQ(again.summaries.at(0).setting, one.setting);
    // The hand-made one has all members.
    Json members = Json::parse(json);
    const Json own = summary("m", 1.5);
    for (const auto& [key, value] : members.items()) {
        EXPECT_TRUE(own.contains(key)) << key;
    }
    for (const auto& [key, value] : members["summaries"][0].items()) {
        EXPECT_TRUE(own["summaries"][0].contains(key)) << key;
    }
}
