// What a program that a signal ends has to remove.

#pragma once

#include <csignal>
#include <filesystem>

/// Ctrl-C has to remove temporary files and folders, and it comes at any time:
/// between the making of a file and its entry in the list, too. So the two are
/// one step, from here to the end of the block, in which this thread is sent no
/// signal and every other one waits, be it for a step of its own or to handle a
/// signal.
///
/// The signals are SIGINT, SIGTERM and SIGHUP, unless the program handles them
/// or they are ignored (nohup).
class EndingStep {
 public:
    EndingStep();
    EndingStep(const EndingStep&) = delete;
    EndingStep& operator=(const EndingStep&) = delete;
    ~EndingStep();

 private:
    sigset_t mask_before_ = {};
};

/// A signal that ends this program removes this file, or this folder with all
/// that is in it. To be called in a step.
void remove_at_end(const std::filesystem::path& path, const EndingStep& step);
/// It no longer does.
void forget(const std::filesystem::path& path, const EndingStep& step);
