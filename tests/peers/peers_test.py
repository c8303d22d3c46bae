"""Tests of what `make peers` computes itself; nothing is timed."""

import pathlib
import random
import struct
import sys
import tempfile
import unittest
import zlib

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import peer_report  # noqa: E402
import peer_tasks  # noqa: E402
import peer_work  # noqa: E402
import peers  # noqa: E402
import png_file  # noqa: E402


def filtered(kind: int, row: bytes, above: bytes) -> bytes:
    """A row of RGB as PNG's specification filters it, byte by byte."""
    out = []
    for i, value in enumerate(row):
        a = row[i - 3] if i >= 3 else 0
        b = above[i]
        c = above[i - 3] if i >= 3 else 0
        estimate = a + b - c
        distance = (abs(estimate - a), abs(estimate - b), abs(estimate - c))
        nearest = (a, b, c)[distance.index(min(distance))]
        guess = (0, a, b, (a + b) // 2, nearest)[kind]
        out.append((value - guess) % 256)
    return bytes(out)


class PngFiles(unittest.TestCase):
    def test_a_written_file_has_its_pixels_and_the_filter_sub(self) -> None:
        rows = [bytes([250, 3, 7, 1, 2, 255]), bytes([0, 0, 0, 9, 200, 9])]
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "two.png"
            png_file.write_png(file, 2, rows)
            png = png_file.read_png(file.read_bytes())
        self.assertEqual((png.width, png.height, png.channels), (2, 2, 3))
        self.assertEqual(png.filters(), {"sub": 2})
        self.assertEqual(png.stream, bytes([1, 250, 3, 7, 7, 255, 248])
                         + bytes([1, 0, 0, 0, 9, 200, 9]))
        self.assertEqual(png_file.pixels_of(png), b"".join(rows))

    def test_every_filter_is_undone(self) -> None:
        rows = [random.Random(seed).randbytes(30) for seed in range(5)]
        stream, above = b"", bytes(30)
        for kind, row in enumerate(rows):
            stream += bytes([kind]) + filtered(kind, row, above)
            above = row
        png = png_file.Png(10, 5, 3, stream)
        self.assertEqual(png_file.pixels_of(png), b"".join(rows))
        self.assertEqual(len(png.filters()), 5)

    def test_what_is_no_png_is_refused(self) -> None:
        with self.assertRaises(ValueError):
            png_file.read_png(b"GIF89a")
        header = struct.pack(">IIBBBBB", 1, 1, 16, 2, 0, 0, 0)
        data = png_file.SIGNATURE + png_file.chunk(b"IHDR", header)
        data += png_file.chunk(b"IDAT", zlib.compress(bytes(7)))
        with self.assertRaises(ValueError):
            png_file.read_png(data)

    def test_the_picture_is_noisy_and_always_the_same(self) -> None:
        first, again = (
            png_file.noisy_row(0, 64, 8, random.Random(1)) for _ in range(2)
        )
        self.assertEqual(first, again)
        self.assertGreater(len(set(first[1::3])), 8)  # no gradient in green
        self.assertLess(max(first[1::3]), 16)

    def test_grey_is_the_mean_rounded_down(self) -> None:
        self.assertEqual(
            png_file.grey_row(bytes([1, 2, 2, 255, 255, 254])),
            bytes([1, 1, 1, 254, 254, 254]),
        )


class Verdicts(unittest.TestCase):
    def test_pixels_are_counted_that_differ(self) -> None:
        expected = bytes([1, 1, 1, 5, 5, 5, 9, 9, 9, 3, 3, 3])
        got = bytes([1, 1, 1, 5, 6, 5, 9, 9, 9, 3, 3, 1])
        self.assertEqual(png_file.differences(expected, expected), (0.0, 0))
        self.assertEqual(png_file.differences(expected, got), (0.5, 2))
        self.assertEqual(png_file.differences(expected, got[:3]), (1.0, 255))

    def test_only_who_rounds_may_differ_and_by_one(self) -> None:
        self.assertEqual(peer_report.verdict(0.0, 0, False)[:2], (True, "same"))
        self.assertTrue(peer_report.verdict(0.3, 1, True)[0])
        self.assertIn("30.0 %", peer_report.verdict(0.3, 1, True)[2])
        self.assertFalse(peer_report.verdict(0.3, 2, True)[0])
        self.assertFalse(peer_report.verdict(0.0001, 1, False)[0])
        self.assertEqual(peer_report.verdict(0.0001, 1, False)[1], "WRONG")


class Numbers(unittest.TestCase):
    def test_quartiles_lie_between_the_nearest_values(self) -> None:
        values = [4.0, 1.0, 3.0, 2.0]
        self.assertEqual(peer_report.quantile(values, 0.25), 1.75)
        self.assertEqual(peer_report.quantile(values, 0.5), 2.5)
        self.assertEqual(peer_report.quantile(values, 0.75), 3.25)
        self.assertEqual(peer_report.quantile([7.0], 0.25), 7.0)

    def test_times_have_three_digits_and_a_unit(self) -> None:
        self.assertEqual(peer_report.seconds_text(1.5), "1.50 s")
        self.assertEqual(peer_report.seconds_text(0.0123), "12.3 ms")
        self.assertEqual(peer_report.seconds_text(0.99999), "1.00 s")
        self.assertEqual(peer_report.seconds_text(4.56e-7), "456 ns")

    def test_filters_are_told_as_shares_of_the_rows(self) -> None:
        self.assertEqual(peer_report.filters_text({"sub": 5}), "sub")
        self.assertEqual(
            peer_report.filters_text({"sub": 1, "up": 3}), "up 75 %, sub 25 %"
        )


class Work(unittest.TestCase):
    def test_python_computes_what_the_lessons_do(self) -> None:
        self.assertEqual(peer_work.primes_in(0, 100), 25)
        self.assertEqual(peer_work.fibonacci(10), 55)
        self.assertEqual(peer_work.escape_time(0.0, 0.0, 50), 50)
        self.assertEqual(peer_work.escape_time(3.0, 0.0, 50), 0)

    def test_blocks_cover_everything_once(self) -> None:
        self.assertEqual(
            peer_work.blocks(10, 3), [(0, 3), (3, 6), (6, 10)]
        )

    def test_every_row_has_work_that_exists_and_what_it_needs(self) -> None:
        known = {"Python", *peers.PYTHON_PACKAGES, *peers.COMMANDS}
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder)
            tasks = peer_tasks.all_tasks(place, place, quick=True)
        self.assertEqual([task.name for task in tasks],
                         list(peer_tasks.NAMES))
        for task in tasks:
            self.assertTrue(task.rows[0].is_ours())
            for row in task.rows:
                self.assertTrue(set(row.needs.split()) <= known, row.who)
                self.assertTrue(not row.work or hasattr(peer_work, row.work))


if __name__ == "__main__":
    unittest.main()
