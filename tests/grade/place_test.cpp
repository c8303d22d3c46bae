#include "tests/grade/place.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <stdexcept>

#include "common/programs/process.hpp"
#include "tests/support/files.hpp"

namespace {

namespace fs = std::filesystem;

/// A folder with a file system of its own in memory, where we may make one.
class Mount {
 public:
    explicit Mount(const std::string& options)
        : done_(run_process({.program = "mount",
                             .arguments = {"-t", "tmpfs", "-o", options,
                                           "tmpfs", folder_.path()}})
                    .ok()) {}
    Mount(const Mount&) = delete;
    Mount& operator=(const Mount&) = delete;
    ~Mount() {
        if (done_) {
            run_process({.program = "umount", .arguments = {folder_.path()}});
        }
    }

    [[nodiscard]] bool done() const { return done_; }
    [[nodiscard]] fs::path path() const { return folder_.path(); }

 private:
    TemporaryFolder folder_;
    bool done_;
};

constexpr std::uintmax_t megabyte = std::uintmax_t{1} << 20;

}  // namespace

TEST(PlaceTest, AMissingFolderAndAFileAreNoPlace) {
    const TemporaryFolder folder;
    write_text(folder / "file", "");
    for (const fs::path& path :
         {fs::path(), folder / "missing", folder / "file"}) {
        EXPECT_EQ(objection_to(path, 0), "there is no such folder") << path;
    }
}

TEST(PlaceTest, TheSpaceThatIsLeftHasToDo) {
    const TemporaryFolder folder;
    fs::permissions(folder.path(), fs::perms::all);
    EXPECT_EQ(objection_to(folder.path(), megabyte), "");
    const std::string why = objection_to(folder.path(), megabyte << 40);
    EXPECT_NE(why.find(" are needed"), std::string::npos) << why;
}

TEST(PlaceTest, AFullFolderIsNoPlace) {
    const Mount mount("size=1m,mode=1777");
    if (!mount.done()) GTEST_SKIP() << "nothing can be mounted here";
    EXPECT_EQ(objection_to(mount.path(), 2 * megabyte),
              "1 MiB are left in it, and 2 are needed");
}

TEST(PlaceTest, AFolderWhereNoProgramMayRunIsNoPlace) {
    const Mount mount("noexec,mode=1777");
    if (!mount.done()) GTEST_SKIP() << "nothing can be mounted here";
    EXPECT_EQ(objection_to(mount.path(), megabyte),
              "programs cannot be run in it (it is mounted noexec)");
}

TEST(PlaceTest, ForRootAFolderThatOthersCannotEnterIsNoPlace) {
    if (geteuid() != 0) GTEST_SKIP() << "we are not root";
    const TemporaryFolder folder;
    const fs::path inner = folder / "inner";
    fs::create_directory(inner);
    fs::permissions(inner, fs::perms::all);
    fs::permissions(folder.path(), fs::perms::owner_all);
    EXPECT_NE(objection_to(inner, 0), "");
    fs::permissions(folder.path(), fs::perms::all);
    EXPECT_EQ(objection_to(inner, 0), "");
}

TEST(PlaceTest, TheFirstFolderThatWillDoIsTaken) {
    const TemporaryFolder folder;
    fs::permissions(folder.path(), fs::perms::all);
    std::vector<std::string> rejected;
    EXPECT_EQ(find_place({"/missing", folder.path(), "/"}, 0, rejected),
              folder.path());
    EXPECT_EQ(rejected,
              std::vector<std::string>({"/missing: there is no such folder"}));
}

TEST(PlaceTest, WhereNoneWillDoEachIsToldWithItsReason) {
    std::vector<std::string> rejected;
    try {
        find_place({"/missing", "/nowhere"}, 0, rejected);
        ADD_FAILURE() << "nothing was thrown";
    } catch (const std::runtime_error& error) {
        EXPECT_EQ(std::string(error.what()),
                  "no folder to grade in: set TMPDIR to one that will do "
                  "(/missing: there is no such folder; "
                  "/nowhere: there is no such folder)");
    }
}
