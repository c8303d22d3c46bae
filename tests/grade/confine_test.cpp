#include "tests/grade/confine.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

#include "tests/grade/place.hpp"
#include "tests/support/files.hpp"

namespace {

namespace fs = std::filesystem;

/// A folder that the sandbox shows, one that it does not, and one to write to.
class ConfineTest : public testing::Test {
 protected:
    void SetUp() override {
        fs::permissions(folder_.path(), fs::perms::all);
        for (const char* name : {"kit", "class", "work"}) {
            fs::create_directory(folder_ / name);
            write_text(folder_ / name / "file", std::string("of ") + name);
        }
        no_sandbox_ = objection_to_sandbox({"cat"}, {folder_ / "kit"});
    }

    /// Runs a shell's script in the sandbox, or without one.
    Outcome run(const std::string& script, bool sandbox = true,
                const Limits& limits = {}, const fs::path& report = {}) {
        return run_confined({.program = "sh",
                             .arguments = {"-c", script},
                             .limits = limits,
                             .folder = folder_ / "work",
                             .sandbox = sandbox,
                             .report = report,
                             .readable = {folder_ / "kit"}});
    }

    /// Whether what happens is the same with a sandbox and without.
    template <typename Check>
    void both_ways(const Check& check) {
        check(false);
        if (no_sandbox_.empty()) check(true);
    }

    TemporaryFolder folder_;
    std::string no_sandbox_;
};

/// Tests of what the sandbox alone can do.
class SandboxTest : public ConfineTest {
 protected:
    void SetUp() override {
        ConfineTest::SetUp();
        if (!no_sandbox_.empty()) GTEST_SKIP() << no_sandbox_;
    }
};

}  // namespace

TEST_F(ConfineTest, HowAProgramEndedIsTold) {
    both_ways([this](bool sandbox) {
        EXPECT_TRUE(run("true", sandbox).ok());
        EXPECT_EQ(run("exit 3", sandbox).exit_status, 3);
        const Outcome killed = run("kill -SEGV $$", sandbox);
        EXPECT_EQ(killed.signal, SIGSEGV);
        EXPECT_EQ(killed.exit_status, -1);
        const Limits moment = {.seconds = 0.1};
        EXPECT_TRUE(run("sleep 10", sandbox, moment).timed_out);
    });
}

TEST_F(ConfineTest, WhatItHasWrittenIsThereAfterwards) {
    both_ways([this](bool sandbox) {
        run("echo text > $HOME/written", sandbox);
        EXPECT_EQ(read_text(folder_ / "work/written"), "text\n");
        fs::remove(folder_ / "work/written");
    });
}

TEST_F(ConfineTest, FoldersNestedTooDeepAreGoneAfterwards) {
    both_ways([this](bool sandbox) {
        // The path of all 3,000 is longer than any function takes.
        const Outcome outcome =
            run("half=$(printf 'd/%.0s' $(seq 1500)); mkdir -p $half; "
                "cd $half 2>/dev/null; mkdir -p $half; echo here",
                sandbox, {}, folder_ / "work/file");
        EXPECT_NE(outcome.output.find("here"), std::string::npos)
            << outcome.output;
        if (sandbox) {
            EXPECT_FALSE(fs::exists(folder_ / "work/d"));
        }
        remove_tree(folder_ / "work/d");
        EXPECT_FALSE(fs::exists(folder_ / "work/d"));
    });
}

TEST_F(SandboxTest, OnlyItsReportOutlivesAProgramThatHasOne) {
    const std::string report = folder_ / "work/file";
    const Outcome outcome =
        run("ls $HOME; echo 1 >$HOME/file; echo 2 >$HOME/b", true, {}, report);
    EXPECT_EQ(outcome.output, "file\n");
    EXPECT_EQ(read_text(report), "1\n");
    EXPECT_FALSE(fs::exists(folder_ / "work/b"));
    const Outcome full =
        run("head -c 40M /dev/zero >$HOME/a; "
            "head -c 40M /dev/zero >$HOME/b",
            true, {}, report);
    EXPECT_NE(full.output.find("No space left"), std::string::npos)
        << full.output;
}

TEST_F(ConfineTest, TheMemoryOfAProcessThatHasLeftItsGroupCounts) {
    both_ways([this](bool sandbox) {
        const Limits small = {.seconds = 10.0, .memory = 32 << 20};
        // tail keeps what has no line end in memory.
        const Outcome outcome =
            run("setsid sh -c 'head -c 100000000 /dev/zero | tail -n 1 "
                ">/dev/null; sleep 10' & sleep 10",
                sandbox, small);
        EXPECT_TRUE(outcome.too_much_memory) << outcome.how_it_ended();
        EXPECT_LT(outcome.seconds, 8.0);
    });
}

TEST_F(SandboxTest, OnlyWhatItNeedsIsThere) {
    const std::string kit = folder_ / "kit/file";
    const std::string other = folder_ / "class/file";
    EXPECT_EQ(run("cat " + kit).output, "of kit");
    EXPECT_FALSE(run("cat " + other).ok());
    EXPECT_FALSE(run("ls /home || ls /root || ls /var || ls /etc/passwd").ok());
    EXPECT_EQ(run("ls /tmp").output, folder_.path().filename().string() + "\n");
    EXPECT_TRUE(run("c++ --version").ok());
    // A student's file cannot include another one's.
    write_text(folder_ / "kit/include.cpp", "#include \"" + other + "\"\n");
    const Outcome compiled =
        run("c++ -fsyntax-only " + (folder_ / "kit/include.cpp").string());
    EXPECT_NE(compiled.output.find("No such file"), std::string::npos)
        << compiled.output;
}

TEST_F(SandboxTest, OnlyItsOwnFolderAndSmallTemporaryOnesCanBeWritten) {
    const std::string kit = folder_ / "kit";
    for (const std::string& folder :
         {kit, std::string("/"), std::string("/dev"), std::string("/usr")}) {
        EXPECT_FALSE(run("echo > " + folder + "/new 2>/dev/null").ok())
            << folder;
    }
    for (const char* folder : {"/tmp", "/dev/shm"}) {
        const Outcome full = run(std::string("cd ") + folder +
                                 " && head -c 40M /dev/zero > a && "
                                 "head -c 40M /dev/zero > b");
        EXPECT_NE(full.output.find("No space left"), std::string::npos)
            << folder << ": " << full.output;
    }
    EXPECT_TRUE(run("test -z \"$(ls /dev/shm)\"").ok()) << "they are private";
}

TEST_F(SandboxTest, ThereIsNoNetwork) {
    EXPECT_EQ(run("grep -c : /proc/net/dev").output, "1\n") << "lo alone";
}

TEST_F(SandboxTest, OtherProcessesCannotBeSeenOrEnded) {
    const Outcome outcome = run("kill -KILL -1; echo $$ here");
    EXPECT_NE(outcome.output.find("2 here"), std::string::npos)
        << "it is process 2 of its own: " << outcome.output;
    EXPECT_FALSE(run("kill -KILL " + std::to_string(getpid())).ok());
}

TEST_F(SandboxTest, ProcessesAreLimitedTogether) {
    const Outcome outcome =
        run("i=0; while [ $i -lt 600 ]; do sleep 3 & i=$((i+1)); done");
    EXPECT_NE(outcome.output.find("annot fork"), std::string::npos)
        << outcome.output;
}

TEST_F(SandboxTest, ASandboxThatCannotBeSetUpIsNotTheProgramsFailure) {
    EXPECT_THROW(run_confined({.program = "true",
                               .folder = folder_ / "work",
                               .sandbox = true,
                               .readable = {"/no/such/folder"}}),
                 std::runtime_error);
    EXPECT_NE(objection_to_sandbox({"no_such_compiler"}, {}), "");
}
