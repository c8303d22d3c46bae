#include "common/programs/process.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <stdexcept>
#include <vector>

#include "tests/support/files.hpp"

namespace {

Outcome run_shell(const std::string& script) {
    return run_process({.program = "sh", .arguments = {"-c", script}});
}

/// A pipe that every process started from here on inherits: when the last of
/// them is gone, its end is seen.
class Inheritance {
 public:
    Inheritance() {
        if (pipe(ends_.data()) != 0) std::abort();
        fcntl(ends_[0], F_SETFD, FD_CLOEXEC);
    }
    Inheritance(const Inheritance&) = delete;
    Inheritance& operator=(const Inheritance&) = delete;
    ~Inheritance() { close(ends_[0]); }

    /// Waits until all heirs are gone, in vain after 20 seconds.
    [[nodiscard]] bool is_over() {
        close(ends_[1]);
        pollfd end = {ends_[0], POLLIN, 0};
        return poll(&end, 1, 20'000) == 1;
    }

 private:
    std::array<int, 2> ends_ = {-1, -1};
};

std::ptrdiff_t open_files() {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                         {});
}

}  // namespace

TEST(ProcessTest, AProgramThatExitsWithZeroIsOk) {
    const Outcome outcome = run_process({.program = "true"});
    EXPECT_TRUE(outcome.ok());
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.signal, 0);
    EXPECT_FALSE(outcome.timed_out);
    EXPECT_GT(outcome.seconds, 0.0);
    EXPECT_EQ(outcome.how_it_ended(), "exit status 0");
}

TEST(ProcessTest, AnotherExitStatusIsNotOk) {
    const Outcome outcome = run_shell("exit 3");
    EXPECT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.exit_status, 3);
    EXPECT_EQ(outcome.signal, 0);
    EXPECT_EQ(outcome.how_it_ended(), "exit status 3");
}

TEST(ProcessTest, WhetherAProgramWasStartedIsKnown) {
    EXPECT_TRUE(run_shell("exit 127").started);
    EXPECT_TRUE(run_shell("kill -KILL $$").started);
    EXPECT_FALSE(run_process({.program = "/nowhere/program"}).started);
    EXPECT_FALSE(
        run_process({.program = "true",
                     .prepare = [] { throw std::runtime_error("no folder"); }})
            .started);
}

TEST(ProcessTest, HowOftenMemoryWasShortIsRead) {
    const TemporaryFolder folder;
    write_text(folder / "vmstat", "pgfault 12\noom_kill 3\ndrop_slab 0\n");
    EXPECT_EQ(memory_kills(folder / "vmstat"), 3);
    write_text(folder / "vmstat", "pgfault 12\n");
    EXPECT_EQ(memory_kills(folder / "vmstat"), 0);
    EXPECT_EQ(memory_kills(folder / "none"), 0);
}

TEST(ProcessTest, ASignalIsNamed) {
    const Outcome outcome = run_shell("kill -KILL $$");
    EXPECT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.exit_status, -1);
    EXPECT_EQ(outcome.signal, SIGKILL);
    EXPECT_FALSE(outcome.timed_out);
    EXPECT_EQ(outcome.how_it_ended(),
              "killed by signal 9 (Killed), often by a system that is short of "
              "memory");
    EXPECT_EQ(run_shell("kill -SEGV $$").how_it_ended(),
              "killed by signal 11 (Segmentation fault)");
}

// What is ended here would end by itself with status 0, but later.
TEST(ProcessTest, AProgramWhoseTimeIsOverIsEnded) {
    for (const bool capture : {true, false}) {
        const Outcome outcome = run_process({.program = "sleep",
                                             .arguments = {"60"},
                                             .capture = capture,
                                             .timeout = 0.1});
        EXPECT_TRUE(outcome.timed_out);
        EXPECT_FALSE(outcome.stopped);
        EXPECT_FALSE(outcome.ok());
        EXPECT_NE(outcome.signal, 0);
        EXPECT_GT(outcome.seconds, 0.1);
    }
}

TEST(ProcessTest, AProgramThatIgnoresSigtermIsEndedAllTheSame) {
    std::signal(SIGTERM, SIG_IGN);  // inherited by what we start
    const Outcome outcome =
        run_process({.program = "sleep", .arguments = {"60"}, .timeout = 0.1});
    std::signal(SIGTERM, SIG_DFL);
    EXPECT_TRUE(outcome.timed_out);
    EXPECT_EQ(outcome.signal, SIGKILL);
}

TEST(ProcessTest, AProgramIsEndedWhenStopIsTrue) {
    const std::atomic<bool> stop = true;
    for (const bool capture : {true, false}) {
        const Outcome outcome = run_process({.program = "sleep",
                                             .arguments = {"60"},
                                             .capture = capture,
                                             .stop = &stop});
        EXPECT_TRUE(outcome.stopped);
        EXPECT_FALSE(outcome.timed_out);
        EXPECT_FALSE(outcome.ok());
        EXPECT_NE(outcome.signal, 0);
        EXPECT_EQ(outcome.how_it_ended(), "stopped");
    }
}

TEST(ProcessTest, AProgramIsLeftAloneWhileStopIsFalse) {
    const std::atomic<bool> stop = false;
    const Outcome outcome =
        run_process({.program = "echo", .arguments = {"done"}, .stop = &stop});
    EXPECT_TRUE(outcome.ok());
    EXPECT_FALSE(outcome.stopped);
    EXPECT_EQ(outcome.output, "done\n");
}

TEST(ProcessTest, WhatAProgramStartedIsEndedWithItWhenTimeIsOver) {
    Inheritance inheritance;
    const Outcome outcome =
        run_process({.program = "sh",
                     .arguments = {"-c", "sleep 60 & sleep 60"},
                     .timeout = 0.1});
    EXPECT_TRUE(outcome.timed_out);
    EXPECT_TRUE(inheritance.is_over());
}

TEST(ProcessTest, AProgramMayEndBeforeItsTimeIsOver) {
    const Outcome outcome = run_process(
        {.program = "echo", .arguments = {"in time"}, .timeout = 60.0});
    EXPECT_TRUE(outcome.ok());
    EXPECT_FALSE(outcome.timed_out);
    EXPECT_EQ(outcome.output, "in time\n");
}

TEST(ProcessTest, WhatOthersHadOfTheProcessorsIsLostTime) {
    constexpr int two = 2;
    // A quiet machine: one thread, two, or seven that spin on two processors.
    EXPECT_EQ(seconds_lost(10.0, 10.0, 0.0, two), 0.0);
    EXPECT_EQ(seconds_lost(10.0, 20.0, 0.0, two), 0.0);
    EXPECT_EQ(seconds_lost(10.0, 20.0, 50.0, two), 0.0);
    // Threads that sleep lose nothing.
    EXPECT_EQ(seconds_lost(10.0, 0.0, 0.0, two), 0.0);
    EXPECT_LT(seconds_lost(10.0, 0.1, 0.2, two), 0.3);
    // A busy machine: a quarter of one processor, or of two, was to be had.
    EXPECT_EQ(seconds_lost(10.0, 2.5, 7.5, two), 7.5);
    EXPECT_EQ(seconds_lost(10.0, 5.0, 65.0, two), 7.5);
}

TEST(ProcessTest, HowItEndedTellsTheTimeOfWhatTookTooLong) {
    Outcome outcome;
    outcome.timed_out = true;
    outcome.seconds = 2.04;
    EXPECT_EQ(outcome.how_it_ended(), "ended after 2.0 s");
}

TEST(ProcessTest, StdoutAndStderrAreCapturedInTheirOrder) {
    EXPECT_EQ(run_shell("echo 1; echo 2 >&2; echo 3").output, "1\n2\n3\n");
    EXPECT_EQ(run_process({.program = "true"}).output, "");
}

TEST(ProcessTest, OutputIsCapturedToItsEndHoweverMuchThereIs) {
    // A pipe of Linux holds 65,536 bytes: less than that is still in it when
    // its writer is gone.
    for (const char* size : {"60000", "1000003"}) {
        const Outcome outcome = run_process(
            {.program = "head", .arguments = {"-c", size, "/dev/zero"}});
        EXPECT_TRUE(outcome.ok());
        EXPECT_EQ(std::to_string(outcome.output.size()), size);
    }
}

TEST(ProcessTest, WithoutCaptureAProgramWritesWhereWeWrite) {
    testing::internal::CaptureStdout();
    const Outcome outcome = run_process(
        {.program = "echo", .arguments = {"hello"}, .capture = false});
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "hello\n");
    EXPECT_EQ(outcome.output, "");
    EXPECT_TRUE(outcome.ok());
}

TEST(ProcessTest, ArgumentsArriveAsTheyAre) {
    const Outcome outcome =
        run_process({.program = "printf",
                     .arguments = {"[%s]", "two words", "", "$HOME", "*"}});
    EXPECT_EQ(outcome.output, "[two words][][$HOME][*]");
}

TEST(ProcessTest, TheEnvironmentIsAddedToOurs) {
    setenv("WORKBOOK_OURS", "ours", 1);
    setenv("WORKBOOK_CHANGED", "before", 1);
    const Outcome outcome = run_process(
        {.program = "sh",
         .arguments = {"-c",
                       "echo $WORKBOOK_OURS, $WORKBOOK_CHANGED, $WORKBOOK_NEW"},
         .environment = {{"WORKBOOK_CHANGED", "changed"},
                         {"WORKBOOK_NEW", "two words"}}});
    EXPECT_EQ(outcome.output, "ours, changed, two words\n");
    EXPECT_STREQ(std::getenv("WORKBOOK_CHANGED"), "before");
    EXPECT_EQ(std::getenv("WORKBOOK_NEW"), nullptr);
}

TEST(ProcessTest, AProgramThatIsNotThereGives127AndAMessage) {
    for (const char* program : {"no-such-program", "/no/such/program"}) {
        const Outcome outcome = run_process({.program = program});
        EXPECT_EQ(outcome.exit_status, 127);
        EXPECT_EQ(outcome.output,
                  std::string(program) +
                      ": cannot be started: No such file or directory\n");
    }
}

TEST(ProcessTest, AFileThatIsNoProgramGives127AndAMessage) {
    const TemporaryFolder folder;
    write_text(folder / "text", "no program");
    const Outcome outcome = run_process({.program = folder / "text"});
    EXPECT_EQ(outcome.exit_status, 127);
    EXPECT_EQ(outcome.output, (folder / "text").string() +
                                  ": cannot be started: Permission denied\n");
}

// Whoever waits for the end of the pipe, not of the program, reads the second
// line as well.
TEST(ProcessTest, AGrandchildThatHoldsThePipeIsNotWaitedFor) {
    const Outcome outcome =
        run_shell("(sleep 30; echo the grandchild ends) & echo the child ends");
    EXPECT_TRUE(outcome.ok());
    EXPECT_EQ(outcome.output, "the child ends\n");
}

TEST(ProcessTest, NoFileStaysOpen) {
    const std::ptrdiff_t before = open_files();
    run_process({.program = "true"});
    run_process({.program = "no-such-program"});
    run_process({.program = "sleep", .arguments = {"60"}, .timeout = 0.01});
    EXPECT_EQ(open_files(), before);
}

#ifdef __linux__
TEST(ProcessTest, ThePeakOfItsMemoryIsTold) {
    constexpr std::int64_t buffer = 256 << 20;  // of dd, which fills it
    EXPECT_GE(
        run_shell("exec dd if=/dev/zero of=/dev/null bs=256M count=1 2>&1")
            .peak_memory,
        buffer);
    const std::int64_t little = run_shell("exec true").peak_memory;
    EXPECT_GT(little, 0);
    EXPECT_LT(little, buffer);
}

TEST(ProcessTest, WeAreAmongTheProcessesThatRun) {
    const std::vector<RunningProcess> processes = running_processes();
    const auto us = std::find_if(
        processes.begin(), processes.end(),
        [](const RunningProcess& process) { return process.id == getpid(); });
    ASSERT_NE(us, processes.end());
    EXPECT_EQ(us->parent, getppid());
    EXPECT_EQ(us->group, getpgrp());
    EXPECT_GT(us->memory, 0);
}
#endif

TEST(ProcessTest, AProgramHasNothingToRead) {
    std::array<int, 2> ends = {-1, -1};
    ASSERT_EQ(pipe(ends.data()), 0);
    ASSERT_EQ(write(ends[1], "ours\n", 5), 5);
    const int before = dup(STDIN_FILENO);
    dup2(ends[0], STDIN_FILENO);
    const Outcome outcome = run_shell("cat; echo end");
    dup2(before, STDIN_FILENO);
    for (const int file : {before, ends[0], ends[1]}) close(file);
    EXPECT_EQ(outcome.output, "end\n");
}
