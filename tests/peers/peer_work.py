"""What people would use instead of the lessons' programs, in Python.

Each function that returns a `Work` prepares one piece of work. `peers` starts a
process for each, `peer_work.py FILE NAME SETTING=VALUE...`, which times the
work and writes to FILE what a lesson's --record has of it.
"""

from __future__ import annotations

import array
import inspect
import json
import sys
import time
import zlib
from typing import Any, Callable, Iterable, NamedTuple

LONG = 3.0  # seconds: what takes longer is not run a first time
SHORTEST = 2e-3  # seconds: shorter work is called several times in a run


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


# --- Pictures: how each library reads one, makes it grey, and writes it.


class Library(NamedTuple):
    read: Callable[[str], Any]
    grey: Callable[[Any], Any]
    write: Callable[[Any, str], Any]


def write_by_pillow(image: Any, file: str) -> None:
    """Level 1 and run lengths alone; its filter cannot be chosen."""
    image.save(file, compress_level=1, compress_type=3)


def pillow(processors: int) -> Library:
    from PIL import Image

    def grey(image: Any) -> Any:
        """The list comprehension of the original, over all pixels."""
        grey = Image.new("RGB", image.size)
        grey.putdata([((r + g + b) // 3,) * 3 for r, g, b in image.getdata()])
        return grey

    return Library(
        lambda file: Image.open(file).convert("RGB"), grey, write_by_pillow
    )


def pillow_numpy(processors: int) -> Library:
    import numpy
    from PIL import Image

    def grey(rgb: Any) -> Any:
        red, green, blue = (rgb[..., i].astype(numpy.uint16) for i in range(3))
        grey = numpy.empty_like(rgb)
        grey[...] = ((red + green + blue) // 3)[..., None]
        return grey

    return Library(
        lambda file: numpy.asarray(Image.open(file)),
        grey,
        lambda grey, file: write_by_pillow(Image.fromarray(grey), file),
    )


def opencv(processors: int) -> Library:
    import cv2
    import numpy

    cv2.setNumThreads(processors)
    matrix = numpy.full((3, 3), 1 / 3)
    # Without IMWRITE_PNG_COMPRESSION it takes level 1 and the filter sub; with
    # it, whatever the level, it tries all filters.
    options = [cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE]
    return Library(
        cv2.imread,
        lambda bgr: cv2.transform(bgr, matrix),
        lambda grey, file: cv2.imwrite(file, grey, options),
    )


def picture(by: str, input: str, output: str, processors: int) -> Work:
    """Picture in, grey, picture out."""
    library = globals()[by](processors)

    def run() -> None:
        library.write(library.grey(library.read(input)), output)

    return Work(run, lambda returned: "")


def grey(by: str, input: str, output: str, processors: int) -> Work:
    """Grey alone; the result is written untimed."""
    library = globals()[by](processors)
    image = library.read(input)

    def result(grey: Any) -> str:
        library.write(grey, output)
        return ""

    return Work(lambda: library.grey(image), result)


# --- Lists of numbers. Whoever uses joblib calls functions of a module.


def fibonacci(n: int) -> int:
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def square(i: int) -> int:
    return i * i


def squares_of(begin: int, end: int) -> list[int]:
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


def blocks(count: int, number: int) -> list[tuple[int, int]]:
    """0 .. count in so many pieces of nearly the same size."""
    return [
        (count * i // number, count * (i + 1) // number) for i in range(number)
    ]


def joblib_calls(
    processors: int, function: Callable[..., Any], arguments: list[tuple]
) -> Callable[[], list[Any]]:
    """Calls of a function by joblib, once with each of the arguments. Its
    workers are started here, and it keeps them from call to call."""
    from joblib import Parallel, delayed

    workers = Parallel(n_jobs=processors)
    workers(delayed(abs)(i) for i in range(processors))
    return lambda: workers(delayed(function)(*each) for each in arguments)


def fibonacci_list(count: int) -> Work:
    return Work(lambda: [fibonacci(n) for n in range(count)], list_checksum)


def fibonacci_joblib(count: int, processors: int) -> Work:
    numbers = [(n,) for n in range(count)]
    return Work(joblib_calls(processors, fibonacci, numbers), list_checksum)


def squares_list(count: int) -> Work:
    return Work(lambda: squares_of(0, count), list_checksum)


def squares_numpy(count: int) -> Work:
    import numpy

    def run() -> Any:
        numbers = numpy.arange(count, dtype=numpy.int64)
        return numpy.multiply(numbers, numbers, out=numbers)

    return Work(run, checksum)


def squares_joblib_blocks(count: int, processors: int) -> Work:
    parts = blocks(count, processors)
    calls = joblib_calls(processors, squares_of, parts)
    return Work(
        lambda: [number for part in calls() for number in part], list_checksum
    )


def squares_joblib(count: int, processors: int) -> Work:
    numbers = [(i,) for i in range(count)]
    return Work(joblib_calls(processors, square, numbers), list_checksum)


def primes_list(count: int) -> Work:
    return Work(lambda: primes_in(0, count), count_checksum)


def primes_joblib(count: int, processors: int) -> Work:
    # Many more blocks than processors: those of large numbers take longer.
    calls = joblib_calls(processors, primes_in, blocks(count, 16 * processors))
    return Work(lambda: sum(calls()), count_checksum)


def primes_sieve(count: int) -> Work:
    """The sieve of Eratosthenes: another algorithm, which divides nothing."""
    import numpy

    def run() -> int:
        prime = numpy.ones(count, dtype=bool)
        prime[:2] = False
        divisor = 2
        while divisor * divisor < count:
            if prime[divisor]:
                prime[divisor * divisor :: divisor] = False
            divisor += 1
        return int(numpy.count_nonzero(prime))

    return Work(run, count_checksum)


# --- The Mandelbrot set, in the view of lesson 12.


def real_part(x: Any, width: int) -> Any:
    return -0.65 + (x + 0.5 - width / 2.0) * (2.25 / width)


def imaginary_part(y: Any, width: int, height: int) -> Any:
    return -0.5 - (y + 0.5 - height / 2.0) * (2.25 / width)


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


def escape_row(y: int, width: int, height: int, limit: int) -> list[int]:
    imaginary = imaginary_part(y, width, height)
    return [
        escape_time(real_part(x, width), imaginary, limit)
        for x in range(width)
    ]


def rows_checksum(rows: list[list[int]]) -> str:
    return checksum(array.array("i", (time for row in rows for time in row)))


def mandelbrot_list(width: int, height: int, limit: int) -> Work:
    return Work(
        lambda: [escape_row(y, width, height, limit) for y in range(height)],
        rows_checksum,
    )


def mandelbrot_joblib(
    width: int, height: int, limit: int, processors: int
) -> Work:
    rows = [(y, width, height, limit) for y in range(height)]
    return Work(joblib_calls(processors, escape_row, rows), rows_checksum)


def mandelbrot_numpy(width: int, height: int, limit: int) -> Work:
    """A step for all points that are still inside, then the next step."""
    import numpy

    def run() -> Any:
        x, y = numpy.meshgrid(
            real_part(numpy.arange(width), width),
            imaginary_part(numpy.arange(height), width, height),
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


def random_matrix(rows: int, columns: int) -> tuple[Any, Any]:
    """The matrix, and the exact means: its numbers added as whole numbers."""
    import numpy

    matrix = numpy.empty((rows, columns))
    upper = numpy.zeros(columns, dtype=numpy.uint64)
    lower = numpy.zeros(columns, dtype=numpy.uint64)
    for begin, end in blocks(rows, 100):
        bits = random_bits(begin * columns, (end - begin) * columns)
        bits = bits.reshape(end - begin, columns)
        matrix[begin:end] = bits * 2.0**-53
        upper += (bits >> numpy.uint64(32)).sum(axis=0)
        lower += (bits & numpy.uint64(0xFFFFFFFF)).sum(axis=0)
    sums = upper.astype(float) * 2.0**32 + lower.astype(float)
    return matrix, sums * 2.0**-53 / rows


def mean_work(rows: int, columns: int, mean_of: Callable[[Any], Any]) -> Work:
    """A mean that is right within 1e-9 counts as the exact one."""
    import numpy

    matrix, expected = random_matrix(rows, columns)

    def result(means: Any) -> str:
        means = numpy.asarray(means).ravel()
        right = numpy.abs(means - expected) <= 1e-9 * expected
        return checksum(numpy.where(right, expected, means))

    return Work(lambda: mean_of(matrix), result)


def mean_numpy(rows: int, columns: int) -> Work:
    return mean_work(rows, columns, lambda matrix: matrix.mean(axis=0))


def mean_joblib(rows: int, columns: int, processors: int) -> Work:
    import numpy
    from joblib import Parallel, delayed

    # Threads, which share the matrix: numpy lets others go on as it computes.
    workers = Parallel(n_jobs=processors, require="sharedmem")

    def mean_of(matrix: Any) -> Any:
        means = workers(
            delayed(numpy.mean)(matrix[:, begin:end], axis=0)
            for begin, end in blocks(columns, processors)
        )
        return numpy.concatenate(means)

    return mean_work(rows, columns, mean_of)


def mean_opencv(rows: int, columns: int, processors: int) -> Work:
    import cv2

    cv2.setNumThreads(processors)
    return mean_work(
        rows, columns, lambda matrix: cv2.reduce(matrix, 0, cv2.REDUCE_AVG)
    )


# --- The process that does one of them.


def seconds_of(run: Callable[[], Any], calls: int) -> tuple[float, Any]:
    begin = time.perf_counter()
    for _ in range(calls):
        returned = run()
    return (time.perf_counter() - begin) / calls, returned


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of a call, and what it returned; the first call counts only
    where it takes long."""
    seconds, returned = seconds_of(run, 1)
    if seconds > LONG:
        return seconds, returned
    returned = None  # freed untimed
    calls = 1
    if seconds < SHORTEST:
        calls = max(2, int(2 * SHORTEST / max(seconds, 1e-9)))
    return seconds_of(run, calls)


def main(record: str, name: str, *settings: str) -> None:
    function = globals()[name]
    given = dict(setting.split("=", 1) for setting in settings)
    known = {key: given[key] for key in inspect.signature(function).parameters}
    work = function(**{
        key: int(value) if value.isdigit() else value
        for key, value in known.items()
    })
    seconds, returned = timed(work.run)
    with open(record, "w") as out:
        json.dump({"seconds": [seconds], "result": work.result(returned)}, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
