"""Python computes what the lessons do; nothing is timed."""

import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import peer_work  # noqa: E402


class Work(unittest.TestCase):
    def test_python_computes_what_the_lessons_do(self) -> None:
        self.assertEqual(peer_work.primes_in(0, 100), 25)
        self.assertEqual(peer_work.fibonacci(10), 55)
        self.assertEqual(peer_work.escape_time(0.0, 0.0, 50), 50)
        self.assertEqual(peer_work.escape_time(3.0, 0.0, 50), 0)

    def test_blocks_cover_everything_once(self) -> None:
        self.assertEqual(peer_work.blocks(10, 3), [(0, 3), (3, 6), (6, 10)])


if __name__ == "__main__":
    unittest.main()
