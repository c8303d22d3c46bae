"""What `make peers` has measured of a row, and how it is told."""

import sys
import textwrap
from typing import Any, Dict, List, Sequence, Tuple

from peer_tasks import Row, Task

LONG = 3.0  # seconds: what takes longer is run twice in all, without warm-up


# --- Numbers, and how they are told.


def quantile(values: Sequence[float], q: float) -> float:
    """Between the two nearest values, where none lies there."""
    ordered = sorted(values)
    place = q * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def digits(value: float) -> str:
    """Three digits that count."""
    return f"{value:,.{2 if value < 10 else 1 if value < 100 else 0}f}"


def seconds_text(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= 0.9995 * size:
            return f"{digits(seconds / size)} {unit}"
    return f"{digits(seconds / 1e-9)} ns"


def bytes_text(count: float) -> str:
    return f"{digits(count / 1e6)} MB"


def filters_text(filters: Dict[str, int]) -> str:
    """Such as "sub", or "up 75 %, sub 25 %": shares of the rows."""
    rows = sum(filters.values())
    if len(filters) == 1:
        return next(iter(filters))
    ordered = sorted(filters.items(), key=lambda item: -item[1])
    return ", ".join(
        f"{name} {100 * count / rows:.0f} %"
        for name, count in ordered
        if 200 * count >= rows
    )


def verdict(share: float, most: int, rounds: bool) -> Tuple[bool, str, str]:
    """Whether a picture is right, in a word, and how it differs.

    `share` of the pixels differ, by `most` at most. Who rounds to the nearest
    number may differ by 1.
    """
    if share == 0:
        return True, "same", ""
    text = f"Differs by at most {most} in {100 * share:.1f} % of the pixels"
    if rounds and most <= 1:
        return True, "rounds", f"{text}: it rounds to the nearest number."
    return False, "WRONG", f"{text}."


class Measured:
    """A row, and what came of it."""

    def __init__(self, row: Row, worker: Any, output: str):
        self.row = row
        self.worker = worker
        self.output = output
        self.seconds: List[float] = []
        self.rounds_left = 0
        self.good = True
        self.verdict = ""
        self.difference = ""  # what the verdict leaves to be said
        self.file: Dict[str, Any] = {}
        self.ratio = 0.0

    def quartiles(self) -> List[float]:
        return [quantile(self.seconds, q) for q in (0.25, 0.5, 0.75)]

    def fail(self, why: object) -> None:
        self.good = False
        self.rounds_left = 0
        self.verdict = "FAILED"
        self.difference = f"It says: {why}."

    def warm_up(self, repeat: int) -> None:
        seconds = self.worker.run()
        self.rounds_left = repeat
        if seconds > LONG:
            self.seconds.append(seconds)
            self.rounds_left = min(1, repeat - 1)

    def run(self) -> None:
        self.seconds.append(self.worker.run())
        self.rounds_left -= 1

    def as_json(self) -> Dict[str, Any]:
        low, median, high = self.quartiles() if self.seconds else [0.0] * 3
        return {
            "who": self.row.who,
            "seconds": self.seconds,
            "lower_quartile": low,
            "median": median,
            "upper_quartile": high,
            "ratio": self.ratio,
            "peak_bytes": self.worker.peak,
            **self.file,
            "verdict": self.verdict,
            "difference": self.difference,
            "note": self.row.note,
        }


# --- What is printed.


def print_wrapped(text: str, indent: str = "") -> None:
    indents = {"initial_indent": indent, "subsequent_indent": indent}
    print(textwrap.fill(text, 80, **indents))


def print_row(task: Task, measured: Measured, repeat: int) -> None:
    line = f"{measured.row.who:<27}"
    if measured.seconds:
        low, median, high = map(seconds_text, measured.quartiles())
        line += f"{median:>8}  {low + ' .. ' + high:<19}"
        ratio = digits(measured.ratio) if measured.ratio > 0 else "-"
        line += f"{ratio:>7}  "
    if task.shows_memory and measured.seconds:
        line += f"{bytes_text(measured.worker.peak):>8}  "
    if measured.file:
        line += f"{bytes_text(measured.file['file_bytes']):>7}  "
    print(f"{line}{measured.verdict}")
    notes = notes_of(task, measured, repeat)
    if notes:
        print_wrapped(" ".join(notes), "    ")


def notes_of(task: Task, measured: Measured, repeat: int) -> List[str]:
    notes = [measured.difference] if measured.difference else []
    if measured.file:
        notes.append(f"Filter: {filters_text(measured.file['filters'])}.")
    if measured.row.note:
        notes.append(measured.row.note)
    if measured.good and len(measured.seconds) != repeat:
        notes.append(f"{len(measured.seconds)} runs, as one takes so long.")
    if measured.row.is_ours() and measured.file:
        times = measured.worker.peak / task.raw_bytes
        notes.append(f"Memory: {times:.1f} times the picture's raw size.")
    return notes


def print_task(task: Task, all_measured: List[Measured], repeat: int) -> None:
    print(f"\n{task.title}")
    head = f"{'':<27}{'median':>8}  {'quartiles':<19}{'x ours':>7}  "
    if task.shows_memory:
        head += f"{'memory':>8}  "
    if task.result == "png":
        head += f"{'file':>7}  "
    print(f"{head}result")
    for measured in all_measured:
        print_row(task, measured, repeat)
    ours = all_measured[0]
    for measured in all_measured:
        if measured.row.is_ours() or not measured.good:
            continue
        if not 0 < measured.ratio < 1:
            continue
        why = measured.row.ahead or "we know of no reason; measure again."
        text = f"{measured.row.who} is ahead of {ours.row.who}: "
        text += f"{1 / measured.ratio:.2f} times as fast. Why: {why}"
        if measured.quartiles()[2] >= ours.quartiles()[0]:
            text += " (But the quartiles overlap: it may be chance.)"
        print_wrapped(text, "  ")
    sys.stdout.flush()
