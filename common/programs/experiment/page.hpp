// What a page is made of: a template, figures, and plots by gnuplot.

#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

/// The template of that name, with each {{part}} replaced; {{style}} is
/// page.css.
std::string filled(const std::string& name,
                   std::map<std::string, std::string> parts);

/// A figure that holds the file; empty where there is no such file.
std::string figure(const std::filesystem::path& file,
                   const std::string& caption);

/// The figure of a plot, NAME.svg or NAME.png in the folder.
std::string plot(const std::filesystem::path& folder, const std::string& name);

/// Base64 with padding (RFC 4648, section 4).
std::string base64(std::string_view bytes);

/// Why nothing can be drawn; empty: there is gnuplot.
std::string no_gnuplot();

/// Puts plots/NAME.gp into the folder.
void copy_script(const std::filesystem::path& folder, const std::string& name);

/// The same, and runs it there.
/// @returns what went wrong; empty: nothing.
std::string draw(const std::filesystem::path& folder, const std::string& name);
