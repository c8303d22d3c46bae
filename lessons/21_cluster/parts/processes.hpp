// The processes that run a program together, and how they share rows.

#pragma once

#include <memory>
#include <optional>
#include <string>

/// Which process this is, and how many there are.
struct Processes {
    int number = 0;  ///< of this process, from 0; MPI calls it the rank
    int count = 1;
};

/// Process 0 of 1, unless mpirun or srun has started several. See Connection.
Processes processes();

/// Connects the processes that mpirun or srun has started with each other, as
/// long as it is there. Without them it does nothing. main() makes it first.
class Connection {
 public:
    Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    /// In process 0 it sends the others home. A process that goes before that
    /// ends them all.
    ~Connection();

    /// In process 0: calls the others to a picture. All of them compute it.
    static void call_others();
    /// In the others: waits for that call. @returns whether there is a picture;
    /// false when process 0 has ended.
    bool is_called();

    /// How to start several processes, here; one line.
    static std::string how_to_start();

 private:
    bool is_over_ = false;
};

/// The rows begin .. end-1 of a picture.
struct Rows {
    int begin = 0;
    int end = 0;
    [[nodiscard]] int size() const { return end - begin; }
};

/// The block of a process if `rows` rows are shared in equal blocks of
/// neighbouring rows: sizes differ by one at most.
Rows block(int rows, Processes of);

/// A queue of all rows of a picture, from which all processes take: a number in
/// the memory of process 0, the first row that nobody has. All processes make
/// it together, and it goes when all have left it.
class RowQueue {
 public:
    explicit RowQueue(int rows);
    RowQueue(const RowQueue&) = delete;
    RowQueue& operator=(const RowQueue&) = delete;
    ~RowQueue();

    /// The next 16 rows, or what is left of them; none when all are taken.
    std::optional<Rows> take();

 private:
    struct Number;
    std::unique_ptr<Number> number_;
    int rows_;
};
