"""SIGKILL at random moments, while clients submit and workers report."""

import json
import os
import random
import threading
import time
import unittest

import history
from duban import (
    FIRST_UID, Connection, Disconnected, PlanText, SystemTest, VarlinkError, Worker,
    needs, request_id, seed,
)

KILLS = int(os.environ.get("DUBAN_KILLS", "200"))
TEAMS = 6
STEP = 2_000_000
#: A connection that is cut, a call that is not answered, a socket that is not there.
GONE = (OSError, Disconnected)


class Notes:
    """The history: what each client tried, and what became of it."""

    def __init__(self):
        self.lock = threading.Lock()
        self.ops = []
        self.last_kill = 0.0

    def add(self, **op):
        with self.lock:
            self.ops.append(op)
        return op


class Client(threading.Thread):
    """A person: submits what they owe, or accepts and returns what others submitted."""

    def __init__(self, path, uid, person, notes, stop, number):
        super().__init__(name=person, daemon=True)
        self.path, self.uid, self.person = path, uid, person
        self.notes, self.stop = notes, stop
        self.random = random.Random(number)
        self.connection = None
        self.problem = None

    def run(self):
        try:
            while not self.stop.is_set():
                try:
                    self.once()
                except GONE:
                    self.hang_up()
                self.stop.wait(self.random.uniform(0.02, 0.1))
        except Exception as problem:  # Shown by the test, which must fail.
            self.problem = problem
        finally:
            self.hang_up()

    def hang_up(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def connected(self):
        if self.connection is None:
            self.connection = Connection(self.path, self.uid, timeout=10)
        return self.connection

    def once(self):
        owed = self.connected().call("io.duban.Duty.Todo")["duties"]
        for duty in owed[:5]:
            if duty["kind"] == "review":
                verb = "return" if self.random.random() < 0.1 else "accept"
                number = duty["root"]
            elif duty["kind"] in ("account", "rectify") and duty["state"] in ("open", "returned"):
                verb, number = "submit", duty["number"]
            else:
                continue
            self.act(verb, number)

    def act(self, verb, number):
        """Calls until there is an answer, with the same requestId."""
        parameters = {"requestId": request_id(), "number": number}
        if verb == "submit":
            parameters["note"] = f"done by {self.person}"
        elif verb == "return":
            parameters["reason"] = "again, please"
        op = {"client": self.person, "person": self.person, "op": verb, "number": number,
              "request": parameters["requestId"]}
        while True:
            try:
                reply = self.connected().call("io.duban.Duty." + verb.capitalize(), **parameters)
            except GONE:
                self.hang_up()
                self.notes.add(**op, outcome="info")
                if self.stop.wait(0.02):
                    return
                continue
            except VarlinkError as error:
                self.notes.add(**op, outcome="fail", error=error.short)
                if error.short not in ("WrongState", "NotAllowed", "NoSuchDuty"):
                    raise
                return
            self.notes.add(**op, outcome="ok", seq=reply["seq"])
            return


class Labourer(threading.Thread):
    """A worker: takes jobs, reports them, and at times walks away with its leases."""

    def __init__(self, path, name, notes, stop, number):
        super().__init__(name=name, daemon=True)
        self.path, self.notes, self.stop = path, notes, stop
        self.random = random.Random(number)
        self.session = None
        self.unanswered = []
        self.problem = None

    def run(self):
        try:
            while not self.stop.is_set():
                try:
                    self.attach()
                except GONE:
                    self.stop.wait(0.02)
        except Exception as problem:
            self.problem = problem

    def attach(self):
        """Works in a session until the connection is cut, or until it walks away."""
        old = self.session
        try:
            worker = Worker(self.path, self.name, ["inspect"], [], 4, old, timeout=10)
        except VarlinkError as error:
            if error.short != "NoSuchSession":
                raise
            self.over(old, self.notes.last_kill)
            return
        with worker:
            self.session = worker.session
            if old is not None and old != self.session:
                self.over(old, self.notes.last_kill)
                self.session = worker.session
            while self.unanswered:
                self.report(worker, *self.unanswered[0])
                self.unanswered.pop(0)
            while not self.stop.is_set():
                job = worker.next_job(0.1)
                if job is not None:
                    self.work(worker, job)
                if self.random.random() < 0.002:
                    break
            self.over(self.session, time.monotonic())  # The daemon lives and sees it go.

    def over(self, session, at):
        self.notes.add(client=self.name, op="end-of-session", session=session, at=at)
        self.session = None
        self.unanswered = []

    def work(self, worker, job):
        self.notes.add(client=self.name, op="lease", job=job["jobId"], lease=job["leaseId"],
                       session=worker.session, at=time.monotonic(), seconds=job["leaseSeconds"])
        self.stop.wait(self.random.uniform(0, 0.05))
        result = self.random.choices(["ok", "warning", "failed"], [80, 10, 10])[0]
        request = request_id()
        try:
            self.report(worker, job, result, request)
        except GONE:
            self.unanswered.append((job, result, request))
            raise

    def report(self, worker, job, result, request):
        op = {"client": self.name, "op": "report", "job": job["jobId"], "lease": job["leaseId"],
              "session": worker.session, "result": result, "sent": time.monotonic()}
        try:
            reply = worker.report(job, result, "seen", requestId=request)
        except GONE:
            self.notes.add(**op, outcome="info")
            raise
        except VarlinkError as error:
            self.notes.add(**op, outcome="fail", error=error.short)
            if error.short != "NoSuchSession":
                raise
            return
        if reply["accepted"] == 1:
            self.notes.add(**op, outcome="ok")
        else:
            self.notes.add(**op, outcome="fail", error=reply["rejected"][0]["error"])


@needs("uids")
class Kill(SystemTest):
    def plan(self):
        plan = PlanText(units=1)
        for team in range(TEAMS):
            plan.unit(f"team{team}", "u0", FIRST_UID + 10 + team)
            check = {"every": "*:*:0/2", "within": "1h", "run": ["/bin/true"], "attempts": 9}
            plan.item(f"item{team}", f"team{team}", account=("*:*:0/2", "1h"), inspect=[check])
        return str(plan)

    def test_nothing_that_was_acknowledged_is_missing(self):
        chance = seed("test_kill")
        served = self.daemon().start()
        served.apply(self.plan())
        notes, stop = Notes(), threading.Event()
        threads = [Client(served.control_path, FIRST_UID, "p0", notes, stop, chance.random())]
        threads += [
            Client(served.control_path, FIRST_UID + 10 + team, f"p-team{team}", notes, stop,
                   chance.random())
            for team in range(TEAMS)
        ]
        threads += [
            Labourer(served.worker_path, f"worker{number}", notes, stop, chance.random())
            for number in range(2)
        ]
        for thread in threads:
            thread.start()
        started, restarts = time.monotonic(), []
        for kill in range(KILLS):
            stop.wait(chance.uniform(0.005, 0.4))
            notes.last_kill = begin = time.monotonic()
            served.kill()
            served.start()
            restarts.append(time.monotonic() - begin)
            if kill % 20 == 19:
                self.assertEqual(served.verify()[1], [], f"after {kill + 1} kills")
            for thread in threads:
                if thread.problem is not None:
                    raise AssertionError(f"{thread.name}: {thread.problem!r}")
        stop.wait(1)
        stop.set()
        for thread in threads:
            thread.join(20)
            self.assertFalse(thread.is_alive(), f"{thread.name} hangs")
            self.assertIsNone(thread.problem, thread.name)
        self.report(notes.ops, restarts, time.monotonic() - started)
        self.judge(served, notes.ops)

    def report(self, ops, restarts, seconds):
        counts = {}
        for op in ops:
            key = op["op"], op.get("outcome")
            counts[key] = counts.get(key, 0) + 1
        restarts.sort()
        said = ", ".join(
            f"{name} {outcome}: {n}" if outcome else f"{name}: {n}"
            for (name, outcome), n in sorted(counts.items(), key=str)
        )
        print(f"test_kill: {KILLS} kills in {seconds:.0f} s; restart p50 "
              f"{restarts[len(restarts) // 2]:.3f} s, max {restarts[-1]:.3f} s; {said}", flush=True)
        for verb in ("submit", "accept", "report"):
            self.assertGreater(counts.get((verb, "ok"), 0), KILLS // 4, f"too few: {said}")
        if KILLS >= 100:
            self.assertGreater(sum(n for (_, o), n in counts.items() if o == "info"), 0, said)

    def judge(self, served, ops):
        size, problems = served.verify()
        self.assertEqual(problems, [])
        # What is read one after the other must not change meanwhile: read until it did not.
        while True:
            records = served.records()
            duties, jobs = served.duties(), served.jobs(queue="inspect")
            if served.records()[-1]["seq"] == records[-1]["seq"]:
                break
        passings = [
            json.loads(served.call("Record.Get", seq=entry["seq"])["leaf"])["payload"]
            for entry in records if entry["action"] == "pass"
        ]
        wrong = history.judge(ops, records, duties, jobs, passings, STEP)
        self.assertEqual(wrong, [], "\n".join(wrong[:20]))
        served.restart()
        size, problems = served.verify()
        self.assertEqual(problems, [])
        done = served.ctl("ledger", "verify", within=60)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
