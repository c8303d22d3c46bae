#include "common/output_file.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/errors.hpp"
#include "tests/support/files.hpp"

namespace fs = std::filesystem;
using testing::ExitedWithCode;
using testing::IsSubstring;
using testing::KilledBySignal;

namespace {

using Names = std::set<std::string>;

/// The names in a folder, hidden ones too.
Names names_in(const TemporaryFolder& folder) {
    Names names;
    for (const auto& entry : fs::directory_iterator(folder.path())) {
        names.insert(entry.path().filename().string());
    }
    return names;
}

unsigned permissions_of(const fs::path& file) {
    return static_cast<unsigned>(fs::status(file).permissions());
}

/// Opens files, has the signal come, and ends well if it did not kill us.
[[noreturn]] void write_and_be_interrupted(const TemporaryFolder& folder,
                                           int signal) {
    OutputFile output(folder / "file");
    OutputFile other(folder / "other");
    output.write("half of");
    std::raise(signal);
    output.commit();
    other.commit();
    _exit(0);
}

/// Four threads write files for ever, until one is interrupted.
void write_in_threads_and_be_interrupted(const TemporaryFolder& folder,
                                         int file_of_interruption) {
#pragma omp parallel for num_threads(4) schedule(dynamic)
    for (int i = 0; i < 1'000'000; ++i) {
        OutputFile output(folder / std::to_string(i % 50));
        output.write("whole");
        if (i == file_of_interruption) std::raise(SIGINT);
        output.commit();
    }
}

}  // namespace

TEST(OutputFileTest, TheFileAppearsWhenItIsCommitted) {
    const TemporaryFolder folder;
    OutputFile output(folder / "grey.png");
    output.write("whole");
    EXPECT_FALSE(fs::exists(folder / "grey.png"));
    output.commit();
    EXPECT_EQ(read_text(folder / "grey.png"), "whole");
    EXPECT_EQ(names_in(folder), (Names{"grey.png"}));
}

TEST(OutputFileTest, TheTemporaryFileIsHiddenAndNamedAfterTheTarget) {
    const TemporaryFolder folder;
    const OutputFile output(folder / "grey.png");
    const Names names = names_in(folder);
    ASSERT_EQ(names.size(), 1);
    EXPECT_TRUE(names.begin()->starts_with(".grey.png.")) << *names.begin();
}

TEST(OutputFileTest, TheStreamAndWriteMayBeMixed) {
    const TemporaryFolder folder;
    OutputFile output(folder / "text");
    output.write("one ");
    fmt::print(output.stream(), "{} ", "two");
    output.write("three");
    output.commit();
    EXPECT_EQ(read_text(folder / "text"), "one two three");
}

TEST(OutputFileTest, AnOldFileIsReplaced) {
    const TemporaryFolder folder;
    write_text(folder / "file", "old and longer");
    write_file(folder / "file", "new");
    EXPECT_EQ(read_text(folder / "file"), "new");
    EXPECT_EQ(names_in(folder), (Names{"file"}));
}

TEST(OutputFileTest, WithoutCommitTheOldFileStays) {
    const TemporaryFolder folder;
    write_text(folder / "file", "old");
    {
        OutputFile output(folder / "file");
        output.write("half of");
    }
    EXPECT_EQ(read_text(folder / "file"), "old");
    EXPECT_EQ(names_in(folder), (Names{"file"}));
}

TEST(OutputFileTest, AfterAnExceptionTheOldFileStays) {
    const TemporaryFolder folder;
    write_text(folder / "file", "old");
    const auto fail_halfway = [&] {
        OutputFile output(folder / "file");
        output.write("half of");
        throw std::runtime_error("out of ideas");
    };
    EXPECT_EQ(message_of(fail_halfway), "out of ideas");
    EXPECT_EQ(read_text(folder / "file"), "old");
    EXPECT_EQ(names_in(folder), (Names{"file"}));
}

TEST(OutputFileTest, ANameInTheCurrentFolderNeedsNoSlash) {
    const TemporaryFolder folder;
    const fs::path before = fs::current_path();
    fs::current_path(folder.path());
    write_file("file", "new");
    fs::current_path(before);
    EXPECT_EQ(read_text(folder / "file"), "new");
}

TEST(OutputFileTest, TheLongestNameThatThereIsMayBeUsed) {
    const TemporaryFolder folder;
    const std::string name(255, 'n');
    write_file(folder / name, "new");
    EXPECT_EQ(read_text(folder / name), "new");
}

TEST(OutputFileTest, ManyFilesMayBeWrittenAtOnceInSeveralThreads) {
    const TemporaryFolder folder;
    const int files = 200;
    std::vector<std::unique_ptr<OutputFile>> outputs(files);
#pragma omp parallel for num_threads(4) schedule(dynamic)
    for (int i = 0; i < files; ++i) {
        outputs[i] = std::make_unique<OutputFile>(folder / std::to_string(i));
        outputs[i]->write(std::to_string(i));
    }
#pragma omp parallel for num_threads(4) schedule(dynamic)
    for (int i = 0; i < files; ++i) {
        outputs[i]->commit();
        outputs[i].reset();
    }
    EXPECT_EQ(names_in(folder).size(), files);
    for (int i = 0; i < files; ++i) {
        EXPECT_EQ(read_text(folder / std::to_string(i)), std::to_string(i));
    }
}

// ------------------------------------------------------ Files in each other's
// way

TEST(RequireSeparateTest, AFileIsTheSameUnderAllItsNames) {
    const TemporaryFolder folder;
    write_text(folder / "in", "x");
    fs::create_hard_link(folder / "in", folder / "hard");
    fs::create_symlink("in", folder / "link");
    fs::create_directory(folder / "below");
    fs::create_directory_symlink("below", folder / "other");
    const auto refused = [&](const char* read, const char* written) {
        const std::string message = message_of(
            [&] { require_separate({folder / read}, {folder / written}); });
        EXPECT_EQ(message == "nothing was thrown" ||
                      (message.find(folder / read) != std::string::npos &&
                       message.find(folder / written) == 0),
                  true)
            << message;
        return message != "nothing was thrown";
    };
    EXPECT_TRUE(refused("in", "in"));
    EXPECT_TRUE(refused("in", "hard"));
    EXPECT_TRUE(refused("in", "link"));
    EXPECT_TRUE(refused("link", "hard"));
    EXPECT_TRUE(refused("in", "below/../in"));
    EXPECT_TRUE(refused("none", "none"));
    EXPECT_TRUE(refused("below/none", "other/none"));
    EXPECT_FALSE(refused("in", "none"));
    EXPECT_FALSE(refused("in", "in2"));
    EXPECT_FALSE(refused("none", "below/none"));
}

TEST(RequireSeparateTest, NothingIsWrittenTwiceButDevicesAndWhatHasNoName) {
    const TemporaryFolder folder;
    const fs::path file = folder / "out";
    EXPECT_THROW(require_separate({}, {file, folder / "x", file}), WrongUse);
    EXPECT_NO_THROW(require_separate({file, file}, {folder / "x"}));
    EXPECT_NO_THROW(require_separate({"", "/dev/null"},
                                     {"", "", "/dev/null", "/dev/null"}));
}

// ------------------------------------------------------------- Permissions

TEST(OutputFileTest, ANewFileHasThePermissionsThatTheUmaskLeaves) {
    const TemporaryFolder folder;
    const mode_t before = umask(027);
    write_file(folder / "file", "new");
    umask(before);
    EXPECT_EQ(permissions_of(folder / "file"), 0640);
}

TEST(OutputFileTest, AnOldFilesPermissionsAreKept) {
    const TemporaryFolder folder;
    for (const unsigned permissions : {0600U, 0666U, 0755U}) {
        write_text(folder / "file", "old");
        fs::permissions(folder / "file", static_cast<fs::perms>(permissions));
        write_file(folder / "file", "new");
        EXPECT_EQ(permissions_of(folder / "file"), permissions);
    }
}

TEST(OutputFileDeathTest, AWriteProtectedFileIsNotReplaced) {
    const TemporaryFolder folder;
    fs::permissions(folder.path(), fs::perms::all);
    write_text(folder / "file", "old");
    fs::permissions(folder / "file", static_cast<fs::perms>(0444));
    EXPECT_EXIT(try_as_nobody([&] { write_file(folder / "file", "new"); }),
                ExitedWithCode(0),
                "file: is write-protected: name another file, or (ask the "
                "owner of|allow it with chmod u.w)");
    EXPECT_EQ(read_text(folder / "file"), "old");
}

TEST(OutputFileDeathTest, AFolderWhereOneMayNotWriteIsNamed) {
    const TemporaryFolder folder;
    fs::permissions(folder.path(), static_cast<fs::perms>(0555));
    EXPECT_EXIT(try_as_nobody([&] { write_file(folder / "file", "new"); }),
                ExitedWithCode(0),
                "file: cannot be written: Permission denied: name a file in a "
                "folder that you may write to");
    EXPECT_TRUE(names_in(folder).empty());
}

// ------------------------------------------------------------------- Links

TEST(OutputFileTest, ALinkStaysALinkAndItsFileIsReplaced) {
    const TemporaryFolder folder;
    write_text(folder / "file", "old");
    fs::create_symlink("file", folder / "link");
    fs::create_symlink("link", folder / "link_to_link");
    write_file(folder / "link_to_link", "new");
    EXPECT_TRUE(fs::is_symlink(folder / "link_to_link"));
    EXPECT_TRUE(fs::is_symlink(folder / "link"));
    EXPECT_FALSE(fs::is_symlink(folder / "file"));
    EXPECT_EQ(read_text(folder / "file"), "new");
}

TEST(OutputFileTest, ALinkThatDanglesHasItsFileMade) {
    const TemporaryFolder folder;
    fs::create_directory(folder / "below");
    fs::create_symlink("below/file", folder / "link");
    write_file(folder / "link", "new");
    EXPECT_TRUE(fs::is_symlink(folder / "link"));
    EXPECT_EQ(read_text(folder / "below/file"), "new");
}

TEST(OutputFileTest, LinksThatGoInACircleAreRefused) {
    const TemporaryFolder folder;
    fs::create_symlink("one", folder / "other");
    fs::create_symlink("other", folder / "one");
    EXPECT_PRED_FORMAT2(IsSubstring,
                        "one: cannot be written: Too many levels of symb",
                        message_of([&] { write_file(folder / "one", "new"); }));
}

// ----------------------------------------------------------------- Folders

TEST(OutputFileTest, AMissingFolderIsNamedWithWhatToDo) {
    const TemporaryFolder folder;
    const fs::path file = folder / "results/x.png";
    EXPECT_EQ(message_of([&] { write_file(file, "new"); }),
              file.string() +
                  ": cannot be written: No such file or directory: make the "
                  "folder or name another one");
}

TEST(OutputFileTest, AFileInThePlaceOfAFolderIsSaidSo) {
    const TemporaryFolder folder;
    write_text(folder / "file", "old");
    EXPECT_PRED_FORMAT2(
        IsSubstring, "x.png: cannot be written: Not a directory",
        message_of([&] { write_file(folder / "file/x.png", "new"); }));
}

TEST(OutputFileTest, AFolderIsNotReplaced) {
    const TemporaryFolder folder;
    fs::create_directory(folder / "results");
    for (const char* name : {"results", "results/", "missing/", "."}) {
        const fs::path file = folder / name;
        EXPECT_EQ(message_of([&] { write_file(file, "new"); }),
                  file.string() + ": is a folder: name a file in it");
    }
    EXPECT_EQ(names_in(folder), (Names{"results"}));
}

// -------------------------------------------------------- Devices and pipes

TEST(OutputFileTest, AFullDeviceIsAnError) {
    if (!fs::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full here";
    for (const std::size_t size : {10, 1'000'000}) {  // in a buffer, or not
        const std::string text(size, 'x');
        EXPECT_EQ(message_of([&] { write_file("/dev/full", text); }),
                  "/dev/full: cannot be written: No space left on device: make "
                  "room on the disk or name a file on another one");
    }
}

TEST(OutputFileTest, AFailureOfTheStreamIsSeenAtCommit) {
    if (!fs::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full here";
    OutputFile output("/dev/full");
    fmt::print(output.stream(), "text");
    EXPECT_NE(std::fflush(output.stream()), 0);
    EXPECT_THROW(output.commit(), std::runtime_error);
}

TEST(OutputFileTest, TheNullDeviceStaysADevice) {
    write_file("/dev/null", "text");
    EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST(OutputFileTest, APipeIsWrittenInto) {
    const TemporaryFolder folder;
    const fs::path pipe = folder / "pipe";
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    const int reader = open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
    write_file(pipe, "text");
    std::array<char, 8> bytes = {};
    EXPECT_EQ(read(reader, bytes.data(), bytes.size()), 4);
    EXPECT_STREQ(bytes.data(), "text");
    EXPECT_TRUE(fs::is_fifo(pipe));
    close(reader);
}

// ------------------------------------------------------------ Interruptions

TEST(OutputFileDeathTest, AnInterruptedRunLeavesTheOldFileAndNothingElse) {
    const TemporaryFolder folder;
    write_text(folder / "file", "old");
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        EXPECT_EXIT(
            {
                std::signal(signal, SIG_DFL);  // as nohup may ignore it
                write_and_be_interrupted(folder, signal);
            },
            KilledBySignal(signal), "");
        EXPECT_EQ(read_text(folder / "file"), "old");
        EXPECT_EQ(names_in(folder), (Names{"file"}));
    }
}

TEST(OutputFileDeathTest, AnInterruptedTeamLeavesWholeFilesAndNothingElse) {
    for (int i = 0; i < 20; ++i) {
        const TemporaryFolder folder;
        EXPECT_EXIT(
            {
                std::signal(SIGINT, SIG_DFL);
                write_in_threads_and_be_interrupted(folder, 100 + i);
            },
            KilledBySignal(SIGINT), "");
        for (const std::string& name : names_in(folder)) {
            EXPECT_FALSE(name.starts_with('.')) << name;
            EXPECT_EQ(read_text(folder / name), "whole");
        }
    }
}

TEST(OutputFileDeathTest, ASignalRemovesATemporaryFolderOfThisProcessAlone) {
    const TemporaryFolder folder;
    const auto be_interrupted = [&folder] {
        std::signal(SIGTERM, SIG_DFL);
        setenv("TMPDIR", folder.path().c_str(), 1);
        const TemporaryFolder own;
        fs::create_directory(own / "deep");
        write_text(own / "deep/file", "text");
        fmt::print(stderr, "{} files\n", names_in(folder).size());
        std::raise(SIGTERM);
    };
    EXPECT_EXIT(be_interrupted(), KilledBySignal(SIGTERM), "1 files");
    EXPECT_TRUE(fs::exists(folder.path()));
    EXPECT_TRUE(names_in(folder).empty());
}

TEST(OutputFileDeathTest, ASignalThatIsIgnoredStaysIgnored) {
    const TemporaryFolder folder;
    EXPECT_EXIT(
        {
            std::signal(SIGHUP, SIG_IGN);
            write_and_be_interrupted(folder, SIGHUP);
        },
        ExitedWithCode(0), "");
    EXPECT_EQ(names_in(folder), (Names{"file", "other"}));
}

TEST(OutputFileDeathTest, AProgramsOwnHandlerIsLeftAlone) {
    const TemporaryFolder folder;
    EXPECT_EXIT(
        {
            std::signal(SIGTERM, [](int) { _exit(3); });
            write_and_be_interrupted(folder, SIGTERM);
        },
        ExitedWithCode(3), "");
}

TEST(OutputFileDeathTest, AFileThatIsWholeSurvivesALaterSignal) {
    const TemporaryFolder folder;
    EXPECT_EXIT(
        {
            std::signal(SIGINT, SIG_DFL);
            write_file(folder / "file", "new");
            std::raise(SIGINT);
        },
        KilledBySignal(SIGINT), "");
    EXPECT_EQ(read_text(folder / "file"), "new");
}

TEST(OutputFileDeathTest, AFullDiskLeavesTheOldFile) {
    const TemporaryFolder folder;
    write_text(folder / "file", "old");
    const auto write_too_much = [&] {
        std::signal(SIGXFSZ, SIG_DFL);      // it would end us without a word
        const rlimit limit = {1000, 1000};  // a file's size, in bytes
        setrlimit(RLIMIT_FSIZE, &limit);
        fmt::print(stderr, "{}\n", message_of([&] {
                       write_file(folder / "file", std::string(2000, 'x'));
                   }));
        _exit(0);
    };
    EXPECT_EXIT(write_too_much(), ExitedWithCode(0),
                "file: cannot be written: File too large");
    EXPECT_EQ(read_text(folder / "file"), "old");
    EXPECT_EQ(names_in(folder), (Names{"file"}));
}
