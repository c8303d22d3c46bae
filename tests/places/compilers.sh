#!/bin/sh
# compilers.sh WORKBOOK FOLDER BUILD: an active conda environment, as a folder
# that looks like one. Its libraries are for its own compiler.
set -u
cd "$1" || exit 1
build=$3
[ -x /usr/bin/c++ ] && [ -f "$build/common/libcommon_serial.a" ] || {
    echo "skipped: there is no /usr/bin/c++, or nothing is built"
    exit 77
}
rm -rf "$2"
conda=$2/conda
own=x86_64-conda-linux-gnu-c++
mkdir -p "$conda/bin" "$conda/include" "$conda/lib"
said=$2/said
. tests/places/run.sh
printf '#!/bin/sh\nexec /usr/bin/c++ "$@"\n' >"$conda/bin/$own"
chmod +x "$conda/bin/$own"
# A libpng of its own, of another version.
cat >"$conda/include/png.h" <<'HEADER'
#include_next <png.h>
#undef PNG_LIBPNG_VER_STRING
#define PNG_LIBPNG_VER_STRING "1.7.0"
HEADER
cp "$(/usr/bin/c++ -print-file-name=libpng.so)" "$conda/lib/libpng.so"

active() { # active COMMAND...: as after `conda activate`
    env -u CXX -u CXXFLAGS CONDA_PREFIX="$conda" PATH="$conda/bin:$PATH" \
        CMAKE_PREFIX_PATH="$conda" "$@"
}
run "the system's compiler beside conda" 0 "" active cmake -S . -B "$2/system"
run "has nothing of conda's" 1 "" grep "$conda" "$2/system/CMakeCache.txt"
run "conda's compiler" 0 "" active env CXX="$own" \
    CXXFLAGS="-std=c++17 -isystem $conda/include" cmake -S . -B "$2/own"
run "has conda's libraries" 0 "PNG_LIBRARY_RELEASE:.*=$conda/lib/libpng.so" \
    cat "$2/own/CMakeCache.txt"
[ ! -f "$2/own/exercise_recipe" ] ||
    run "exercises are C++20, whatever conda's flags say" 0 \
        "^flags .*-std=c\+\+17 .*-std=c\+\+20" cat "$2/own/exercise_recipe"

# The header of the one and the library of the other.
cat >"$2/write.cpp" <<'PROGRAM'
#include "common/png.hpp"
#include <cstdio>
#include <exception>
int main() {
    try {
        write_png(Image(1, 1), "/dev/null");
    } catch (const std::exception& error) {
        std::puts(error.what());
        return 1;
    }
}
PROGRAM
run "another header than library compiles" 0 "" /usr/bin/c++ -std=c++20 -I. \
    -isystem "$conda/include" "$2/write.cpp" common/image.cpp common/machine.cpp \
    common/png.cpp \
    "$build/common/libcommon_serial.a" -lpng -lz -lfmt -o "$2/write"
run "and says what is wrong" 1 \
    "compiled for libpng 1.7.0 and has found 1\..*CXX=/usr/bin/c\+\+" "$2/write"

rm -rf "$2"
[ "$failures" -eq 0 ]
