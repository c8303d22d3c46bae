// What `make doctor` says of the race detector where something is wrong with
// it: programs with the compiler's name, first in PATH, say or do so.

#include "common/programs/race_detector.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "common/programs/process.hpp"
#include "tests/support/files.hpp"

namespace {

namespace fs = std::filesystem;

/// What is found with a shell script as clang++.
DetectorCheck check_with(const std::string& script) {
    const TemporaryFolder folder;
    const fs::path compiler = folder / "clang++";
    write_text(compiler, "#!/bin/sh\n" + script);
    fs::permissions(compiler, fs::perms::owner_all);
    const std::string path = std::getenv("PATH");
    setenv("PATH", (folder.path().string() + ":" + path).c_str(), 1);
    DetectorCheck check = check_race_detector();
    setenv("PATH", path.c_str(), 1);
    return check;
}

/// A compiler whose programs do what a script says.
DetectorCheck check_programs(const std::string& script) {
    return check_with(
        "case $1 in -print*) exit;; esac\n"
        "while [ \"$1\" != -o ]; do shift; done\n"
        "printf '#!/bin/sh\\n" +
        script + "' >\"$2\"\nchmod +x \"$2\"\n");
}

bool says(const DetectorCheck& check, const std::string& text) {
    return check.message.find(text) != std::string::npos;
}

}  // namespace

TEST(RaceDetectorTest, TheCompilersOwnComplaintIsTold) {
    const DetectorCheck check = check_with(
        "echo 'ld: cannot find libclang_rt.tsan.a: No such file' >&2\n"
        "echo 'clang: error: linker command failed' >&2\nexit 1\n");
    EXPECT_FALSE(check.works);
    EXPECT_TRUE(says(check, "libclang_rt.tsan.a")) << check.message;
    EXPECT_FALSE(says(check, "linker command failed")) << check.message;
}

TEST(RaceDetectorTest, AFalseAlarmIsNotToldAsAMissingPackage) {
    const DetectorCheck check =
        check_programs("echo WARNING: ThreadSanitizer: data race; exit 66");
    EXPECT_FALSE(check.works);
    EXPECT_TRUE(says(check, "has no race")) << check.message;
    EXPECT_FALSE(says(check, "deps")) << check.message;
}

TEST(RaceDetectorTest, AProgramThatDoesNotRunIsToldWithItsLastWords) {
    const DetectorCheck check =
        check_programs("echo FATAL: ThreadSanitizer: no memory; exit 1");
    EXPECT_TRUE(says(check, "exit status 1")) << check.message;
    EXPECT_TRUE(says(check, "no memory")) << check.message;
}

TEST(RaceDetectorTest, ARaceThatIsNotSeenIsTold) {
    const DetectorCheck check = check_programs("exit 0");
    EXPECT_FALSE(check.works);
    EXPECT_TRUE(says(check, "did not see")) << check.message;
}

TEST(RaceDetectorTest, WhatAUserHasSetForOpenMPChangesNothing) {
    if (!check_race_detector().works) GTEST_SKIP() << "no race detector here";
    setenv("OMP_THREAD_LIMIT", "1", 1);
    const DetectorCheck check = check_race_detector();
    unsetenv("OMP_THREAD_LIMIT");
    EXPECT_TRUE(check.works) << check.message;
}

TEST(LastComplaintTest, IsTheLastLineThatSaysWhatIsWrong) {
    EXPECT_EQ(last_complaint("a.cpp:4:1: error: no\n  x\n  ^\n"
                             "1 error generated.\n"),
              "a.cpp:4:1: error: no");
    EXPECT_EQ(last_complaint("ld: cannot find -lomp: No such file\n"
                             "clang: error: linker command failed\n"),
              "ld: cannot find -lomp: No such file");
    EXPECT_EQ(last_complaint("done\n"), "");
}
