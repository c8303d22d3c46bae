#include "common/machine.hpp"

#include <gtest/gtest.h>

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
