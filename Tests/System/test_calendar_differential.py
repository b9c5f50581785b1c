"""Calendar expressions against the systemd of this machine: 5,000 a run, in zones with odd clocks.

The seed is fixed, DUBAN_SEED sets another; scripts/differential makes longer runs.
"""

import datetime
import os
import unittest
from random import Random

import calendar_compare
import calendar_oracle
import duban
from calendar_cases import BROKEN, ZONES, Generator, transitions

SEED = 20_260_329
COUNT = 5_000


def second(text):
    return int(datetime.datetime.fromisoformat(text).timestamp())


#: An expression, the second to search from, and the deviations of calendar_compare that it must show.
DEVIATING = [
    ("*-02-30", "2026-01-01T00:00Z", {"never"}),
    ("2025-02-29 Europe/Berlin", "2026-01-01T00:00Z", {"never"}),
    ("*-*~08,28", "2026-01-01T00:00Z", {"month end"}),
    ("*-*-10,20,~01 18:00", "2026-01-01T00:00Z", {"month end"}),
    ("*-*~29", "2026-01-01T00:00Z", {"month end"}),
    ("*-*~31", "2026-01-01T00:00Z", {"month end"}),
    ("10:00 posix/Europe/Berlin", "2026-01-01T00:00Z", {"zone tree"}),
    ("10:00 right/Europe/Berlin", "2026-01-01T00:00Z", {"zone tree"}),
    ("*:0/15 Europe/Berlin", "2025-10-25T23:00Z", {"fold, elapsed"}),
    ("hourly Europe/Berlin", "2025-10-25T22:00Z", {"fold, elapsed"}),
    ("minutely Europe/Berlin", "2025-10-26T00:55Z", {"fold, elapsed"}),
    ("*:0/15 Australia/Lord_Howe", "2025-04-05T13:00Z", {"fold, elapsed"}),
    ("02:0/15 Europe/Berlin", "2025-10-25T20:00Z", {"fold, elapsed"}),
    ("02:30 Europe/Berlin", "2025-03-29T12:00Z", {"gap, fixed"}),
    ("Sun 02:30 Europe/Berlin", "2025-03-29T12:00Z", {"gap, fixed"}),
    ("02:0/15 Europe/Berlin", "2025-03-29T12:00Z", {"gap, elapsed"}),
    ("0/2:00 Europe/Berlin", "2025-03-29T12:00Z", {"gap, fixed"}),
    ("daily Asia/Beirut", "2024-03-29T12:00Z", {"gap, fixed"}),
    ("daily Africa/Cairo", "2026-04-22T12:00Z", {"gap, fixed"}),
    ("daily America/Havana", "2026-03-06T12:00Z", {"gap, fixed"}),
    ("daily America/Santiago", "2026-09-04T12:00Z", {"gap, fixed"}),
    ("02/4:00 Europe/Berlin", "2025-03-29T12:00Z", {"no answer", "gap, fixed"}),
    ("02/4:30 Australia/Sydney", "2025-10-04T02:00Z", {"no answer", "gap, fixed"}),
    ("02:46 Pacific/Chatham", "1989-10-06T00:00Z", {"no answer"}),
    ("02/4:10..17,46 Antarctica/Casey", "2019-03-16T12:00Z", {"fold, fixed"}),
    ("*:1/40", "2025-06-15T22:00Z", {"carry"}),
    ("1/13:00", "2025-06-30T12:00Z", {"carry"}),
    ("*-*-1/11 23:00", "2025-12-01T00:00Z", {"carry"}),
    ("*-02/7-04 Europe/Berlin", "2025-10-05T00:00Z", {"carry, no answer"}),
    ("Sat,Sun *-03,10-31 Europe/Dublin", "2176-03-31T00:00Z", {"passes change"}),
    ("02:30 Europe/Berlin", "2025-10-25T12:00Z", set()),
    ("02:30 Europe/Berlin", "2025-07-01T12:00Z", set()),
]

#: An expression, a clock change of its zone, and what must elapse within five hours of it.
WALKED = [
    ("*-*-* 02:30:00 Europe/Berlin", "2025-03-30T01:00Z", ["01:00"]),
    ("*-*-* 02:30:00 Europe/Berlin", "2025-10-26T01:00Z", ["00:30"]),
    ("*-*-* 02:00/15:00 Europe/Berlin", "2025-03-30T01:00Z", ["01:00"]),
    ("*-*-* 02:00/30:00 Europe/Berlin", "2025-10-26T01:00Z", ["00:00", "00:30", "01:00", "01:30"]),
    ("*-*-* 00/2:00:00 Europe/Berlin", "2025-03-30T01:00Z", ["21:00", "23:00", "01:00", "02:00", "04:00", "06:00"]),
    ("*-*-* 00:00:00 Asia/Beirut", "2024-03-30T22:00Z", ["22:00"]),
    ("*-*-* 13..14:15:00 Pacific/Apia", "2011-12-30T10:00Z", []),
    ("*-*-* 01:40,50:00 Australia/Lord_Howe", "2025-04-05T15:00Z", ["14:40", "14:50"]),
    ("*-*-* 01:00/20:00 Australia/Lord_Howe", "2025-04-05T15:00Z", ["14:00", "14:20", "14:40", "15:10"]),
]


@duban.needs("systemd-analyze")
class Differential(unittest.TestCase):
    def setUp(self):
        self.comparison = calendar_compare.Comparison(duban.BIN / "dubanctl")

    def check(self):
        failures = self.comparison.failures
        self.assertFalse(failures, f"{len(failures)} differences\n" + "\n".join(failures[:20]))

    def test_generated_expressions(self):
        seed = int(os.environ.get("DUBAN_SEED", SEED))
        print(f"{self.id()}: DUBAN_SEED={seed}", flush=True)
        self.comparison.run(seed, COUNT)
        print(calendar_compare.summary(self.comparison), flush=True)
        self.check()
        self.assertGreaterEqual(self.comparison.asked, COUNT)
        self.assertGreaterEqual(len(self.comparison.zones), 12)

    def test_odd_and_broken_expressions(self):
        self.comparison.batch((second("2026-03-28T00:00Z"), 5, BROKEN))
        self.check()

    def test_every_deviation_is_there(self):
        for text, base, names in DEVIATING:
            with self.subTest(text, base=base):
                self.comparison.deviations.clear()
                self.comparison.batch((second(base), 8, [text]))
                self.check()
                self.assertEqual(set(self.comparison.deviations), names)
        seen = set().union(*(names for _, _, names in DEVIATING))
        self.assertEqual(seen, set(calendar_compare.DEVIATIONS), "a deviation without example")


class Oracle(unittest.TestCase):
    """The tools of the comparison, which need no duban."""

    def test_walk_gives_what_the_rules_say(self):
        for text, change, want in WALKED:
            with self.subTest(text, change=change):
                at = second(change)
                self.assertIn(at, transitions(calendar_oracle.Rule(text).zone))
                near = 5 * calendar_oracle.HOUR * 1_000_000
                found = calendar_oracle.expected(
                    calendar_oracle.Rule(text), at, at * 1_000_000 - near, at * 1_000_000 + near
                )
                hours = [
                    datetime.datetime.fromtimestamp(micros / 1e6, datetime.timezone.utc).strftime("%H:%M")
                    for micros in found
                ]
                self.assertEqual(hours, want)

    def test_generator_writes_every_part_of_the_grammar(self):
        generator = Generator(Random(SEED))
        texts = [text for _ in range(60) for text in generator.batch(50)[2]]
        parts = [
            r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b", r"^(?i:wednesday)\b", r"^(MON|TUE)\b", r"^\w+\.\.\w+ ",
            r"^\w+-\w+ ", r"^\w+,\w+", r"^\d{4}-", r"^\d\d-\d\d-", r"\*-\*-", r"-\d+\.\.\d+ ", r"-\d+/\d+ ",
            r"\d\.\.\d+/\d", r"~\d", r":\d+/\d", r"\d:\d+:\d+", r":\d+\.\d+", r"^daily", r"^@\d", r" UTC$",
            r" utc$", *(rf" {zone}$" for zone in ZONES),
        ]
        for part in parts:
            with self.subTest(part):
                self.assertRegex("\n".join(texts), f"(?m){part}")


if __name__ == "__main__":
    unittest.main()
