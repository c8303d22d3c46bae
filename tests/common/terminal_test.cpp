#include "common/terminal.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <limits>

#include "tests/support/files.hpp"

namespace {

/// A pseudo-terminal: what is written to stream() can be read back.
class Terminal {
 public:
    Terminal() : other_end_(posix_openpt(O_RDWR | O_NOCTTY)) {
        grantpt(other_end_);
        unlockpt(other_end_);
        stream_ = std::fopen(ptsname(other_end_), "r+e");
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;
    ~Terminal() {
        std::fclose(stream_);
        close(other_end_);
    }

    [[nodiscard]] std::FILE* stream() { return stream_; }

    [[nodiscard]] std::string read_back() const {
        std::array<char, 256> buffer = {};
        const ssize_t size = read(other_end_, buffer.data(), buffer.size());
        return {buffer.data(), static_cast<std::size_t>(size)};
    }

 private:
    int other_end_;
    std::FILE* stream_ = nullptr;
};

/// What `write` writes to stderr while stderr is `stream`.
template <typename Write>
void with_stderr_to(std::FILE* stream, const Write& write) {
    const int before = dup(STDERR_FILENO);
    dup2(fileno(stream), STDERR_FILENO);
    write();
    dup2(before, STDERR_FILENO);
    close(before);
}

}  // namespace

TEST(TerminalTest, TimesHaveThreeDigitsAndAUnitThatSuits) {
    EXPECT_EQ(seconds_text(0.00142), "1.42 ms");
    EXPECT_EQ(seconds_text(93e-9), "93.0 ns");
    EXPECT_EQ(seconds_text(12.34), "12.3 s");
    EXPECT_EQ(seconds_text(4567.0), "4567 s");
    EXPECT_EQ(seconds_text(5.678e-6), "5.68 us");
    EXPECT_EQ(seconds_text(0.321), "321 ms");
    EXPECT_EQ(seconds_text(0.0), "0.00 ns");
}

TEST(TerminalTest, TimesThatAreRoundedUpTakeTheNextUnit) {
    EXPECT_EQ(seconds_text(0.9994), "999 ms");
    EXPECT_EQ(seconds_text(0.9996), "1.00 s");
    EXPECT_EQ(seconds_text(9.994e-3), "9.99 ms");
    EXPECT_EQ(seconds_text(9.996e-3), "10.0 ms");
    EXPECT_EQ(seconds_text(99.94e-6), "99.9 us");
    EXPECT_EQ(seconds_text(99.96e-6), "100 us");
}

TEST(TerminalTest, AmountsOfMemoryCountInThousands) {
    EXPECT_EQ(bytes_text(0), "0.0 kB");
    EXPECT_EQ(bytes_text(1500), "1.5 kB");
    EXPECT_EQ(bytes_text(1'000'000), "1.0 MB");
    EXPECT_EQ(bytes_text(123'400'000), "123.4 MB");
    EXPECT_EQ(bytes_text(8'000'000'000), "8.0 GB");
}

TEST(TerminalTest, NumbersHaveACommaBetweenThousands) {
    EXPECT_EQ(count_text(0), "0");
    EXPECT_EQ(count_text(999), "999");
    EXPECT_EQ(count_text(1000), "1,000");
    EXPECT_EQ(count_text(12'345), "12,345");
    EXPECT_EQ(count_text(1'000'000), "1,000,000");
    EXPECT_EQ(count_text(-999), "-999");
    EXPECT_EQ(count_text(-1000), "-1,000");
    EXPECT_EQ(count_text(std::numeric_limits<std::int64_t>::min()),
              "-9,223,372,036,854,775,808");
}

TEST(TerminalTest, OnlyATerminalShowsColours) {
    setenv("TERM", "xterm", 1);
    unsetenv("NO_COLOR");
    Terminal terminal;
    EXPECT_TRUE(shows_colour(terminal.stream()));

    std::FILE* file = std::tmpfile();
    EXPECT_FALSE(shows_colour(file));
    std::fclose(file);
}

TEST(TerminalTest, ColoursCanBeRefused) {
    Terminal terminal;
    setenv("TERM", "xterm", 1);
    setenv("NO_COLOR", "1", 1);
    EXPECT_FALSE(shows_colour(terminal.stream()));
    setenv("NO_COLOR", "", 1);  // no-color.org: present and not empty
    EXPECT_TRUE(shows_colour(terminal.stream()));
    unsetenv("NO_COLOR");
    setenv("TERM", "dumb", 1);
    EXPECT_FALSE(shows_colour(terminal.stream()));
    unsetenv("TERM");
    EXPECT_FALSE(shows_colour(terminal.stream()));
}

TEST(TerminalTest, ProgressReplacesTheLineBeforeIt) {
    Terminal terminal;
    with_stderr_to(terminal.stream(), [] { show_progress("reading ..."); });
    EXPECT_EQ(terminal.read_back(), "\r\033[Kreading ...");
    with_stderr_to(terminal.stream(), [] { show_progress(""); });
    EXPECT_EQ(terminal.read_back(), "\r\033[K");
}

TEST(TerminalTest, ProgressIsNotWrittenToAFile) {
    const TemporaryFolder folder;
    std::FILE* file = std::fopen((folder / "stderr").c_str(), "we");
    with_stderr_to(file, [] { show_progress("reading ..."); });
    std::fclose(file);
    EXPECT_EQ(read_text(folder / "stderr"), "");
}

TEST(PrintableTest, TextStaysAsItIs) {
    for (const char* text : {"", "plain ~", "Gr\xc3\xbc\xc3\x9f", "\xc2\xa0",
                             "\xe2\x82\xac", "\xed\x9f\xbf", "\xee\x80\x80",
                             "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
        EXPECT_EQ(printable(text), text);
    }
}

TEST(PrintableTest, WhatIsNoTextIsReplaced) {
    const std::string no = "\xEF\xBF\xBD";
    // C0, DEL and C1.
    for (int code = 0; code < 0xA0; ++code) {
        const auto low = static_cast<char>(code);
        if (code < 0x20 || code == 0x7F) {
            EXPECT_EQ(printable({&low, 1}), no) << code;
        }
        if (code < 0x80) continue;
        EXPECT_EQ(printable(std::string("\xc2") + low + "x"), no + "x") << code;
        EXPECT_EQ(printable({&low, 1}), no) << code;
    }
    // Too short a sequence, a longer form than needed, a surrogate, too large.
    EXPECT_EQ(printable("\xc3"), no);
    EXPECT_EQ(printable("\xe2\x82"), no + no);
    EXPECT_EQ(printable("\xe2\x82x"), no + no + "x");
    EXPECT_EQ(printable("\xc0\xaf"), no + no);
    EXPECT_EQ(printable("\xe0\x9f\xbf"), no + no + no);
    EXPECT_EQ(printable("\xed\xa0\x80"), no + no + no);
    EXPECT_EQ(printable("\xf0\x8f\xbf\xbf"), no + no + no + no);
    EXPECT_EQ(printable("\xf4\x90\x80\x80"), no + no + no + no);
    EXPECT_EQ(printable("\xf5\x80\x80\x80"), no + no + no + no);
    EXPECT_EQ(printable("a\x1b[31mb\r\n"), "a" + no + "[31mb" + no + no);
}

TEST(NoFormulaTest, AQuoteStandsBeforeWhatASpreadsheetWouldCompute) {
    for (const char* text : {"", "name", "a=b", " =1", "'=1", "1-2"}) {
        EXPECT_EQ(no_formula(text), text);
    }
    EXPECT_EQ(no_formula("=1+2"), "'=1+2");
    EXPECT_EQ(no_formula("+1"), "'+1");
    EXPECT_EQ(no_formula("-1"), "'-1");
    EXPECT_EQ(no_formula("@SUM(A1)"), "'@SUM(A1)");
}

TEST(ShellWordTest, AShellTakesItAsOneWord) {
    EXPECT_EQ(shell_word(""), "''");
    EXPECT_EQ(shell_word("a $HOME `b` \\"), "'a $HOME `b` \\'");
    EXPECT_EQ(shell_word("it's"), R"('it'\''s')");
    EXPECT_EQ(shell_word("''"), R"(''\'''\''')");
}

TEST(WarnOnceTest, AWarningComesOnceHoweverManyThreadsWarn) {
    testing::internal::CaptureStderr();
#pragma omp parallel for num_threads(4)
    for (int i = 0; i < 100; ++i) warn_once(i % 2 == 0 ? "even" : "odd\n");
    const std::string said = testing::internal::GetCapturedStderr();
    const std::string even = "warning: even\n";
    const std::string odd = "warning: odd\xEF\xBF\xBD\n";
    EXPECT_TRUE(said == even + odd || said == odd + even) << said;
}
