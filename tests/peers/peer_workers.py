"""Who does a row's work for `make peers`: a program, or a Python process."""

import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
from typing import Any, Dict

from peer_tasks import OWN_TIMER, Row

HERE = pathlib.Path(__file__).resolve().parent


class Failure(Exception):
    """Somebody could not do it; the text says why."""


def stop(process: "subprocess.Popen[Any]", at_once: bool) -> None:
    """Ends a process and all that it has started, which is its own group."""
    signals = [signal.SIGTERM, signal.SIGKILL]
    try:
        if not at_once:
            process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        at_once = True
    for number in signals if at_once else []:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=5)
            break


def last_line(file: Any) -> str:
    file.seek(0)
    lines = file.read().decode(errors="replace").split("\n")
    return next(filter(None, map(str.strip, reversed(lines))), "it failed")


class Program:
    """A command, timed as a whole process, or by itself with --record."""

    def __init__(self, row: Row, output: str, environment: Dict[str, str]):
        self.command = [
            part.replace("OUTPUT", output) for part in row.command
        ]
        self.record = ""
        if self.command[-1] == OWN_TIMER:
            self.record = output + ".json"
            self.command.append(self.record)
        self.environment = environment
        self.peak = 0
        self.result = ""

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *raised: Any) -> None:
        pass

    def prepare(self) -> None:
        """Waits until it can be asked to run, which a program always can."""

    def run(self) -> float:
        with tempfile.TemporaryFile() as errors:
            begin = time.perf_counter()
            process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env=self.environment,
                start_new_session=True,
            )
            try:
                _, status, usage = os.wait4(process.pid, 0)
            except BaseException:
                stop(process, at_once=True)
                raise
            seconds = time.perf_counter() - begin
            process.returncode = os.WEXITSTATUS(status)
            if status != 0:
                raise Failure(last_line(errors))
        kilobytes = 1 if sys.platform == "darwin" else 1024
        self.peak = max(self.peak, usage.ru_maxrss * kilobytes)
        if not self.record:
            return seconds
        lines = pathlib.Path(self.record).read_text().splitlines()
        record = json.loads(lines[-1])
        self.result = record["result"]
        return float(record["seconds"][0])

    def check(self) -> str:
        return self.result


class Peer:
    """Work in Python: a process that does it whenever it is asked."""

    CODE = "import peer_work; peer_work.main()"

    def __init__(self, python: str, row: Row, settings: Dict[str, Any]):
        folder = str(pathlib.Path(settings["output"]).parent)
        self.errors = tempfile.TemporaryFile()
        self.peak = 0
        self.process = subprocess.Popen(
            [python, "-c", self.CODE, row.work, json.dumps(settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            universal_newlines=True,
            env={
                **os.environ,
                "PYTHONPATH": str(HERE),
                "PYTHONDONTWRITEBYTECODE": "1",
                "JOBLIB_TEMP_FOLDER": folder,
            },
            start_new_session=True,
        )

    def __enter__(self) -> "Peer":
        return self

    def __exit__(self, kind: Any, *raised: Any) -> None:
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        stop(self.process, at_once=kind is not None)
        self.process.stdout.close()
        self.errors.close()

    def prepare(self) -> None:
        self.read_answer()

    def ask(self, request: str) -> Dict[str, Any]:
        try:
            self.process.stdin.write(request + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        return self.read_answer()

    def read_answer(self) -> Dict[str, Any]:
        line = self.process.stdout.readline()
        if not line:
            raise Failure(last_line(self.errors))
        return json.loads(line)

    def run(self) -> float:
        answer = self.ask("run")
        self.peak = answer["peak"]
        return answer["seconds"]

    def check(self) -> str:
        return self.ask("check")["result"]
