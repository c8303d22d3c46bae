// The promises of the workbook as a whole, kept for every lesson that there is
// and every one that will be added.

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "common/programs/lesson_programs.hpp"
#include "common/programs/process.hpp"
#include "tests/support/files.hpp"

namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

constexpr std::ptrdiff_t most_lines = 60;  // of a taught file, without pragmas

fs::path workbook() { return WORKBOOK_SOURCE; }

Lines lines_of(const fs::path& file) {
    std::istringstream text(read_text(file));
    Lines lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
}

/// The folders NN_name of the lessons, in order.
std::vector<fs::path> lessons() {
    static const std::regex numbered("[0-9]{2}_[a-z0-9_]+");
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(workbook() / "lessons")) {
        const std::string name = entry.path().filename();
        if (std::regex_match(name, numbered)) found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

/// What in parallel.cpp goes beyond serial.cpp with lines `#pragma omp` added;
/// empty where that is all.
std::string more_than_pragmas(const Lines& serial, const Lines& parallel) {
    std::size_t pragmas = 0;
    for (std::size_t i = 0; i < parallel.size(); ++i) {
        if (parallel[i].starts_with("#pragma omp ")) {
            ++pragmas;
        } else if (i - pragmas >= serial.size()) {
            return fmt::format("line {} is added: {}", i + 1, parallel[i]);
        } else if (parallel[i] != serial[i - pragmas]) {
            return fmt::format("line {} differs: {}", i + 1, parallel[i]);
        }
    }
    if (parallel.size() - pragmas < serial.size()) return "its end is missing";
    return pragmas == 0 ? "it has no pragma" : "";
}

/// The versions of a lesson but the serial one.
std::vector<fs::path> versions_of(const fs::path& lesson) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(lesson)) {
        const std::string name = entry.path().stem();
        const bool is_version = entry.path().extension() == ".cpp" &&
                                name != "serial" && name != "main" &&
                                name != "exercise" && name != "solution";
        if (is_version) found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

/// Whether a version's first line says how it differs from serial.cpp by more
/// than pragmas: what was restructured and why, or that it is wrong on purpose.
bool says_how_it_differs(const Lines& version) {
    static const std::regex first_line(
        "// (Restructured|Wrong on purpose): .+");
    return !version.empty() && std::regex_match(version.front(), first_line);
}

/// The files that a source file includes, without <> or "".
Lines includes_of(const fs::path& file) {
    static const std::regex directive(
        R"(^\s*#\s*include\s*[<"]([^>"]+)[>"].*)");
    Lines found;
    for (const std::string& line : lines_of(file)) {
        std::smatch match;
        if (std::regex_match(line, match, directive)) found.push_back(match[1]);
    }
    return found;
}

/// Whether a file is included from one of the folders, such as "tests/", or by
/// a way that may lead there.
bool leads_into(const std::string& include, const Lines& folders) {
    return include.find("..") != std::string::npos ||
           std::any_of(folders.begin(), folders.end(), [&](const auto& folder) {
               return include.find(folder) != std::string::npos;
           });
}

void expect_no_include(const fs::path& folder, const Lines& of) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const std::string kind = entry.path().extension();
        if (kind != ".cpp" && kind != ".hpp") continue;
        for (const std::string& include : includes_of(entry.path())) {
            EXPECT_FALSE(leads_into(include, of))
                << entry.path().string() << " includes " << include;
        }
    }
}

/// A Markdown page's lines in code blocks, or its other lines.
Lines lines_of_page(const fs::path& page, bool of_code) {
    static const std::regex fence(R"(\s*```.*)");
    Lines found;
    bool in_code = false;
    for (const std::string& line : lines_of(page)) {
        const bool is_fence = std::regex_match(line, fence);
        if (is_fence) in_code = !in_code;
        if (!is_fence && in_code == of_code) found.push_back(line);
    }
    return found;
}

/// The files and addresses that a Markdown page links to or shows, outside of
/// code.
Lines links_of(const fs::path& page) {
    static const std::regex code("(`+)[^`]*\\1");
    static const std::regex link(
        R"re(\]\(\s*([^)\s]+)|(?:src|href)="([^"]+)"|^\[[^\]]+\]:\s*(\S+))re");
    Lines found;
    for (std::string line : lines_of_page(page, false)) {
        line = std::regex_replace(line, code, "");
        for (std::sregex_iterator match(line.begin(), line.end(), link), end;
             match != end; ++match) {
            found.push_back(match->format("$1$2$3"));
        }
    }
    return found;
}

/// The words of a page outside of code blocks, with a space before each.
std::string prose_of(const fs::path& page) {
    std::string prose;
    for (const std::string& line : lines_of_page(page, false)) {
        std::istringstream words(line);
        for (std::string word; words >> word;) prose += " " + word;
    }
    return prose;
}

/// The forms in a page that students who learn English do not know, or that
/// clip a sentence.
Lines hard_forms_of(const fs::path& page) {
    static const std::regex hard(
        "\\b(tells? of|told of|in place of|be others|of unlike|whoever|nothing "
        "needs? be|needs? not|"
        "an? (folder|line|row|item|page) an? |one (line|row|item) an? |"
        "is content|content with|stands? for|lies|hence|thus|upon|lest|shall|"
        "thereby|whereof|whence|nought|beforehand|save for|"
        "(deals?|dealt) out|who is free)\\b",
        std::regex::icase);
    Lines found;
    const std::string prose = prose_of(page);
    for (std::sregex_iterator match(prose.begin(), prose.end(), hard), end;
         match != end; ++match) {
        found.push_back(match->str());
    }
    return found;
}

/// The words that stand after `make` in a page's code blocks and in its code
/// between backticks.
Lines make_words_of(const fs::path& page) {
    static const std::regex in_block(R"((?:^|[\s;])make ([a-z0-9_-]+))");
    static const std::regex in_line(R"(`(?:[A-Z_]+=\S* )?make ([a-z0-9_-]+))");
    Lines found;
    const auto look = [&](const std::string& text, const std::regex& word) {
        for (std::sregex_iterator match(text.begin(), text.end(), word), end;
             match != end; ++match) {
            found.push_back(match->str(1));
        }
    };
    for (const std::string& line : lines_of_page(page, true)) {
        look(line.substr(0, line.find('#')), in_block);
    }
    look(prose_of(page), in_line);
    return found;
}

/// The options in a page's code that follow `make NN` or the path of a lesson's
/// program, up to the end of that command: "05 --width".
Lines used_options_of(const fs::path& page) {
    static const std::regex code("`([^`]+)`");
    static const std::regex command(
        R"((?:\bmake |build/lessons/)(\d\d)(?!\d)([^;|#]*))");
    static const std::regex option(R"([\s'"=](--[a-z][a-z-]*))");
    Lines commands = lines_of_page(page, true);
    const std::string prose = prose_of(page);
    for (std::sregex_iterator match(prose.begin(), prose.end(), code), end;
         match != end; ++match) {
        commands.push_back(match->str(1));
    }
    Lines found;
    for (const std::string& line : commands) {
        for (std::sregex_iterator one(line.begin(), line.end(), command), end;
             one != end; ++one) {
            const std::string rest = one->str(2);
            for (std::sregex_iterator match(rest.begin(), rest.end(), option);
                 match != end; ++match) {
                found.push_back(one->str(1) + ' ' + match->str(1));
            }
        }
    }
    return found;
}

/// What one can type after `make`: the words of the Makefile's .PHONY, and
/// for each lesson 05, 5, grey and 05_grey, also after experiment-, check- and
/// the like.
std::set<std::string> words_of_make() {
    std::string makefile = read_text(workbook() / "Makefile");
    makefile.erase(0, makefile.find(".PHONY:"));
    makefile = std::regex_replace(makefile, std::regex(R"(\\\n)"), " ");
    std::istringstream phony(makefile.substr(0, makefile.find('\n')));
    std::set<std::string> words;
    for (std::string word; phony >> word;) words.insert(word);
    for (const fs::path& lesson : lessons()) {
        const std::string folder = lesson.filename();
        const std::string number = folder.substr(0, 2);
        for (const std::string& name :
             {number, std::to_string(std::stoi(number)), folder.substr(3),
              folder}) {
            words.insert(name);
            for (const char* about : {"experiment-", "predict-", "check-",
                                      "watch-", "hint-", "reset-"}) {
                words.insert(about + name);
            }
        }
    }
    return words;
}

/// Whether this is a students' copy, from `make handout`.
bool is_handout() {
    return !fs::exists(workbook() / "tests/grade/submissions");
}

/// The files that a lesson lacks, and what its README does.
Lines missing_of(const fs::path& lesson) {
    const std::string folder = lesson.filename();
    const std::string name = folder.substr(folder.find('_') + 1);
    Lines missing;
    for (const std::string& file :
         {std::string("README.md"), name + ".hpp", std::string("serial.cpp"),
          std::string("parallel.cpp"), std::string("main.cpp"),
          std::string("exercise.cpp"), std::string("solution.cpp")}) {
        if (file == "solution.cpp" && is_handout()) continue;
        if (!fs::exists(lesson / file)) missing.push_back(folder + "/" + file);
    }
    for (const std::string& file : {"tests/lessons/" + folder + "_test.cpp",
                                    "tests/exercises/" + folder + ".cpp"}) {
        if (!fs::exists(workbook() / file)) missing.push_back(file);
    }
    const std::string readme = "\n" + read_text(lesson / "README.md");
    const auto lacks = [&](const std::string& what) {
        missing.push_back(folder + "/README.md: " + what);
    };
    for (const char* section : {"Predict", "Run", "Investigate", "Modify",
                                "Make", "Check yourself", "Further reading"}) {
        if (readme.find(fmt::format("\n## {}\n", section)) ==
            std::string::npos) {
            lacks(fmt::format("section {}", section));
        }
    }
    // The grader shows them one by one.
    for (const char* hint : {"Hint 1<", "Hint 2<", "Hint 3<"}) {
        if (readme.find(hint) != std::string::npos) continue;
        lacks("three hints");
        break;
    }
    if (readme.find("TODO") != std::string::npos) lacks("what a TODO asks for");
    return missing;
}

/// The questions of a README's step Predict that the book cannot make
/// clickable: of a question's options exactly one is right, and what it says
/// begins with "Yes".
Lines wrong_questions_of(const fs::path& readme) {
    static const std::regex question(R"(^\*\*(\d+)\.\*\*.*)");
    Lines numbers;
    std::vector<int> right;
    bool is_predict = false;
    for (const std::string& line : lines_of(readme)) {
        if (line.starts_with("## ")) is_predict = line == "## Predict";
        if (!is_predict) continue;
        std::smatch match;
        if (std::regex_match(line, match, question)) {
            numbers.push_back(match[1]);
            right.push_back(0);
        } else if (line.starts_with("Yes") && !right.empty()) {
            ++right.back();
        }
    }
    if (numbers.empty()) return {"there is no question"};
    Lines wrong;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (right[i] != 1) wrong.push_back(numbers[i]);
    }
    return wrong;
}

/// Whether a file or folder is one of those that a handout lacks: those that
/// .gitattributes leaves out of archives.
bool left_out_of_handout(const fs::path& file) {
    const std::string path =
        fs::weakly_canonical(file).lexically_relative(workbook()).string();
    const Lines attributes = lines_of(workbook() / ".gitattributes");
    return std::any_of(
        attributes.begin(), attributes.end(), [&path](const std::string& line) {
            const std::string name = line.substr(0, line.find(' '));
            return line.ends_with("export-ignore") && path.starts_with(name);
        });
}

/// What is wrong with the lessons that README.md lists, in a table for each
/// group of them: every lesson is there once, below a heading, and those of a
/// group are in order.
Lines wrong_rows_of(const fs::path& readme) {
    static const std::regex row(
        R"(^\|\s*\[(\d\d_\w+)\]\(lessons/(\w+)/README\.md\).*)");
    Lines wrong;
    std::multiset<std::string> listed;
    std::string group;
    std::string before;
    for (const std::string& line : lines_of(readme)) {
        std::smatch match;
        if (line.starts_with("#")) {
            group = line;
            before.clear();
        } else if (std::regex_match(line, match, row)) {
            const std::string name = match[1];
            if (match[2] != name)
                wrong.push_back(name + " is a link to another");
            if (group.empty()) wrong.push_back(name + " is below no heading");
            if (name <= before) wrong.push_back(name + " is out of order");
            before = name;
            listed.insert(name);
        }
    }
    for (const fs::path& lesson : lessons()) {
        const std::string name = lesson.filename();
        const auto times = listed.count(name);
        if (times == 0) wrong.push_back(name + " is in no table");
        if (times > 1) wrong.push_back(name + " is there twice");
    }
    return wrong;
}

/// A row of README.md's tables of lessons.
std::string row_for(const std::string& lesson) {
    return fmt::format("| [{0}](lessons/{0}/README.md) | ... |\n", lesson);
}

/// The lessons that a README names in the paragraph "You need".
Lines needed_by(const fs::path& readme) {
    static const std::regex link(R"(\]\(\.\./(\d\d_\w+)/README\.md\))");
    std::string text = read_text(readme);
    text.erase(0, text.find("**You need**"));
    text.erase(std::min(text.find("\n\n"), text.size()));
    Lines found;
    for (std::sregex_iterator match(text.begin(), text.end(), link), end;
         match != end; ++match) {
        found.push_back(match->str(1));
    }
    return found;
}

/// The minutes that a README names, twice where its exercise is not among them.
int minutes_with_exercise(const fs::path& readme) {
    static const std::regex time(
        R"(\nTime: about (\d+) minutes(, and the exercise)?\.)");
    const std::string text = read_text(readme);
    std::smatch match;
    if (!std::regex_search(text, match, time)) return 0;
    return std::stoi(match[1]) * (match[2].matched ? 2 : 1);
}

/// What is wrong with the weeks of docs/course.md: a lesson needs only lessons
/// before it, the prerequisites are those of earlier weeks, and the hours are
/// those of the lessons and one for the assignment, in full half hours.
Lines wrong_weeks_of(const fs::path& page) {
    static const std::regex week(
        R"(\| (\d+) \| ([^|]*) \| [^|]* \| ([^|]*?) ?\| ([\d.]+) \| .*\|)");
    static const std::regex lesson(R"(\[(\d\d_\w+)\])");
    static const std::regex sum(R"(Together ([\d.]+) hours\.)");
    constexpr int half_hour = 30;
    Lines wrong;
    std::set<std::string> before;
    double together = 0.0;
    for (const std::string& line : lines_of(page)) {
        std::smatch match;
        if (line.starts_with("## ")) {
            before.clear();
            together = 0.0;
        } else if (std::regex_match(line, match, sum)) {
            if (std::stod(match[1]) == together) continue;
            wrong.push_back(fmt::format("together {:g} hours", together));
        }
        if (!std::regex_match(line, match, week)) continue;
        const std::string number = match[1];
        const std::string lessons = match[2];
        const std::string prerequisites = match[3];
        const double hours = std::stod(match[4]);
        together += hours;
        int minutes = 2 * half_hour;
        std::set<std::string> here;
        std::set<std::string> needed;
        for (std::sregex_iterator one(lessons.begin(), lessons.end(), lesson),
             end;
             one != end; ++one) {
            const std::string name = one->str(1);
            const fs::path readme = workbook() / "lessons" / name / "README.md";
            minutes += minutes_with_exercise(readme);
            for (const std::string& other : needed_by(readme)) {
                if (before.contains(other)) {
                    needed.insert(other.substr(0, 2));
                } else if (!here.contains(other)) {
                    wrong.push_back(fmt::format("week {}: {} needs {}", number,
                                                name, other));
                }
            }
            here.insert(name);
        }
        if (here.empty()) continue;  // the week of the exam
        const double expected = 0.5 * ((minutes + half_hour - 1) / half_hour);
        if (hours != expected) {
            wrong.push_back(fmt::format("week {}: {:g} hours, not {:g}", number,
                                        expected, hours));
        }
        const std::string wanted = fmt::format("{}", fmt::join(needed, ", "));
        if (!before.empty() && prerequisites != wanted) {
            wrong.push_back(
                fmt::format("week {}: prerequisites are {}", number, wanted));
        }
        before.insert(here.begin(), here.end());
    }
    return wrong;
}

/// The links of a page that lead to no file or folder.
Lines dead_links_of(const fs::path& page) {
    static const std::regex elsewhere("^(https?:|mailto:|#).*");
    Lines dead;
    for (const std::string& link : links_of(page)) {
        if (std::regex_match(link, elsewhere)) continue;
        const std::string file = link.substr(0, link.find('#'));
        if (!fs::exists(page.parent_path() / file)) dead.push_back(link);
    }
    return dead;
}

/// Every README.md of the workbook, and every page of docs/; not the skeleton
/// of a lesson, which is a page only after it was copied.
std::vector<fs::path> pages() {
    std::vector<fs::path> found;
    fs::recursive_directory_iterator entry(workbook());
    for (; entry != fs::recursive_directory_iterator(); ++entry) {
        const std::string name = entry->path().filename();
        const bool is_ours = !name.starts_with(".") &&
                             !name.starts_with("build") && name != "results" &&
                             name != "skeleton";
        if (entry->is_directory() && !is_ours)
            entry.disable_recursion_pending();
        if (name == "README.md" ||
            (entry->path().extension() == ".md" &&
             entry->path().parent_path() == workbook() / "docs")) {
            found.push_back(entry->path());
        }
    }
    return found;
}

}  // namespace

TEST(WorkbookTest, EveryLessonIsComplete) {
    ASSERT_FALSE(lessons().empty());
    for (const fs::path& lesson : lessons()) {
        EXPECT_EQ(missing_of(lesson), Lines());
    }
}

TEST(WorkbookTest, WhatALessonLacksIsNamed) {
    const TemporaryFolder folder;
    const fs::path lesson = folder / "98_none";
    fs::create_directory(lesson);
    write_text(lesson / "serial.cpp", "");
    write_text(lesson / "README.md",
               "## Predict\nTODO\n## Run\n<summary>Hint 1</summary>\n");
    Lines expected = {"98_none/none.hpp",
                      "98_none/parallel.cpp",
                      "98_none/main.cpp",
                      "98_none/exercise.cpp",
                      "tests/lessons/98_none_test.cpp",
                      "tests/exercises/98_none.cpp",
                      "98_none/README.md: section Investigate",
                      "98_none/README.md: section Modify",
                      "98_none/README.md: section Make",
                      "98_none/README.md: section Check yourself",
                      "98_none/README.md: section Further reading",
                      "98_none/README.md: three hints",
                      "98_none/README.md: what a TODO asks for"};
    if (!is_handout()) {
        expected.insert(expected.begin() + 4, "98_none/solution.cpp");
    }
    EXPECT_EQ(missing_of(lesson), expected);
}

TEST(WorkbookTest, VersionsDifferFromSerialByPragmasAlone) {
    for (const fs::path& lesson : lessons()) {
        const Lines serial = lines_of(lesson / "serial.cpp");
        for (const fs::path& version : versions_of(lesson)) {
            const Lines lines = lines_of(version);
            if (says_how_it_differs(lines)) continue;
            EXPECT_EQ(more_than_pragmas(serial, lines), "") << version;
        }
    }
}

// Their fast forms are lesson 19.
TEST(WorkbookTest, TheFirstFiltersHaveASerialAndAParallelVersionOnly) {
    for (const char* lesson : {"05_grey", "06_red", "07_green", "08_blue"}) {
        const fs::path folder = workbook() / "lessons" / lesson;
        EXPECT_EQ(versions_of(folder),
                  std::vector<fs::path>{folder / "parallel.cpp"});
    }
}

TEST(WorkbookTest, OnlyAFirstLineMakesAnExceptionOfAVersion) {
    EXPECT_TRUE(says_how_it_differs({"// Restructured: in lanes.", "//"}));
    EXPECT_TRUE(says_how_it_differs({"// Wrong on purpose: a race.", ""}));
    EXPECT_FALSE(says_how_it_differs({"// Restructured:", ""}));
    EXPECT_FALSE(says_how_it_differs({"// Lesson 05: the grey filter"}));
    EXPECT_FALSE(says_how_it_differs({"//", "// Restructured: too late."}));
    EXPECT_FALSE(says_how_it_differs({}));
}

TEST(WorkbookTest, EveryOtherDifferenceIsSeen) {
    const std::string pragma = "#pragma omp parallel for";
    const Lines serial = {"void f() {", "    loop();", "}"};
    const auto check = [&serial](const Lines& parallel) {
        return more_than_pragmas(serial, parallel);
    };
    EXPECT_EQ(check({"void f() {", pragma, "    loop();", "}"}), "");
    EXPECT_EQ(check({pragma, "void f() {", pragma, "    loop();", "}", pragma}),
              "");

    EXPECT_EQ(check(serial), "it has no pragma");
    EXPECT_EQ(check({"void f() {", pragma, "    loop(); ", "}"}),
              "line 3 differs:     loop(); ");
    EXPECT_EQ(check({"void f() {", pragma, "    ready();", "    loop();", "}"}),
              "line 3 differs:     ready();");
    EXPECT_EQ(check({"void f() {", pragma, "    loop();", "}", ""}),
              "line 5 is added: ");
    EXPECT_EQ(check({"void f() {", pragma, "    loop();"}),
              "its end is missing");
    EXPECT_EQ(check({"void f() {", pragma, "}"}), "line 3 differs: }");
    EXPECT_EQ(check({}), "its end is missing");
    for (const char* other :
         {"    #pragma omp parallel for", "#pragma once", "#pragma ompx for",
          "// #pragma omp parallel for", "#include <omp.h>", ""}) {
        EXPECT_EQ(check({"void f() {", other, "    loop();", "}"}),
                  fmt::format("line 2 differs: {}", other));
    }
}

TEST(WorkbookTest, TaughtFilesAreShort) {
    const auto length = [](const fs::path& file) {
        const Lines lines = lines_of(file);
        return std::count_if(lines.begin(), lines.end(),
                             [](const std::string& line) {
                                 return !line.starts_with("#pragma omp ");
                             });
    };
    for (const fs::path& lesson : lessons()) {
        EXPECT_LE(length(lesson / "serial.cpp"), most_lines) << lesson;
        for (const fs::path& version : versions_of(lesson)) {
            EXPECT_LE(length(version), most_lines) << version;
        }
    }
}

TEST(WorkbookTest, LessonsIncludeNeitherEachOtherNorTests) {
    expect_no_include(workbook() / "lessons", {"lessons/", "tests/"});
}

TEST(WorkbookTest, CommonKnowsNoLessonAndNoTest) {
    expect_no_include(workbook() / "common", {"lessons/", "tests/"});
}

TEST(WorkbookTest, IncludesThatAreNotAllowedAreSeen) {
    const TemporaryFolder folder;
    write_text(folder / "planted.cpp",
               "#include <vector>\n"
               "#include \"common/image.hpp\"\n"
               "  # include \"lessons/06_red/red.hpp\"  // planted\n"
               "#include <tests/support/teams.hpp>\n"
               "#include \"../07_green/green.hpp\"\n"
               "// #include \"grey.hpp\"\n");
    const Lines includes = includes_of(folder / "planted.cpp");
    EXPECT_EQ(includes,
              (Lines{"vector", "common/image.hpp", "lessons/06_red/red.hpp",
                     "tests/support/teams.hpp", "../07_green/green.hpp"}));
    const auto leads = [&](std::size_t i) {
        return leads_into(includes.at(i), {"lessons/", "tests/"});
    };
    EXPECT_FALSE(leads(0) || leads(1));
    EXPECT_TRUE(leads(2) && leads(3) && leads(4));
}

TEST(WorkbookTest, TheTablesOfTheReadmeListEveryLessonOnce) {
    EXPECT_EQ(wrong_rows_of(workbook() / "README.md"), Lines());
}

TEST(WorkbookTest, LessonsThatAreListedWronglyAreSeen) {
    const TemporaryFolder folder;
    const fs::path page = folder / "README.md";
    std::string rows;
    for (const fs::path& lesson : lessons()) {
        const std::string name = lesson.filename();
        if (name != "03_squares") rows += row_for(name);
    }
    write_text(page, "### All\n" + rows);
    EXPECT_EQ(wrong_rows_of(page), (Lines{"03_squares is in no table"}));
    write_text(page, row_for("03_squares") + "### All\n" + rows);
    EXPECT_EQ(wrong_rows_of(page), (Lines{"03_squares is below no heading"}));
    write_text(page, "### All\n" + rows + row_for("03_squares") + "### More\n" +
                         row_for("03_squares"));
    EXPECT_EQ(wrong_rows_of(page), (Lines{"03_squares is out of order",
                                          "03_squares is there twice"}));
}

TEST(WorkbookTest, NoLessonNeedsALaterOne) {
    for (const fs::path& lesson : lessons()) {
        const std::string name = lesson.filename();
        const Lines needed = needed_by(lesson / "README.md");
        EXPECT_EQ(needed.empty(), name == "01_hello") << name;
        for (const std::string& other : needed) EXPECT_LT(other, name);
    }
}

// A row for every version but the serial one, in the order of `make run`.
TEST(WorkbookTest, TheSampleOfMakeRunHasItsRows) {
    Lines expected;
    for (const LessonPrograms& programs :
         find_lessons(fs::path(WORKBOOK_BUILD) / "lessons")) {
        for (const fs::path& program : programs.versions) {
            const std::string version = program.filename();
            if (version == "serial") continue;
            expected.push_back(version == "parallel"
                                   ? programs.lesson
                                   : programs.lesson + " " + version);
        }
    }
    static const std::regex row("([0-9]{2}_[a-z_]+( [a-z0-9_]+)?)  +.*");
    Lines rows;
    for (const std::string& line : lines_of(workbook() / "README.md")) {
        std::smatch match;
        if (std::regex_match(line, match, row)) rows.push_back(match[1]);
    }
    EXPECT_EQ(rows, expected);
}

TEST(WorkbookTest, EveryQuestionHasOneRightAnswer) {
    for (const fs::path& lesson : lessons()) {
        EXPECT_EQ(wrong_questions_of(lesson / "README.md"), Lines{}) << lesson;
    }
}

TEST(WorkbookTest, QuestionsThatCannotBeClickedAreSeen) {
    const TemporaryFolder folder;
    const fs::path page = folder / "README.md";
    write_text(page,
               "## Predict\n**1.** Which?\n"
               "<details><summary>a) this</summary>\n\nYes.\n</details>\n"
               "<details><summary>b) that</summary>\n\nNo.\n</details>\n"
               "**2.** And?\n"
               "<details><summary>a) this</summary>\n\nNo.\n</details>\n"
               "**3.** And?\n"
               "<details><summary>a) this</summary>\n\nYes.\n</details>\n"
               "<details><summary>b) that</summary>\n\nYes.\n</details>\n"
               "## Run\n**4.** no question\n");
    EXPECT_EQ(wrong_questions_of(page), (Lines{"2", "3"}));
    write_text(page, "## Predict\n1. Which?\n## Run\n");
    EXPECT_EQ(wrong_questions_of(page), Lines{"there is no question"});
}

TEST(WorkbookTest, TheVersionIsTheSameEverywhere) {
    const auto found = [](const char* file, const char* pattern) {
        std::smatch match;
        const std::string text = read_text(workbook() / file);
        return std::regex_search(text, match, std::regex(pattern))
                   ? match[1].str()
                   : std::string("none in ") + file;
    };
    const std::string version =
        found("CMakeLists.txt", R"(project\(\w+ VERSION (\S+))");
    EXPECT_EQ(found("CHANGELOG.md", R"(\n## (\S+))"), version);
    EXPECT_EQ(found("CITATION.cff", R"(\nversion: (\S+))"), version);
    EXPECT_EQ(found("docs/LICENSE.md", R"(OpenMP workbook (\d\S+))"), version);
    const Outcome doctor = run_process(
        {.program = fs::path(WORKBOOK_BUILD) / "doctor", .arguments = {}});
    EXPECT_NE(doctor.output.find("workbook      " + version + "\n"),
              std::string::npos)
        << doctor.output;
}

TEST(WorkbookTest, EveryLinkOfAPageLeadsSomewhere) {
    ASSERT_FALSE(pages().empty());
    for (const fs::path& page : pages()) {
        EXPECT_EQ(dead_links_of(page), Lines())
            << page.lexically_relative(workbook()).string();
    }
}

// What a handout lacks, no page of it may link to or speak of.
TEST(WorkbookTest, PagesOfTheHandoutNeedNothingThatItLacks) {
    static const std::regex instructors("For the instructor|[Aa] good answer");
    for (const fs::path& page : pages()) {
        if (left_out_of_handout(page)) continue;
        const std::string name = page.lexically_relative(workbook()).string();
        for (const std::string& link : links_of(page)) {
            const fs::path file = link.substr(0, link.find('#'));
            EXPECT_FALSE(left_out_of_handout(page.parent_path() / file))
                << name << " links to " << link;
        }
        const std::string text = read_text(page);
        EXPECT_FALSE(std::regex_search(text, instructors)) << name;
        EXPECT_EQ(text.find("docs/assignments/"), std::string::npos) << name;
    }
}

TEST(WorkbookTest, WhatAHandoutLacksIsKnown) {
    for (const char* path :
         {"docs/instructors.md", "docs/course.md", "docs/exam.md",
          "docs/assignments/08_blue.toml", "tests/grade/submissions"}) {
        EXPECT_TRUE(left_out_of_handout(workbook() / path)) << path;
    }
    EXPECT_FALSE(left_out_of_handout(workbook() / "README.md"));
}

// Numbered as the questions are, after the first link to the file.
TEST(WorkbookTest, EveryLessonHasAnAssignmentWithAnAnswerToEachQuestion) {
    const fs::path folder = workbook() / "docs/assignments";
    if (!fs::exists(folder)) GTEST_SKIP() << "a handout has none";
    static const std::regex link(R"(\]\((\w+\.toml)\))");
    static const std::regex answer(R"(\d\. .*)");
    static const std::regex question(R"re(    ["'].*["'],)re");
    std::map<std::string, int> answers;
    std::string file;
    for (const std::string& line : lines_of(folder / "README.md")) {
        std::smatch match;
        if (std::regex_search(line, match, link)) file = match[1];
        if (std::regex_match(line, answer)) ++answers[file];
    }
    std::set<std::string> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".toml") continue;
        files.insert(entry.path().filename());
        const Lines lines = lines_of(entry.path());
        const auto questions = std::count_if(
            lines.begin(), lines.end(),
            [](const auto& one) { return std::regex_match(one, question); });
        EXPECT_GT(questions, 0) << entry.path();
        EXPECT_EQ(answers[entry.path().filename()], questions) << entry.path();
    }
    for (const fs::path& lesson : lessons()) {
        EXPECT_TRUE(files.contains(lesson.filename().string() + ".toml"))
            << lesson;
    }
}

TEST(WorkbookTest, PathsOfACourseHaveTheHoursAndPrerequisitesOfTheirLessons) {
    const fs::path page = workbook() / "docs/course.md";
    if (!fs::exists(page)) GTEST_SKIP() << "a handout has none";
    EXPECT_EQ(wrong_weeks_of(page), Lines());
    const std::string text = read_text(page);  // the longest one has all
    for (const fs::path& lesson : lessons()) {
        const std::string name = lesson.filename();
        EXPECT_NE(text.find("[" + name + "](../lessons/"), std::string::npos)
            << name << " is in no week";
    }
}

TEST(WorkbookTest, WeeksThatPromiseTooMuchAreSeen) {
    const TemporaryFolder folder;
    const fs::path page = folder / "course.md";
    write_text(page,
               "## Two weeks\n"
               "| 1 | [01_hello](x), [03_squares](x) | goal | C++ | 2.5 | |\n"
               "| 2 | [10_fibonacci](x) | goal | 03 | 3 | |\n"
               "| 3 | [05_grey](x) | goal | | 2 | |\n"
               "\nTogether 8 hours.\n");
    EXPECT_EQ(
        wrong_weeks_of(page),
        (Lines{"week 2: 10_fibonacci needs 04_roots", "week 2: 2 hours, not 3",
               "week 3: prerequisites are 03", "together 7.5 hours"}));
}

TEST(WorkbookTest, ExamQuestionsAreNumberedAndNameTheirLesson) {
    const fs::path page = workbook() / "docs/exam.md";
    if (!fs::exists(page)) GTEST_SKIP() << "a handout has none";
    static const std::regex begin(
        R"(\*\*(\d+)\.\*\* \(\[(\d\d_\w+)\]\(\.\./lessons/(\w+)/README\.md\),.*)");
    int questions = 0;
    int answers = 0;
    for (const std::string& line : lines_of(page)) {
        if (line.starts_with("**")) {
            EXPECT_EQ(answers, questions) << "no answer before: " << line;
            ++questions;
            std::smatch match;
            ASSERT_TRUE(std::regex_match(line, match, begin)) << line;
            EXPECT_EQ(match[1], std::to_string(questions));
            EXPECT_EQ(match[2], match[3]);
        }
        if (line.find("<summary>Answer</summary>") != std::string::npos) {
            ++answers;
            EXPECT_EQ(answers, questions) << "two answers";
        }
    }
    EXPECT_EQ(answers, questions);
    EXPECT_GE(questions, 25);
    static const std::regex worth(R"(/README\.md\), \d points\) )");
    const std::string prose = prose_of(page);
    const std::sregex_iterator first(prose.begin(), prose.end(), worth);
    EXPECT_EQ(std::distance(first, std::sregex_iterator()), questions);
}

TEST(WorkbookTest, DeadLinksAreSeen) {
    const TemporaryFolder folder;
    write_text(folder / "there.md", "");
    write_text(folder / "page.md",
               "[a](there.md) ![b](there.md#part) [c](#part) [d](.)\n"
               "[e](https://example.org/no) <img src=\"there.md\">\n"
               "[f](dead1.md) | ![g](dead2.png \"title\") [`h`](dead3.md)\n"
               "<img width=\"9\" src=\"dead4.png\"> <a href=\"dead5\">\n"
               "[i]: dead6.md\n"
               "`[](code1)` and ``` starts no line here ```\n"
               "```cpp\n"
               "call([](code2) {});\n"
               "```\n"
               "[j](dead7.md#part)\n");
    EXPECT_EQ(dead_links_of(folder / "page.md"),
              (Lines{"dead1.md", "dead2.png", "dead3.md", "dead4.png", "dead5",
                     "dead6.md", "dead7.md#part"}));
}

TEST(WorkbookTest, LessonsAreNeitherTooShortNorTooLong) {
    for (const fs::path& lesson : lessons()) {
        const std::string prose = prose_of(lesson / "README.md");
        const auto words = std::count(prose.begin(), prose.end(), ' ');
        EXPECT_GE(words, 1000) << lesson;
        EXPECT_LE(words, 1500) << lesson;
    }
}

TEST(WorkbookTest, PagesAreInPlainEnglish) {
    for (const fs::path& page : pages()) {
        EXPECT_EQ(hard_forms_of(page), Lines())
            << page.lexically_relative(workbook()).string();
    }
}

TEST(WorkbookTest, HardFormsAreSeenOutsideOfCode) {
    const TemporaryFolder folder;
    write_text(folder / "page.md",
               "Whoever reads: there is a folder a lesson,\n"
               "and it tells\n"
               "  of sizes. Nothing need be done.\n"
               "```\n"
               "hence thus upon\n"
               "```\n"
               "believe, thusly, families; a line and a row: nothing\n");
    EXPECT_EQ(prose_of(folder / "page.md").substr(0, 15), " Whoever reads:");
    EXPECT_EQ(hard_forms_of(folder / "page.md"),
              (Lines{"Whoever", "a folder a ", "tells of", "Nothing need be"}));
}

TEST(WorkbookTest, WhatReadmesTellToMakeExists) {
    const std::set<std::string> known = words_of_make();
    for (const fs::path& page : pages()) {
        if (page.filename() != "README.md") continue;
        for (const std::string& word : make_words_of(page)) {
            EXPECT_TRUE(known.contains(word))
                << "make " << word << " in "
                << page.lexically_relative(workbook()).string();
        }
    }
}

TEST(WorkbookTest, WordsOfMakeAreFoundInCode) {
    const TemporaryFolder folder;
    write_text(folder / "page.md",
               "To make two, type `make check-05` or `X=a make 7 A=b`.\n"
               "```\n"
               "$ make run  # make nothing\n"
               "for n in 1 2; do A=b make 03; done; cmake there\n"
               "```\n");
    EXPECT_EQ(make_words_of(folder / "page.md"),
              (Lines{"run", "03", "check-05", "7"}));
    const std::set<std::string> known = words_of_make();
    for (const char* word :
         {"run", "new-lesson", "05", "5", "grey", "05_grey", "check-grey",
          "experiment-19", "watch-5", "hint-05"}) {
        EXPECT_TRUE(known.contains(word)) << word;
    }
    for (const char* word : {"00", "runs", ".DEFAULT_GOAL", "check-"}) {
        EXPECT_FALSE(known.contains(word)) << word;
    }
}

TEST(WorkbookTest, WhatAnExperimentStartsIsBuiltForIt) {
    for (const char* word : {"experiment-12", "predict-12"}) {
        const Outcome planned = run_process(
            {.program = "make", .arguments = {"-n", "-C", workbook(), word}});
        ASSERT_TRUE(planned.ok()) << planned.output;
        for (const char* program : {"control", "team_costs"}) {
            EXPECT_TRUE(std::regex_search(
                planned.output,
                std::regex(std::string("--target .* ") + program + "\\b")))
                << "make " << word << " does not build " << program;
        }
    }
}

TEST(WorkbookTest, TheEditorsTasksAreWordsOfMake) {
    const auto read = [](const char* name) {
        // With comments, as the editor reads it.
        return nlohmann::json::parse(read_text(workbook() / ".vscode" / name),
                                     nullptr, true, true);
    };
    const std::set<std::string> known = words_of_make();
    std::set<std::string> labels;
    std::set<std::string> words;
    const auto tasks = read("tasks.json");
    for (const auto& task : tasks.at("tasks")) {
        labels.insert(task.at("label"));
        if (task.at("command") != "make") continue;
        const std::string word = std::regex_replace(
            task.at("args").at(0).get<std::string>(),
            std::regex(R"(\$\{fileDirnameBasename\})"), "05_grey");
        EXPECT_TRUE(known.contains(word)) << word;
        words.insert(word);
    }
    EXPECT_EQ(words, (std::set<std::string>{"05_grey", "check-05_grey",
                                            "experiment-05_grey",
                                            "hint-05_grey", "watch-05_grey"}));
    const auto launch = read("launch.json");
    EXPECT_TRUE(
        labels.contains(launch.at("configurations").at(0).at("preLaunchTask")));
}

TEST(WorkbookTest, OptionsThatReadmesGiveExist) {
    const auto programs = find_lessons(fs::path(WORKBOOK_BUILD) / "lessons");
    for (const fs::path& page : pages()) {
        if (page.filename() != "README.md") continue;
        for (const std::string& used : used_options_of(page)) {
            const Outcome outcome = run_process(
                {.program =
                     find_lesson(programs, used.substr(0, 2)).versions.at(1),
                 .arguments = {"--describe"}});
            ASSERT_TRUE(outcome.ok()) << outcome.how_it_ended();
            EXPECT_NE(outcome.output.find('"' + used.substr(3) + '"'),
                      std::string::npos)
                << used << " in "
                << page.lexically_relative(workbook()).string();
        }
    }
}

TEST(WorkbookTest, OptionsAreFoundInCode) {
    const TemporaryFolder folder;
    write_text(folder / "page.md",
               "Not --this, but `make 02 ARGS=--compute`, `cmake --build b`.\n"
               "```\n"
               "make 05 ARGS='--width 9 --repeat 3'; other --no  # --never\n"
               "build/lessons/06_red/parallel --max-it 1 | sort --less\n"
               "make run ARGS=--none\n"
               "```\n");
    EXPECT_EQ(
        used_options_of(folder / "page.md"),
        (Lines{"05 --width", "05 --repeat", "06 --max-it", "02 --compute"}));
}

TEST(WorkbookTest, RunLessonsNamesTheLessonsWhenThereIsNoSuchOne) {
    const Outcome outcome =
        run_process({.program = fs::path(WORKBOOK_BUILD) / "run_lessons",
                     .arguments = {"99"}});
    EXPECT_EQ(outcome.exit_status, 2) << outcome.how_it_ended();
    EXPECT_NE(outcome.output.find("no lesson '99'"), std::string::npos);
    for (const fs::path& lesson : lessons()) {
        EXPECT_NE(outcome.output.find(lesson.filename().string()),
                  std::string::npos)
            << lesson.filename() << " in: " << outcome.output;
    }
}
