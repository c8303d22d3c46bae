"""peers.py: the lessons' work beside what people would use instead.

The same work on the same files in the same run, by the lessons' programs and
by Pillow, numpy, joblib, OpenCV, ImageMagick and libvips, whichever are
present. Results are compared first; then the times. Nothing is installed.
"""

import argparse
import contextlib
import datetime
import json
import os
import pathlib
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
from typing import Any, Dict, List, Optional, Tuple

sys.dont_write_bytecode = True

# Only now, so that no compiled files are left beside the sources.
import peer_tasks  # noqa: E402
from peer_report import (  # noqa: E402
    LONG,
    Measured,
    print_task,
    print_wrapped,
    verdict,
)
from peer_tasks import Row, Task  # noqa: E402
from peer_workers import HERE, Failure, Peer, Program  # noqa: E402

PROJECT = HERE.parent.parent

# Names that rows use, and what has them in Debian.
PYTHON_PACKAGES = {
    "Pillow": ("PIL", "python3-pil"),
    "numpy": ("numpy", "python3-numpy"),
    "joblib": ("joblib", "python3-joblib"),
    "OpenCV": ("cv2", "python3-opencv"),
}
# Debian's own name comes before `convert`, which others use as well.
COMMANDS = {
    "ImageMagick": (("magick", "convert-im6.q16", "convert"), "imagemagick"),
    "libvips": (("vips",), "libvips-tools"),
}


# --- What is present.


def probe_python(python: str) -> Optional[Dict[str, str]]:
    """The packages that a Python has, with versions; None: no Python."""
    code = (
        "import json, sys\n"
        "assert sys.version_info >= (3, 9)\n"
        "found = {'Python': '.'.join(map(str, sys.version_info[:3]))}\n"
        "for name, module in json.loads(sys.argv[1]).items():\n"
        "    try:\n"
        "        found[name] = __import__(module).__version__\n"
        "    except ImportError:\n"
        "        pass\n"
        "print(json.dumps(found))\n"
    )
    modules = {name: module for name, (module, _) in PYTHON_PACKAGES.items()}
    try:
        answer = subprocess.run(
            [python, "-c", code, json.dumps(modules)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        return json.loads(answer.stdout)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None


def find_python(asked: str) -> Tuple[str, Dict[str, str]]:
    """The Python that has the most, or the one that was asked for."""
    best, most = "", {}
    for python in [asked] if asked else ["python3", "/usr/bin/python3"]:
        found = probe_python(python)
        if found is not None and len(found) > len(most):
            best, most = python, found
    return best, most


def find_commands() -> Tuple[Dict[str, str], Dict[str, str]]:
    """Paths and versions of the programs of other people."""
    paths, versions = {}, {}
    for name, (commands, _) in COMMANDS.items():
        for path in filter(None, map(shutil.which, commands)):
            text = subprocess.run(
                [path, "--version"],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                universal_newlines=True,
            ).stdout
            # "Version: ImageMagick 6.9.11-60 ...", "vips-8.14.1"
            words = text.replace("vips-", "vips ").split()
            mark = "ImageMagick" if name == "ImageMagick" else "vips"
            if mark in words[:-1]:
                paths[name] = path
                versions[name] = words[words.index(mark) + 1]
                break
    return paths, versions


def processors() -> int:
    """Those that we may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def describe_machine(build: pathlib.Path) -> Dict[str, str]:
    """What `make doctor` says of the machine and the compiler."""
    doctor = subprocess.run(
        [str(build / "doctor"), "--json"],
        stdout=subprocess.PIPE,
        universal_newlines=True,
    )
    told = json.loads(doctor.stdout)
    return {
        "processor": told["processor"] or platform.processor(),
        "compiler": told["compiler"],
    }


class Bench:
    """All that is the same for every task."""

    def __init__(self, options: argparse.Namespace, folder: pathlib.Path):
        self.options = options
        self.folder = folder
        self.build = options.build
        self.python, self.versions = find_python(options.python)
        self.paths, versions = find_commands()
        self.versions.update(versions)
        self.processors = processors()
        self.picture_checksum = ""
        self.environment = {
            "OMP_PROC_BIND": "true",
            **os.environ,
            "OMP_NUM_THREADS": str(self.processors),
        }

    def progress(self, text: str) -> None:
        if sys.stderr.isatty():
            print(f"\r\x1b[K{text[:78]}", end="", file=sys.stderr, flush=True)

    def missing(self) -> List[Tuple[str, str]]:
        packages = {
            name: package
            for table in (PYTHON_PACKAGES, COMMANDS)
            for name, (_, package) in table.items()
        }
        return [
            (name, package)
            for name, package in packages.items()
            if name not in self.versions
        ]

    def picture_tool(self, *arguments: object) -> Dict[str, Any]:
        """png_file.py in a process of its own: the memory that this one has
        had would count for every process that it starts afterwards."""
        command = [self.python or sys.executable, str(HERE / "png_file.py")]
        answer = subprocess.run(
            [*command, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        return json.loads(answer.stdout)

    def make_picture(self) -> None:
        self.progress("making a picture")
        size = peer_tasks.picture_size(self.options.quick)
        made = self.picture_tool("make", *size, self.folder)
        self.picture_checksum = made["checksum"]

    def can_do(self, row: Row) -> bool:
        if row.is_ours():
            return os.access(row.command[0], os.X_OK)
        return all(name in self.versions for name in row.needs.split())

    def start(self, task: Task, row: Row, number: int) -> Measured:
        end = {"png": ".png", "raw": ".raw"}.get(task.result, "")
        output = str(self.folder / f"{task.name}-{number}") + end
        if row.work:
            settings = {
                **task.settings,
                "output": output,
                "processors": self.processors,
            }
            return Measured(row, Peer(self.python, row, settings), output)
        environment = self.environment
        if row.needs:
            row.command[0] = self.paths[row.needs]
        if row.needs == "libvips":
            # Bound by OpenMP, the first thread would hand its processor on to
            # those that libvips makes.
            environment = dict(os.environ)
            environment["VIPS_CONCURRENCY"] = str(self.processors)
        return Measured(row, Program(row, output, environment), output)

    def measure(self, task: Task) -> List[Measured]:
        if not self.can_do(task.rows[0]):
            raise OSError(f"{task.rows[0].command[0]}: build it: make lessons")
        rows = [row for row in task.rows if self.can_do(row)]
        with contextlib.ExitStack() as stack:
            all_measured = []
            for number, row in enumerate(rows):
                measured = self.start(task, row, number)
                stack.enter_context(measured.worker)
                all_measured.append(measured)
            for measured in all_measured:  # nobody is timed until all can run
                with self.step(task, measured, "prepares"):
                    measured.worker.prepare()
            for measured in all_measured:
                with self.step(task, measured, "warms up"):
                    if measured.good:
                        measured.warm_up(self.options.repeat)
            for number in range(self.options.repeat):
                for measured in all_measured:
                    with self.step(task, measured, f"run {number + 1}"):
                        if measured.rounds_left > 0:
                            measured.run()
            self.compare(task, all_measured)
        return all_measured

    @contextlib.contextmanager
    def step(self, task: Task, measured: Measured, what: str) -> Any:
        """Who fails in it is out, and the others go on."""
        self.progress(f"{task.name}: {measured.row.who}: {what}")
        try:
            yield
        except Failure as failure:
            measured.fail(failure)

    def compare(self, task: Task, all_measured: List[Measured]) -> None:
        """Results first: then times mean something."""
        expected = self.picture_checksum if task.raw_bytes else ""
        for measured in all_measured:
            if not measured.good:
                continue
            with self.step(task, measured, "result"):
                result = measured.worker.check()
                if result:
                    expected = expected or result
                    measured.good = result == expected
                    measured.verdict = "same" if measured.good else "WRONG"
                else:
                    self.compare_file(measured)
        ours = all_measured[0]
        for measured in all_measured:
            if ours.seconds and measured.seconds:
                measured.ratio = (
                    measured.quartiles()[1] / ours.quartiles()[1]
                )

    def compare_file(self, measured: Measured) -> None:
        try:
            told = self.picture_tool(
                "compare", self.folder / "grey.raw", measured.output
            )
        except subprocess.CalledProcessError as error:
            raise Failure("done; but its picture cannot be read") from error
        measured.good, measured.verdict, measured.difference = verdict(
            told["share"], told["most"], measured.row.rounds
        )
        if "filters" in told:
            measured.file = {
                "file_bytes": os.path.getsize(measured.output),
                "filters": told["filters"],
            }
            if told["colours"] != 3:
                measured.good = False
                measured.verdict = "WRONG"
                measured.difference = "Not red, green and blue."


def print_head(bench: Bench, machine: Dict[str, str]) -> None:
    versions = ", ".join(
        f"{name} {version}" for name, version in bench.versions.items()
    )
    date = datetime.datetime.now().strftime("%Y-%m-%d %H:%M")
    print(f"{machine['processor']}, {bench.processors} processors, {date}")
    print_wrapped(f"ours: {machine['compiler']}; others: {versions}")
    for name, package in bench.missing():
        print(f"{name} is missing (Debian: {package})")
    print()
    print_wrapped(
        "All take turns: each once, then each again. `x ours`: times as long "
        "as the first row; below 1, that row is ahead of ours. Python is timed "
        "inside, from call to return or from file to file: its start, its "
        "imports and the start of joblib's workers do not count. Programs of "
        "the command line, and ours that write a picture, are timed as whole "
        "processes. Ours and ImageMagick, which have OpenMP, are bound to "
        "processors. Memory is the most that the process had, the interpreter "
        "included, joblib's workers not."
    )


def write_json(file: pathlib.Path, content: Dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, indent=1) + "\n")


def run(options: argparse.Namespace, folder: pathlib.Path) -> int:
    bench = Bench(options, folder)
    if options.python and not bench.python:
        print(
            f"peers.py: {options.python}: is no Python from 3.9 on: name "
            "another with PYTHON",
            file=sys.stderr,
        )
        return 2
    if len(bench.missing()) == len(PYTHON_PACKAGES) + len(COMMANDS):
        print("peers.py: nobody is here to compare with. In Debian:")
        print("  apt-get install " + " ".join(p for _, p in bench.missing()))
        return 1
    machine = describe_machine(bench.build)
    print_head(bench, machine)
    tasks = [
        task
        for task in peer_tasks.all_tasks(bench.build, folder, options.quick)
        if task.name in (options.only or peer_tasks.NAMES)
    ]
    if any(task.raw_bytes for task in tasks):
        bench.make_picture()
    good = True
    told = []
    for task in tasks:
        all_measured = bench.measure(task)
        bench.progress("")
        print_task(task, all_measured, options.repeat)
        good = good and all(measured.good for measured in all_measured)
        rows = [measured.as_json() for measured in all_measured]
        told.append({"task": task.name, "title": task.title, "rows": rows})
    if options.json:
        content = {
            **machine,
            "processors": bench.processors,
            "date": datetime.datetime.now().isoformat(timespec="seconds"),
            "versions": bench.versions,
            "tasks": told,
        }
        write_json(options.json, content)
        print(f"\nall figures: {options.json}")
    if not good:
        print("\npeers.py: not all results are right", file=sys.stderr)
    return 0 if good else 1


def parse_options(arguments: Optional[List[str]] = None) -> Any:
    parser = argparse.ArgumentParser(
        prog="peers.py",
        description="The lessons' work beside what people would use instead: "
        "results compared, then times. Speed never decides the exit status.",
    )
    parser.add_argument(
        "--only",
        metavar="TASK",
        action="append",
        choices=peer_tasks.NAMES,
        help="do this task alone (may be repeated): "
        + ", ".join(peer_tasks.NAMES),
    )
    parser.add_argument(
        "--repeat",
        metavar="N",
        type=int,
        default=5,
        help="timed runs of each (5); what takes longer than "
        f"{LONG:.0f} s is run twice",
    )
    parser.add_argument(
        "--quick", action="store_true", help="small sizes: to see it work"
    )
    parser.add_argument(
        "--json",
        metavar="FILE",
        type=pathlib.Path,
        help="file for all figures",
    )
    parser.add_argument(
        "--build",
        metavar="FOLDER",
        type=pathlib.Path,
        default=PROJECT / "build",
        help="where the lessons were built (build)",
    )
    parser.add_argument(
        "--python",
        metavar="PROGRAM",
        default=os.environ.get("PYTHON", ""),
        help="the Python that has the packages; unless given, $PYTHON or that "
        "of python3 and /usr/bin/python3 which has the most",
    )
    options = parser.parse_args(arguments)
    if options.repeat < 1:
        parser.error("--repeat: at least 1")
    if not (options.build / "lessons/01_hello/parallel").exists():
        parser.error(f"{options.build}: no lessons: build them (make lessons)")
    return options


def main() -> int:
    options = parse_options()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    try:
        with tempfile.TemporaryDirectory(prefix="peers-") as folder:
            return run(options, pathlib.Path(folder))
    except KeyboardInterrupt:
        print("\npeers.py: stopped", file=sys.stderr)
        return 130
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"peers.py: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
