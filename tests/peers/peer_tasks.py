"""What `make peers` compares: the tasks, and in each one who does it.

The first row of a task is ours, and what the others are compared with.
"""

import dataclasses
import pathlib
from typing import Any, Dict, List

OWN_TIMER = "--record"  # what our programs time themselves by


@dataclasses.dataclass
class Row:
    """Somebody who does the task: a program, or Python."""

    who: str
    command: List[str] = dataclasses.field(default_factory=list)
    work: str = ""  # a function of peer_work.py, where it is Python
    needs: str = ""  # what must be present
    note: str = ""  # what is not the same
    ahead: str = ""  # why it may be ahead of ours
    rounds: bool = False  # to the nearest number, where ours rounds down

    def is_ours(self) -> bool:
        return not self.needs


@dataclasses.dataclass
class Task:
    """The same work for all of its rows."""

    name: str
    title: str
    settings: Dict[str, Any]
    rows: List[Row]
    result: str = "checksum"  # or "png" or "raw": a file that is compared
    shows_memory: bool = False
    raw_bytes: int = 0  # of the picture


def ours(build: pathlib.Path, program: str, *options: str) -> Row:
    """A lesson's program, which times its function itself."""
    command = [str(build / "lessons" / program), *options]
    return Row(program, [*command, "--repeat", "1", OWN_TIMER])


def picture_task(
    build: pathlib.Path, folder: pathlib.Path, width: int, height: int
) -> Task:
    picture = str(folder / "in.png")
    # One process that reads, filters and writes, and reads nothing again.
    whole = ["--input", picture, "--width", "0", "--unchecked", "--output"]
    programs = str(build / "lessons" / "18_png")
    timed_inside = (
        "its time is taken inside Python, ours from the start of the process "
        "to its end, which counts for a small picture."
    )
    rows = [
        Row("18_png/parallel", [f"{programs}/parallel", *whole, "OUTPUT"]),
        Row("18_png/libpng", [f"{programs}/libpng", *whole, "OUTPUT"]),
        Row(
            "Pillow, list comprehension",
            work="picture_list",
            needs="Pillow",
            note="Pillow chooses a filter for each row, and cannot be told "
            "one.",
        ),
        Row(
            "Pillow and numpy",
            work="picture_numpy",
            needs="Pillow numpy",
            note="Chosen by Pillow.",
            ahead=timed_inside,
        ),
        Row(
            "OpenCV",
            work="picture_opencv",
            needs="OpenCV numpy",
            note="Its sub, level 1 and run lengths are what it takes when it "
            "is told no level.",
            ahead=timed_inside,
            rounds=True,
        ),
        Row(
            "ImageMagick",
            ["ImageMagick", picture, "-grayscale", "average"]
            + ["-define", "png:compression-level=1"]
            + ["-define", "png:compression-strategy=3"]
            + ["-define", "png:compression-filter=1", "png24:OUTPUT"],
            needs="ImageMagick",
            note="Told png:compression-filter=1, which is sub. Version 6 takes "
            "none all the same (with 5 it tries all), and has less to do.",
            rounds=True,
        ),
        Row(
            "libvips",
            ["vips", "recomb", picture + "[access=sequential]"]
            + ["OUTPUT[compression=1,filter=sub]", str(folder / "mean.mat")],
            needs="libvips",
            note="Its zlib strategy cannot be chosen: it searches for longer "
            "matches than run lengths, takes longer over it and writes a "
            "smaller file. It multiplies by 0.33334, so that what it rounds "
            "down is our mean.",
            ahead="it reads, computes and writes at the same time; ours reads "
            "all, then writes.",
        ),
    ]
    (folder / "mean.mat").write_text("3 3\n" + "0.33334 0.33334 0.33334\n" * 3)
    return Task(
        "picture",
        f"Picture in, grey, picture out: {width} x {height}, PNG at level 1, "
        "filter sub, run lengths",
        {"input": picture},
        rows,
        result="png",
        shows_memory=True,
        raw_bytes=3 * width * height,
    )


def grey_task(
    build: pathlib.Path, folder: pathlib.Path, width: int, height: int
) -> Task:
    picture = str(folder / "in.png")
    options = ("--input", picture, "--width", "0", "--output", "OUTPUT.png")
    rows = [
        ours(build, f"05_grey/{version}", *options)
        for version in ("parallel", "blocks", "serial")
    ]
    rows += [
        Row(
            "Pillow, list comprehension",
            work="grey_by_list",
            needs="Pillow",
        ),
        Row("numpy", work="grey_by_numpy", needs="numpy Pillow"),
        Row(
            "OpenCV",
            work="grey_by_opencv",
            needs="OpenCV numpy",
            note="It multiplies by a matrix of real numbers (transform).",
            rounds=True,
        ),
    ]
    return Task(
        "grey",
        f"Grey in memory: {width} x {height}",
        {"input": picture},
        rows,
        result="raw",
        raw_bytes=3 * width * height,
    )


def fibonacci_task(build: pathlib.Path, count: int) -> Task:
    return Task(
        "fibonacci",
        f"The list fib(0) .. fib({count - 1}), by naive recursion",
        {"count": count},
        [
            ours(build, "10_fibonacci/parallel", "--count", str(count)),
            Row(
                "Python, list comprehension",
                work="fibonacci_list",
                needs="Python",
            ),
            Row("joblib", work="fibonacci_joblib", needs="joblib"),
        ],
    )


def squares_task(build: pathlib.Path, count: int, is_short: bool) -> Task:
    rows = [
        ours(build, f"03_squares/{version}", "--count", str(count))
        for version in ("parallel", "serial")
    ]
    rows += [
        Row("Python, list comprehension", work="squares_list", needs="Python"),
        Row(
            "numpy",
            work="squares_numpy",
            needs="numpy",
            note="With arange, for the numbers have to come from somewhere.",
            ahead="for a list as short as this, to call a team costs more "
            "than the work; 03_squares/serial has none.",
        ),
        Row("joblib, blocks", work="squares_joblib_blocks", needs="joblib"),
    ]
    if is_short:
        rows.append(
            Row(
                "joblib, number by number",
                work="squares_joblib",
                needs="joblib",
            )
        )
    return Task(
        "squares-short" if is_short else "squares",
        f"A list of {count:,} squares",
        {"count": count},
        rows,
        shows_memory=not is_short,
    )


def primes_task(build: pathlib.Path, bound: int) -> Task:
    return Task(
        "primes",
        f"Primes below {bound:,}, by trial division",
        {"count": bound},
        [
            ours(build, "11_primes/parallel", "--below", str(bound)),
            Row("Python, loop", work="primes_list", needs="Python"),
            Row("joblib, blocks", work="primes_joblib", needs="joblib"),
            Row(
                "numpy, sieve",
                work="primes_sieve",
                needs="numpy",
                note="Another algorithm: the sieve of Eratosthenes.",
                ahead="the sieve strikes out multiples in place of dividing, "
                "and does far less. A better algorithm beats more "
                "processors; lesson 11 divides because that is work to share.",
            ),
        ],
    )


def mandelbrot_task(
    build: pathlib.Path, width: int, height: int, limit: int
) -> Task:
    options = ("--width", str(width), "--height", str(height))
    options += ("--max-iterations", str(limit), "--schedule", "dynamic")
    options += ("--output", "OUTPUT.png")
    rows = [
        ours(build, f"12_mandelbrot/{version}", *options)
        for version in ("parallel", "lanes")
    ]
    rows += [
        Row("Python, loop", work="mandelbrot_list", needs="Python"),
        Row("joblib, rows", work="mandelbrot_joblib", needs="joblib"),
        Row(
            "numpy",
            work="mandelbrot_numpy",
            needs="numpy",
            note="A step for all points at once; those outside are dropped.",
        ),
    ]
    return Task(
        "mandelbrot",
        f"Mandelbrot set: {width} x {height}, {limit} steps at most",
        {"width": width, "height": height, "limit": limit},
        rows,
    )


def mean_task(build: pathlib.Path, side: int) -> Task:
    options = ("--rows", str(side), "--columns", str(side))
    return Task(
        "mean",
        f"Means of the columns of {side:,} x {side:,} numbers, within 1e-9",
        {"rows": side, "columns": side},
        [
            ours(build, "15_mean/parallel", *options),
            Row("numpy", work="mean_numpy", needs="numpy"),
            Row(
                "joblib, blocks of columns",
                work="mean_joblib",
                needs="joblib numpy",
                note="Its workers are threads, which share the matrix "
                "(sharedmem).",
                ahead="both wait for the memory, which is the same for both.",
            ),
            Row("OpenCV, reduce", work="mean_opencv", needs="OpenCV numpy"),
        ],
    )


NAMES = (
    "picture",
    "grey",
    "fibonacci",
    "squares-short",
    "squares",
    "primes",
    "mandelbrot",
    "mean",
)


def all_tasks(
    build: pathlib.Path, folder: pathlib.Path, quick: bool
) -> List[Task]:
    """All of them, or all of them small; files lie in the folder."""
    width, height = picture_size(quick)
    return [
        picture_task(build, folder, width, height),
        grey_task(build, folder, width, height),
        fibonacci_task(build, 20 if quick else 35),
        squares_task(build, 1000, is_short=True),
        squares_task(build, 100_000 if quick else 10_000_000, is_short=False),
        primes_task(build, 20_000 if quick else 1_000_000),
        mandelbrot_task(build, 120, 80, 200)
        if quick
        else mandelbrot_task(build, 600, 400, 1000),
        mean_task(build, 500 if quick else 10_000),
    ]


def picture_size(quick: bool) -> List[int]:
    return [512, 384] if quick else [4096, 3072]
