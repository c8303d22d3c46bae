#include "tests/grade/symbols.hpp"

#include <cxxabi.h>
#include <dlfcn.h>
#include <fmt/core.h>
#include <link.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <regex>
#include <sstream>

namespace {

/// As it is written in a program: "testing::Test::Test()".
std::string readable(const std::string& name) {
    const std::unique_ptr<char, decltype(&std::free)> text(
        abi::__cxa_demangle(name.c_str(), nullptr, nullptr, nullptr),
        &std::free);
    return text ? text.get() : name;
}

bool is_detectors(const std::string& name) {
    static const std::vector<std::string> beginnings = {
        "__tsan",  "__sanitizer", "__interceptor", "__asan",
        "__ubsan", "Annotate",    "_ZN6__tsan",    "_ZN11__sanitizer"};
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&name](const std::string& beginning) {
                           return name.starts_with(beginning);
                       });
}

/// Whether the compiler calls this, and nobody else has to: each access, each
/// function, each copy.
bool is_instrumentation(const std::string& name) {
    static const std::regex made_by_compiler(
        "__tsan_((unaligned_|volatile_)?(read|write|read_write)[0-9]+(_pc)?|"
        "(read|write)_range|func_(entry|exit)|init|vptr_(read|update)|"
        "atomic[a-z0-9_]+|mem(cpy|move|set))");
    constexpr std::size_t longest = 80;
    return name.size() < longest && std::regex_match(name, made_by_compiler);
}

/// Whether a shared library defines a name for good: as what an object defines
/// under it, a function or not, and not only as one of several copies that
/// compilers make.
bool is_librarys(void* library, const std::string& name, bool is_function,
                 bool is_weak) {
    void* const address = dlsym(library, name.c_str());
    Dl_info about = {};
    void* entry = nullptr;
    if (address == nullptr ||
        dladdr1(address, &about, &entry, RTLD_DL_SYMENT) == 0 ||
        entry == nullptr) {
        return false;
    }
    const auto& symbol = *static_cast<const ElfW(Sym)*>(entry);
    const auto type = ELF64_ST_TYPE(symbol.st_info);
    const bool defines_function = type == STT_FUNC || type == STT_GNU_IFUNC;
    const bool is_copy = is_weak && name.starts_with("_Z") &&
                         ELF64_ST_BIND(symbol.st_info) == STB_WEAK;
    return defines_function == is_function && !is_copy;
}

}  // namespace

std::string objection_to_symbols(const std::string& symbols,
                                 const std::vector<std::string>& command) {
    std::vector<void*> libraries = {RTLD_DEFAULT};
    for (const std::string& word : command) {
        if (word.find(".so") == std::string::npos) continue;
        void* const library = dlopen(word.c_str(), RTLD_LAZY | RTLD_LOCAL);
        if (library != nullptr) libraries.push_back(library);
    }
    std::istringstream lines(symbols);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string name;
        char kind = ' ';
        words >> name >> kind;
        const bool is_defined =
            std::string("Uwv").find(kind) == std::string::npos;
        if (is_detectors(name) && !(is_instrumentation(name) && !is_defined)) {
            return fmt::format("it {} `{}`, which is the race detector's",
                               is_defined ? "defines" : "calls",
                               readable(name));
        }
        if (!is_defined) continue;
        const bool is_weak = kind == 'W' || kind == 'V' || kind == 'u';
        const bool is_function = kind == 'T' || kind == 'W' || kind == 'i';
        const bool is_taken =
            std::any_of(libraries.begin(), libraries.end(), [&](void* library) {
                return is_librarys(library, name, is_function, is_weak);
            });
        if (is_taken) {
            return fmt::format(
                "it defines `{}`, which is a library's: choose another name",
                readable(name));
        }
    }
    return {};
}
