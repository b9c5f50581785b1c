"""Findings of the hostile review of issue 3: each test fails on the program that was reviewed."""

import datetime
import json
import os
import shutil
import signal
import struct
import subprocess
import tempfile
import time
import unittest
import zoneinfo
from pathlib import Path

from duban import (
    PlanText, SystemTest, dubanctl, eventually, needs, person_uid,
)
from test_clock import DAY, SHIFT

SIGNER = person_uid(0)
ID = "test/x/inspect.a"
ZONES = Path("/usr/share/zoneinfo")


def check(name, every, within="1h", **policies):
    return {"name": name, "every": every, "within": within, "run": ["/bin/true"], **policies}


def plan(*checks, zone="UTC", more=""):
    text = str(PlanText().item("x", "u2", inspect=checks))
    return text.replace("zone: UTC", f"zone: {zone}") + more


def fast(name="a", every="*:*:0/2"):
    return check(name, every, catch_up="all", overlap="allow")


def utc(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def calendar(*off):
    return (
        "calendar:\n  id: lab\n  name: { en: Lab }\n  workweek: [Mon, Tue, Wed, Thu, Fri]\n"
        "  from: 2026-01-01\n  through: 2040-12-31\n  source: test\n"
        "years:\n  2026:\n    published: 2025-12-01\n"
        f"    off: [{', '.join(('2026-01-01', *off))}]\n"
    )


class Review(SystemTest):
    """The daemon runs under the uid of the head of the top unit, who may sign."""

    def served(self, text, *arguments, env=None, calendars=None):
        served = self.daemon(uid=SIGNER, arguments=arguments, env=env)
        if calendars:
            argv = served.argv
            served.argv = lambda *a, **k: [
                str(calendars) if str(word).endswith("etc/calendars") else word
                for word in argv(*a, **k)
            ]
        served.start()
        self.apply(served, text)
        return served

    def apply(self, served, text, *more, code=0):
        """Applies a plan; busy is tried again, as the refusal asks for."""
        file = served.folder / "plan.yaml"
        file.write_text(str(text))

        def done():
            done = served.ctl("--lang", "en", "plan", "apply", str(file), *more, uid=SIGNER)
            return None if "being worked off" in done.stderr else done

        done = eventually("the plan is taken or refused", done)
        if code is not None:
            self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def read(self, served, *arguments):
        done = served.ctl("--json=short", *arguments, uid=SIGNER)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return json.loads(done.stdout)

    def opened(self, served, schedule=ID):
        return [d for d in served.duties() if d["schedule"] == schedule]

    def schedule(self, served, schedule=ID):
        found = self.read(served, "schedules")["schedules"]
        return next(s for s in found if s["schedule"] == schedule)

    # MARK: Edits

    def after_a_zone_change(self):
        """A check of every day that came in Shanghai just now and moves to New York."""
        there = datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Shanghai"))
        there += datetime.timedelta(seconds=3)
        every = f"*-*-* {there:%H:%M:%S}"
        served = self.served(plan(fast(every=every), zone="Asia/Shanghai"))
        eventually("it is opened", lambda: self.opened(served))
        return served, plan(fast(every=every), zone="America/New_York")

    @needs("root")
    def test_an_edit_after_a_zone_change_begins_now(self):
        served, changed = self.after_a_zone_change()
        self.apply(served, changed)
        self.apply(served, plan(fast(), zone="America/New_York"))
        time.sleep(5)
        self.assertGreaterEqual(len(self.opened(served)), 3, self.schedule(served))

    @needs("root")
    def test_diff_and_agenda_know_used_up_identities(self):
        served, changed = self.after_a_zone_change()
        file = served.folder / "changed.yaml"
        file.write_text(changed)
        [change] = self.read(served, "plan", "diff", str(file), "-n", "3")["changes"]
        foretold = [slot["openMicros"] for slot in change["appear"]]
        foretold += [slot["openMicros"] for slot in change["moved"]]
        self.apply(served, changed)
        really = self.schedule(served)["nextMicros"]
        with self.subTest("diff"):
            self.assertEqual(min(foretold), really)
        with self.subTest("agenda"):
            first = self.read(served, "agenda", "-n", "1")["occurrences"][0]
            self.assertEqual(first["openMicros"], really)

    @needs("root")
    def test_from_counts_for_changed_schedules(self):
        served = self.served(plan(check("a", "*-01-01 03:00")))
        start = time.time() - 600
        done = self.apply(
            served, plan(fast("a", "*:*:0/10"), fast("b", "*:*:0/10")), "--from", utc(start)
        )
        eventually("the new one", lambda: len(self.opened(served, "test/x/inspect.b")) >= 59)
        with self.subTest("the changed one"):
            eventually("the changed one", lambda: len(self.opened(served)) >= 59, within=3)
        with self.subTest("counts"):
            self.assertIn("1 added, 1 changed, 0 ended", done.stdout)

    @needs("root")
    def test_a_slot_that_an_undone_edit_gives_back_is_future(self):
        at = int(time.time()) + 3_600
        text = plan(check("a", time.strftime("*-*-* %H:%M:%S", time.gmtime(at))))
        served = self.served(text)
        self.apply(served, plan(check("a", "*-01-01 03:00")))
        told = self.read(served, "explain", ID, "--at", utc(at))
        self.assertEqual(told["verdict"], "superseded")
        self.apply(served, text)
        self.assertEqual(self.schedule(served)["nextMicros"], at * 1_000_000)
        told = self.read(served, "explain", ID, "--at", utc(at))
        self.assertEqual(told["verdict"], "future", told.get("cause"))

    # MARK: Plans

    def test_plan_refuses_what_never_elapses(self):
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        for every in ("*-*-wd24", "quarter wd70", "2020-01-01"):
            with self.subTest(every):
                file = folder / "plan.yaml"
                file.write_text(plan(check("a", every)))
                done = dubanctl("--lang", "en", "plan", "check", str(file))
                self.assertEqual(done.returncode, 1, done.stdout)
                self.one_line(done.stderr, "every")

    # MARK: Explanations

    @needs("root")
    def test_explain_says_that_a_schedule_has_ended(self):
        served = self.served(plan(check("a", "daily"), check("b", "daily")))
        self.apply(served, plan(check("b", "daily")))
        midnight = (int(time.time()) // DAY + 2) * DAY
        said = served.ctl("--lang", "en", "explain", ID, "--at", utc(midnight), uid=SIGNER).stdout
        verdict = next(line for line in said.splitlines() if "Verdict" in line)
        self.assertNotIn("the rule has no slot", verdict, said)

    @needs("root")
    def test_explain_names_the_fold_policy(self):
        served = self.served(plan(
            check("first", "Sun 02:30"), check("second", "Sun 02:30 fold=second"),
            zone="Europe/Berlin"))
        # The copy that the policy passes over, in the autumn of 2030.
        for name, at in (("first", "2030-10-27T01:30:00Z"), ("second", "2030-10-27T00:30:00Z")):
            with self.subTest(name):
                told = self.read(served, "explain", f"test/x/inspect.{name}", "--at", at)
                self.assertEqual(told["verdict"], "no_slot")
                wrong = [field["name"] for field in told["fields"] if not field["matches"]]
                self.assertNotEqual(wrong, [], told["fields"])

    @needs("root")
    def test_explain_names_the_record_of_a_skipped_slot(self):
        served = self.served(plan(check("b", "daily")))
        self.apply(
            served, plan(check("a", "*-*-* 12:00 except off", catch_up="all", overlap="allow")),
            "--from", "2026-03-01T00:00:00Z")
        eventually("it is worked off", lambda: self.schedule(served)["state"] == "active")
        told = self.read(served, "explain", ID, "--at", "2026-03-07T12:00:00Z")
        self.assertEqual((told["verdict"], told["cause"]), ("skipped", "calendar"))
        self.assertIsNotNone(told.get("seq"))
        self.assertEqual(told.get("nominal"), "2026-03-07 12:00:00")

    @needs("root")
    def test_agenda_foresees_nothing_before_the_activation(self):
        served = self.served(plan(check("a", "daily")))
        found = self.read(
            served, "agenda", "--from", "2000-01-01", "--until", "2000-02-01")["occurrences"]
        self.assertEqual([slot for slot in found if slot["foreseen"] == "opened"], [])

    @needs("root")
    def test_explain_of_a_fast_rule_holds_nobody_up(self):
        served = self.served(plan(check("b", "daily")))
        # Refused is as good as quick.
        if self.apply(served, plan(check("a", "2030-01-01 *:*:*")), code=None).returncode:
            return
        start = time.monotonic()
        self.read(served, "explain", ID, "--at", "2030-01-01T12:00:00Z")
        self.assertLess(time.monotonic() - start, 3)

    @needs("root")
    def test_the_last_slot_stays_the_newest_after_a_backfill(self):
        served = self.served(plan(check("a", "*:*:0/2", overlap="allow")))
        eventually("one is opened", lambda: self.opened(served))
        start = time.time()
        self.read(served, "pause", ID, "--reason", "r", "--until", utc(start + 60))
        time.sleep(4)
        self.read(served, "resume", ID, "--reason", "r")
        eventually("it goes on", lambda: self.schedule(served).get("lastDisposition") == "opened")
        self.read(served, "pause", ID, "--reason", "r", "--until", utc(time.time() + 60))
        newest = self.schedule(served)["lastMicros"]
        done = self.read(served, "backfill", ID, "--from", utc(start), "--until", utc(start + 5))
        self.assertTrue(done["opened"])
        self.assertEqual(self.schedule(served)["lastMicros"], newest)

    # MARK: Catch-up

    @needs("root")
    def test_latest_misses_nothing_of_a_slow_turn(self):
        served = self.served(plan(check("a", "*:*:*", overlap="allow", catch_up="latest")))
        eventually("it runs", lambda: self.opened(served))
        served.process.send_signal(signal.SIGSTOP)
        time.sleep(5)
        served.process.send_signal(signal.SIGCONT)
        eventually("it goes on", lambda: len(self.opened(served)) >= 3)
        causes = [
            run["cause"] for entry in served.records() if entry["action"] == "pass"
            for run in json.loads(
                served.call("Record.Get", seq=entry["seq"])["leaf"])["payload"]["slots"]
        ]
        self.assertNotIn("latest", causes, "decision 0010.4: missed from 60 s on")

    @needs("root")
    def test_a_backlog_leaves_other_schedules_alone(self):
        live = fast("a")
        served = self.served(plan(live))
        eventually("it runs", lambda: self.opened(served))
        start = utc(time.time() - 10 * DAY)
        self.apply(served, plan(live, fast("b", "*:*:0/10")), "--from", start)
        time.sleep(6)
        lag = time.time() - self.schedule(served)["plannedMicros"] / 1e6
        self.assertLess(lag, 4, "due every two seconds, and nothing came")

    # MARK: Zones and calendars

    def tree(self):
        tree = Path(tempfile.mkdtemp(prefix="duban-zones-"))
        self.addCleanup(shutil.rmtree, tree)
        tree.chmod(0o755)
        for zone in ("UTC", "Europe/Berlin", "Asia/Shanghai"):
            (tree / zone).parent.mkdir(exist_ok=True)
            shutil.copy(ZONES / zone, tree / zone)
        (tree / "tzdata.zi").write_text("# version 2025b\n")
        return tree

    def starts(self, served):
        """Starts it again, and returns the state of each schedule."""
        try:
            served.start()
        except AssertionError as problem:
            self.fail("it did not start: " + str(problem).strip().splitlines()[-1])
        return {s["schedule"]: s["state"] for s in self.read(served, "schedules")["schedules"]}

    @needs("root")
    def test_a_half_written_zone_file_at_the_start_suspends(self):
        for zone, hurt in (("Europe/Berlin", "a"), ("Asia/Shanghai", "c")):
            with self.subTest(zone):
                tree = self.tree()
                served = self.served(
                    plan(check("a", "09:00 Europe/Berlin"), check("c", "09:00"),
                         zone="Asia/Shanghai"),
                    "--zone-directory", str(tree),
                )
                served.stop()
                (tree / zone).write_bytes((ZONES / zone).read_bytes()[:100])
                states = self.starts(served)
                self.assertEqual(states.pop(f"test/x/inspect.{hurt}"), "suspended")
                self.assertEqual(list(states.values()), ["active"])

    @needs("root")
    def test_a_missing_calendar_at_the_start_suspends(self):
        served, file = self.with_calendar(plan(check("a", "*-*-wd3"), more="calendar: lab\n"))
        served.stop()
        file.unlink()
        self.starts(served)

    @needs("root")
    def test_a_move_names_the_zone_that_moved(self):
        tree = self.tree()
        served = self.served(
            plan(check("a", "09:00 Europe/Berlin"), zone="Asia/Shanghai"),
            "--zone-directory", str(tree),
        )
        before = self.schedule(served)["nextMicros"]
        new = tree / "Europe" / "Berlin.new"
        new.write_bytes((ZONES / "America/New_York").read_bytes())
        new.rename(tree / "Europe" / "Berlin")
        eventually("it moves", lambda: self.schedule(served)["nextMicros"] != before, within=60)
        [move] = [
            json.loads(served.call("Record.Get", seq=e["seq"])["leaf"])["payload"]
            for e in served.records() if e["action"] == "recalendar"
        ]
        self.assertNotEqual(move["before"], move["after"])
        self.assertIn("Europe/Berlin", json.dumps(move))

    def with_calendar(self, text):
        folder = Path(tempfile.mkdtemp(prefix="duban-calendars-"))
        self.addCleanup(shutil.rmtree, folder)
        folder.chmod(0o755)
        file = folder / "lab.yaml"
        file.write_text(calendar())
        served = self.daemon(uid=SIGNER)
        argv = served.argv
        served.argv = lambda *a, **k: [
            str(folder) if str(word).endswith("etc/calendars") else word for word in argv(*a, **k)
        ]
        served.start()
        self.apply(served, text, "--calendars", str(folder))
        return served, file

    @needs("root")
    def test_a_calendar_that_changed_while_down_moves_due_dates(self):
        text = plan(check("a", "*:*:0/2", within="9wd"), more="calendar: lab\n")
        dues = {}
        for down in (False, True):
            served, file = self.with_calendar(text)
            duty = eventually("one is opened", lambda: self.opened(served))[0]
            if down:
                served.stop()
            # Six days of which four at least are working days.
            today = datetime.datetime.now(datetime.timezone.utc).date()
            days = [today + datetime.timedelta(days=number) for number in range(1, 7)]
            data = calendar().split("years:")[0] + "years:\n" + "".join(
                f"  {year}:\n    published: 2025-12-01\n    off: [{', '.join(found)}]\n"
                for year in sorted({day.year for day in days})
                if (found := [str(d) for d in days if d.year == year and d.weekday() < 5])
            )
            new = file.with_suffix(".new")
            new.write_text(data)
            new.rename(file)
            if down:
                served.start()
            eventually(
                "the new calendar is in force",
                lambda: "recalendar" in [e["action"] for e in served.records()], within=60,
            )
            dues[down] = served.duty(duty["number"])["dueMicros"] - duty["dueMicros"]
            served.stop()
        self.assertGreater(dues[False], 0)
        self.assertEqual(dues[True], dues[False])

    # MARK: Clocks

    def leaping(self, text):
        if Path("/run/systemd/timesync/synchronized").exists():
            self.skipTest("this machine's clock is synchronized: nothing is held")
        folder = Path(tempfile.mkdtemp(prefix="duban-shim-"))
        self.addCleanup(shutil.rmtree, folder)
        folder.chmod(0o755)
        source, shim, self.shift_file = folder / "s.c", folder / "s.so", folder / "shift"
        source.write_text(SHIFT)
        subprocess.run([shutil.which("clang") or "cc", "-shared", "-fPIC", "-o", shim, source], check=True)
        self.shift_file.write_bytes(bytes(8))
        return self.served(
            text, env={"LD_PRELOAD": str(shim), "SHIFT_FILE": str(self.shift_file)}
        )

    def shift(self, served, seconds):
        with open(self.shift_file, "r+b") as file:
            file.write(struct.pack("q", seconds))
        served.status()
        return served.status()

    @needs("root")
    def test_a_held_clock_holds_edits_too(self):
        daily = check("a", "*-*-* 00:00:00", catch_up="all", overlap="allow")
        later = utc(time.time() + 3 * DAY + 3_600)
        two = str(PlanText(programme="two", first=10, prefix="q").item(
            "y", "u2", inspect=[check("n", "*:*:0/2")]))
        acts = {
            "edit": lambda served: self.apply(
                served, plan({**daily, "every": "*-*-* 01:00:00"}), code=None),
            "pause": lambda served: served.ctl(
                "pause", ID, "--reason", "r", "--until", later, uid=SIGNER),
            "adoption": lambda served: self.apply(served, two, code=None),
        }
        for name, act in acts.items():
            with self.subTest(name):
                served = self.leaping(plan(daily))
                self.assertIsNotNone(self.shift(served, 3 * DAY)["held"])
                act(served)
                self.assertEqual(served.duties(), [], "opened by a clock nothing vouches for")
                self.assertIsNone(self.shift(served, 0).get("held"))
                for found in self.read(served, "schedules")["schedules"]:
                    ahead = found["nextMicros"] / 1e6 - time.time()
                    self.assertLess(ahead, 2 * DAY, found["schedule"])
                served.stop()


if __name__ == "__main__":
    unittest.main()
