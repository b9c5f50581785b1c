"""Schedules of the real daemon: catch-up, overlap, pause, backfill, changed plans, explanations."""

import hashlib
import json
import time
import unittest

from duban import (
    PlanText, SystemTest, VarlinkError, eventually, needs, person_uid, request_id,
)

CHECK = ["/bin/true"]
# Whoever runs the daemon and is a person of the plan may sign what an operator may not.
SIGNER = person_uid(0)


def now_micros():
    return int(time.time() * 1_000_000)


def check(name, every, **policies):
    return {"name": name, "every": every, "within": "1h", "run": CHECK, **policies}


def plan(*checks, name="x"):
    return PlanText().item(name, "u2", inspect=checks)


class Schedules(SystemTest):
    """What a daemon does and says about schedules."""

    def served(self, text, ago=None):
        """Starts a daemon that runs under the uid of the head of the top unit."""
        served = self.daemon(uid=SIGNER).start()
        self.apply(served, text, ago)
        return served

    def apply(self, served, text, ago=None):
        data = str(text)
        digest = hashlib.sha256(data.encode()).hexdigest()
        more = {} if ago is None else {"fromMicros": now_micros() - int(ago * 1_000_000)}
        with served.control(uid=SIGNER) as control:
            control.call("io.duban.Plan.Upload", digest=digest, offset=0, data=data)
            return control.call(
                "io.duban.Plan.Apply", requestId=request_id(), digest=digest, name="t.yaml",
                **more,
            )

    def ask(self, served, verb, schedule, **parameters):
        return served.call(
            f"Schedule.{verb}", uid=SIGNER, schedule=f"test/{schedule}", **parameters
        )

    def mutate(self, served, verb, schedule, **parameters):
        return self.ask(served, verb, schedule, requestId=request_id(), **parameters)

    def passed(self, served, schedule):
        """The causes of the slots that passed, with their numbers."""
        causes = {}
        for entry in served.records():
            if entry["action"] != "pass" or entry["summary"] != f"test/{schedule}":
                continue
            leaf = json.loads(served.call("Record.Get", seq=entry["seq"])["leaf"])
            for run in leaf["payload"]["slots"]:
                causes[run["cause"]] = causes.get(run["cause"], 0) + run["count"]
        return causes

    def opened(self, served, schedule):
        return [d for d in served.duties() if d["schedule"] == f"test/{schedule}"]

    def sound(self, served):
        size, problems = served.verify()
        self.assertEqual(problems, [])
        ids = [d["id"] for d in served.duties()]
        self.assertEqual(len(ids), len(set(ids)), "an occurrence twice")

    # MARK: Catch-up

    @needs("root")
    def test_catch_up_follows_the_policy(self):
        policies = {"all": "all", "latest": "latest", "none": "none", "window": "window=2min"}
        checks = [check(name, "*:*:0/10", catch_up=word) for name, word in policies.items()]
        served = self.served(plan(*checks), ago=300)
        eventually(
            "everything is caught up",
            lambda: all(
                s["state"] == "active" for s in served.call("Schedule.List")["schedules"]
            ),
        )
        counts = {}
        for name in policies:
            role = f"x/inspect.{name}"
            counts[name] = (len(self.opened(served, role)), self.passed(served, role))
        opened, passed = counts["all"]
        self.assertIn(opened, range(29, 33), counts)
        self.assertLessEqual(passed.get("overlap", 0), 2, counts)
        opened, passed = counts["latest"]
        self.assertGreaterEqual(passed["latest"], 28, counts)
        self.assertLessEqual(opened, 2, counts)
        opened, passed = counts["none"]
        self.assertIn(passed["none"], range(28, 31), counts)
        self.assertLessEqual(opened, 2, counts)
        opened, passed = counts["window"]
        self.assertIn(passed["window"], range(17, 20), counts)
        self.assertIn(opened, range(11, 14), counts)
        self.sound(served)

    @needs("root")
    def test_a_backlog_is_paced(self):
        # Once a minute, and half a minute from now: no slot comes in time while this test looks.
        second = (time.gmtime().tm_sec + 30) % 60
        text = str(plan(check("a", f"*:*:{second:02d}", catch_up="all", overlap="allow")))
        text += "catch-up: { per-minute: 60, at-once: 2 }\n"
        served = self.served(text, ago=1860)
        eventually("the backlog is opened", lambda: len(served.jobs(queue="inspect")) >= 30)
        ahead = sorted(job["notBeforeMicros"] for job in served.jobs(queue="inspect"))
        steps = [b - a for a, b in zip(ahead[:25], ahead[1:26])]
        self.assertEqual(set(steps), {1_000_000}, "a run a second")
        with served.attach(capacity=10) as worker:
            held = [worker.next_job() for _ in range(2)]
            self.assertIsNone(worker.next_job(timeout=2.5), "at most two at once")
            worker.report(held[0])
            self.assertIsNotNone(worker.next_job())
        self.sound(served)

    @needs("root")
    def test_only_a_person_of_the_plan_signs_older_slots(self):
        served = self.served(plan(check("a", "daily")))
        text = plan(check("a", "hourly"))
        with served.control() as control:
            data = str(text)
            digest = hashlib.sha256(data.encode()).hexdigest()
            control.call("io.duban.Plan.Upload", digest=digest, offset=0, data=data)
            with self.assertRaises(VarlinkError) as seen:
                control.call(
                    "io.duban.Plan.Apply", requestId=request_id(), digest=digest, name="t.yaml",
                    fromMicros=now_micros() - 10_000_000,
                )
        self.assertEqual(seen.exception.short, "NotAllowed")

    # MARK: Overlap

    @needs("root")
    def test_terminate_cuts_the_run_before_off(self):
        served = self.served(plan(check("a", "*:*:0/2", overlap="terminate")))
        with served.attach() as worker:
            first = worker.next_job()
            second = eventually(
                "the run is cut off",
                lambda: next(
                    (j for j in served.jobs() if j["jobId"] == first["jobId"]
                     and j["state"] == "cancelled"), None),
            )
            self.assertIsNotNone(second)
            reply = worker.report(first)
            self.assertEqual([r["error"] for r in reply["rejected"]], ["cancelled"])
        duties = self.opened(served, "x/inspect.a")
        self.assertEqual(duties[0]["state"], "moot")
        self.sound(served)

    @needs("root")
    def test_queue_one_lets_one_wait(self):
        served = self.served(plan(check("a", "*:*:*", overlap="queue-one")))
        with served.attach(capacity=5) as worker:
            first = worker.next_job()
            eventually(
                "slots are skipped while one runs and one waits",
                lambda: self.passed(served, "x/inspect.a").get("overlap", 0) >= 2,
            )
            self.assertEqual(len(self.opened(served, "x/inspect.a")), 2)
            worker.report(first)
            self.assertNotEqual(worker.next_job()["jobId"], first["jobId"])
        self.sound(served)

    # MARK: Pause and backfill

    @needs("root")
    def test_a_pause_skips_by_name_and_a_backfill_runs_what_it_skipped(self):
        served = self.served(plan(check("a", "*:*:*", overlap="allow")))
        role = "x/inspect.a"
        eventually("it runs", lambda: len(self.opened(served, role)) >= 1)
        for until, reason, error in (
            (now_micros() - 1, "gone by", "BadArgument"),
            (now_micros() + 31 * 86_400_000_000, "too long", "BadArgument"),
            (now_micros() + 60_000_000, " ", "BadArgument"),
        ):
            with self.assertRaises(VarlinkError) as seen:
                self.mutate(served, "Pause", role, reason=reason, untilMicros=until)
            self.assertEqual(seen.exception.short, error, reason)
        end = now_micros() + 3_600_000_000
        shown = self.mutate(served, "Pause", role, reason="new lamps", untilMicros=end)["schedule"]
        self.assertEqual((shown["state"], shown["pause"]["reason"]), ("paused", "new lamps"))
        before = len(self.opened(served, role))
        start = shown["pause"]["sinceMicros"]
        time.sleep(3.2)
        served.restart()
        self.assertEqual(len(self.opened(served, role)), before, "nothing opens in a pause")
        inside = (start // 1_000_000 + 2) * 1_000_000
        told = self.ask(served, "Explain", role, atMicros=inside)
        self.assertEqual((told["verdict"], told["cause"]), ("skipped", "paused"))
        resumed = self.mutate(served, "Resume", role)["schedule"]
        self.assertEqual(resumed["state"], "active")
        self.assertGreaterEqual(self.passed(served, role)["paused"], 3)
        told = self.ask(served, "Explain", role, atMicros=inside)
        self.assertEqual((told["verdict"], told["cause"]), ("skipped", "paused"))
        done = self.mutate(
            served, "Backfill", role, fromMicros=inside, untilMicros=inside + 1_000_000
        )
        self.assertEqual(len(done["opened"]), 1, done)
        told = self.ask(served, "Explain", role, atMicros=inside)
        self.assertEqual((told["verdict"], told["number"]), ("opened", done["opened"][0]))
        again = self.mutate(
            served, "Backfill", role, fromMicros=inside, untilMicros=inside + 1_000_000
        )
        self.assertEqual((again["opened"], again["passed"][0]["cause"]), ([], "opened"))
        self.sound(served)

    @needs("root")
    def test_an_obligor_cannot_pause_the_own_check(self):
        served = self.served(plan(check("a", "hourly")))
        with self.assertRaises(VarlinkError) as seen:
            served.call(
                "Schedule.Pause", uid=person_uid(2), requestId=request_id(),
                schedule="test/x/inspect.a", reason="no", untilMicros=now_micros() + 60_000_000,
            )
        self.assertEqual(seen.exception.short, "NotAllowed")
        served.call(
            "Schedule.Pause", uid=person_uid(1), requestId=request_id(),
            schedule="test/x/inspect.a", reason="works", untilMicros=now_micros() + 60_000_000,
        )

    @needs("root")
    def test_what_people_owe_is_not_paused(self):
        served = self.served(PlanText().item("x", "u2", account=("hourly", "1h")))
        with self.assertRaises(VarlinkError) as seen:
            self.mutate(
                served, "Pause", "x/account", reason="holiday",
                untilMicros=now_micros() + 60_000_000,
            )
        self.assertEqual(seen.exception.short, "WrongState")

    # MARK: Changed plans

    @needs("root")
    def test_an_edit_loses_nothing_and_repeats_nothing(self):
        served = self.served(plan(check("a", "*:*:*", overlap="allow", catch_up="all")))
        for number in range(8):
            text = plan(
                check("a", "*:*:*" if number % 2 else "*:*:0/1", overlap="allow", catch_up="all"),
                check(f"b{number}", "hourly"),
            )
            reply = self.apply(served, text)
            self.assertEqual(reply["programme"]["revision"], number + 2)
            time.sleep(0.4)
        duties = sorted(d["openMicros"] for d in self.opened(served, "x/inspect.a"))
        self.assertGreaterEqual(len(duties), 3)
        steps = {b - a for a, b in zip(duties, duties[1:])}
        self.assertEqual(steps, {1_000_000}, "each second once")
        self.sound(served)
        served.restart()
        self.assertEqual(served.call("Plan.List")["programmes"][0]["revision"], 9)
        self.sound(served)

    @needs("root")
    def test_a_changed_plan_is_compared_before_it_is_applied(self):
        served = self.served(plan(check("a", "*-*-* 09:00"), check("b", "hourly")))
        text = str(plan(check("a", "*-*-* 10:00"), check("c", "daily")))
        digest = hashlib.sha256(text.encode()).hexdigest()
        with served.control(uid=SIGNER) as control:
            control.call("io.duban.Plan.Upload", digest=digest, offset=0, data=text)
            diff = control.call("io.duban.Plan.Diff", digest=digest, name="t.yaml")
        fates = {c["schedule"]: c["fate"] for c in diff["changes"]}
        self.assertEqual(
            fates,
            {
                "test/x/inspect.a": "changed", "test/x/inspect.b": "removed",
                "test/x/inspect.c": "added",
            },
        )
        changed = next(c for c in diff["changes"] if c["fate"] == "changed")
        self.assertIn("09:00:00", changed["vanish"][0]["nominal"])
        self.assertIn("10:00:00", changed["appear"][0]["nominal"])
        vanished = changed["vanish"][0]["openMicros"]
        reply = self.apply(served, text)
        self.assertEqual([reply[k] for k in ("added", "changed", "ended")], [1, 1, 1])
        told = self.ask(served, "Explain", "x/inspect.a", atMicros=vanished)
        self.assertIn(told["verdict"], ("superseded", "no_slot"))
        self.sound(served)

    @needs("root")
    def test_a_duty_stays_with_whom_it_was_opened_for(self):
        first = PlanText().item("x", "u2", account=("*:*:0/30", "1h"))
        served = self.served(first, ago=40)
        duty = eventually("it is owed", lambda: self.opened(served, "x/account"))[0]
        moved = PlanText().item("x", "u1", account=("*:*:0/30", "1h"))
        self.apply(served, moved)
        with self.assertRaises(VarlinkError):
            served.act("Submit", person_uid(1), duty["number"], note="not mine")
        served.act("Submit", person_uid(2), duty["number"], note="mine")
        served.restart()
        served.act("Accept", person_uid(1), duty["number"])
        self.assertEqual(served.duty(duty["number"])["state"], "accepted")
        self.sound(served)

    # MARK: Explanations

    @needs("root")
    def test_explain_says_why_and_why_not(self):
        served = self.served(plan(check("a", "*-*-* 09:00")), ago=3 * 86_400)
        eventually("it is caught up", lambda: self.opened(served, "x/inspect.a"))
        day = 86_400_000_000
        today = now_micros() // day * day
        nine = 9 * 3_600_000_000
        last = today + nine if today + nine <= now_micros() else today + nine - day
        cases = [
            (last, "opened", None), (last - day, "missed", "latest"),
            (last + 3_600_000_000, "no_slot", None), (last + day, "future", None),
            (last - 30 * day, "before_activation", None),
        ]
        for at, verdict, cause in cases:
            told = self.ask(served, "Explain", "x/inspect.a", atMicros=at)
            self.assertEqual((told["verdict"], told.get("cause")), (verdict, cause), told)
        told = self.ask(served, "Explain", "x/inspect.a", atMicros=last + 3_600_000_000)
        wrong = [f["name"] for f in told["fields"] if not f["matches"]]
        self.assertEqual(wrong, ["time"], told["fields"])
        with self.assertRaises(VarlinkError) as seen:
            self.ask(served, "Explain", "x/inspect.z", atMicros=last)
        self.assertEqual(seen.exception.short, "NoSuchSchedule")


if __name__ == "__main__":
    unittest.main()
