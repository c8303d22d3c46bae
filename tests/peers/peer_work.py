"""What people would use instead of the lessons' programs, in Python.

Each function below prepares one piece of work and returns it as a `Work`. The
driver, peers.py, starts a process for each and talks to it by lines: `run`
times the work once, `check` tells its result, the end of its input ends it.
"""

import array
import json
import os
import resource
import signal
import sys
import time
import zlib
from typing import Any, Callable, Dict, Iterable, List, NamedTuple, Tuple

Settings = Dict[str, Any]

SHORTEST = 2e-3  # seconds: shorter work is called several times a run


class Work(NamedTuple):
    run: Callable[[], Any]  # what is timed
    result: Callable[[Any], str]  # the lessons' checksum of what it returned


def checksum(data: Any) -> str:
    """The checksum of --record: CRC-32, eight hexadecimal digits."""
    return f"{zlib.crc32(data):08x}"


def list_checksum(numbers: Iterable[int]) -> str:
    return checksum(array.array("q", numbers))


def count_checksum(count: int) -> str:
    """The same of a single number."""
    return list_checksum([count])


def file_work(run: Callable[[], Any]) -> Work:
    """Work whose result is the file that it writes."""
    return Work(run, lambda returned: "")


# --- Picture in, grey, picture out; and grey alone.


def grey_list(image: Any) -> Any:
    """The list comprehension of the original, over all pixels."""
    from PIL import Image

    grey = Image.new("RGB", image.size)
    grey.putdata([((r + g + b) // 3,) * 3 for r, g, b in image.getdata()])
    return grey


def grey_array(rgb: Any) -> Any:
    import numpy

    red, green, blue = (rgb[..., i].astype(numpy.uint16) for i in range(3))
    grey = numpy.empty_like(rgb)
    grey[...] = ((red + green + blue) // 3)[..., None]
    return grey


def grey_opencv(bgr: Any) -> Any:
    """OpenCV multiplies by a matrix, and rounds."""
    import cv2
    import numpy

    return cv2.transform(bgr, numpy.full((3, 3), 1 / 3))


def save_by_pillow(image: Any, file: str) -> None:
    """Level 1 and run lengths alone; its filter cannot be chosen."""
    image.save(file, compress_level=1, compress_type=3)


def picture_list(settings: Settings) -> Work:
    from PIL import Image

    def run() -> None:
        grey = grey_list(Image.open(settings["input"]))
        save_by_pillow(grey, settings["output"])

    return file_work(run)


def picture_numpy(settings: Settings) -> Work:
    import numpy
    from PIL import Image

    def run() -> None:
        grey = grey_array(numpy.asarray(Image.open(settings["input"])))
        save_by_pillow(Image.fromarray(grey), settings["output"])

    return file_work(run)


def picture_opencv(settings: Settings) -> Work:
    import cv2

    cv2.setNumThreads(settings["processors"])
    # Without IMWRITE_PNG_COMPRESSION it takes level 1 and the filter sub; with
    # it, whatever the level, it tries all filters.
    options = [cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE]

    def run() -> None:
        grey = grey_opencv(cv2.imread(settings["input"]))
        cv2.imwrite(settings["output"], grey, options)

    return file_work(run)


def grey_by_list(settings: Settings) -> Work:
    from PIL import Image

    image = Image.open(settings["input"])
    image.load()
    return raw_work(
        settings, lambda: grey_list(image), lambda grey: grey.tobytes()
    )


def grey_by_numpy(settings: Settings) -> Work:
    import numpy
    from PIL import Image

    rgb = numpy.array(Image.open(settings["input"]))
    return raw_work(settings, lambda: grey_array(rgb), bytes)


def grey_by_opencv(settings: Settings) -> Work:
    import cv2

    cv2.setNumThreads(settings["processors"])
    bgr = cv2.imread(settings["input"])
    return raw_work(settings, lambda: grey_opencv(bgr), bytes)


def raw_work(
    settings: Settings, run: Callable[[], Any], pixels: Callable[[Any], bytes]
) -> Work:
    """Work whose result is compared as a file of pixels."""

    def write(returned: Any) -> str:
        with open(settings["output"], "wb") as out:
            out.write(pixels(returned))
        return ""

    return Work(run, write)


# --- Lists of numbers. Whoever uses joblib calls functions of a module.


def fibonacci(n: int) -> int:
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def square(i: int) -> int:
    return i * i


def squares_of(begin: int, end: int) -> List[int]:
    return [i * i for i in range(begin, end)]


def is_prime(n: int) -> bool:
    """As lesson 11: divides by everything up to the square root."""
    divisor = 2
    while divisor <= n // divisor:
        if n % divisor == 0:
            return False
        divisor += 1
    return n >= 2


def primes_in(begin: int, end: int) -> int:
    return sum(is_prime(n) for n in range(begin, end))


def blocks(count: int, number: int) -> List[Tuple[int, int]]:
    """0 .. count in so many pieces of nearly the same size."""
    return [
        (count * i // number, count * (i + 1) // number) for i in range(number)
    ]


def joblib_calls(
    settings: Settings, function: Callable[..., Any], arguments: List[Tuple]
) -> Callable[[], List[Any]]:
    """Calls of a function by joblib, once with each of the arguments. Its
    workers are started here, and it keeps them from run to run."""
    from joblib import Parallel, delayed

    number = settings["processors"]
    workers = Parallel(n_jobs=number)
    workers(delayed(square)(i) for i in range(number))
    return lambda: workers(delayed(function)(*each) for each in arguments)


def fibonacci_list(settings: Settings) -> Work:
    numbers = range(settings["count"])
    return Work(lambda: [fibonacci(n) for n in numbers], list_checksum)


def fibonacci_joblib(settings: Settings) -> Work:
    numbers = [(n,) for n in range(settings["count"])]
    return Work(joblib_calls(settings, fibonacci, numbers), list_checksum)


def squares_list(settings: Settings) -> Work:
    count = settings["count"]
    return Work(lambda: [i * i for i in range(count)], list_checksum)


def squares_numpy(settings: Settings) -> Work:
    import numpy

    count = settings["count"]

    def run() -> Any:
        numbers = numpy.arange(count, dtype=numpy.int64)
        return numpy.multiply(numbers, numbers, out=numbers)

    return Work(run, checksum)


def squares_joblib_blocks(settings: Settings) -> Work:
    parts = blocks(settings["count"], settings["processors"])
    calls = joblib_calls(settings, squares_of, parts)
    return Work(
        lambda: [number for part in calls() for number in part], list_checksum
    )


def squares_joblib(settings: Settings) -> Work:
    numbers = [(i,) for i in range(settings["count"])]
    return Work(joblib_calls(settings, square, numbers), list_checksum)


def primes_list(settings: Settings) -> Work:
    bound = settings["count"]
    return Work(lambda: primes_in(0, bound), count_checksum)


def primes_joblib(settings: Settings) -> Work:
    # Many more blocks than processors, for those of great numbers take longer.
    parts = blocks(settings["count"], 16 * settings["processors"])
    calls = joblib_calls(settings, primes_in, parts)
    return Work(lambda: sum(calls()), count_checksum)


def primes_sieve(settings: Settings) -> Work:
    """The sieve of Eratosthenes: another algorithm, which divides nothing."""
    import numpy

    bound = settings["count"]

    def run() -> int:
        prime = numpy.ones(bound, dtype=bool)
        prime[:2] = False
        divisor = 2
        while divisor * divisor < bound:
            if prime[divisor]:
                prime[divisor * divisor :: divisor] = False
            divisor += 1
        return int(numpy.count_nonzero(prime))

    return Work(run, count_checksum)


# --- The Mandelbrot set, in the view of lesson 12.


class View:
    """Where the pixels lie in the plane."""

    def __init__(self, settings: Settings) -> None:
        self.width = settings["width"]
        self.height = settings["height"]
        self.step = 2.25 / self.width

    def real(self, x: Any) -> Any:
        return -0.65 + (x + 0.5 - self.width / 2.0) * self.step

    def imaginary(self, y: Any) -> Any:
        return -0.5 - (y + 0.5 - self.height / 2.0) * self.step


def escape_time(x: float, y: float, limit: int) -> int:
    real, imaginary = x, y
    for n in range(limit):
        real_squared = real * real
        imaginary_squared = imaginary * imaginary
        if real_squared + imaginary_squared > 4.0:
            return n
        imaginary = 2.0 * real * imaginary + y
        real = real_squared - imaginary_squared + x
    return limit


def escape_row(settings: Settings, y: int) -> List[int]:
    view = View(settings)
    return [
        escape_time(view.real(x), view.imaginary(y), settings["limit"])
        for x in range(view.width)
    ]


def rows_checksum(rows: List[List[int]]) -> str:
    return checksum(array.array("i", (time for row in rows for time in row)))


def mandelbrot_list(settings: Settings) -> Work:
    rows = range(settings["height"])
    return Work(lambda: [escape_row(settings, y) for y in rows], rows_checksum)


def mandelbrot_joblib(settings: Settings) -> Work:
    rows = [(settings, y) for y in range(settings["height"])]
    return Work(joblib_calls(settings, escape_row, rows), rows_checksum)


def mandelbrot_numpy(settings: Settings) -> Work:
    """A step for all points that are still inside, then the next step."""
    import numpy

    view = View(settings)
    limit = settings["limit"]

    def run() -> Any:
        x, y = numpy.meshgrid(
            view.real(numpy.arange(view.width)),
            view.imaginary(numpy.arange(view.height)),
        )
        x, y = x.ravel(), y.ravel()
        times = numpy.full(x.size, limit, dtype=numpy.int32)
        place = numpy.arange(x.size)
        real, imaginary = x, y
        for n in range(limit):
            real_squared = real * real
            imaginary_squared = imaginary * imaginary
            inside = real_squared + imaginary_squared <= 4.0
            if not inside.all():
                times[place[~inside]] = n
                x, y, place, real, imaginary = (
                    part[inside] for part in (x, y, place, real, imaginary)
                )
                real_squared = real_squared[inside]
                imaginary_squared = imaginary_squared[inside]
            imaginary = 2.0 * real * imaginary + y
            real = real_squared - imaginary_squared + x
        return times

    return Work(run, checksum)


# --- The means of columns.


def random_bits(first: int, count: int) -> Any:
    """Elements of the sequence of lesson 15, splitmix64: 53 bits each."""
    import numpy

    u64 = numpy.uint64
    bits = numpy.arange(first + 1, first + count + 1, dtype=u64)
    bits *= u64(0x9E3779B97F4A7C15)
    bits = (bits ^ (bits >> u64(30))) * u64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> u64(27))) * u64(0x94D049BB133111EB)
    return (bits ^ (bits >> u64(31))) >> u64(11)


def random_matrix(settings: Settings) -> Tuple[Any, Any]:
    """The matrix, and the exact means: its numbers added as whole numbers."""
    import numpy

    rows, columns = settings["rows"], settings["columns"]
    matrix = numpy.empty((rows, columns))
    upper = numpy.zeros(columns, dtype=numpy.uint64)
    lower = numpy.zeros(columns, dtype=numpy.uint64)
    for y in range(0, rows, 100):
        some = min(100, rows - y)
        bits = random_bits(y * columns, some * columns)
        bits = bits.reshape(some, columns)
        matrix[y : y + some] = bits * 2.0**-53
        upper += (bits >> numpy.uint64(32)).sum(axis=0)
        lower += (bits & numpy.uint64(0xFFFFFFFF)).sum(axis=0)
    sums = upper.astype(float) * 2.0**32 + lower.astype(float)
    return matrix, sums * 2.0**-53 / rows


def mean_work(expected: Any, run: Callable[[], Any]) -> Work:
    """A mean that is right within 1e-9 counts as the exact one."""

    def result(means: Any) -> str:
        import numpy

        means = numpy.asarray(means).ravel()
        right = numpy.abs(means - expected) <= 1e-9 * expected
        return checksum(numpy.where(right, expected, means))

    return Work(run, result)


def mean_numpy(settings: Settings) -> Work:
    matrix, expected = random_matrix(settings)
    return mean_work(expected, lambda: matrix.mean(axis=0))


def mean_joblib(settings: Settings) -> Work:
    import joblib
    import numpy

    matrix, expected = random_matrix(settings)
    number = settings["processors"]
    # Threads, which share the matrix: numpy lets others go on as it computes.
    workers = joblib.Parallel(n_jobs=number, require="sharedmem")
    parts = [
        matrix[:, begin:end]
        for begin, end in blocks(settings["columns"], number)
    ]

    def run() -> Any:
        return numpy.concatenate(
            workers(joblib.delayed(numpy.mean)(part, axis=0) for part in parts)
        )

    return mean_work(expected, run)


def mean_opencv(settings: Settings) -> Work:
    import cv2

    cv2.setNumThreads(settings["processors"])
    matrix, expected = random_matrix(settings)
    return mean_work(
        expected, lambda: cv2.reduce(matrix, 0, cv2.REDUCE_AVG)
    )


# --- The process that does one of them.


def peak_bytes() -> int:
    """The most memory that this process has had."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def seconds_of(run: Callable[[], Any], calls: int) -> Tuple[float, Any]:
    begin = time.perf_counter()
    for _ in range(calls):
        returned = run()
    return (time.perf_counter() - begin) / calls, returned


def serve(name: str, settings: Settings) -> None:
    """Prepares the work and answers requests, a line of JSON to each."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints is no answer
    work = globals()[name](settings)
    calls = 1
    returned: Any = None

    def answer(**parts: Any) -> None:
        print(json.dumps(parts), file=answers, flush=True)

    answer(ready=True)
    for request in sys.stdin:
        if request == "run\n":
            returned = None  # what the last run left is freed untimed
            seconds, returned = seconds_of(work.run, calls)
            while calls == 1 and seconds * calls < SHORTEST:
                calls = max(2, int(2 * SHORTEST / max(seconds, 1e-9)))
                seconds, returned = seconds_of(work.run, calls)
            answer(seconds=seconds, peak=peak_bytes())
        else:
            answer(result=work.result(returned))


def main() -> None:
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    try:
        serve(sys.argv[1], json.loads(sys.argv[2]))
    except KeyboardInterrupt:
        sys.exit(130)
