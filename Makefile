# The words that one types; `make` alone lists them. All work is done by cmake,
# ctest and the programs that they build.

LESSONS := $(sort $(notdir $(wildcard lessons/[0-9][0-9]_*)))
NUMBERS := $(foreach lesson,$(LESSONS),$(firstword $(subst _, ,$(lesson))))
# Without OMP_NUM_THREADS, which nproc obeys.
JOBS := $(shell unset OMP_NUM_THREADS OMP_THREAD_LIMIT; \
    nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 2)
MAKEFLAGS += --no-print-directory

THREADS ?=
ARGS ?=
OPTIONS = $(if $(THREADS),--threads $(THREADS)) $(ARGS)
EXPERIMENTS := $(addprefix experiment-,$(NUMBERS))
PREDICTIONS := $(addprefix predict-,$(NUMBERS))
CHECKS := $(addprefix check-,$(NUMBERS))
WATCHES := $(addprefix watch-,$(NUMBERS))
HINTS := $(addprefix hint-,$(NUMBERS))
RESETS := $(addprefix reset-,$(NUMBERS))
lesson = $(filter $(1)_%,$(LESSONS))
# ninja finds what has changed ten times as fast as make. A folder that has been
# built by one of them stays with it.
CONFIGURE = CMAKE_GENERATOR="$${CMAKE_GENERATOR:-$$(command -v ninja \
    >/dev/null && echo Ninja)}" cmake --preset
# Who builds here while somebody else does waits.
LOCK := $(if $(shell command -v flock),flock build/lock)
BUILD = $(LOCK) cmake --build build --parallel $(JOBS)
BOUND = OMP_PROC_BIND=$${OMP_PROC_BIND:-true} $(if $(THREADS),OMP_NUM_THREADS=$(THREADS))
PACKAGES = sh common/programs/packages.sh
GRADE = build/grade $(if $(SUBMISSION),--submission "$(SUBMISSION)")
# $(call build_grader,TARGET): the grader, and TARGET for both of its builds.
# Without the one for the race detector, race_free is not judged.
build_grader = $(BUILD) --target grade $(1) && { \
    test -f build-tsan/CMakeCache.txt || { $(PACKAGES) races; \
        command -v clang++ >/dev/null && { $(CONFIGURE) tsan >/dev/null || \
            { rm -f build-tsan/CMakeCache.txt; false; }; }; } && \
    $(LOCK) cmake --build build-tsan --parallel $(JOBS) --target $(1) \
        || echo "make: without the race detector, race_free is not judged"; }

# $(call quietly_fail,STATUS): fails without make's own "*** Error", so that what
# the grader said last is the last line: make goes as a program goes whose output
# nobody reads any more. Where that signal is ignored, make says its line.
quietly_fail = { status=$(1); kill -s PIPE $$PPID; exit $$status; }

.PHONY: help run $(NUMBERS) $(EXPERIMENTS) $(PREDICTIONS) $(CHECKS) $(WATCHES) $(HINTS) \
    $(RESETS) grade grader handout test races bench \
    peers figures doctor deps style clean new-lesson check experiment \
    predict watch hint reset progress book book-test \
    photo fuzz cluster-test
.DEFAULT_GOAL := help

# The grader confines what it runs, and the race detector needs Archer.
ifneq ($(shell uname),Linux)
ifneq ($(filter grade grader races check-%,$(MAKECMDGOALS)),)
$(error the grader and the race detector need Linux, which a container has: \
    see docs/students.md)
endif
endif

# What is given as WORD=value.
KNOWN = THREADS ARGS SUBMISSION OUT HANDOUT QUICK PYTHON NAME JOBS CXX OPEN FILE \
    SECONDS
GIVEN := $(foreach variable,$(.VARIABLES),$(if \
    $(findstring command,$(origin $(variable))),$(variable)))
UNKNOWN := $(filter-out $(KNOWN) MAKE% -%,$(GIVEN))
$(if $(UNKNOWN),$(error there is no $(UNKNOWN)=...: choose from $(KNOWN)))

# Nothing can be built in a folder that is somebody else's.
ifneq ($(MAKECMDGOALS),)
$(if $(shell test -w . || echo no),$(error this folder cannot be written to: \
    copy the workbook to one of yours, cp -r "$(CURDIR)" ~/, and work there))
endif

# What compilers and programs write for a moment goes where there is room.
ifneq ($(MAKECMDGOALS),)
export TMPDIR := $(shell sh common/programs/temporary.sh)
endif

# 5, grey and 05_grey mean lesson 05; check-5 means check-05, and so on.
about = check experiment predict watch hint reset
rest = $(firstword $(foreach word,$(about),$(patsubst $(word)-%,%,$(filter \
    $(word)-%,$(1)))) $(1))
names = $(1) $(subst $(firstword $(subst _, ,$(1)))_,,$(1)) \
    $(firstword $(subst _, ,$(1)))
meant = $(firstword $(foreach one,$(LESSONS),$(if \
    $(filter $(call rest,$(1)) 0$(call rest,$(1)),$(call names,$(one))), \
    $(firstword $(subst _, ,$(one))))))
.DEFAULT:
	@$(if $(call meant,$@),$(MAKE) \
	    $(@:$(call rest,$@)=$(call meant,$@)) || $(call quietly_fail,$$?), \
	    echo "make: there is no word '$@': \`make\` lists them." \
	        "Lessons: $(LESSONS)" >&2; exit 2)

check experiment predict watch hint reset:
	@echo "make: of which lesson? For example: make $@-05." \
	    "Lessons: $(LESSONS)" >&2; exit 2

help:
	@echo "make run      every lesson, serial and then parallel, as one table"
	@echo "make 05       one lesson; also: make 05 THREADS=4 ARGS='--width 4096'"
	@echo "make photo FILE=holiday.jpg  a PNG file of a photograph, for the lessons"
	@echo "make experiment-05  a lesson on 1, 2, 4 ... threads, measured, with"
	@echo "              plots; also: make experiment-05 THREADS=1,2"
	@echo "make predict-12 THREADS=4,16,64  what its loop would take on as many"
	@echo "              threads, by each schedule; beside it what it takes here"
	@echo "make check-05 grade my exercise: what is right, and what is not yet"
	@echo "make watch-05 check it again whenever I save it; make hint-05: a hint,"
	@echo "              one more each time"
	@echo "make reset-05 put a lesson's files back as they came; mine are kept beside"
	@echo "              them, with their date; only one: FILE=parallel.cpp"
	@echo "make progress which exercises are done, and what is next"
	@echo "make grade    grade all exercises; also: make grade SUBMISSION=folder"
	@echo "              OUT=folder; a class: build/grade --help"
	@echo "make handout  an archive for students, without solutions"
	@echo "make book     the workbook as a book for the browser; OPEN=1 opens it"
	@echo "make test     all tests; make test QUICK=1: those of lessons and common"
	@echo "make races    the tests under the race detector"
	@echo "make bench    what the lessons reach of what this machine can give"
	@echo "make peers    the same work by Pillow, numpy, OpenCV ... (if present)"
	@echo "make cluster-test  experiment and grader by Slurm, if it is installed"
	@echo "make doctor   is OpenMP on? how many processors, which runtime?"
	@echo "make deps     install what is missing (run and test do it as well)"
	@echo "make clean    remove what was built; results/ stays"
	@echo
	@echo "Lessons: $(LESSONS)"

run: build/CMakeCache.txt
	@$(BUILD) --target lessons run_lessons
	@$(BOUND) build/run_lessons -- $(OPTIONS)

$(NUMBERS): build/CMakeCache.txt
	@$(BUILD) --target $(call lesson,$@) run_lessons
	@$(BOUND) build/run_lessons $@ -- $(OPTIONS)

# What stands in ARGS are the experiment's options; behind -- the lesson's.
$(EXPERIMENTS): experiment-%: build/CMakeCache.txt
	@$(BUILD) --target $(call lesson,$*) experiment control team_costs
	@$(PACKAGES) plots || true
	@build/experiment $* $(OPTIONS)

# As for the experiment.
$(PREDICTIONS): predict-%: build/CMakeCache.txt
	@$(BUILD) --target $(call lesson,$*) predict team_costs control
	@build/predict $* $(OPTIONS)

# FILE as it was typed: ' and $ may be in it.
photo:
	@sh common/programs/photo.sh '$(subst ','\'',$(value FILE))'

# One exercise; of what it is graded with only its own part is built.
$(CHECKS): check-%: build/CMakeCache.txt
	@$(call build_grader,$(call lesson,$*)_built)
	@$(GRADE) --check $* || $(call quietly_fail,$$?)

# Whenever exercise.cpp is saved.
$(WATCHES): watch-%:
	@trap : INT; MAKE="$(MAKE)" sh common/programs/watch.sh $(call lesson,$*) || \
	    $(call quietly_fail,$$?)

$(HINTS): hint-%:
	@sh common/programs/hint.sh $(call lesson,$*)

# FILE: this file of the lesson alone.
$(RESETS): reset-%:
	@sh common/programs/reset.sh $(call lesson,$*) $(FILE)

progress: build/CMakeCache.txt
	@$(BUILD) --target grade
	@build/grade --progress

grade: grader
	@$(GRADE) $(if $(OUT),--output "$(OUT)") $(ARGS)

# The students' archive, from the last commit: .gitattributes says what is left
# out.
HANDOUT ?= openmp-workbook.tar.gz
handout:
	@sh common/programs/handout.sh "$(HANDOUT)"

# What exercises are graded with; the part for the race detector where there is
# one (without it that criterion is not judged).
grader: build/CMakeCache.txt
	@$(PACKAGES) grade || echo "make: what is missing is said in each report"
	@$(call build_grader,exercise_parts)

doctor: build/CMakeCache.txt
	@$(BUILD) --target doctor
	@$(BOUND) build/doctor

# QUICK=1 leaves out the tests of the grader, the experiment, the bench and the
# handout, and builds what the others need.
test: build/CMakeCache.txt
	@$(BUILD) $(if $(QUICK),--target quick_tests)
	@ctest --test-dir build --output-on-failure --parallel $(JOBS) \
	    $(if $(QUICK),--label-regex 'lesson|common|programs|workbook' \
	    --label-exclude grading)

races:
	@$(PACKAGES) build races
	@$(CONFIGURE) tsan
	@cmake --build build-tsan --parallel $(JOBS) --target race_tests
	@ctest --test-dir build-tsan --output-on-failure --parallel $(JOBS) \
	    --label-regex 'lesson|common|canary'

# The experiment and the grader by Slurm, on one node that is started here.
cluster-test: build/CMakeCache.txt
	@$(BUILD) --target 03_squares experiment control team_costs \
	    grade 05_grey_exercise
	@sh tests/places/slurm.sh "$(CURDIR)" build/slurm "$(CURDIR)/build"; \
	    status=$$?; [ $$status = 77 ] || exit $$status

# Wants a quiet machine. ARGS are the bench's options (build/bench --help).
bench: build/CMakeCache.txt
	@$(PACKAGES) build bench
	@$(CONFIGURE) default >/dev/null
	@$(BUILD) --target bench
	@build/bench $(ARGS)

# Beside what others would use; installs nothing. PYTHON=... names the Python
# that has their packages; ARGS='picture grey' chooses, ARGS=--help says more.
peers: build/CMakeCache.txt
	@$(BUILD) --target peers
	@env -u OMP_PROC_BIND PYTHON="$(PYTHON)" build/peers $(ARGS)

# Feeds the reading of PNG files with damaged ones, and stops where one is not
# refused as it should be; the tests' own files are what it begins with.
SECONDS ?= 60
FUZZERS = fuzz_read_png fuzz_png_header
fuzz:
	@$(PACKAGES) build races
	@$(CONFIGURE) fuzz >/dev/null
	@cmake --build build-fuzz --parallel $(JOBS) --target $(FUZZERS) \
	    png_test 09_photos_serial_test
	@mkdir -p build-fuzz/corpus
	@for test in png_test 09_photos_serial_test; do \
	    ASAN_OPTIONS=detect_leaks=0 WORKBOOK_CORPUS=build-fuzz/corpus build-fuzz/tests/$$test >/dev/null \
	        || exit 1; done
	@for fuzzer in $(FUZZERS); do \
	    mkdir -p build-fuzz/$$fuzzer && build-fuzz/tests/$$fuzzer \
	        -max_total_time=$(SECONDS) -artifact_prefix=build-fuzz/$$fuzzer- \
	        -rss_limit_mb=512 -timeout=10 -verbosity=0 -print_final_stats=1 \
	        build-fuzz/$$fuzzer build-fuzz/corpus || exit 1; done

# For those who change the workbook: the layout of the code, and likely bugs.
# Other versions than 14 want another layout.
FORMAT = $$(command -v clang-format-14 || echo clang-format)
TIDY = $$(command -v clang-tidy-14 || echo clang-tidy)
style:
	@$(PACKAGES) style build races
	@git ls-files --cached --others --exclude-standard '*.cpp' '*.hpp' | \
	    xargs $(FORMAT) --dry-run -Werror
	@$(CONFIGURE) clang >/dev/null
	@# serial.cpp is parallel.cpp without its pragmas, a test sees to that, and
	@# exercise.cpp nearly solution.cpp: clang-tidy looks at the other ones.
	@git ls-files --cached --others --exclude-standard \
	    'common/*.cpp' 'data/*.cpp' 'lessons/*.cpp' | \
	    grep -vE '/(serial|exercise)\.cpp$$' | \
	    xargs -n 1 -P $(JOBS) $(TIDY) -p build-clang --quiet

# The lessons and pages as a book, from the READMEs as they are.
book:
	@PYTHON="$(PYTHON)" $(PACKAGES) book
	@mkdir -p build/book-source
	@python=$$(PYTHON="$(PYTHON)" sh docs/book/python.sh) && \
	    $$python -m sphinx -q $(STRICT) -j auto -c docs/book \
	        -d build/book-doctrees build/book-source build/book
	@echo "build/book/index.html: the workbook as a book"
	@$(if $(OPEN),$$(command -v xdg-open || echo open) build/book/index.html)

# The book in chromium: its pages, links, search, questions and lab.
book-test: STRICT = -W --keep-going
book-test: book
	@$(PACKAGES) book-test
	@python3 tests/book/book_test.py $(ARGS)

# For those who change the READMEs: their plots, drawings and pictures.
figures: build/CMakeCache.txt
	@$(BUILD) --target 04_roots 05_grey 06_red 07_green 08_blue 12_mandelbrot \
	    experiment control
	@$(PACKAGES) plots
	@sh tests/support/figures.sh

# The skeleton of a lesson: make new-lesson NAME=27_pi
new-lesson:
	@sh tests/support/new_lesson.sh "$(NAME)"

deps:
	@$(PACKAGES) build races grade

clean:
	test ! -L build || rm -rf "$$(readlink build)"
	rm -rf build build-*

# Where cmake has been content once, nothing is missing.
build/CMakeCache.txt:
	@$(PACKAGES) build
	@sh common/programs/build_folder.sh
	@test -e .git -o -f lessons/as_given.tar.gz || \
	    tar czf lessons/as_given.tar.gz lessons/*/*.[ch]pp lessons/*/parts/*.[ch]pp
	@test -f $@ || $(LOCK) env $(CONFIGURE) default || { rm -f $@; exit 1; }
