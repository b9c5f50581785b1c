"""The verbs of dubanctl about schedules, against the real daemon."""

import json
import time
import unittest

from duban import PlanText, SystemTest, needs, person_uid

# Whoever runs the daemon and is a person of the plan may sign what an operator may not.
SIGNER = person_uid(0)
DAY = 86_400
ID = "test/x/inspect.night"


def plan(every):
    check = {"name": "night", "every": every, "within": "1h", "run": ["/bin/true"]}
    return str(PlanText().item("x", "u2", inspect=[check]))


def utc(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


@needs("root")
class ScheduleVerbs(SystemTest):
    """What a person reads and what a program reads of the same replies."""

    def setUp(self):
        self.served = self.daemon(uid=SIGNER).start()
        self.file = self.served.folder / "plan.yaml"
        self.write("*-*-* 03:00:00")
        # Three nights ago, so that two or three slots are past.
        self.say("plan", "apply", str(self.file), "--from", utc(time.time() - 3 * DAY))

    def write(self, every):
        self.file.write_text(plan(every))

    def say(self, *arguments, code=0):
        done = self.served.ctl("--lang", "en", *arguments, uid=SIGNER)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout if code == 0 else done.stderr

    def read(self, *arguments):
        return json.loads(self.say("--json=short", *arguments))

    def test_schedules_are_listed_and_explained(self):
        [schedule] = self.read("schedules")["schedules"]
        self.assertEqual((schedule["schedule"], schedule["state"]), (ID, "active"))
        table = self.say("schedules").splitlines()
        self.assertIn("NEXT", table[0])
        self.assertIn(ID, table[1])
        self.assertEqual(table[-1], "1 schedule listed.")
        self.assertEqual(self.read("schedules", "--unit", "u1")["schedules"], [])
        at = schedule["nextUtc"]
        self.assertEqual(self.read("explain", ID, "--at", at)["verdict"], "future")
        lines = self.say("explain", ID, "--at", at).splitlines()
        self.assertTrue(any(line.endswith("Verdict: it has yet to come") for line in lines), lines)
        other = self.read("explain", ID, "--at", utc(schedule["nextMicros"] // 1_000_000 - 60))
        self.assertEqual(other["verdict"], "no_slot")
        said = self.say("explain", "test/none/account", "--at", at, code=4)
        self.assertIn("no plan in force has the schedule test/none/account", said)

    def test_a_pause_has_a_reason_and_an_end(self):
        until = utc(time.time() + 2 * DAY)
        said = self.say("pause", ID, "--reason", "works", "--until", until)
        self.assertRegex(said, r"^test/x/inspect.night is paused until .*; record #\d+$")
        [schedule] = self.read("schedules")["schedules"]
        self.assertEqual(schedule["pause"]["reason"], "works")
        self.assertIn("will be skipped: the schedule was paused", self.say("agenda"))
        late = utc(time.time() + 40 * DAY)
        self.say("pause", ID, "--reason", "works", "--until", late, code=1)
        said = self.say("resume", ID, "--reason", "done")
        self.assertRegex(said, r"^test/x/inspect.night goes on; next .*; record #\d+$")
        history = self.say("history")
        self.assertRegex(history, r"paused Item x \(inspect.night\) until .*: works")
        self.assertRegex(history, r"resumed Item x \(inspect.night\): done")

    def test_past_slots_are_run_later(self):
        span = ["--from", utc(time.time() - 3 * DAY), "--until", utc(time.time())]
        reply = self.read("backfill", ID, *span)
        self.assertTrue(reply["opened"])
        self.assertTrue(all(run["cause"] for run in reply["passed"]))
        again = self.read("backfill", ID, *span)
        self.assertEqual(again["opened"], [])
        self.assertIn("0 duties opened", self.say("backfill", ID, *span))
        self.say("backfill", ID, "--from", span[3], "--until", span[1], code=64)

    def test_a_changed_plan_is_compared_and_taken(self):
        self.write("*-*-* 04:00:00")
        reply = self.read("plan", "diff", str(self.file), "-n", "2")
        [change] = reply["changes"]
        self.assertEqual((change["schedule"], change["fate"]), (ID, "changed"))
        self.assertTrue(change["truncated"])
        text = self.say("plan", "diff", str(self.file))
        self.assertIn("  - *-*-* 03:00:00\n  + *-*-* 04:00:00\n", text)
        said = self.say("plan", "apply", str(self.file))
        self.assertIn("revision 2: schedules 0 added, 1 changed, 0 ended", said)
        self.assertIn("revision 2", self.say("history"))
        self.assertEqual(self.read("plan", "diff", str(self.file))["changes"], [])

    def test_no_clock_is_held(self):
        self.assertEqual(self.say("release-clock"), "no clock is held\n")


if __name__ == "__main__":
    unittest.main()
