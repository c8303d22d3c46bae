#include "common/machine.hpp"

#include <gtest/gtest.h>

#include <ctime>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>

#include "common/openmp.hpp"
#include "tests/support/files.hpp"

TEST(MachineTest, AQuotaOfVersion2IsTimePerPeriod) {
    const TemporaryFolder group;
    write_text(group / "cpu.max", "150000 100000\n");
    EXPECT_DOUBLE_EQ(processor_quota_in(group.path()).value(), 1.5);
    write_text(group / "cpu.max", "max 100000\n");
    EXPECT_FALSE(processor_quota_in(group.path()));
    write_text(group / "cpu.max", "");
    EXPECT_FALSE(processor_quota_in(group.path()));
}

TEST(MachineTest, AQuotaOfVersion1HasAFileForEach) {
    const TemporaryFolder group;
    EXPECT_FALSE(processor_quota_in(group.path()));
    write_text(group / "cpu.cfs_quota_us", "50000\n");
    write_text(group / "cpu.cfs_period_us", "100000\n");
    EXPECT_DOUBLE_EQ(processor_quota_in(group.path()).value(), 0.5);
    write_text(group / "cpu.cfs_quota_us", "-1\n");
    EXPECT_FALSE(processor_quota_in(group.path()));
}

namespace {

/// A system's folders, in which this process is in the control group
/// /course/student.
class Groups {
 public:
    explicit Groups(const std::string& line = "0::/course/student\n") {
        std::filesystem::create_directories(root_ / "proc/self");
        write_text(root_ / "proc/self/cgroup", line);
    }
    /// Writes a file in /sys/fs/cgroup.
    void write(const std::string& file, const std::string& text) const {
        const auto path = root_ / ("sys/fs/cgroup/" + file);
        std::filesystem::create_directories(path.parent_path());
        write_text(path, text);
    }
    [[nodiscard]] std::optional<double> quota() const {
        return processor_quota(root_.path());
    }
    [[nodiscard]] std::filesystem::path path() const { return root_.path(); }

 private:
    TemporaryFolder root_;
};

}  // namespace

TEST(MachineTest, OfNestedGroupsTheTightestQuotaCounts) {
    const Groups groups;
    groups.write("course/student/cpu.max", "max 100000\n");
    EXPECT_FALSE(groups.quota());
    groups.write("course/student/cpu.max", "300000 100000\n");
    EXPECT_DOUBLE_EQ(groups.quota().value(), 3.0);
    groups.write("course/cpu.max", "150000 100000\n");
    EXPECT_DOUBLE_EQ(groups.quota().value(), 1.5);
    groups.write("course/student/cpu.max", "25000 50000\n");
    EXPECT_DOUBLE_EQ(groups.quota().value(), 0.5);
    groups.write("course/student/cpu.max", "max 100000\n");
    EXPECT_DOUBLE_EQ(groups.quota().value(), 1.5);
}

TEST(MachineTest, AContainerThatSeesItsOwnGroupAloneHasItsQuota) {
    const Groups groups("0::/\n");
    groups.write("cpu.max", "200000 100000\n");
    EXPECT_DOUBLE_EQ(groups.quota().value(), 2.0);
    const Groups outside("0::/../other\n");  // as a container in a container
    outside.write("cpu.max", "200000 100000\n");
    EXPECT_DOUBLE_EQ(outside.quota().value(), 2.0);
}

TEST(MachineTest, BothVersionsOfGroupsAtOnceAreRead) {
    for (const char* name : {"cpu,cpuacct", "cpuacct,cpu", "cpu"}) {
        const Groups groups("5:memory:/\n4:" + std::string(name) +
                            ":/course\n0::/course\n");
        groups.write("course/pids.max", "max\n");  // version 2, without cpu
        groups.write("cpu/course/cpu.cfs_quota_us", "150000\n");
        groups.write("cpu/course/cpu.cfs_period_us", "100000\n");
        EXPECT_DOUBLE_EQ(groups.quota().value_or(0.0), 1.5) << name;
    }
}

TEST(MachineTest, AQuotaThatCannotBeReadIsNone) {
    EXPECT_FALSE(processor_quota("/nowhere"));
    const Groups groups;
    // Nobody can read a folder as a file, not even root.
    std::filesystem::create_directories(groups.path() /
                                        "sys/fs/cgroup/course/student/cpu.max");
    EXPECT_FALSE(groups.quota());
    groups.write("course/cpu.max", "150000 100000\n");
    EXPECT_DOUBLE_EQ(groups.quota().value(), 1.5);
    for (const char* text : {"", "\n", "max", "100000", "150000 0", "x y"}) {
        groups.write("course/cpu.max", text);
        EXPECT_FALSE(groups.quota()) << text;
    }
}

TEST(MachineTest, TheDescriptionIsOfThisProcess) {
    const Machine machine = describe_machine();
    EXPECT_GE(machine.processors_usable, 1);
    EXPECT_GE(machine.processors_online, machine.processors_usable);
    EXPECT_GE(machine.team_size, 1);
    EXPECT_FALSE(machine.compiler.empty());
#ifdef _OPENMP
    EXPECT_NE(machine.openmp_version, "");
#else
    EXPECT_NE(machine_text(machine).find("OPENMP IS OFF"), std::string::npos);
#endif
}

// As the team of a target region does, where g++'s runtime has it on the host.
TEST(MachineTest, ThreadsThatHaveEndedCountAsATeam) {
    const auto use_processor_time = [] {
        const std::clock_t start = std::clock();
        while (std::clock() - start < CLOCKS_PER_SEC / 20) {
        }
    };
    const int before = omp_get_max_threads();
    omp_set_num_threads(3);
    const ThreadCounter alone;
    use_processor_time();
    EXPECT_EQ(alone.threads(), 1);
    const ThreadCounter counter;
    std::thread(use_processor_time).join();
#ifdef _OPENMP
    EXPECT_EQ(counter.threads(), 3);
#else
    EXPECT_EQ(counter.threads(), 1);
#endif
    omp_set_num_threads(before);
}
