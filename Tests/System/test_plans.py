"""Plans: what is accepted, what is refused, and the agenda against a computation of our own."""

import datetime
import json
import re
import time
import unittest

import china
from duban import ROOT, PlanText, SystemTest, VarlinkError, at, dubanctl

PLANS = ROOT / "etc" / "plans"
CALENDARS = ROOT / "etc" / "calendars"


def plan_ctl(*arguments):
    """Runs an offline verb with the calendars of the tree."""
    return dubanctl(*arguments, "--calendars", CALENDARS, cwd=ROOT)


def items_of(path):
    """Reads item ids, classes, leads and accounts of a plan: the block style of our plans only."""
    items, current = [], None
    for line in path.read_text().splitlines():
        line = re.sub(r"\s+#.*$", "", line)
        start = re.match(r"\s*- (?:\{ )?id: ([a-z0-9._-]+)", line)
        if start:
            current = {"id": start.group(1)}
            items.append(current)
        if current is not None:
            for key in ("class", "lead", "account", "due"):
                found = re.search(rf"(?:^\s*|[{{,] ){key}: ([^,}}\s]+)", line)
                if found:
                    current.setdefault(key, found.group(1))
    return [item for item in items if "class" in item]


class Shipped(SystemTest):
    """The three plans of the tree."""

    def test_all_three_are_accepted_with_their_counts(self):
        for name, words in (
            ("demo.yaml", []), ("office.yaml", []),
            ("pingchang-2019.yaml", ["projects 7,", "items 60 (key 15, routine 45)", "lead 42"]),
        ):
            with self.subTest(plan=name):
                done = plan_ctl("plan", "check", f"etc/plans/{name}")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertRegex(done.stdout, r"persons \d+")
                for word in words:
                    self.assertIn(word, done.stdout)

    def test_the_county_is_complete(self):
        items = items_of(PLANS / "pingchang-2019.yaml")
        classes = [item["class"] for item in items]
        self.assertEqual((classes.count("key"), classes.count("routine")), (15, 45))
        self.assertEqual(len({item["lead"] for item in items}), 42)

    def test_the_county_loads_in_under_a_second(self):
        start = time.monotonic()
        done = plan_ctl("plan", "check", "etc/plans/pingchang-2019.yaml")
        seconds = time.monotonic() - start
        self.assertEqual(done.returncode, 0, done.stderr)
        print(f"pingchang-2019.yaml: checked in {seconds:.3f} s, start of the program included")
        self.assertLess(seconds, 1)


class Agenda(SystemTest):
    """The first hundred due dates of the county, computed twice."""

    def setUp(self):
        start = time.monotonic()
        done = plan_ctl(
            "agenda", "--plan", "etc/plans/pingchang-2019.yaml", "--from", "2019-01-01",
            "-n", "100", "--json",
        )
        self.seconds = time.monotonic() - start
        self.assertEqual(done.returncode, 0, done.stderr)
        self.entries = json.loads(done.stdout)["occurrences"]

    def test_there_are_a_hundred_in_order(self):
        self.assertEqual(len(self.entries), 100)
        dues = [e["dueMicros"] for e in self.entries]
        self.assertEqual(dues, sorted(dues))
        self.assertLess(self.seconds, 1)

    def test_each_due_date_is_the_one_that_python_computes(self):
        bounds = datetime.date(2018, 12, 1), datetime.date(2020, 12, 31)
        known = {
            period: day
            for kind in ("dekad", "month")
            for period, _, day in china.periods(kind, *bounds)
        }
        checked = 0
        for entry in self.entries:
            moment = datetime.datetime.fromtimestamp(
                entry["dueMicros"] / 1e6, datetime.timezone.utc
            )
            with self.subTest(entry=entry["schedule"], period=entry.get("period")):
                self.assertEqual(datetime.datetime.fromisoformat(entry["utc"]), moment)
                local = datetime.datetime.fromisoformat(entry["local"])
                self.assertEqual(local, moment)
                self.assertEqual(local.utcoffset(), moment.astimezone(china.SHANGHAI).utcoffset())
                self.assertFalse(entry["provisional"])
                if entry.get("period"):
                    day = china.before(known[entry["period"]])
                    self.assertEqual(entry["dueDay"], day.isoformat())
                    self.assertEqual(moment, china.due(day))
                    checked += 1
        self.assertGreater(checked, 50)

    def test_no_account_is_missing_or_doubled(self):
        accounts = [e for e in self.entries if e["kind"] == "account"]
        last = max(e["dueMicros"] for e in self.entries)
        expected = set()
        for item in items_of(PLANS / "pingchang-2019.yaml"):
            kind = item.get("account") or {"key": "dekad", "routine": "month"}[item["class"]]
            for period, _, day in china.periods(
                kind, datetime.date(2019, 1, 1), datetime.date(2020, 12, 31)
            ):
                micros = int(china.due(china.before(day)).timestamp() * 1e6)
                expected.add((item["id"], period, micros))
        listed = [(e["item"], e["period"], e["dueMicros"]) for e in accounts]
        self.assertEqual(len(listed), len(set(listed)))
        self.assertLessEqual(set(listed), expected)
        # Where the hundred end amid one instant, only some of its entries are listed.
        missing = {e for e in expected if e[2] < last} - set(listed)
        self.assertEqual(missing, set())


BROKEN = """\
programme: { id: broken, from: 2019-13-01 }
zone: Mars/Olympus
persons:
  - { id: a, uids: [ 61001 ] }
units:
  - { id: top, head: nobody }
  - { id: loop, superior: pool, head: a }
  - { id: pool, superior: loop, head: a }
items:
  - id: one
    lead: nowhere
    requirements: kept up
    due: 2019-02-30
    colour: red
  - id: two
    lead: top
    requirements: kept up
    due: 2019-12-31
    account: { every: "*-02-30", within: 5x }
"""


class Broken(SystemTest):
    """A broken plan names every mistake with its place, and changes nothing."""

    #: Line of BROKEN, and a word of what is said about it.
    MISTAKES = [
        (1, "2019-13-01"), (2, "Mars/Olympus"), (6, "nobody"), (7, "superior|loop|circle|cycle"),
        (11, "nowhere"), (13, "2019-02-30"), (14, "colour"), (19, r"\*-02-30|never"), (19, "5x"),
    ]

    def test_every_mistake_is_named_in_one_go(self):
        path = self.daemon().folder / "broken.yaml"
        path.write_text(BROKEN)
        done = plan_ctl("plan", "check", path)
        self.assertEqual(done.returncode, 1, done.stdout)
        said = re.findall(r"broken\.yaml:(\d+):(\d+): (.+)", done.stderr + done.stdout)
        for line, word in self.MISTAKES:
            with self.subTest(line=line, word=word):
                found = [s for s in said if int(s[0]) == line or word.startswith("superior")]
                self.assertTrue(any(re.search(word, s[2]) for s in found), said)
        self.assertTrue(all(int(column) >= 1 for _, column, _ in said))

    def test_a_plan_that_is_no_yaml_has_one_mistake_with_its_place(self):
        path = self.daemon().folder / "torn.yaml"
        path.write_text("programme: { id: x\nunits: [\n")
        done = plan_ctl("plan", "check", path)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr + done.stdout, r"torn\.yaml:\d+:\d+: ")

    def test_a_missing_file_is_one_clear_line(self):
        done = plan_ctl("plan", "check", "/nonexistent/plan.yaml")
        self.assertNotIn(done.returncode, (0, 64))
        self.one_line(done.stderr, "/nonexistent/plan.yaml")

    def test_the_daemon_refuses_it_and_changes_nothing(self):
        served = self.daemon().start()
        records = served.records()
        with self.refused("Invalid") as seen:
            served.apply(BROKEN, "broken.yaml")
        problems = seen[0].parameters["problems"]
        self.assertGreaterEqual(len(problems), len(self.MISTAKES) - 1)
        self.assertTrue(all(re.match(r"broken\.yaml:\d+:\d+: ", p) for p in problems), problems)
        self.assertEqual(served.status()["programmes"], [])
        self.assertEqual(served.records(), records)

    def test_a_plan_with_two_thousand_mistakes_is_still_answered(self):
        served = self.daemon().start()
        units = "".join(f"  - {{ id: u{i}, head: ghost }}\n" for i in range(2000))
        with self.refused("Invalid"):
            served.apply(f"programme: {{ id: big }}\npersons: []\nunits:\n{units}items: []\n")
        self.assertEqual(served.status()["mode"], "running")


class Adoption(SystemTest):
    """Adopting starts now; a changed plan is taken as a revision."""

    def test_apply_show_and_apply_again(self):
        served = self.daemon().start()
        text = str(PlanText(units=2).item("lamps", "u1", account=(at(3), "1h")))
        path = served.folder / "plan.yaml"
        path.write_text(text)
        done = served.ctl("plan", "apply", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        shown = served.ctl("plan", "show", "--text")
        self.assertEqual(shown.stdout.strip(), text.strip())
        programme = served.call("Plan.List")["programmes"][0]
        self.assertEqual((programme["id"], programme["persons"], programme["items"]), ("test", 2, 1))
        self.assertEqual(served.duties(), [], "nothing older falls due")
        path.write_text(text.replace("kept up", "kept up well"))
        changed = served.ctl("plan", "apply", path)
        self.assertEqual(changed.returncode, 0, changed.stderr)
        programme = served.call("Plan.List")["programmes"][0]
        self.assertEqual((programme["revision"], programme["schedules"]), (2, 1))
        again = served.ctl("plan", "apply", path)
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(served.call("Plan.List")["programmes"][0]["revision"], 2)

    def test_an_upload_in_the_wrong_order_is_refused(self):
        served = self.daemon().start()
        with self.refused("NotUploaded"):
            served.call("Plan.Apply", requestId="r1", digest="00" * 32, name="x.yaml")
        with self.assertRaises(VarlinkError):
            served.call("Plan.Upload", digest="00" * 32, offset=5, data="late piece")

    def test_the_agenda_of_the_daemon_is_sorted_and_ahead(self):
        served = self.daemon().start()
        served.apply(str(PlanText(units=2).item("lamps", "u1", account=("*:*:0/10", "5s"))))
        found = served.call("Schedule.Agenda", count=20)["occurrences"]
        self.assertEqual(len(found), 20)
        dues = [o["dueMicros"] for o in found]
        self.assertEqual({b - a for a, b in zip(dues, dues[1:])}, {10_000_000})
        self.assertTrue(all(o["dueMicros"] - o["openMicros"] == 5_000_000 for o in found))


if __name__ == "__main__":
    unittest.main()
