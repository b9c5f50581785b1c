"""The work calendars in etc/calendars against what others publish, day by day.

`dubanctl --json calendars check --days` prints the days that differ from Monday to Friday; every
other day follows the weekly pattern. Oracles are the Python packages chinesecalendar and holidays;
they are test tools, and nothing of them is shipped.
"""

import datetime
import json
import subprocess
import tempfile
import unittest
from pathlib import Path

import duban
import oracles

FIRST, LAST = datetime.date(2019, 1, 1), datetime.date(2026, 12, 31)
DAYS = [FIRST + datetime.timedelta(number) for number in range((LAST - FIRST).days + 1)]
CALENDARS = duban.ROOT / "etc" / "calendars"


def differences(works):
    """Returns the days that differ from Monday to Friday."""
    return {str(day) for day in DAYS if works(day) != (day.weekday() < 5)}


def opinions():
    """Returns what each oracle says: "CALENDAR by ORACLE" to the days that differ."""
    chinese_calendar = oracles.require("chinese_calendar")
    holidays = oracles.require("holidays")
    # A holiday may be observed in the year before its own.
    years = range(FIRST.year - 1, LAST.year + 2)

    def national(country, subdivision=None):
        found = holidays.country_holidays(country, subdiv=subdivision, years=years)
        return differences(lambda day: day.weekday() < 5 and day not in found)

    china = holidays.country_holidays("CN", years=years)
    return {
        "cn by chinesecalendar": differences(chinese_calendar.is_workday),
        "cn by holidays": differences(china.is_working_day),
        "de by holidays": national("DE"),
        "de-by by holidays": national("DE", "BY"),
        "uk by holidays": national("GB", "ENG"),
        "uk-sct by holidays": national("GB", "SCT"),
        "us by holidays": national("US"),
    }


# Days on which we differ from an oracle, each with the reason. There are none: any is a mistake, or
# stands here with its reason.
EXPLAINED = {}


class WorkCalendars(unittest.TestCase):
    """Every day of 2019 to 2026."""

    @classmethod
    def setUpClass(cls):
        cls.opinions = opinions()
        answer = subprocess.run(
            [duban.BIN / "dubanctl", "--json=short", "calendars", "check", "--days", CALENDARS],
            capture_output=True, text=True, check=True,
        )
        entries = json.loads(answer.stdout)["calendars"]
        cls.calendars = {entry["calendar"]["id"]: entry["calendar"] for entry in entries}

    def different(self, calendar_id):
        """Returns the days of our calendar that differ from Monday to Friday."""
        found = set()
        for day in self.calendars[calendar_id]["days"]:
            date = datetime.date.fromisoformat(day["date"])
            if FIRST <= date <= LAST and (day["kind"] != "off") != (date.weekday() < 5):
                found.add(day["date"])
        return found

    def test_each_calendar_says_what_its_oracle_says(self):
        for name, days in self.opinions.items():
            with self.subTest(name):
                calendar_id = name.split()[0]
                found = self.different(calendar_id) ^ days
                self.assertEqual(found, set(EXPLAINED.get(name, ())))
                self.assertGreater(len(days), 40)

    def test_the_days_are_many_enough_to_mean_something(self):
        self.assertEqual(
            {name.split()[0] for name in self.opinions}, set(self.calendars), "a calendar is untested"
        )

    def test_working_days_of_each_year_are_counted_from_the_same_days(self):
        for calendar_id, calendar in self.calendars.items():
            different = self.different(calendar_id)
            for year in calendar["years"]:
                if not FIRST.year <= year["year"] <= LAST.year:
                    continue
                day, count = datetime.date(year["year"], 1, 1), 0
                while day.year == year["year"]:
                    count += (day.weekday() < 5) != (str(day) in different)
                    day += datetime.timedelta(1)
                with self.subTest(calendar_id, year=year["year"]):
                    self.assertEqual(year["workdays"], count)

    def test_the_notice_for_2019_reached_into_2018(self):
        days = {day["date"]: day["kind"] for day in self.calendars["cn"]["days"]}
        self.assertEqual((days["2018-12-29"], days["2018-12-31"]), ("work", "off"))


class Check(unittest.TestCase):
    """What `calendars check` and `calendars import` print."""

    def run_dubanctl(self, *arguments):
        return subprocess.run(
            [duban.BIN / "dubanctl", *arguments], capture_output=True, text=True,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        )

    def test_the_shipped_calendars_are_right(self):
        answer = self.run_dubanctl("calendars", "check", CALENDARS)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertIn("Made of: de + de-by", answer.stdout)
        self.assertIn("2020: 249", answer.stdout)

    def test_mistakes_are_named_and_end_with_1(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "a.yaml")
            path.write_text("calendar: { id: a, from: 2026-01-01, through: 2026-12-31 }\n")
            answer = self.run_dubanctl("calendars", "check", folder)
            self.assertEqual(answer.returncode, 1)
            self.assertIn(f"{path}:1:11: calendar `a` has no `source`", answer.stderr)
            path.write_text(
                "calendar: { id: b, from: 2026-01-01, through: 2026-12-31, source: us }\n")
            answer = self.run_dubanctl("calendars", "check", path)
            self.assertEqual(answer.returncode, 1)
            self.assertIn("this is the calendar `b`", answer.stderr)
            answer = self.run_dubanctl("calendars", "check", Path(folder, "none.yaml"))
            self.assertEqual(answer.returncode, 1)
            self.assertIn("No such file", answer.stderr)

    def test_a_calendar_that_has_ended_is_told(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "old.yaml")
            path.write_text(
                "calendar: { id: old, from: 2001-01-01, through: 2001-12-31, source: us }\n")
            answer = self.run_dubanctl("calendars", "check", folder)
            self.assertEqual(answer.returncode, 0)
            self.assertIn("old ended on 2001-12-31", answer.stderr)

    def test_an_imported_calendar_checks(self):
        with tempfile.TemporaryDirectory() as folder:
            feed = Path(folder, "feed.ics")
            feed.write_text(
                "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260214\r\n"
                "SUMMARY:春节 补班\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
            answer = self.run_dubanctl("calendars", "import", "ics", feed, "--id", "mine")
            self.assertEqual(answer.returncode, 0, answer.stderr)
            path = Path(folder, "mine.yaml")
            path.write_text(answer.stdout)
            answer = self.run_dubanctl("--json=short", "calendars", "check", "--days", path)
            self.assertEqual(answer.returncode, 0, answer.stderr)
            days = json.loads(answer.stdout)["calendars"][0]["calendar"]["days"]
            self.assertEqual([(day["date"], day["kind"]) for day in days], [("2026-02-14", "work")])
