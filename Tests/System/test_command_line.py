"""Command lines of dubanctl that are wrong, and answers that need no daemon."""

import json
import subprocess
import tempfile
import unittest

import duban

#: Arguments that are refused with exit code 64, and a part of what is said.
USAGE = [
    (["calendar"], "expr"),
    (["calendar", "Mon", "--iterations", "0"], "--iterations takes 1 to 1000000"),
    (["calendar", "Mon", "-n", "many"], "many"),
    (["calendar", "Mon", "--utc", "--zone", "Europe/Berlin"], "exclude each other"),
    (["calendar", "Mon", "--base-time", "yesterday"], '"yesterday" is no time'),
    (["calendar", "Mon", "--base-time", "@"], '"@" is no time'),
    (["agenda", "--plan", "@PLAN", "--until", "2026-02-30"], '"2026-02-30" is no time'),
    (["agenda", "-n", "0"], "-n takes 1 to 100000"),
    (["explain", "p/i/r"], "--at"),
    (["explain", "--at", "2026-01-01"], "schedule"),
    (["pause", "p/i/r", "--until", "2026-01-01"], "--reason"),
    (["pause", "p/i/r", "--reason", "works"], "--until"),
    (["backfill", "p/i/r", "--from", "2026-01-01"], "--until"),
    (["backfill", "p/i/r", "--from", "1", "--until", "2", "--overlap", "both"], "queue-one"),
    (["plan", "diff"], "file"),
    (["plan", "diff", "x.yaml", "-n", "0"], "-n takes 1 to 1000"),
    (["schedule"], "There is no verb 'schedule'"),
]

#: Arguments that fail with exit code 1, and all that is said.
FAILED = [
    (["calendar", "--utc", "督办 25"], ["督办 25", "^"]),
    (["calendar", "Mon", "--zone", "Nowhere/Here"], ["no zone Nowhere/Here below"]),
    (["calendar", "Mon", "--calendar", "none"], ["no calendar `none`: no file none.yaml in"]),
    (["calendar", "Mon", "--calendar", "../cn"], ["`../cn` is no id of a calendar"]),
    (["calendar", "Mon", "--calendar", "bad", "--calendars", "@FOLDER"], ["bad.yaml:1:"]),
]


def run(arguments, **more):
    return subprocess.run(
        [duban.BIN / "dubanctl", "--lang", "en", *arguments],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=duban.PATIENCE, **more,
    )


class CommandLine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        with open(f"{cls.folder}/bad.yaml", "w") as file:
            file.write("- no calendar\n")

    def put(self, arguments):
        """Puts real paths where the table has a word for them."""
        plan = str(duban.ROOT / "etc" / "plans" / "office.yaml")
        return [{"@PLAN": plan, "@FOLDER": self.folder}.get(word, word) for word in arguments]

    def test_what_is_missing_or_wrong_is_named(self):
        for arguments, part in USAGE:
            with self.subTest(arguments):
                done = run(self.put(arguments))
                self.assertEqual(done.returncode, 64, done.stderr)
                self.assertIn(part, done.stderr)
                self.assertEqual(done.stdout, "")

    def test_what_fails_says_why(self):
        for arguments, parts in FAILED:
            with self.subTest(arguments):
                done = run(self.put(arguments))
                self.assertEqual(done.returncode, 1, done.stderr)
                for part in parts:
                    self.assertIn(part, done.stderr)

    def test_one_bad_expression_does_not_hide_the_others(self):
        arguments = ["calendar", "--utc", "--base-time", "2026-01-01", "-n", "1"]
        done = run([*arguments, "Mon 25:00", "Tue"])
        self.assertEqual(done.returncode, 1)
        self.assertIn("2026-01-06 Tue 00:00:00 +00:00", done.stdout)
        said = done.stderr.splitlines()
        self.assertEqual(said[:2], ["dubanctl: Mon 25:00", "dubanctl:     ^"])
        done = run([*arguments, "--json=short", "Mon 25:00", "Tue"])
        self.assertEqual(done.returncode, 1)
        bad, good = json.loads(done.stdout)["expressions"]
        self.assertEqual(bad["error"]["column"], 5)
        self.assertNotIn("normal", bad)
        self.assertEqual(good["elapses"][0]["micros"], 1_767_657_600_000_000)
        self.assertEqual(good["elapses"][0]["nominal"], "2026-01-06 00:00:00")

    def test_an_offset_needs_no_double_dash(self):
        arguments = ["calendar", "--utc", "--base-time", "2026-03-01", "-n", "1"]
        done = run([*arguments, "-1d of *-*~01 18:00"])
        self.assertIn("2026-03-30 Mon 18:00:00", done.stdout, done.stderr)

    def test_why_nothing_more_elapses_is_told(self):
        past = run(["calendar", "--utc", "--base-time", "2026-01-01", "2025-01-01"])
        self.assertEqual(past.returncode, 0)
        self.assertIn("All elapses are past.", past.stdout)
        last = run(["calendar", "--utc", "--base-time", "2024-01-01", "2025-01-01"])
        self.assertIn("Nothing elapses after that.", last.stdout)

    def test_a_base_time_without_offset_is_read_in_the_zone(self):
        for base in ["2026-01-01 09:00", "2026-01-01T01:00:00Z", "@1767229200"]:
            with self.subTest(base):
                zone = ["--zone", "Asia/Shanghai", "--base-time", base]
                done = run(["calendar", "--json=short", "-n", "1", *zone, "hourly"])
                elapse = json.loads(done.stdout)["expressions"][0]["elapses"][0]
                self.assertEqual(elapse["local"], "2026-01-01T10:00:00+08:00")

    def test_clock_changes_are_named_and_marked(self):
        base = ["--zone", "Europe/Berlin", "--base-time", "2026-03-28 12:00"]
        done = run(["calendar", "--json=short", "-n", "3", *base, "02:30,45"])
        answer = json.loads(done.stdout)["expressions"][0]
        self.assertEqual([one.get("clockMark") for one in answer["elapses"]], ["moved", None, None])
        self.assertEqual([one["cause"] for one in answer["skipped"]], ["gap-merged"])
        first = answer["notes"][0]
        self.assertEqual(first["effect"], "moved")
        self.assertEqual(first["kind"], "gap")
        self.assertEqual(first["utc"], "2026-03-29T01:00:00Z")
        self.assertEqual(first["to"], "2026-03-29T03:00:00+02:00")
        self.assertTrue(all(note["date"] < "2028-03-30" for note in answer["notes"]))
        base = ["--zone", "Europe/Berlin", "--base-time", "2026-10-25T00:30:00Z"]
        done = run(["calendar", "--json=short", "-n", "3", *base, "*:30"])
        answer = json.loads(done.stdout)["expressions"][0]
        self.assertEqual(answer["elapses"][0]["nominal"], "2026-10-25 02:30:00 fold 1")
        self.assertEqual(answer["elapses"][0]["clockMark"], "repeated")
        self.assertNotIn("clockMark", answer["elapses"][1])

    def test_two_plan_files_are_compared_without_a_daemon(self):
        old = self.put(["@PLAN"])[0]
        new = f"{self.folder}/new.yaml"
        with open(old) as source, open(new, "w") as file:
            text = source.read()
            self.assertIn('"Mon 09:00"', text)
            file.write(text.replace('"Mon 09:00"', '"Tue 09:00"'))
        span = ["--from", "2026-03-02", "--until", "2026-03-16"]
        done = run(["plan", "diff", "--json=short", old, new, *span])
        self.assertEqual(done.returncode, 0, done.stderr)
        reply = json.loads(done.stdout)
        [change] = reply["changes"]
        self.assertEqual(change["fate"], "changed")
        self.assertEqual(change["oldRule"], "Mon *-*-* 09:00:00")
        self.assertEqual(change["newRule"], "Tue *-*-* 09:00:00")
        days = [slot["nominal"] for slot in change["appear"]]
        self.assertEqual(days, ["2026-03-03 09:00:00", "2026-03-10 09:00:00"])
        days = [slot["nominal"] for slot in change["vanish"]]
        self.assertEqual(days, ["2026-03-02 09:00:00", "2026-03-09 09:00:00"])
        self.assertGreater(reply["kept"], 0)
        same = run(["plan", "diff", "--no-legend", old, old, *span])
        self.assertEqual((same.returncode, same.stdout.strip()), (0, ""))
        backwards = run(["plan", "diff", old, new, "--from", "2026-03-02", "--until", "2026-03-01"])
        self.assertEqual(backwards.returncode, 64)

    def test_an_agenda_ends_where_it_is_told_to(self):
        plan = self.put(["agenda", "--plan", "@PLAN", "--json=short"])
        span = ["--from", "2026-03-02", "--until", "2026-03-16"]
        reply = json.loads(run([*plan, *span]).stdout)
        self.assertTrue(reply["occurrences"])
        self.assertFalse(reply["truncated"])
        self.assertTrue(all(one["local"] < "2026-03-16" for one in reply["occurrences"]))
        short = json.loads(run([*plan, *span, "-n", "1"]).stdout)
        self.assertEqual(len(short["occurrences"]), 1)
        self.assertTrue(short["truncated"])


if __name__ == "__main__":
    unittest.main()
