// The scripts behind `make hint-05` and `make watch-05`, in a folder with two
// small lessons.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "common/programs/process.hpp"
#include "tests/support/files.hpp"

namespace {

namespace fs = std::filesystem;

/// Two lessons, and a `make` that only says what it was asked for.
class WordsTest : public testing::Test {
 protected:
    WordsTest() {
        for (const char* lesson : {"05_grey", "06_red"}) {
            const fs::path folder = folder_ / "lessons" / lesson;
            fs::create_directories(folder);
            write_text(folder / "exercise.cpp", "// begun\n");
            write_text(folder / "README.md",
                       "## Make\nText\n"
                       "<details><summary>Hint 1</summary>\n\nLook at it.\n"
                       "</details>\n"
                       "<details><summary>Hint 2</summary>\n\nLook again.\n"
                       "Twice.\n</details>\nMore text\n");
        }
        fs::create_symlink(fs::path(WORKBOOK_SOURCE) / "common",
                           folder_ / "common");
        write_text(folder_ / "make", "#!/bin/sh\necho \"asked for $*.\"\n");
        fs::permissions(folder_ / "make", fs::perms::all);
    }

    /// A script's command line, to be run by sh in the folder.
    [[nodiscard]] std::string line(const std::string& command) const {
        return "cd '" + folder_.path().string() + "' && MAKE='" +
               (folder_ / "make").string() + "' exec sh common/programs/" +
               command;
    }
    [[nodiscard]] Outcome run(const std::string& command) const {
        return run_process(
            {.program = "sh", .arguments = {"-c", line(command)}});
    }
    void save(const std::string& text) const {
        write_text(folder_ / "lessons" / "05_grey" / "exercise.cpp", text);
    }

    TemporaryFolder folder_;
};

/// A command on a terminal of its own.
class Terminal {
 public:
    explicit Terminal(const std::string& command)
        : master_(posix_openpt(O_RDWR | O_NOCTTY)) {
        if (master_ < 0 || grantpt(master_) != 0 || unlockpt(master_) != 0) {
            return;
        }
        const std::string name = ptsname(master_);
        process_ = fork();
        if (process_ != 0) return;
        setsid();
        const int side = open(name.c_str(), O_RDWR);  // our terminal, now
        for (const int stream : {0, 1, 2}) dup2(side, stream);
        close(master_);
        execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
        _exit(127);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;
    ~Terminal() {
        if (process_ > 0) kill(process_, SIGKILL);
        close(master_);
    }

    void type(const std::string& keys) const {
        EXPECT_EQ(write(master_, keys.data(), keys.size()),
                  static_cast<ssize_t>(keys.size()));
    }
    /// Reads until a text comes; all that came before it and since the last.
    std::string until(const std::string& text) {
        constexpr int patience_ms = 20'000;
        std::size_t end = read_.find(text);
        while (end == std::string::npos) {
            pollfd ready = {.fd = master_, .events = POLLIN, .revents = 0};
            std::string more(1000, '\0');
            const ssize_t size = poll(&ready, 1, patience_ms) == 1
                                     ? read(master_, more.data(), more.size())
                                     : 0;
            if (size <= 0) {
                ADD_FAILURE() << "'" << text << "' did not come: " << read_;
                return {};
            }
            read_ += more.substr(0, static_cast<std::size_t>(size));
            end = read_.find(text);
        }
        std::string before = read_.substr(0, end);
        read_.erase(0, end + text.size());
        return before;
    }
    /// The exit status, when it has ended by itself; -1 otherwise.
    int status() {
        int status = 0;
        waitpid(std::exchange(process_, 0), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

 private:
    int master_;
    pid_t process_ = -1;
    std::string read_;
};

constexpr const char* asks = "q: quit";

}  // namespace

TEST_F(WordsTest, HintsComeOneByOneUntilNoneIsLeft) {
    EXPECT_EQ(run("hint.sh 05_grey").output,
              "05_grey, hint 1 of 2:\n\nLook at it.\n");
    EXPECT_EQ(run("hint.sh 06_red").output,
              "06_red, hint 1 of 2:\n\nLook at it.\n");
    EXPECT_EQ(run("hint.sh 05_grey").output,
              "05_grey, hint 2 of 2:\n\nLook again.\nTwice.\n");
    for (int i = 0; i < 2; ++i) {
        const Outcome none = run("hint.sh 05_grey");
        EXPECT_TRUE(none.ok());
        EXPECT_EQ(none.output,
                  "There is no further hint: all 2 are in "
                  "lessons/05_grey/README.md, under \"Make\".\n");
    }
    // What was noted is damaged: the first one again.
    write_text(folder_ / "results/hints/05_grey", "2x\n");
    EXPECT_EQ(run("hint.sh 05_grey").output,
              "05_grey, hint 1 of 2:\n\nLook at it.\n");
}

TEST_F(WordsTest, EveryHintOfTheWorkbookIsShown) {
    const fs::path lessons = fs::path(WORKBOOK_SOURCE) / "lessons";
    int seen = 0;
    for (const auto& entry : fs::directory_iterator(lessons)) {
        if (!fs::exists(entry.path() / "README.md")) continue;
        const std::string lesson = entry.path().filename();
        fs::create_directories(folder_ / "lessons" / lesson);
        fs::copy_file(entry.path() / "README.md",
                      folder_ / "lessons" / lesson / "README.md",
                      fs::copy_options::overwrite_existing);
        const std::string shown = run("hint.sh " + lesson).output;
        EXPECT_EQ(shown.find(lesson + ", hint 1 of 3:\n\n"), 0U) << shown;
        EXPECT_GT(shown.size(), 60U) << shown;
        EXPECT_EQ(shown.find('<' + std::string("/")), std::string::npos);
        ++seen;
    }
    EXPECT_GT(seen, 0);
}

TEST_F(WordsTest, WithoutATerminalWatchChecksOnceAndHasItsStatus) {
    const Outcome passed = run("watch.sh 05_grey");
    EXPECT_TRUE(passed.ok());
    EXPECT_EQ(passed.output, "asked for check-05.\n");
    write_text(folder_ / "make", "#!/bin/sh\nexit 1\n");
    EXPECT_EQ(run("watch.sh 05_grey").exit_status, 1);
}

TEST_F(WordsTest, WatchChecksWhatIsSavedAndKnowsItsKeys) {
    Terminal terminal(line("watch.sh 05_grey"));
    EXPECT_NE(terminal.until(asks).find("asked for check-05."),
              std::string::npos);
    save("// half done\n");
    EXPECT_NE(terminal.until(asks).find("asked for check-05."),
              std::string::npos);
    terminal.type("h");
    const std::string hint = terminal.until(asks);
    EXPECT_NE(hint.find("Look at it."), std::string::npos) << hint;
    EXPECT_EQ(hint.find("asked for"), std::string::npos) << hint;
    terminal.type("n");
    EXPECT_NE(terminal.until(asks).find("asked for check-06."),
              std::string::npos);
    terminal.type("n");
    terminal.until("This is the last exercise.");
    terminal.type("q");
    EXPECT_EQ(terminal.status(), 0);
}

TEST_F(WordsTest, CtrlCEndsWatchCleanly) {
    Terminal terminal(line("watch.sh 06_red"));
    terminal.until(asks);
    terminal.type("\x03");
    EXPECT_EQ(terminal.status(), 0);
}
