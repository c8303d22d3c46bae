#!/bin/sh
# packages.sh GROUP...: installs what a group needs and this machine lacks,
# through the system's package manager; says what and why before it does.
#
# Groups: build (the lessons and tests), races (the race detector), plots,
# grade (what the grader uses of the system), bench, style (the format and tidy
# checks), photo (a converter of pictures), book,
# book-test (a browser), cluster (MPI, for lesson 21).
set -u

# --- What is missing: one line each, "NAME|why|Debian|Fedora|Homebrew".
missing=""
lacks() { missing="$missing$1
"; }

compiler=${CXX:-c++}  # may have a launcher before it and flags after it
has_command() { command -v "$1" >/dev/null 2>&1; }
compiles() { # compiles COMPILER HEADER FLAG...
    with=$1 header=$2
    shift 2
    folder=$(mktemp -d) || exit 1
    printf '#include <%s>\nint main() {}\n' "$header" >"$folder/try.cpp"
    # shellcheck disable=SC2086  # words
    $with "$@" "$folder/try.cpp" -o "$folder/try" >/dev/null 2>&1
    status=$?
    rm -rf "$folder"
    return $status
}
lacks_header() { # lacks_header HEADER LINE: it is found, and what it includes
    # shellcheck disable=SC2086  # words
    compiles "$compiler" "$1" ${CXXFLAGS-} -std=c++20 $include -E || lacks "$2"
}
openmp=-fopenmp include=""
if [ "$(uname)" = Darwin ] && has_command brew; then
    include=-I$(brew --prefix)/include
    case $($compiler --version 2>/dev/null) in
        Apple*) # knows OpenMP, but has neither its header nor its runtime
            libomp=$(brew --prefix libomp)
            openmp="-Xpreprocessor -fopenmp -I$libomp/include -L$libomp/lib -lomp" ;;
    esac
fi

look_for_build() {
    has_command cmake || lacks "cmake|builds the workbook|cmake|cmake|cmake"
    has_command ninja || lacks "ninja|builds it faster|ninja-build|ninja-build|ninja"
    if ! has_command "${compiler%% *}"; then
        case $compiler in
            c++) lacks "a C++20 compiler with OpenMP|compiles the lessons|g++|gcc-c++|libomp" ;;
            clang++*) lacks "clang++ (CXX=$CXX)|compiles the lessons|clang libomp-dev|clang libomp-devel|llvm" ;;
            *) lacks "$compiler (CXX=$CXX)|compiles the lessons|${compiler%% *}|${compiler%% *}|${compiler%% *}" ;;
        esac
        compiler=false  # so all that is to be asked of it is missing, too
    elif ! compiles "$compiler" omp.h ${CXXFLAGS-} -std=c++20 $openmp; then
        case $compiler in
            *clang++*) lacks "OpenMP for $compiler|compiles the lessons|libomp-dev|libomp-devel|libomp" ;;
            *) lacks "a C++20 compiler with OpenMP|compiles the lessons|g++|gcc-c++|libomp" ;;
        esac
    fi
    lacks_header png.h "libpng|reads and writes pictures|libpng-dev|libpng-devel|libpng"
    lacks_header zlib.h "zlib|checksums of results|zlib1g-dev|zlib-devel|zlib"
    lacks_header fmt/format.h "fmt|prints text|libfmt-dev|fmt-devel|fmt"
    lacks_header CLI/CLI.hpp "CLI11|reads options|libcli11-dev|cli11-devel|cli11"
    lacks_header nlohmann/json.hpp "nlohmann-json|reads and writes JSON|nlohmann-json3-dev|json-devel|nlohmann-json"
    lacks_header gtest/gtest.h "GoogleTest|tests the lessons|libgtest-dev|gtest-devel|googletest"
}
look_for_races() {
    has_command llvm-symbolizer ||
        lacks "llvm-symbolizer|names the lines of a data race|llvm|llvm|llvm"
    compiles clang++ omp.h -fopenmp -fsanitize=thread ||
        lacks "clang++ with OpenMP and ThreadSanitizer|finds data races|clang libomp-dev libclang-rt-dev|clang libomp-devel compiler-rt|llvm"
}
look_for_grade() {
    if [ "$(uname)" = Linux ]; then
        has_command bwrap || lacks "bubblewrap|runs submissions in a sandbox|bubblewrap|bubblewrap|"
        has_command bsdtar || lacks "bsdtar|unpacks what is handed in as an archive|libarchive-tools|bsdtar|"
    fi
}
look_for_plots() {
    has_command gnuplot || lacks "gnuplot|draws plots|gnuplot-nox|gnuplot-minimal|gnuplot"
}
look_for_bench() {
    # Its header alone does not link.
    compiles "$compiler" benchmark/benchmark.h -std=c++20 -fsyntax-only ||
        lacks "Google Benchmark|measures|libbenchmark-dev|google-benchmark-devel|google-benchmark"
}
look_for_style() {
    for tool in clang-format clang-tidy; do
        has_command $tool-14 && continue
        $tool --version 2>/dev/null | grep -q ' 14\.' && continue
        # This release does not have it, though it has others.
        if apt-cache show make >/dev/null 2>&1 &&
            ! apt-cache show $tool-14 >/dev/null 2>&1; then
            echo "packages.sh: the style is checked by $tool 14, which this" \
                "system does not have: Debian 12 does" >&2
            exit 1
        fi
        lacks "$tool 14|checks the style|$tool-14|clang-tools-extra|llvm@14"
    done
}
look_for_book() {
    sh docs/book/python.sh >/dev/null 2>&1 ||
        lacks "Sphinx, MyST and furo|make the book|python3-sphinx python3-myst-parser furo python3-sphinx-copybutton|python3-sphinx python3-myst-parser python3-furo python3-sphinx-copybutton|sphinx-doc"
}
look_for_book_test() {
    has_command chromedriver ||
        lacks "chromium and its driver|read the book in a test|chromium chromium-driver fonts-liberation|chromium chromedriver liberation-fonts|chromium chromedriver"
}
look_for_cluster() {
    { has_command mpicxx && has_command mpirun; } ||
        lacks "Open MPI|several processes in lesson 21|openmpi-bin libopenmpi-dev|openmpi openmpi-devel|open-mpi"
}
look_for_photo() {
    has_command magick || has_command convert || has_command vips ||
        has_command ffmpeg ||
        lacks "ImageMagick|makes PNG files of photographs|imagemagick|ImageMagick|imagemagick"
}

for group in "$@"; do
    case $group in
        build) look_for_build ;;
        races) look_for_races ;;
        grade) look_for_grade ;;
        plots) look_for_plots ;;
        bench) look_for_bench ;;
        style) look_for_style ;;
        photo) look_for_photo ;;
        book) look_for_book ;;
        book-test) look_for_book_test ;;
        cluster) look_for_cluster ;;
        *)
            echo "packages.sh: no group '$group': build, races, grade, plots, bench, style, photo, book, book-test, cluster" >&2
            exit 2
            ;;
    esac
done
[ -z "$missing" ] && exit 0
[ -n "${LOOK_ONLY-}" ] && exit 1

# A compiler that is not the system's, such as conda's, does not see the
# system's libraries.
named=${CXX:-c++}
found=$(command -v "${named%% *}")
case $found in
    "" | /usr/bin/*) ;;
    *)
        if CXX=/usr/bin/c++ LOOK_ONLY=1 sh "$0" "$@"; then
            echo "packages.sh: the compiler $found does not find the system's" \
                "libraries. Type \`conda deactivate\` if it is conda's, or" \
                "CXX=/usr/bin/c++ before the command" >&2
            exit 1
        fi
        ;;
esac

# --- Who installs it.
column() { printf '%s' "$missing" | cut -d'|' -f"$1" | tr '\n' ' '; }
names=3  # Debian's
if has_command apt-get; then
    install="apt-get install -y --no-install-recommends"
elif has_command dnf; then
    names=4 install="dnf install -y"
elif has_command brew; then
    names=5 install="brew install"
else
    install=""
fi
# Those of the list that this release has, where apt can tell: one unknown name
# would stop them all.
packages() {
    # shellcheck disable=SC2046  # words
    [ "$names" = 3 ] && known=$(apt-cache show --no-all-versions \
        $(column 3) 2>/dev/null | sed -n 's/^Package: //p' | tr '\n' ' ')
    echo "${known:-$(column "$names")}"
}

echo "Missing here:"
printf '%s' "$missing" | while IFS='|' read -r name why _; do
    printf '  %-40s %s\n' "$name" "$why"
done
give_up() {
    echo "packages.sh: cannot install them: $1" >&2
    echo "Please have them installed, then type the same again:" >&2
    echo "  ${install:-(Debian) apt-get install} $(packages)" >&2
    missing=""
    look_for_races
    look_for_plots
    [ -n "$missing" ] &&
        echo "For race_free, races and plots also: $(packages)" >&2
    exit 1
}
[ -n "$install" ] || give_up "neither apt-get nor dnf nor brew is here"
as_root=""
if [ "${install%% *}" != brew ] && [ "$(id -u)" -ne 0 ]; then
    has_command sudo || give_up "this needs root, and there is no sudo"
    as_root=sudo
fi

if [ "${install%% *}" = apt-get ]; then
    $as_root apt-get update -qq || give_up "apt-get update failed"
fi
echo "Installing: $as_root $install $(packages)"
# shellcheck disable=SC2046,SC2086  # lists of words
$as_root env DEBIAN_FRONTEND=noninteractive $install $(packages) || give_up "the package manager failed"
