# The accelerator of lesson 22: which options make programs for one, if any do.
# Such programs use the host where they find no accelerator.

include(CheckCXXSourceRuns)
set(WORKBOOK_OFFLOAD "" CACHE STRING
    "Options for lesson 22's accelerator; empty: the first ones that work")

# makes_programs(OPTIONS RESULT): does a program run that was made with them?
# g++ needs them for linking only, and clang-tidy would not know them.
function(makes_programs options result)
    set(CMAKE_REQUIRED_QUIET ON)
    set(CMAKE_REQUIRED_LIBRARIES OpenMP::OpenMP_CXX)
    separate_arguments(CMAKE_REQUIRED_LINK_OPTIONS UNIX_COMMAND "${options}")
    if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
        set(CMAKE_REQUIRED_FLAGS "${options}")
    endif()
    check_cxx_source_runs("#include <cmath>
        int main(int argc, char**) {
            double x = argc;
        #pragma omp target teams distribute parallel for map(tofrom : x)
            for (int i = 0; i < 1; ++i) x = std::fma(x, 2.0, 1.0);
            return x == 3.0 ? 0 : 1;
        }" ${result})
endfunction()

# with_offload(TARGET...): compiles and links object libraries with them. Under
# a sanitizer, they are for the host.
function(with_offload)
    set(before "-fopenmp")
    if(WORKBOOK_NATIVE AND HAS_NATIVE)
        string(APPEND before " -march=native")  # clang++ looks for it in linking
    endif()
    if(WORKBOOK_OFFLOAD)
        set(ways "${WORKBOOK_OFFLOAD}")
    elseif(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # Debian's g++ makes programs for all accelerators that it knows, unless
        # it is told, and fails where CUDA is too new for it.
        set(nvptx "-no-pie -foffload=nvptx-none -foffload-options=-lm")
        set(ways ${nvptx} "${nvptx} -foffload-options=-misa=sm_75"
            -foffload=disable)
    elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        # The last is a device to practise with: a second memory on the host.
        set(nvptx "-fopenmp-targets=nvptx64-nvidia-cuda")
        set(ways ${nvptx} "${nvptx} -Xopenmp-target -march=sm_75"
            "-fopenmp-targets=${CMAKE_SYSTEM_PROCESSOR}-pc-linux-gnu")
    endif()
    if(CMAKE_CXX_FLAGS MATCHES "-fsanitize")
        list(FILTER ways INCLUDE REGEX disable)
    endif()
    foreach(way IN LISTS ways)
        string(MAKE_C_IDENTIFIER "OFFLOAD ${way}" result)
        makes_programs("${before} ${way}" ${result})
        if(${result})
            separate_arguments(options UNIX_COMMAND "${before} ${way}")
            foreach(target IN LISTS ARGN)
                target_link_options(${target} INTERFACE ${options})
                if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
                    target_compile_options(${target} PRIVATE ${options})
                endif()
            endforeach()
            return()
        endif()
    endforeach()
endfunction()
