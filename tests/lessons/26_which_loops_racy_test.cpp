// racy.cpp, which is wrong on purpose. Under the race detector this program
// must be caught: tests/CMakeLists.txt expects its report.

#include "tests/support/teams.hpp"
#include "tests/support/which_loops.hpp"

TEST(WhichLoopsRacyTest, OneThreadGivesWhatIsFoundByHand) {
    omp_set_num_threads(1);
    expect_results_in_order();
}

// What comes out of the others is a matter of chance, so only this is expected.
TEST(WhichLoopsRacyTest, TheLoopThatNeedsNoClauseIsRightInEveryTeam) {
    List in;
    for (int i = 0; i < 10'007; ++i) in.push_back(i % 5);
    for_each_team([&] {
        const Result twice = result_of(doubled, in);
        for (int i = 0; i < 10'007; ++i) ASSERT_EQ(twice[i], 2 * (i % 5)) << i;
        // It is never longer than the list, and its room is enough for that.
        EXPECT_LE(result_of(collected, in).size(), in.size());
    });
}
