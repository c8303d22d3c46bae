// What the experiment's plots show beyond the measured teams.

#include "common/programs/experiment/prediction.hpp"

#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/files.hpp"

namespace {

namespace fs = std::filesystem;

/// An experiment on two processors: serial and on one thread 10 s, on two 5.5;
/// the loop has ten equal iterations.
class PredictionTest : public testing::Test {
 protected:
    PredictionTest() {
        fs::create_directories(folder_ / "01_equal");
        write_source("#pragma omp parallel for schedule(static)");
        experiment_.lesson = "01_equal";
        add("serial", 1, 10.0, 1.0);
        add("parallel", 1, 10.0, 1.0);
        add("parallel", 2, 5.5, 10.0 / 5.5);
        add("parallel", 4, 5.0, 2.0);
        experiment_.summaries.back().oversubscribed = true;
        experiment_.item_times = {
            {"parallel", "", std::vector<double>(10, 1.0)}};
        experiment_.costs.runtime = "libgomp";
    }

    void write_source(const std::string& pragma) const {
        write_text(folder_ / "01_equal" / "parallel.cpp", pragma + "\n");
    }
    void add(const std::string& version, int threads, double median,
             double speedup) {
        Summary summary;
        summary.setting = {version, threads, "", ""};
        summary.problem = "10 items";
        summary.median = median;
        summary.speedup = speedup;
        experiment_.summaries.push_back(summary);
    }
    [[nodiscard]] std::string table() const {
        return prediction_table(experiment_, experiment_.costs, folder_.path());
    }
    /// The speedups by threads.
    [[nodiscard]] std::map<int, double> speedups() const {
        std::istringstream lines(table());
        std::map<int, double> found;
        std::string line;
        std::getline(lines, line);
        while (std::getline(lines, line)) {
            const std::size_t last = line.rfind('\t');
            const std::size_t before = line.rfind('\t', last - 1);
            EXPECT_EQ(line.substr(0, before), "parallel\t\t10 items");
            found[std::stoi(line.substr(before + 1))] =
                std::stod(line.substr(last + 1));
        }
        return found;
    }

    TemporaryFolder folder_;
    Experiment experiment_;
};

}  // namespace

TEST_F(PredictionTest, ItBeginsWithTheLastPointThatHasAProcessorForEachThread) {
    const std::map<int, double> found = speedups();
    ASSERT_EQ(found.size(), 5U) << table();
    EXPECT_NEAR(found.at(2), 10.0 / 5.5, 1e-9);  // measured
    EXPECT_NEAR(found.at(3), 10.0 / 4.0, 1e-9);  // 4, 3 and 3 iterations
    EXPECT_NEAR(found.at(4), 10.0 / 3.0, 1e-9);
    EXPECT_NEAR(found.at(6), 10.0 / 2.0, 1e-9);
    EXPECT_NEAR(found.at(8), 10.0 / 2.0, 1e-9);
}

TEST_F(PredictionTest, AScheduleThatIsGivenCounts) {
    for (Summary& summary : experiment_.summaries) {
        if (!summary.setting.is_serial()) {
            summary.setting.schedule = "dynamic,5";
        }
    }
    write_source("#pragma omp parallel for schedule(runtime)");
    EXPECT_NE(table().find("parallel\tdynamic,5\t10 items\t8\t2\n"),
              std::string::npos)
        << table();
    // libomp's dynamic loop is not the model's without `monotonic`.
    experiment_.costs.runtime = "libomp";
    EXPECT_EQ(table(), "");
}

TEST_F(PredictionTest, WhereTheModelDoesNotHoldThereIsNone) {
    const Experiment whole = experiment_;
    for (Summary& summary : experiment_.summaries) summary.bandwidth = 1e9;
    EXPECT_EQ(table(), "") << "memory decides";
    experiment_ = whole;
    experiment_.item_times.clear();
    EXPECT_EQ(table(), "") << "no times";
    experiment_ = whole;
    experiment_.item_times[0].lengths.pop_back();
    experiment_.item_times[0].lengths.resize(5);
    EXPECT_EQ(table(), "") << "half of the loop";
    experiment_ = whole;
    experiment_.summaries.erase(experiment_.summaries.begin() + 1);
    EXPECT_EQ(table(), "") << "nothing on one thread";
    experiment_ = whole;
    write_source("#pragma omp parallel\n#pragma omp single");
    EXPECT_EQ(table(), "") << "tasks";
}

TEST_F(PredictionTest, RequestsThatWaitForEachOtherEndIt) {
    write_source("#pragma omp parallel for schedule(monotonic : dynamic)");
    experiment_.costs.fetch = 0.1;
    EXPECT_EQ(speedups().size(), 5U) << table();
    experiment_.costs.fetch = 0.3;  // ten take 3 s: more than half of 5.2 s
    EXPECT_EQ(speedups().size(), 1U) << table();
}
