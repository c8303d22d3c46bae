// The columns of the table and of the CSV files, each described once.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/programs/experiment/results.hpp"

/// What a row has in one column.
struct Cell {
    std::string heading;
    std::string text;          ///< "-" or empty: not known
    std::string meaning = {};  ///< of the column
    bool words = false;        ///< written from the left
    bool bad = false;          ///< its row has to strike a reader
};
using Row = std::vector<Cell>;

/// The rows of the table, without the columns in which there is nothing.
std::vector<Row> table_rows(const Experiment& experiment);

/// What a reader must know of a setting before believing it; may be empty.
std::string remarks(const Summary& summary);

/// A run as runs.csv has it.
Row csv_row(const Run& run, const Experiment& experiment);

/// Rows of the same columns for a terminal, with a legend.
std::string table_text(const std::vector<Row>& rows);

/// The same as an element of HTML and in Markdown, without a legend.
std::string table_html(const std::vector<Row>& rows);
std::string table_markdown(const std::vector<Row>& rows);

/// One part of a row as a line of CSV.
std::string csv_line(const Row& row, std::string Cell::*part);

/// Every run as CSV (RFC 4180, but lines end in a line feed).
std::string runs_csv(const Experiment& experiment);

/// "parallel, dynamic,16, 2 threads, 1024 x 683"; the size only where one was
/// given.
std::string name_of(const Summary& summary);

/// The text as HTML shows it, in and out of attributes.
std::string escape_html(std::string_view text);
