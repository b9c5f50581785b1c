"""Runs the system tests: python3 Tests/System [-j N] [MODULE[.CLASS[.TEST]] ...]

Each module runs in a process of its own, two at a time. What a module says is shown whole when it
has ended. The last line is `N passed, N failed, N skipped`; with CI=true a skip is a failure.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
#: The long ones first, so that none of them is left alone at the end.
ORDER = [
    "test_kill", "test_rrule", "test_ledger", "test_power_cut", "test_main_job", "test_cron",
    "test_calendar_differential", "test_review",
]


class Result(unittest.TextTestResult):
    """Counts tests: one with a failing subtest has failed once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.seconds = {}

    def startTest(self, test):
        self.begun = time.monotonic()
        super().startTest(test)

    def stopTest(self, test):
        self.seconds[test.id()] = time.monotonic() - self.begun
        super().stopTest(test)

    def counts(self):
        bad = {self.test_of(test) for test, _ in self.failures + self.errors}
        bad |= {test.id() for test in self.unexpectedSuccesses}
        skipped = [(test.id(), reason) for test, reason in self.skipped]
        passed = max(0, self.testsRun - len(bad) - len(skipped))
        return {"passed": passed, "failed": len(bad), "skipped": skipped}

    @staticmethod
    def test_of(test):
        return getattr(test, "test_case", test).id()


def run_here(names, answer):
    """Runs tests in this process and writes the counts into a file."""
    suite = unittest.defaultTestLoader.loadTestsFromNames(names)
    runner = unittest.TextTestRunner(sys.stdout, verbosity=2, resultclass=Result)
    result = runner.run(suite)
    slow = sorted(result.seconds.items(), key=lambda item: -item[1])[:3]
    for name, seconds in slow:
        if seconds > 5:
            print(f"{name}: {seconds:.1f} s")
    Path(answer).write_text(json.dumps(result.counts()))


def run_module(names):
    """Runs tests in a process of their own; returns what it said, its counts and its time."""
    begun = time.monotonic()
    with tempfile.NamedTemporaryFile(prefix="duban-tests-") as answer:
        done = subprocess.run(
            [sys.executable, "-u", str(HERE), "--here", answer.name, *names],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        text = Path(answer.name).read_text()
    counts = json.loads(text) if text else {"passed": 0, "failed": 1, "skipped": []}
    if done.returncode != 0:
        counts["failed"] = max(1, counts["failed"])
    return done.stdout.decode(errors="replace"), counts, time.monotonic() - begun


def modules():
    names = sorted(path.stem for path in HERE.glob("test_*.py"))
    return [n for n in ORDER if n in names] + [n for n in names if n not in ORDER]


def main(arguments):
    sys.path.insert(0, str(HERE))
    if arguments[:1] == ["--here"]:
        run_here(arguments[2:], arguments[1])
        return 0
    width = 2
    if arguments[:1] == ["-j"]:
        width, arguments = int(arguments[1]), arguments[2:]
    groups = [[name] for name in arguments or modules()]
    total = {"passed": 0, "failed": 0, "skipped": []}
    with ThreadPoolExecutor(width) as pool:
        # In order of their ends would be quicker to read, in order of their starts is steadier.
        for names, (said, counts, seconds) in zip(groups, pool.map(run_module, groups)):
            print(f"--- {' '.join(names)}: {seconds:.0f} s\n{said.rstrip()}", flush=True)
            for key in total:
                total[key] += counts[key]
    for name, reason in total["skipped"]:
        print(f"skipped {name}: {reason}")
    strict = os.environ.get("CI") == "true" and total["skipped"]
    if strict:
        print("CI=true: a skipped test is a failure; scripts/capabilities says what is missing")
    print(f"{total['passed']} passed, {total['failed']} failed, {len(total['skipped'])} skipped")
    return 1 if total["failed"] or strict else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
