"""The main job, end to end: plans, duties, acts, the chain, inspections, reminders, restarts."""

import email
import email.policy
import json
import os
import stat
import time
import unittest

from duban import (
    FIRST_UID, ROOT, STRANGER, Connection, Disconnected, PlanText, SystemTest, VarlinkError, at,
    dubanctl, eventually, needs, request_id, run, shared,
)

UNSETTLED = ("scheduled", "open", "submitted", "returned")


def holder(daemon, kind, person=None):
    """Returns the duties of a kind (and of a person), by number."""
    return [
        d for d in daemon.duties()
        if d["kind"] == kind and (person is None or d["person"] == person)
    ]


def wait_duty(daemon, kind, person=None, count=1, within=None):
    """Waits for a duty of a kind, and returns the newest one."""
    def found():
        duties = holder(daemon, kind, person)
        return duties if len(duties) >= count else None

    return eventually(f"{kind} duty of {person or 'anybody'}", found, within)[-1]


@needs("uids")
class Acts(SystemTest):
    """Who may do what on a duty."""

    TOP, MIDDLE, LOWEST = FIRST_UID, FIRST_UID + 1, FIRST_UID + 2

    def setUp(self):
        self.served = self.daemon().start()
        plan = PlanText(units=3).item("lamps", "u2", account=(at(1), "1h"))
        self.served.apply(str(plan))
        self.duty = wait_duty(self.served, "account")
        self.number = self.duty["number"]

    def test_submission_is_accepted_by_the_superior(self):
        self.assertEqual(self.duty["state"], "open")
        self.assertEqual(self.duty["person"], "p2")
        self.assertEqual(self.duty["dueMicros"], self.duty["openMicros"] + 3_600_000_000)
        done = self.served.act("submit", self.LOWEST, self.number, note="all lamps lit")
        self.assertEqual(done["duty"]["state"], "submitted")
        self.assertEqual(done["duty"]["submittedBy"], "p2")
        self.assertEqual(len(done["opened"]), 1)
        review = self.served.duty(done["opened"][0])
        self.assertEqual((review["kind"], review["person"]), ("review", "p1"))
        self.assertEqual((review["subject"], review["root"]), (self.number, self.number))

        with self.refused("WrongState"):
            self.served.act("submit", self.LOWEST, self.number, note="again")
        with self.refused("NotAllowed"):
            self.served.act("accept", self.LOWEST, self.number)
        accepted = self.served.act("accept", self.MIDDLE, self.number, note="seen on site")
        self.assertEqual(accepted["duty"]["state"], "accepted")
        self.assertEqual(self.served.duty(review["number"])["state"], "accepted")

        actions = [e["action"] for e in self.served.call("Duty.History", number=self.number)["entries"]]
        for action in ("open", "submit", "accept"):
            self.assertIn(action, actions)
        submit = next(
            e for e in self.served.records()
            if e["action"] == "submit" and e["number"] == self.number
        )
        self.assertEqual((submit["actor"], submit["uid"], submit["person"]), ("kernel", self.LOWEST, "p2"))
        self.assertEqual(submit["note"], "all lamps lit")
        self.assertEqual(submit["seq"], done["seq"])

    def test_return_sets_a_new_due_date_and_the_next_submission_is_reviewed(self):
        self.served.act("submit", self.LOWEST, self.number, note="half of them")
        for within in ("59min", "61min"):
            with self.refused("BadArgument"):
                self.served.act(
                    "return", self.MIDDLE, self.number, reason="count all", within=within
                )
        returned = self.served.act("return", self.MIDDLE, self.number, reason="count all", within="1h")
        duty = returned["duty"]
        self.assertEqual(duty["state"], "returned")
        self.assertEqual(duty["attempt"], self.duty["attempt"] + 1)
        self.assertEqual(duty["cycle"], self.duty["cycle"] + 1)
        self.assertGreater(duty["dueMicros"], self.duty["dueMicros"])
        self.assertEqual(duty["originalDueMicros"], self.duty["dueMicros"])
        again = self.served.act("submit", self.LOWEST, self.number, note="all of them")
        self.assertEqual(len(again["opened"]), 1)
        self.served.act("accept", self.MIDDLE, self.number)
        self.assertEqual(self.served.duty(self.number)["state"], "accepted")

    def test_nobody_else_may_submit(self):
        with self.refused("NotAllowed"):
            self.served.act("submit", self.TOP, self.number, note="for them")
        with self.refused("NotAllowed") as seen:
            self.served.act("submit", 0, self.number, note="as root")
        self.assertIn("run it as yourself", seen[0].parameters["message"])
        with self.assertRaises(VarlinkError) as caught:
            self.served.act("submit", STRANGER, self.number, note="who am I")
        self.assertIn(caught.exception.short, ("PermissionDenied", "NotAllowed"))
        with self.refused("PermissionDenied"):
            self.served.call("Duty.List", uid=STRANGER)
        self.assertEqual(self.served.duty(self.number)["state"], "open")

    def test_acts_without_their_state_are_refused(self):
        with self.refused("WrongState"):
            self.served.act("accept", self.MIDDLE, self.number)
        with self.refused("WrongState"):
            self.served.act("urge", self.MIDDLE, self.number)
        with self.refused("NoSuchDuty"):
            self.served.act("submit", self.LOWEST, 9999, note="nothing")

    def test_todo_names_what_the_caller_owes(self):
        todo = self.served.call("Duty.Todo", uid=self.LOWEST)
        self.assertEqual(todo["person"], "p2")
        self.assertEqual([d["number"] for d in todo["duties"]], [self.number])
        self.assertEqual(self.served.call("Duty.Todo", uid=self.TOP)["duties"], [])

    def test_request_id_replays_its_answer_and_refuses_another_call(self):
        same = request_id()
        first = self.served.act("submit", self.LOWEST, self.number, note="once", requestId=same)
        second = self.served.act("submit", self.LOWEST, self.number, note="once", requestId=same)
        self.assertEqual(first, second)
        self.served.restart()
        third = self.served.act("submit", self.LOWEST, self.number, note="once", requestId=same)
        self.assertEqual(first, third)
        with self.refused("RequestConflict"):
            self.served.act("submit", self.LOWEST, self.number, note="other", requestId=same)
        submits = [e for e in self.served.records() if e["action"] == "submit"]
        self.assertEqual(len(submits), 1)

    def test_restart_loses_nothing(self):
        done = self.served.act("submit", self.LOWEST, self.number, note="before the crash")
        before = {d["number"]: d for d in self.served.duties()}
        records = self.served.records()
        self.served.restart()
        after = {d["number"]: d for d in self.served.duties()}
        self.assertEqual(before, after)
        self.assertEqual(self.served.records()[: len(records)], records)
        self.served.act("accept", self.MIDDLE, self.number)
        self.assertEqual(self.served.duty(done["opened"][0])["state"], "accepted")
        size, problems = self.served.verify()
        self.assertEqual(problems, [])
        self.assertGreater(size, len(records))

    def test_dubanctl_says_what_is_wrong_and_exits_with_its_code(self):
        ctl = self.served.ctl
        done = ctl("show", str(self.number), uid=self.LOWEST)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f"D-{self.number:04d}", done.stdout)
        unknown = ctl("show", "9999", uid=self.LOWEST)
        self.assertEqual(unknown.returncode, 4, unknown.stderr)
        self.one_line(unknown.stderr, "D-9999")
        refused = ctl("submit", f"D-{self.number:04d}", "--note", "not mine", uid=self.TOP)
        self.assertEqual(refused.returncode, 5, refused.stderr)
        self.one_line(refused.stderr)
        state = ctl("accept", f"D-{self.number:04d}", uid=self.MIDDLE)
        self.assertEqual(state.returncode, 5, state.stderr)
        self.one_line(state.stderr)
        as_root = ctl("submit", f"D-{self.number:04d}", "--note", "sudo")
        self.assertEqual(as_root.returncode, 5, as_root.stderr)
        self.one_line(as_root.stderr, "run it as yourself")
        usage = ctl("submit")
        self.assertEqual(usage.returncode, 64, usage.stderr)
        submitted = ctl("submit", f"D-{self.number:04d}", "--note", "lit", uid=self.LOWEST)
        self.assertEqual(submitted.returncode, 0, submitted.stderr)
        self.assertEqual(self.served.duty(self.number)["state"], "submitted")
        self.served.stop()
        away = ctl("status", uid=self.LOWEST)
        self.assertEqual(away.returncode, 3, away.stderr)
        self.one_line(away.stderr)


@needs("uids")
class Chain(SystemTest):
    """A superior's act is itself a duty."""

    def test_a_missed_duty_climbs_to_the_top_and_stays_there(self):
        served = self.daemon().start()
        plan = PlanText(units=3, ladder={"supervise": "1s"}).item("lamps", "u2", account=(at(1), "1s"))
        served.apply(str(plan))
        account = wait_duty(served, "account")
        first = wait_duty(served, "supervise", "p1")
        second = wait_duty(served, "supervise", "p0")
        self.assertEqual((first["subject"], first["root"]), (account["number"], account["number"]))
        self.assertEqual((second["subject"], second["root"]), (first["number"], account["number"]))
        # Terms count from the nominal instant, however late it was seen; nothing is ever early.
        self.assertEqual(first["dueMicros"], account["dueMicros"] + 1_000_000)
        self.assertEqual(second["dueMicros"], first["dueMicros"] + 1_000_000)
        self.assertGreaterEqual(first["openMicros"], account["dueMicros"])
        self.assertGreaterEqual(second["openMicros"], first["dueMicros"])
        eventually("the top stays silent", lambda: served.status()["unattended"])
        served.restart()
        chain = served.call("Duty.Chain", number=account["number"])
        persons = [d["person"] for d in chain["duties"] if d["kind"] == "supervise"]
        self.assertEqual(persons, ["p1", "p0"])
        self.assertEqual([s["person"] for s in chain["superiors"]], ["p1", "p0"])
        entries = served.call("Duty.History", number=account["number"])["entries"]
        actions = [e["action"] for e in entries]
        self.assertEqual(actions.count("open"), 3)
        self.assertIn("unattended", actions)
        self.assertTrue(all(served.duty(n)["state"] in UNSETTLED
                            for n in (account["number"], first["number"], second["number"])))

    def test_an_urge_settles_and_the_follow_up_goes_one_level_higher(self):
        served = self.daemon().start()
        plan = PlanText(units=4, ladder={"supervise": "3s"}).item("lamps", "u3", account=(at(1), "3s"))
        served.apply(str(plan))
        account = wait_duty(served, "account")
        low = wait_duty(served, "supervise", "p2")
        high = wait_duty(served, "supervise", "p1")
        done = served.act("urge", FIRST_UID + 1, account["number"], reason="today", followUp="1s")
        self.assertIn(high["number"], done["settled"])
        self.assertEqual(served.duty(high["number"])["state"], "accepted")
        self.assertEqual(served.duty(low["number"])["state"], "moot")
        self.assertIsNotNone(done["duty"].get("followUpMicros"))
        self.assertIn(done["duty"]["state"], UNSETTLED)
        top = wait_duty(served, "supervise", "p0")
        self.assertEqual((top["subject"], top["root"]), (account["number"], account["number"]))
        self.assertEqual(len(holder(served, "supervise")), 3)

    def test_a_submission_ends_the_chain(self):
        served = self.daemon().start()
        plan = PlanText(units=3, ladder={"supervise": "1h"}).item("lamps", "u2", account=(at(1), "1s"))
        served.apply(str(plan))
        account = wait_duty(served, "account")
        supervise = wait_duty(served, "supervise", "p1")
        done = served.act("submit", FIRST_UID + 2, account["number"], note="late, but done")
        self.assertTrue(done["duty"]["late"])
        self.assertEqual(served.duty(supervise["number"])["state"], "moot")
        self.assertEqual(len(done["opened"]), 1)

    def test_an_unanswered_review_climbs_too(self):
        served = self.daemon().start()
        ladder = {"review": "1s", "supervise": "1h"}
        plan = PlanText(units=3, ladder=ladder).item("lamps", "u2", account=(at(1), "1h"))
        served.apply(str(plan))
        account = wait_duty(served, "account")
        served.act("submit", FIRST_UID + 2, account["number"], note="done")
        review = wait_duty(served, "review", "p1")
        above = wait_duty(served, "supervise", "p0")
        self.assertEqual((above["subject"], above["root"]), (review["number"], account["number"]))

    def test_where_nobody_is_above_the_top_signs_and_the_record_says_so(self):
        served = self.daemon().start()
        served.apply(str(PlanText(units=1).item("lamps", "u0", account=(at(1), "1h"))))
        account = wait_duty(served, "account")
        done = served.act("submit", FIRST_UID, account["number"], note="done alone")
        self.assertEqual(served.duty(done["opened"][0])["person"], "p0")
        signed = served.act("accept", FIRST_UID, account["number"])
        self.assertEqual(signed["duty"]["state"], "accepted")
        leaf = served.call("Record.Get", seq=signed["seq"])["leaf"]
        self.assertRegex(leaf, '"singleSignature":true')
        told = [j["input"] for j in served.jobs(queue="deliver") if "auditor@example.org" in j["input"]]
        self.assertTrue(any("single-signature" in text for text in told), told)


class Inspections(SystemTest):
    """The real duban-worker runs real programs."""

    def setUp(self):
        self.served = self.daemon().start()
        self.code = self.served.folder / "code"
        self.check = self.served.folder / "check_lamps"
        self.check.write_text(
            "#!/bin/sh\n"
            f"read code < {self.code}\n"
            'echo "LAMPS $code: 98 of 100 lit | lamps_lit=98%;;;0;100"\n'
            "exit $code\n"
        )
        self.check.chmod(0o755)
        self.say(0)

    def say(self, code):
        draft = self.code.with_suffix(".new")
        draft.write_text(f"{code}\n")
        draft.rename(self.code)

    def test_ok_settles_critical_opens_one_finding_unknown_is_quarantined(self):
        check = {"every": "*:*:*", "within": "1h", "run": [self.check], "rectify": "1h", "attempts": 2}
        self.served.apply(str(PlanText(units=2).item("lamps", "u1", inspect=[check])))
        self.served.start_worker("--queues", "inspect")

        def settled():
            return [d for d in holder(self.served, "inspect") if d["state"] == "accepted"]

        first = eventually("an inspection settles", settled)[0]
        self.assertEqual(first["settledReason"], "performed")
        finish = [e for e in self.served.records() if e["action"] == "finish"][0]
        self.assertEqual(finish["outcome"], "ok")
        self.assertIn("98 of 100 lit", finish["summary"])
        self.assertEqual(self.served.status()["findings"], 0)

        self.say(2)
        wait_duty(self.served, "rectify")

        def criticals():
            entries = [e for e in self.served.records() if e["action"] == "finish"]
            return [e for e in entries if e["outcome"] == "critical"]

        eventually("two more critical runs", lambda: len(criticals()) >= 3)
        rectify = holder(self.served, "rectify")
        self.assertEqual(len(rectify), 1, "one finding while it is unsettled")
        self.assertEqual(rectify[0]["person"], "p1")
        self.assertEqual(self.served.status()["findings"], 1)
        found = [e for e in self.served.records() if e["action"] == "find"]
        self.assertEqual(len(found), 1)

        self.say(3)

        def quarantined():
            return [j for j in self.served.jobs(queue="inspect") if j["state"] == "quarantined"]

        job = eventually("an unknown result is tried again, then quarantined", quarantined, 60)[0]
        self.assertEqual((job["outcome"], job["attempt"]), ("unknown", 2))
        self.say(0)
        size, problems = self.served.verify()
        self.assertEqual(problems, [])

    def test_a_program_that_hangs_or_is_missing_does_not_stop_the_others(self):
        hang = {"name": "hang", "every": at(1), "within": "1h", "run": ["/bin/sleep", "60"],
                "attempts": 1, "limit": "1s"}
        gone = {"name": "gone", "every": at(1), "within": "1h", "run": ["/nonexistent/check"],
                "attempts": 1}
        good = {"name": "good", "every": at(1), "within": "1h", "run": [self.check]}
        plan = PlanText(units=2).item("lamps", "u1", inspect=[hang, gone, good])
        self.served.apply(str(plan))
        self.served.start_worker("--queues", "inspect", "--slots", "2")

        def ended():
            jobs = self.served.jobs(queue="inspect")
            over = [j for j in jobs if j["state"] in ("finished", "quarantined")]
            return over if len(over) == 3 else None

        outcomes = sorted(j["outcome"] for j in eventually("all three end", ended))
        self.assertEqual(outcomes.count("ok"), 1, outcomes)
        self.assertIn("timeout", outcomes)
        self.assertTrue(set(outcomes) <= {"ok", "timeout", "unknown", "failed"}, outcomes)

    def test_jobs_of_a_killed_worker_are_ready_again_at_once(self):
        slow = {"every": at(1), "within": "1h", "run": ["/bin/sleep", "2"], "attempts": 10}
        plan = PlanText(units=2)
        for number in range(5):
            plan.item(f"slow{number}", "u1", inspect=[slow])
        self.served.apply(str(plan))
        delays = []
        for _ in range(5):
            worker = self.served.start_worker("--queues", "inspect", "--slots", "1")
            leased = eventually("the worker holds a job", lambda: [
                j for j in self.served.jobs(queue="inspect") if j["state"] == "leased"
            ])[0]
            with self.served.attach(capacity=10) as other:
                held = []
                while True:  # Takes what is ready, so that only the killed worker's job is left.
                    job = other.next_job(0.2)
                    if job is None:
                        break
                    held.append(job)
                start = time.monotonic()
                worker.kill()
                job = other.next_job(5)
                delays.append(time.monotonic() - start)
                self.assertIsNotNone(job, "the job never came back")
                self.assertEqual(job["jobId"], leased["jobId"])
                self.assertGreater(job["leaseId"], leased["leaseId"])
                other.report(job)
            worker.wait()
        delays.sort()
        said = ", ".join(f"{d * 1000:.1f}" for d in delays)
        print(f"killed worker: its job was leased again after ms {said}", flush=True)
        self.assertLess(delays[len(delays) // 2], 0.1)

    def test_a_late_report_with_an_old_token_is_refused_by_name(self):
        once = {"every": at(1), "within": "1h", "run": ["/bin/true"], "attempts": 5}
        self.served.apply(str(PlanText(units=2).item("lamps", "u1", inspect=[once])))
        first = self.served.attach("first")
        job = first.next_job()
        first.jobs_connection.close()
        with self.served.attach("second") as second:
            again = second.next_job()
            self.assertEqual(again["jobId"], job["jobId"])
            self.assertGreater(again["leaseId"], job["leaseId"])
            try:
                reply = first.report(job, "critical", "too late")
                self.assertEqual(reply["accepted"], 0)
                reason = reply["rejected"][0]["error"]
            except VarlinkError as error:
                reason = error.short
            self.assertIn(reason, ("expired", "superseded", "released", "NoSuchSession"))
            state = self.served.call("Job.Get", jobId=job["jobId"])["job"]
            self.assertEqual((state["state"], state["leaseId"]), ("leased", again["leaseId"]))
            self.assertEqual(second.report(again, "ok", "in time")["accepted"], 1)
            repeated = second.report(again, "ok", "in time")
            self.assertEqual(repeated["accepted"], 1)
            other = second.report(again, "critical", "changed my mind")
            self.assertEqual(other["rejected"][0]["error"], "conflict")
        first.close()
        end = self.served.call("Job.Get", jobId=job["jobId"])["job"]
        self.assertEqual((end["state"], end["outcome"]), ("finished", "ok"))

    def test_one_shot_workers_reserve(self):
        once = {"every": at(1), "within": "1h", "run": ["/bin/true"]}
        self.served.apply(str(PlanText(units=2).item("lamps", "u1", inspect=[once])))
        socket = self.served.worker_socket()
        taken = socket.call(
            "io.duban.Worker.Reserve", requestId=request_id(), name="once", queues=["inspect"],
            max=1, waitSeconds=10,
        )
        self.assertEqual(len(taken["jobs"]), 1)
        job = taken["jobs"][0]
        extended = socket.call(
            "io.duban.Worker.Extend", requestId=request_id(), session=taken["session"],
            leases=[{"jobId": job["jobId"], "leaseId": job["leaseId"]}],
        )
        self.assertEqual(extended["extended"], 1)
        result = {"jobId": job["jobId"], "leaseId": job["leaseId"], "outcome": "ok", "summary": "yes"}
        done = socket.call(
            "io.duban.Worker.Report", requestId=request_id(), session=taken["session"],
            results=[result],
        )
        self.assertEqual(done["accepted"], 1)
        empty = socket.call(
            "io.duban.Worker.Reserve", requestId=request_id(), name="once", queues=["inspect"],
            max=1, waitSeconds=0,
        )
        self.assertEqual(empty["jobs"], [])

    def test_labels_keep_jobs_from_workers_without_them(self):
        field = {"every": at(1), "within": "1h", "run": ["/bin/true"], "on": "field"}
        self.served.apply(str(PlanText(units=2).item("lamps", "u1", inspect=[field])))
        eventually("the job is ready", lambda: self.served.jobs(queue="inspect"))
        with self.served.attach("desk") as desk, self.served.attach("field", labels=["field"]) as out:
            job = out.next_job()
            self.assertIsNotNone(job)
            out.report(job)
            self.assertIsNone(desk.next_job(0.2))


class Reminders(SystemTest):
    """Reminders are deliver jobs for a mail program."""

    def served_with(self, **ladder):
        served = self.daemon().start()
        plan = PlanText(units=2, ladder=ladder).item("lamps", "u1", account=(at(1), "4s"))
        served.apply(str(plan))
        return served

    def test_messages_reach_the_mail_program(self):
        served = self.served_with(before=["2s"], after=["1s"], supervise="1h")
        mails = served.folder / "mails"
        mails.mkdir()
        stub = served.folder / "sendmail"
        stub.write_text(  # The message appears last, and whole.
            "#!/bin/sh\n"
            f"cat > {mails}/$$.new\n"
            f"echo \"$@\" > {mails}/$$.args\n"
            f"mv {mails}/$$.new {mails}/$$.eml\n"
        )
        stub.chmod(0o755)
        served.start_worker("--queues", "deliver", "--sendmail", stub)

        def delivered():
            found = sorted(mails.glob("*.eml"))
            return found if len(found) >= 3 else None

        files = eventually("reminder, overdue and a superior's message", delivered)
        parsed = [
            email.message_from_bytes(f.read_bytes(), policy=email.policy.default) for f in files
        ]
        for file, message in zip(files, parsed):
            self.assertFalse(message.defects, message.defects)
            arguments = file.with_suffix(".args").read_text().split()
            self.assertEqual(arguments[:2], ["-i", "--"])
            self.assertEqual(len(arguments), 3)
            self.assertIn(arguments[2], str(message["To"]))
            self.assertEqual(message["Auto-Submitted"], "auto-generated")
            self.assertRegex(str(message["Message-ID"]), r"^<duty\.D-\d{4}\..+@.+>$")
            self.assertRegex(str(message["Subject"]), r"D-\d{4}")
            self.assertLessEqual(max(map(len, file.read_bytes().splitlines())), 998)
            body = message.get_body(("plain",)).get_content()
            self.assertIn("dubanctl", body)
            self.assertRegex(body, r"[0-9a-f]{64}")
        ids = [str(m["Message-ID"]) for m in parsed]
        self.assertEqual(len(ids), len(set(ids)), "one message, one id")
        to = {str(m["To"]) for m in parsed}
        self.assertTrue(any("p1@example.org" in t for t in to), to)
        self.assertTrue(any("p0@example.org" in t for t in to), to)
        eventually("the delivery is on record", lambda: [
            j for j in served.jobs(queue="deliver") if j.get("outcome") == "ok"
        ])

    def test_a_missing_mail_program_is_said_and_the_daemon_goes_on(self):
        served = self.served_with(before=["3s"], supervise="1h")
        served.start_worker("--queues", "deliver", "--sendmail", "/nonexistent/sendmail")

        def failed():
            return [j for j in served.jobs(queue="deliver") if j.get("outcome") == "failed"]

        job = eventually("the job's record tells the truth", failed)[0]
        self.assertRegex(job["summary"], "nonexistent|no such|missing|not found")
        supervise = wait_duty(served, "supervise", "p0")
        self.assertEqual(supervise["state"], "open")


class Intruders(SystemTest):
    """Bad input harms only the one who sends it."""

    def test_a_garbage_frame_closes_that_connection_only(self):
        served = self.daemon().start()
        frames = [
            b"not json\0", b"\0", b'{"method":5}\0', b"[]\0", b"\xff\xfe\0",
            b'{"method":"io.duban.Control.GetStatus","method":"x.y"}\0',
            b'{"method":"io.duban.Control.GetStatus",}\0', b"[" * 100 + b"\0",
            b'{"method":"a.b","parameters":[]}\0',
        ]
        for path in (served.control_path, served.worker_path):
            for frame in frames:
                with self.subTest(frame=frame[:40], path=path.name):
                    with Connection(served.control_path) as honest, Connection(path) as bad:
                        honest.call("io.duban.Control.GetStatus")
                        bad.write(frame)
                        with self.assertRaises(Disconnected):
                            bad.reply()
                        honest.call("io.duban.Control.GetStatus")
        self.assertIsNone(served.process.poll())

    def test_a_frame_without_end_is_cut_off(self):
        served = self.daemon().start()
        connection = served.control()
        with self.assertRaises(Disconnected):
            for _ in range(64):
                connection.write(b" " * 65536)
            connection.reply()
        self.assertEqual(served.status()["mode"], "running")

    def test_unknown_methods_and_bad_parameters_have_their_standard_errors(self):
        served = self.daemon().start()
        connection = served.control()
        for method, parameters, error in [
            ("io.duban.Nothing.Get", {}, "org.varlink.service.InterfaceNotFound"),
            ("io.duban.Duty.Nothing", {}, "org.varlink.service.MethodNotFound"),
            ("io.duban.Duty.Get", {"number": "one"}, "org.varlink.service.InvalidParameter"),
            ("io.duban.Duty.Get", {}, "org.varlink.service.InvalidParameter"),
        ]:
            with self.subTest(method=method, parameters=parameters):
                with self.assertRaises(VarlinkError) as caught:
                    connection.call(method, **parameters)
                self.assertEqual(caught.exception.name, error)
        info = connection.call("org.varlink.service.GetInfo")
        self.assertIn("io.duban.Duty", info["interfaces"])
        text = connection.call(
            "org.varlink.service.GetInterfaceDescription", interface="io.duban.Duty"
        )["description"]
        self.assertIn("method Submit(", text)


class Starts(SystemTest):
    """What keeps a daemon from starting is one clear line and a non-zero exit."""

    def test_a_second_daemon_on_the_same_folder_is_refused(self):
        served = self.daemon().start()
        other = served.folder / "other"
        other.mkdir()
        second = run(served.argv(runtime=other))
        self.assertNotEqual(second.returncode, 0)
        self.one_line(second.stderr, str(served.state))
        self.assertEqual(served.status()["mode"], "running")

    @needs("uids")
    def test_a_read_only_state_folder_is_refused(self):
        daemon = self.daemon(uid=61050)
        daemon.state.mkdir()
        os.chown(daemon.state, 61050, 61050)
        daemon.state.chmod(0o500)
        ended = run(daemon.argv(), uid=61050)
        self.assertEqual(ended.returncode, 4, ended.stderr)
        self.one_line(ended.stderr, str(daemon.state))

    def test_state_is_private(self):
        served = self.daemon().start()
        self.assertEqual(stat.S_IMODE(os.stat(served.state).st_mode), 0o700)
        for name in ("ledger.key", "duban.db"):
            self.assertEqual(stat.S_IMODE(os.stat(served.state / name).st_mode), 0o600, name)
        self.assertEqual(os.stat(served.state / "ballast").st_size, 32 << 20)

    def test_an_empty_folder_gives_an_empty_answer(self):
        served = self.daemon().start()
        status = served.status()
        self.assertEqual((status["mode"], status["dutiesTotal"], status["programmes"]), ("running", 0, []))
        self.assertGreaterEqual(status["records"], 1)
        self.assertEqual(served.stop(), 0)

    def test_a_bad_argument_is_exit_2_or_64(self):
        ended = run([shared("duband"), "--no-such-option"])
        self.assertIn(ended.returncode, (2, 64))

    def test_a_plan_given_at_start_is_adopted_once(self):
        folder = self.daemon().folder
        plan = folder / "plan.yaml"
        plan.write_text(str(PlanText(units=2).item("lamps", "u1", account=("*:*:*", "1h"))))
        served = self.daemon(arguments=["--plan", plan]).start()
        self.assertEqual(served.status()["programmes"], ["test"])
        served.restart()
        self.assertEqual(served.status()["programmes"], ["test"])
        adopts = [e for e in served.records() if e["action"] == "adopt"]
        self.assertEqual(len(adopts), 1)

    def test_a_broken_plan_given_at_start_is_exit_6(self):
        folder = self.daemon().folder
        plan = folder / "plan.yaml"
        plan.write_text("programme: { id: x }\nunits: []\nzone: Mars/Olympus\n")
        daemon = self.daemon(arguments=["--plan", plan])
        daemon.make_state()
        ended = run(daemon.argv())
        self.assertEqual(ended.returncode, 6, ended.stderr)
        self.assertRegex(ended.stderr, r"plan\.yaml:\d+:\d+: ")


class Downtime(SystemTest):
    """What falls due while the daemon is away is never absent."""

    def test_missed_slots_are_opened_after_a_kill(self):
        served = self.daemon().start()
        served.apply(str(PlanText(units=2).item("lamps", "u1", account=("*:*:*", "1h"))))
        wait_duty(served, "account", count=2)
        served.kill()
        dead = time.time()
        eventually("three seconds pass", lambda: time.time() > dead + 3)
        served.start()
        wait_duty(served, "account", count=6)
        opened = sorted(d["openMicros"] for d in holder(served, "account"))
        steps = {b - a for a, b in zip(opened, opened[1:])}
        self.assertEqual(steps, {1_000_000}, "every slot has its one duty")


class Clients(SystemTest):
    """dubanctl without a daemon, and without rights."""

    def test_a_daemon_that_does_not_run_is_exit_3(self):
        gone = dubanctl("status", address="/tmp/duban-nowhere/io.duban.Control")
        self.assertEqual(gone.returncode, 3)
        self.one_line(gone.stderr, "/tmp/duban-nowhere/io.duban.Control")

    def test_bad_usage_is_exit_64(self):
        for arguments in (["no-such-verb"], ["show"], ["show", "D-"], ["agenda", "-n", "many"]):
            with self.subTest(arguments=arguments):
                ended = dubanctl(*arguments, address="/tmp/duban-nowhere/io.duban.Control")
                self.assertEqual(ended.returncode, 64, ended.stderr)

    def test_every_verb_answers_in_json(self):
        served = self.daemon().start()
        served.apply(str(PlanText(units=2).item("lamps", "u1", account=(at(1), "1h"))))
        number = str(wait_duty(served, "account")["number"])
        for arguments in (
            ["status"], ["todo", "--person", "p1"], ["agenda"], ["duties"], ["show", number],
            ["chain", number], ["history", number], ["jobs"], ["workers"], ["plan", "show"],
            ["ledger", "checkpoint"], ["ledger", "verify"],
        ):
            with self.subTest(verb=" ".join(arguments)):
                plain = served.ctl(*arguments)
                self.assertEqual(plain.returncode, 0, plain.stderr)
                short = served.ctl("--json=short", *arguments)
                self.assertEqual(short.returncode, 0, short.stderr)
                json.loads(short.stdout)

    def test_the_interface_texts_are_those_of_the_tree(self):
        served = self.daemon().start()
        interfaces = ROOT / "Sources" / "DubanAPI" / "Interfaces"
        for path, names in (
            (served.control_path, ("Control", "Duty", "Job", "Plan", "Record", "Schedule")),
            (served.worker_path, ("Worker",)),
        ):
            with Connection(path) as connection:
                for name in names:
                    text = connection.call(
                        "org.varlink.service.GetInterfaceDescription", interface=f"io.duban.{name}"
                    )["description"]
                    file = (interfaces / f"io.duban.{name}.varlink").read_text()
                    self.assertEqual(text.strip(), file.strip())


if __name__ == "__main__":
    unittest.main()
