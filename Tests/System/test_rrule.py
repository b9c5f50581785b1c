"""Recurrences of RFC 5545 against PyPI python-dateutil, and against libical's table where it is there.

Compared in UTC, and in zones only away from clock changes: dateutil drops repeated hours and gives
times in gaps. The seed is fixed, DUBAN_SEED sets another. DUBAN_ICALRECUR names a file of the form of
libical's icalrecur_test.txt (RRULE, DTSTART and INSTANCES lines), which is read and not copied in.
"""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import duban

sys.path.insert(0, str(duban.ROOT / ".build-oracles" / "lib"))

SEED = 55_45
COUNT = 2_000
ELAPSES = 10
WEEKDAYS = "MO TU WE TH FR SA SU".split()
#: Where clocks did not change in the hours that `in_a_zone` uses.
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe"]


class Rules:
    """Makes RRULE values that are right by the RFC."""

    def __init__(self, random):
        self.random = random

    def some(self, low, high, most, signed=False):
        picked = self.random.sample(range(low, high + 1), self.random.randint(1, most))
        return ",".join(str(n * (self.random.choice((1, -1)) if signed else 1)) for n in picked)

    def chance(self, share):
        return self.random.random() < share

    def weekdays(self, frequency, hasMonths):
        names = self.random.sample(WEEKDAYS, self.random.randint(1, 3))
        if frequency in ("MONTHLY", "YEARLY") and self.chance(0.5):
            most = 4 if frequency == "MONTHLY" or hasMonths else 50
            sign = lambda: self.random.choice((1, -1))
            names = [f"{sign() * self.random.randint(1, most)}{name}" for name in names]
        return "BYDAY=" + ",".join(names)

    def parts(self, frequency):
        parts = []
        if self.chance(0.3):
            parts.append("BYMONTH=" + self.some(1, 12, 4))
        if frequency == "YEARLY" and self.chance(0.25):
            # Without weekdays dateutil takes whole weeks, the RFC the weekday of DTSTART. It knows no
            # last week of a year that ends in January either.
            days = ",".join(self.random.sample(WEEKDAYS, self.random.randint(1, 3)))
            parts += ["BYWEEKNO=" + self.some(1, 51, 4), "BYDAY=" + days]
        elif self.chance(0.4):
            parts.append(self.weekdays(frequency, bool(parts)))
        if frequency != "WEEKLY" and self.chance(0.3):
            parts.append("BYMONTHDAY=" + self.some(1, 31, 5, signed=True))
        if frequency not in ("DAILY", "WEEKLY", "MONTHLY") and self.chance(0.15):
            parts.append("BYYEARDAY=" + self.some(1, 366, 20, signed=True))
        for name, most, share in (("BYHOUR", 23, 0.3), ("BYMINUTE", 59, 0.3), ("BYSECOND", 59, 0.2)):
            if self.chance(share):
                parts.append(f"{name}=" + self.some(0, most, 4))
        isLong = frequency in ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
        if parts and isLong and self.chance(0.25):
            parts.append("BYSETPOS=" + self.some(1, 5, 2, signed=True))
        return parts

    def rule(self, frequencies="YEARLY MONTHLY WEEKLY DAILY HOURLY MINUTELY SECONDLY"):
        """Returns DTSTART and the value of RRULE."""
        random = self.random
        frequency = random.choice(frequencies.split())
        parts = [f"FREQ={frequency}"]
        if self.chance(0.5):
            parts.append(f"INTERVAL={random.choice((2, 3, 4, 5, 7, 12, 13, 52, 90, 1000))}")
        parts += self.parts(frequency)
        first = random.choice(WEEKDAYS) if self.chance(0.3) else None
        if first:
            parts.append(f"WKST={first}")
        start = datetime(
            random.randint(1980, 2060), random.randint(1, 12), random.randint(1, 28),
            random.randint(0, 23), random.randint(0, 59), random.randint(0, 59),
        )
        if frequency == "WEEKLY" and "BYSETPOS" in ";".join(parts):
            # dateutil counts places in the first week from DTSTART on, the RFC from the week's start.
            start -= timedelta(days=(start.weekday() - WEEKDAYS.index(first or "MO")) % 7)
        if self.chance(0.25):
            parts.append(f"COUNT={random.randint(1, 30)}")
        elif self.chance(0.2):
            until = start + timedelta(days=random.randint(1, 4000))
            parts.append(f"UNTIL={until:%Y%m%dT%H%M%S}Z")
        return start, ";".join(parts)


class Slow(Exception):
    """dateutil walks, and gave up."""


@contextlib.contextmanager
def limit(seconds):
    def stop(*_):
        raise Slow

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def oracle(start, rule, count=ELAPSES):
    """Returns dateutil's first instances and whether it came to an end of them soon enough."""
    from dateutil.rrule import rrulestr

    found = []
    try:
        with limit(0.2):
            for moment in rrulestr("RRULE:" + rule.replace("Z", ""), dtstart=start):
                if moment.year > 2199 or len(found) == count:
                    break
                found.append(moment)
        return found, True
    except Slow:
        return found, False
    except ValueError as error:
        # What dateutil says of rules that name no time of day at all.
        if "empty set" not in str(error):
            raise
        return found, True


def calendar(case, expressions, base, count=ELAPSES, zone="UTC"):
    """Returns what `dubanctl calendar` says of some expressions."""
    done = subprocess.run(
        [duban.BIN / "dubanctl", "--json", "calendar", *expressions, "--zone", zone,
         "--base-time", f"@{int(base.timestamp())}", "--iterations", str(count)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )
    case.assertIn(done.returncode, (0, 1), done.stderr)
    return json.loads(done.stdout)["expressions"]


class Recurrences(unittest.TestCase):
    #: Before any DTSTART that is generated.
    BASE = datetime(1975, 1, 1, tzinfo=timezone.utc)

    def check(self, cases, suffix, zone="UTC"):
        """Compares cases of DTSTART and RRULE in batches; returns the differences."""
        failures = []
        for at in range(0, len(cases), 50):
            batch = cases[at : at + 50]
            head = "DTSTART" if zone == "UTC" else f"DTSTART;TZID={zone}"
            texts = [f"{head}:{s:%Y%m%dT%H%M%S}{suffix} RRULE:{r}" for s, r in batch]
            place = ZoneInfo(zone)
            for (start, rule), answer in zip(batch, calendar(self, texts, self.BASE, zone=zone)):
                wanted, isWhole = oracle(start, rule)
                error = answer.get("error")
                if error:
                    if wanted or "never elapses" not in error["message"]:
                        failures.append(f"{start} {rule}: {error}, dateutil has {wanted[:2]}")
                    continue
                found = [
                    datetime.fromtimestamp(e["micros"] // 1_000_000, place).replace(tzinfo=None)
                    for e in answer["elapses"]
                ]
                if found[: len(wanted)] != wanted or isWhole and len(found) != len(wanted):
                    failures.append(f"{start} {rule}: {found[:3]}, dateutil has {wanted[:3]}")
                again = calendar(self, [answer["normal"]], self.BASE, 1, zone)[0] if at == 0 else answer
                if again["normal"] != answer["normal"]:
                    failures.append(f"{answer['normal']} prints as {again['normal']}")
        return failures

    def fail_with(self, failures):
        if failures:
            self.fail(f"{len(failures)} differences\n" + "\n".join(failures[:20]))

    @duban.needs("python-dateutil")
    def test_generated_rules(self):
        seed = int(os.environ.get("DUBAN_SEED", SEED))
        print(f"{self.id()}: DUBAN_SEED={seed}", flush=True)
        rules = Rules(Random(seed))
        self.fail_with(self.check([rules.rule() for _ in range(COUNT)], "Z"))

    @duban.needs("python-dateutil")
    def test_in_a_zone(self):
        seed = int(os.environ.get("DUBAN_SEED", SEED))
        print(f"{self.id()}: DUBAN_SEED={seed}", flush=True)
        random = Random(seed + 1)
        rules = Rules(random)
        for zone in ZONES:
            cases = []
            while len(cases) < 100:
                start, rule = rules.rule("YEARLY MONTHLY WEEKLY DAILY")
                # Noon is never changed; UNTIL would have to be turned into UTC.
                if "BYHOUR" not in rule and "UNTIL" not in rule:
                    cases.append((start.replace(hour=12), rule))
            with self.subTest(zone):
                self.fail_with(self.check(cases, "", zone))

    def table_of_libical(self):
        """Debian ships the table in its source package alone, so it is compared by hand; the rules of
        the RFC that it holds are a table in RecurrenceRuleTests.swift too."""
        path = os.environ["DUBAN_ICALRECUR"]
        blocks = re.findall(
            r"RRULE:(\S+)\s+DTSTART[^:]*:(\S+)\s+(?:(START-AT):\S+\s+)?INSTANCES:[ ]*(.*)",
            Path(path).read_text(),
        )
        compared = 0
        for rule, start, at, instances in blocks:
            if at or "RSCALE" in rule or "SKIP" in rule or not instances[:1].isdigit():
                continue
            wanted = instances.strip().split(",")
            isDate = "T" not in start
            # The table has UNTIL in UTC beside a DTSTART without a zone, which the RFC rules out.
            mark = "Z" if re.search(r"UNTIL=\w+Z", rule) and not start.endswith("Z") else ""
            rule = rule.rstrip(";")
            text = f"DTSTART{';VALUE=DATE' if isDate else ''}:{start}{mark} RRULE:{rule}"
            base = datetime(1975, 1, 1, tzinfo=timezone.utc)
            answer = calendar(self, [text], base, len(wanted))[0]
            if answer.get("error"):
                # libical takes what the RFC rules out; the table has a few such lines.
                print(f"refused {text}: {answer['error']['message']}")
                continue
            form = "%Y%m%d" if isDate else "%Y%m%dT%H%M%S"
            found = [
                datetime.fromtimestamp(e["micros"] // 1_000_000, timezone.utc).strftime(form)
                for e in answer["elapses"]
            ]
            with self.subTest(text):
                self.assertEqual(found, [w.rstrip("Z") for w in wanted])
            compared += 1
        print(f"{compared} rules of libical compared")
        self.assertGreater(compared, 0)

    if os.environ.get("DUBAN_ICALRECUR"):
        test_the_table_of_libical = table_of_libical


if __name__ == "__main__":
    unittest.main()
