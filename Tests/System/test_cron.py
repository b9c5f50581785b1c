"""Crontab lines against PyPI cronsim, which follows Debian's cron.

Each generated line goes through `dubanctl plan import crontab` and `dubanctl calendar`, the same line
through cronsim; both give instants in UTC. The seed is fixed, DUBAN_SEED sets another.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import duban

sys.path.insert(0, str(duban.ROOT / ".build-oracles" / "lib"))

SEED = 20_261_025
#: Lines a run, and how many elapses of each are compared.
COUNT = 3_000
ELAPSES = 12
#: Half an hour, midnight, three hours, hour 50, no change at all, and the common ones.
ZONES = [
    "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo",
    "America/Santiago", "Asia/Gaza", "Antarctica/Troll", "Asia/Shanghai", "Europe/Dublin",
]
#: Days around which base times lie: clock changes, a leap day, the turn of a year.
DAYS = [
    "2026-03-07", "2026-03-28", "2026-04-04", "2026-04-23", "2026-09-05", "2026-10-03", "2026-10-24",
    "2026-10-29", "2026-10-31", "2028-02-28", "2026-12-31", "2026-06-15",
]
LINE = re.compile(r'every: "([^"]*)"')


def some(random, low, high):
    """Returns a field that does not begin with a star."""
    def element():
        first = random.randint(low, high)
        kind = random.random()
        if kind < 0.5 or first == high:
            return str(first)
        # Never 5-5/2, which cronsim reads as 5/2; Debian's cron takes the range at its word.
        last = random.randint(first + 1, high)
        if kind < 0.8:
            return f"{first}-{last}"
        return f"{first}-{last}/{random.randint(1, 9)}"

    return ",".join(element() for _ in range(random.choice([1, 1, 1, 2, 3])))


def field(random, low, high, star, names=()):
    if random.random() < star:
        return random.choice(["*", "*", f"*/{random.randint(1, high)}"])
    if names and random.random() < 0.3:
        return ",".join(random.sample(names, random.randint(1, 2)))
    return some(random, low, high)


def line(random):
    """Returns five fields; one in ten has an extension."""
    minute = field(random, 0, 59, 0.35)
    hour = field(random, 0, 23, 0.3)
    day = field(random, 1, 31, 0.6)
    month = field(random, 1, 12, 0.75, ["JAN", "feb", "Mar", "oct", "DEC"])
    weekday = field(random, 0, 7, 0.6, ["mon", "TUE", "Fri", "sun"])
    extension = random.random()
    if extension < 0.03:
        day = random.choice(["L", "LW", "10,L", "5,LW"])
    elif extension < 0.06:
        weekday = random.choice(["5#3", "0#1", "mon#5", "1#2,4#4"])
    elif extension < 0.08:
        # With `*/2` as the day it is refused: no one alternative says both.
        weekday, day = random.choice(["5L", "0L", "7L", "3L,1"]), random.choice(["*", "10", "1-7"])
    return f"{minute} {hour} {day} {month} {weekday}"


@duban.needs("python-cronsim")
class Cron(unittest.TestCase):
    def imported(self, lines, zone):
        """Returns the expression of each line, None for a refused one."""
        with tempfile.TemporaryDirectory() as folder:
            crontab = Path(folder, "crontab")
            text = [f"CRON_TZ={zone}"] + [f"{fields} job" for fields in lines]
            crontab.write_text("\n".join(text) + "\n")
            done = subprocess.run(
                [duban.BIN / "dubanctl", "--json", "plan", "import", "crontab", crontab,
                 "--output", Path(folder, "out"), "--head", "alice"],
                stdin=subprocess.DEVNULL, capture_output=True, text=True,
            )
            self.assertIn(done.returncode, (0, 1), done.stderr)
            refused = {problem["line"] for problem in json.loads(done.stdout)["problems"]}
            plan = Path(folder, "out", "plan.yaml")
            rules = iter(LINE.findall(plan.read_text()) if plan.exists() else [])
            found = [None if n in refused else next(rules) for n in range(2, len(lines) + 2)]
            self.assertEqual(list(rules), [])
            return found

    def elapses(self, expressions, base, count=ELAPSES):
        """Returns the instants of each expression, as seconds since 1970."""
        done = subprocess.run(
            [duban.BIN / "dubanctl", "--json", "calendar", *expressions,
             "--base-time", f"@{int(base.timestamp())}", "--iterations", str(count), "--utc"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
        )
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout[-500:])
        answers = json.loads(done.stdout)["expressions"]
        for answer in answers:
            self.assertEqual(answer["normal"], answer["expression"], "import gives the normal form")
        return [[e["micros"] // 1_000_000 for e in answer["elapses"]] for answer in answers]

    @staticmethod
    def oracle(fields, base, zone, count=ELAPSES):
        """Returns cronsim's instants as seconds, None where it refuses the line."""
        from cronsim import CronSim, CronSimError

        try:
            found = []
            for moment in CronSim(fields, base.astimezone(ZoneInfo(zone))):
                found.append(int(moment.timestamp()))
                if len(found) == count:
                    break
            return found
        except CronSimError:
            return None

    @staticmethod
    def allowed(fields, ours, theirs, zone):
        """Returns why two lists may differ, None if they may not.

        Rule 2 of section 4 of time.md: where all of a local day's matches of an elapsed rule lie in
        a gap, ours elapses once right after it; cron leaves that day out. And cronsim looks for an
        hour in steps of 3,600 s from midnight, so that after a change of half an hour it comes to
        the hour's middle and leaves its first half out.
        """
        minute, hour = fields.split()[:2]
        if not (minute.startswith("*") or hour.startswith("*")):
            return None
        place = ZoneInfo(zone)

        def offset(second):
            return datetime.fromtimestamp(second, place).utcoffset()

        def is_changed(second):
            shown = datetime.fromtimestamp(second, place)
            start = shown.replace(hour=0, minute=0, second=0)
            change = offset(second) - start.utcoffset()
            return change % timedelta(hours=1) != timedelta(0)

        more = set(ours) - set(theirs[: len(ours)])
        if more and all(offset(second) > offset(second - 1) for second in more):
            rest = [second for second in ours if second not in more]
            if rest == theirs[: len(rest)]:
                return "all in a gap"
        if more and all(map(is_changed, more)):
            rest = [second for second in ours if not is_changed(second)]
            left = [second for second in theirs if not is_changed(second)]
            if all(o == t for o, t in zip(rest, left)):
                return "half an hour"
        return None

    def compare(self, lines, base, zone, deviations):
        expressions = self.imported(lines, zone)
        read = [(f, e) for f, e in zip(lines, expressions) if e is not None]
        for fields, expression in zip(lines, expressions):
            if expression is None and self.oracle(fields, base, zone, 1):
                self.fail(f"“{fields}” was refused")
        answers = self.elapses([e for _, e in read], base) if read else []
        failures = []
        for (fields, expression), ours in zip(read, answers):
            theirs = self.oracle(fields, base, zone)
            if theirs is None:
                failures.append(f"“{fields}” ({expression}) is refused by cronsim")
            elif ours != theirs:
                reason = self.allowed(fields, ours, theirs, zone)
                if reason:
                    deviations[reason] = deviations.get(reason, 0) + 1
                    continue
                at = next((o, t) for o, t in zip(ours, theirs) if o != t)
                shown = [datetime.fromtimestamp(s, ZoneInfo(zone)).isoformat() for s in at]
                failures.append(f"“{fields}” {zone} from {base}: {expression}: {shown}")
        return failures

    def test_generated_lines(self):
        seed = int(os.environ.get("DUBAN_SEED", SEED))
        print(f"{self.id()}: DUBAN_SEED={seed}", flush=True)
        random = Random(seed)
        failures, deviations, done = [], {}, 0
        while done < COUNT:
            zone = random.choice(ZONES)
            day = datetime.fromisoformat(random.choice(DAYS)).replace(tzinfo=timezone.utc)
            base = day + timedelta(seconds=random.randrange(-6 * 3600, 30 * 3600))
            lines = [line(random) for _ in range(50)]
            failures += self.compare(lines, base, zone, deviations)
            done += len(lines)
        print(f"{done} lines, deviations {deviations}", flush=True)
        if failures:
            self.fail(f"{len(failures)} differences\n" + "\n".join(failures[:20]))

    def test_the_clock_changes_of_berlin(self):
        lines = [
            "30 2 * * *", "*/15 * * * *", "0 */2 * * *", "*/30 2 * * *", "0,30 2-4 * * *", "@hourly",
            "0 0-23 * * *", "0-59/10 1-3 * * *",
        ]
        for day in ("2026-03-28T12:00", "2026-10-24T12:00"):
            base = datetime.fromisoformat(day).replace(tzinfo=timezone.utc)
            fields = [text.replace("@hourly", "0 * * * *") for text in lines]
            deviations = {}
            self.assertEqual(self.compare(fields, base, "Europe/Berlin", deviations), [])
        everyHour = self.imported(["@hourly", "0 * * * *"], "Europe/Berlin")
        self.assertEqual(everyHour[0], everyHour[1])


if __name__ == "__main__":
    unittest.main()
