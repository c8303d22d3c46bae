#!/bin/sh
# packages.sh WORKBOOK FOLDER: what is missing on an account without root, and
# compilers that are not the system's. Nothing is installed.
set -u
cd "$1" || exit 1
[ -x /usr/bin/apt-get ] && [ -x /usr/bin/c++ ] || {
    echo "skipped: this is not Debian with a compiler of its own"
    exit 77
}
rm -rf "$2"
mkdir -p "$2/few" "$2/conda" "$2/clang"
said=$2/said
. tests/places/run.sh

# A machine with little on it, and no sudo; we are not root there.
# apt's lists are empty there, too: all names are printed.
for program in sh cut tr sed mktemp rm uname env apt-get; do
    ln -s "$(command -v $program)" "$2/few/$program"
done
printf '#!/bin/sh\necho 1000\n' >"$2/few/id"
# One that looks for headers and libraries in a place of its own.
printf '#!/bin/sh\nexec /usr/bin/c++ -nostdinc "$@"\n' >"$2/conda/c++"
# One that has no OpenMP.
printf '#!/bin/sh\ncase "$*" in *-fopenmp*) exit 1 ;; esac
exec /usr/bin/c++ "$@"\n' >"$2/clang/clang++"
chmod +x "$2/few/id" "$2/conda/c++" "$2/clang/clang++"

look() { # look PATH CXX: what packages.sh says of `build` there
    env -u CXX PATH="$1" ${2:+"CXX=$2"} \
        /bin/sh common/programs/packages.sh build
}
run "nothing is here, and no root" 1 "this needs root, and there is no sudo" \
    look "$2/few"
run "the list is complete" 0 "cmake ninja-build g\+\+ libpng-dev zlib1g-dev \
libfmt-dev libcli11-dev nlohmann-json3-dev libgtest-dev" cat "$said"
run "the list names what comes later" 0 \
    "races and plots also: .*llvm clang .*gnuplot" cat "$said"
run "what the grader uses" 1 " bubblewrap libarchive-tools" \
    env PATH="$2/few" /bin/sh common/programs/packages.sh grade
run "make grader asks for it" 0 "sh common/programs/packages.sh grade" \
    make -n grader
run "clang++ is asked for by its name" 1 "libomp-dev" look "$2/few" clang++
run "clang++ without libomp" 1 "  OpenMP for .*clang\+\+" \
    look "$2/few" "$2/clang/clang++"
run "conda's compiler" 1 "compiler $2/conda/c\+\+ does not find .*conda deact" \
    look "$2/conda:$PATH"
run "conda's compiler, and the system's by name" 0 "" \
    look "$2/conda:$PATH" /usr/bin/c++
run "a compiler with flags" 0 "" look "$PATH" "g++ -Wall"
command -v ccache >/dev/null &&
    run "ccache as a compiler" 0 "" look "$PATH" "ccache g++"

rm -rf "$2"
[ "$failures" -eq 0 ]
