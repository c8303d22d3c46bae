// For the race detector alone: what it must know before the program begins.

// Names that the sanitizer has chosen.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier)
extern "C" {

// Programs are linked with --undefined=detector_options: the sanitizer has
// weak functions with the names below, which alone would do for the linker.
int detector_options = 0;

/// The OpenMP runtime is not instrumented: what it does is no race; Archer
/// says what it puts in order. Accesses are remembered for as long as possible.
const char* __tsan_default_options() {
    return "ignore_noninstrumented_modules=1:history_size=7";
}

/// Archer takes a lock of its own at every lock of the program, and that would
/// put unrelated critical sections in order. A task's or taskloop's reduction
/// is completed by the runtime, which the detector cannot see wait. Two threads
/// that log the same item race in the log alone: tests count the items.
const char* __tsan_default_suppressions() {
    return "called_from_lib:libarcher.so\n"
           "race:.red_comb.\n"
           "race:.red_init.\n"
           "race_top:WorkLog::begin\n"
           "race_top:WorkLog::end\n";
}
}
// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier)
