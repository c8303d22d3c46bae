#include "tests/grade/students.hpp"

#include <gtest/gtest.h>

#include "common/programs/process.hpp"
#include "tests/grade/reports.hpp"
#include "tests/grade/submission.hpp"
#include "tests/support/files.hpp"

namespace {

namespace fs = std::filesystem;

using Names = std::vector<std::string>;

/// The students of a folder with such entries; those without a dot are folders.
std::vector<Student> students_of(const Names& entries, Names& not_used) {
    const TemporaryFolder folder;
    for (const std::string& name : entries) {
        if (name.find('.', 1) == std::string::npos) {
            fs::create_directory(folder / name);
        } else {
            write_text(folder / name, "");
        }
    }
    return find_students(folder.path(), not_used);
}

std::string key_of(const std::string& entry) {
    Names not_used;
    const auto students = students_of({entry}, not_used);
    return students.size() == 1 ? students[0].key : "";
}

/// A folder to hand in, and what is taken of it.
class SubmissionTest : public testing::Test {
 protected:
    void SetUp() override { fs::permissions(folder_.path(), fs::perms::all); }

    void hand_in(const fs::path& file, const std::string& text = "int x;") {
        const fs::path path = folder_ / "in" / file;
        fs::create_directories(path.parent_path());
        write_text(path, text);
    }

    Submission take(const Names& lessons = {"03_squares", "05_grey"},
                    const std::string& entry = "in") {
        return take_exercises({folder_ / entry}, lessons, "exercise.cpp",
                              folder_ / "taken", false);
    }

    /// What is found when this file alone is handed in, in a folder.
    std::string found(const fs::path& file, const Names& lessons) {
        fs::remove_all(folder_ / "in");
        hand_in(file);
        return take(lessons).found["05_grey"];
    }

    void pack(const Names& command) {
        Names words = {"-c", "cd \"$0\" && \"$@\"", (folder_ / "in").string()};
        words.insert(words.end(), command.begin(), command.end());
        const Outcome packed =
            run_process({.program = "sh", .arguments = words});
        ASSERT_TRUE(packed.ok()) << packed.output;
    }

    static bool has_bsdtar() {
        return run_process({.program = "bsdtar", .arguments = {"--version"}})
            .ok();
    }

    TemporaryFolder folder_;
};

Row row_of(const std::string& name, double correct, Status fast) {
    Row row;
    row.student.name = name;
    row.student.submission = {"somewhere"};
    row.grade.marks = {{.of = {"05_grey", "correct", 3.0},
                        .verdict = {.status = Status::passed},
                        .points = correct},
                       {.of = {"05_grey", "fast", 1.0},
                        .verdict = {.status = fast, .why = "busy"},
                        .points = fast == Status::passed ? 1.0 : 0.0}};
    row.grade.handed["05_grey"] = {
        .digest = "d" + name, .code = "c", .found = "x"};
    return row;
}

}  // namespace

TEST(StudentsTest, AStudentIsNamedByTheFileHandedIn) {
    EXPECT_EQ(key_of("anna"), "anna");
    EXPECT_EQ(key_of("anna.tar.gz"), "anna");
    EXPECT_EQ(key_of("anna.tgz"), "anna");
    EXPECT_EQ(key_of("anna.zip"), "anna");
    EXPECT_EQ(key_of("anna.cpp"), "anna");
    EXPECT_EQ(key_of("a.b.zip"), "a.b");
    EXPECT_EQ(key_of("Jane Doe_12_assignsubmission_file_"), "Jane Doe_12");
    EXPECT_EQ(key_of("Jane Doe_12_assignsubmission_file_my_x.zip"),
              "Jane Doe_12");
    EXPECT_EQ(key_of("doejane_12_345_exercise-1.cpp"), "doejane_12");
    EXPECT_EQ(key_of("doejane_LATE_12_345_exercise.cpp"), "doejane_12");
}

TEST(StudentsTest, SeveralFilesOfOneStudentBelongTogether) {
    Names not_used;
    const auto students =
        students_of({"doe_1_7_03_exercise.cpp", "doe_1_8_05_exercise.cpp",
                     "doe_2_9_exercise.cpp", "index.html", ".hidden"},
                    not_used);
    ASSERT_EQ(students.size(), 2U);
    EXPECT_EQ(students[0].submission.size(), 2U);
    EXPECT_EQ(students[0].number, "1");
    EXPECT_EQ(not_used, Names({".hidden", "index.html"}));
}

TEST(StudentsTest, NoStudentsReportsAreWhereATableIs) {
    const TemporaryFolder folder;
    fs::create_directory(folder / "grades.csv");
    Names not_used;
    const auto students = find_students(folder.path(), not_used);
    ASSERT_EQ(students.size(), 1U);
    EXPECT_EQ(students[0].name, "grades.csv");
    EXPECT_NE(students[0].key, "grades.csv");
}

TEST(StudentsTest, ARosterIsFoundByIdNameOrMail) {
    const TemporaryFolder folder;
    write_text(folder / "roster.csv",
               "\xEF\xBB\xBF"
               "ID number;Name;E-mail address\r\n"
               "7;\"Doe, \"\"J\"\" Jane\";jane@x.org\r\n8;Ann Roe;roe@x.org\r\n"
               "9;Carl;carl@x.org\r\n10;Dora;dd@x.org\r\n11;Eve;eve@x.org\r\n");
    const auto roster = read_roster(folder / "roster.csv");
    ASSERT_EQ(roster.size(), 5U);
    EXPECT_EQ(roster[0].name, "Doe, \"J\" Jane");
    EXPECT_EQ(roster[0].email, "jane@x.org");
    Names not_used;
    auto students = students_of(
        {"doejjane_5_6_x.cpp", "roeann_3_4_x.cpp", "9", "dd", "guest"},
        not_used);
    add_roster(students, roster);
    std::string ids;
    for (const Student& student : students) ids += student.id + " ";
    EXPECT_EQ(ids, "9 10 7  8 11 ");
    EXPECT_TRUE(students.back().submission.empty()) << "Eve has nothing";
    EXPECT_EQ(students[3].name, "guest") << "graded, but not in the roster";
}

TEST(StudentsTest, ARosterWithoutItsColumnsIsRefused) {
    const TemporaryFolder folder;
    write_text(folder / "roster.csv", "1,Jane,jane@x.org\n");
    EXPECT_THROW(read_roster(folder / "roster.csv"), std::runtime_error);
    EXPECT_THROW(read_roster(folder / "missing"), std::runtime_error);
}

TEST(StudentsTest, WhatSteersATerminalIsNotPrinted) {
    EXPECT_EQ(shown("J\xC3\xB6rg \xE2\x82\xAC"), "J\xC3\xB6rg \xE2\x82\xAC");
    EXPECT_EQ(shown("\x1b[31m\n\x7f"), "?[31m??");
    EXPECT_EQ(shown("J\xF6rg"), "J?rg");
    EXPECT_EQ(shown("\xC2\x9B"
                    "1m\xE2\x82"),
              "?1m??");
}

TEST_F(SubmissionTest, AnExerciseIsFoundByItsFolderHoweverDeep) {
    const Names both = {"03_squares", "05_grey"};
    for (const char* file :
         {"lessons/05_grey/exercise.cpp", "05_grey/exercise.cpp",
          "student/mine/lessons/05_grey/Exercise.CPP", "05_grey_exercise.cpp",
          "a/05_exercise.cpp", "05_grey_exercise-2.cpp",
          "doe_1_2_05_grey_exercise.cpp"}) {
        EXPECT_EQ(found(file, both), file);
    }
    for (const char* file :
         {"exercise.cpp", "tests/exercises/05_grey.cpp",
          "lessons/05_grey/serial.cpp", "__MACOSX/05_grey/exercise.cpp",
          "05_grey/._exercise.cpp", "lessons/15_grey/exercise.cpp"}) {
        EXPECT_EQ(found(file, both), "") << file;
    }
}

TEST_F(SubmissionTest, AFlatFileDoesWhereOneLessonIsGraded) {
    EXPECT_EQ(found("exercise.cpp", {"05_grey"}), "exercise.cpp");
    write_text(folder_ / "anna.cpp", "int x;");
    EXPECT_EQ(take({"05_grey"}, "anna.cpp").found["05_grey"], "anna.cpp");
    EXPECT_EQ(take({"03_squares", "05_grey"}, "anna.cpp").found.size(), 0U);
}

TEST_F(SubmissionTest, WhatIsNotUsedIsTold) {
    hand_in("05_grey/exercise.cpp");
    hand_in("old/05_grey/exercise.cpp");
    EXPECT_EQ(take().remarks, Names({"old/05_grey/exercise.cpp is not used: "
                                     "05_grey/exercise.cpp is taken"}));
    fs::remove_all(folder_ / "in");
    hand_in("solution.cpp");
    EXPECT_EQ(take().remarks,
              Names({"solution.cpp is not used: no lesson's exercise"}));
}

TEST_F(SubmissionTest, LinksAreNotFollowed) {
    hand_in("other/exercise.cpp");
    fs::create_directories(folder_ / "in/05_grey");
    fs::create_symlink(folder_ / "in/other/exercise.cpp",
                       folder_ / "in/05_grey/exercise.cpp");
    EXPECT_NE(take().missing["05_grey"].find("is a symbolic link"),
              std::string::npos);
    fs::create_directory_symlink(folder_ / "in", folder_ / "link");
    EXPECT_EQ(take({"05_grey"}, "link").remarks,
              Names({"link is a symbolic link: not followed"}));
}

TEST_F(SubmissionTest, ArchivesAreUnpacked) {
    if (!has_bsdtar()) GTEST_SKIP() << "bsdtar is not installed";
    hand_in("lessons/05_grey/exercise.cpp", "int five;");
    hand_in("lessons/05_grey/big.bin", std::string(1 << 20, 'x'));
    for (const char* name : {"mine.tar.gz", "mine.tgz", "mine.zip"}) {
        pack({"bsdtar", "-acf", std::string("../") + name, "lessons"});
        const Submission taken = take({"03_squares", "05_grey"}, name);
        EXPECT_EQ(taken.found.at("05_grey"),
                  std::string(name) + "/lessons/05_grey/exercise.cpp");
        EXPECT_EQ(read_text(taken.exercises.at("05_grey")), "int five;");
    }
    // As Moodle has it: a folder with an archive in it.
    fs::remove_all(folder_ / "in/lessons");
    fs::rename(folder_ / "mine.zip", folder_ / "in/mine.zip");
    EXPECT_EQ(take().found.at("05_grey"),
              "mine.zip/lessons/05_grey/exercise.cpp");
}

TEST_F(SubmissionTest, ABadArchiveIsTold) {
    if (!has_bsdtar()) GTEST_SKIP() << "bsdtar is not installed";
    write_text(folder_ / "bad.zip", "no archive");
    const Submission bad = take({"05_grey"}, "bad.zip");
    ASSERT_EQ(bad.remarks.size(), 1U);
    EXPECT_EQ(bad.remarks[0].find("bad.zip cannot be unpacked"), 0U);
    hand_in("big.cpp", std::string(40 << 20, ' '));
    pack({"bsdtar", "-acf", "../bomb.tar.gz", "big.cpp"});
    const Submission bomb = take({"05_grey"}, "bomb.tar.gz");
    ASSERT_FALSE(bomb.remarks.empty());
    EXPECT_EQ(bomb.remarks[0].find("bomb.tar.gz cannot be unpacked"), 0U);
}

TEST_F(SubmissionTest, NoPathInAnArchiveLeavesItsFolder) {
    if (!has_bsdtar()) GTEST_SKIP() << "bsdtar is not installed";
    hand_in("escaped.cpp");
    pack({"bsdtar", "-P", "-s", "|^|../../../|", "-cf", "../evil.tar",
          "escaped.cpp"});
    pack({"bsdtar", "-P", "-s", "|^|" + (folder_ / "out_").string() + "|",
          "-cf", "../absolute.tar", "escaped.cpp"});
    take({"05_grey"}, "evil.tar");
    take({"05_grey"}, "absolute.tar");
    EXPECT_FALSE(fs::exists(folder_ / "escaped.cpp"));
    EXPECT_FALSE(fs::exists(folder_ / "taken/escaped.cpp"));
    EXPECT_FALSE(fs::exists(folder_ / "out_escaped.cpp"));
}

TEST(BareCodeTest, CommentsAndSpacesGo) {
    EXPECT_EQ(bare_code("int  x; // a\n/* b\n*/char c = ' ';"),
              "intx;charc=' ';");
    EXPECT_EQ(bare_code("s(\"// no \\\" comment\");"),
              "s(\"// no \\\" comment\");");
    EXPECT_EQ(bare_code("a /* open"), "a");
    EXPECT_EQ(bare_code("a // open"), "a");
}

TEST(TablesTest, TheMaximumIsTheSameForAll) {
    const std::vector<Row> rows = {row_of("a", 3, Status::passed),
                                   row_of("b", 1, Status::skipped)};
    EXPECT_EQ(class_csv(rows),
              "\xEF\xBB\xBFstudent,id,e-mail,points,maximum,remark,05_grey,"
              "05_grey maximum,05.correct,05.fast\n"
              "a,,,3,3,,3,3,3,1\n"
              "b,,,1,3,,1,3,1,\n");
    EXPECT_EQ(not_counted(rows),
              "fast of 05_grey counts for nobody: it could not be judged for 1 "
              "of 2 students (busy)\n");
    EXPECT_EQ(moodle_csv(rows),
              "ID number,Email address,Full name,05_grey,Total\n"
              ",,a,3,3\n,,b,1,1\n");
    EXPECT_EQ(canvas_csv(rows),
              "Student,ID,SIS User ID,SIS Login ID,Section,05_grey\n"
              "    Points Possible,,,,,3\na,,,,,3\nb,,,,,1\n");
}

TEST(TablesTest, NoNameIsAFormulaOrSteersATerminal) {
    const std::string csv = class_csv({row_of("=cmd(\"x\")", 3, Status::passed),
                                       row_of("\x1b[2J", 3, Status::passed)});
    EXPECT_NE(csv.find("\n\"'=cmd(\"\"x\"\")\","), std::string::npos) << csv;
    EXPECT_NE(csv.find("\n?[2J,"), std::string::npos) << csv;
}

TEST(TablesTest, WhoCouldNotBeGradedIsInTheTable) {
    Row failed;
    failed.student.name = "b";
    failed.trouble = "the disk is full";
    Row absent;
    absent.student.name = "c";
    Row partly = row_of("d", 3, Status::passed);
    partly.grade.handed["05_grey"].found.clear();
    Row other = row_of("e", 3, Status::passed);
    other.grade.handed.clear();
    const std::string csv = class_csv(
        {row_of("a", 3, Status::passed), failed, absent, partly, other});
    EXPECT_NE(csv.find("b,,,0,4,could not be graded: the disk is full,0,4,,\n"),
              std::string::npos)
        << csv;
    EXPECT_NE(csv.find("nothing was handed in"), std::string::npos);
    EXPECT_NE(csv.find("no file for 05_grey"), std::string::npos);
    EXPECT_NE(csv.find("05_grey was not graded"), std::string::npos);
}

TEST(TablesTest, EqualCodeIsListedButNotTheStarter) {
    std::vector<Row> rows;
    for (const char* name : {"a", "b", "c", "d", "e"}) {
        rows.push_back(row_of(name, 3, Status::passed));
    }
    rows[1].grade.handed["05_grey"].digest = "da";  // as a's
    for (const std::size_t i : {3U, 4U}) {
        rows[i].grade.handed["05_grey"].code = "starter";
    }
    EXPECT_EQ(alike(rows, {{"05_grey", "starter"}}),
              "05_grey: the same file: a, b\n"
              "05_grey: the same but for comments and spaces: a, b, c\n");
}
