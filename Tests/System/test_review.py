"""What a hostile review found: each test asserts the right behaviour of the real programs."""

import os
import signal
import socket
import sqlite3
import subprocess
import time
import unittest

from duban import (
    FIRST_UID, Connection, Disconnected, PlanText, SystemTest, VarlinkError, at, eventually,
    needs, request_id,
)

WORKER = "io.duban.Worker."
#: A uid that a second plan names.
OTHER_UID = FIRST_UID + 40


def reserve(connection, request, wait=1):
    connection.send(
        WORKER + "Reserve",
        {"requestId": request, "name": "w", "queues": ["inspect"], "max": 1, "waitSeconds": wait},
    )


def checks(count, seconds=1):
    plan = PlanText(units=2)
    for number in range(count):
        check = {"every": at(seconds), "within": "2h", "run": ["/bin/true"]}
        plan.item(f"c{number}", "u1", inspect=[check])
    return str(plan)


def accounts(count, seconds=1, programme="test", first=0):
    plan = PlanText(units=2, programme=programme, first=first)
    for number in range(count):
        plan.item(f"a{number}", "u1", account=(at(seconds), "2h"))
    return str(plan)


class Review(SystemTest):
    def alive(self, served):
        self.assertIsNone(served.process.poll(), served.log()[-600:])

    def opened(self, served, text, count):
        served.apply(text)
        eventually("the duties are open", lambda: served.status()["dutiesTotal"] >= count)

    def queued(self, served, count):
        """Adopts checks and waits until each has its job."""
        served.apply(checks(count))
        eventually("the jobs are ready", lambda: served.status()["jobsReady"] >= count)

    def edit(self, served, *statements):
        """Changes the store behind the stopped daemon's back."""
        served.stop()
        with sqlite3.connect(served.state / "duban.db") as database:
            for statement in statements:
                database.execute(*statement)
        database.close()

    # Calls that must not end the daemon

    def test_two_waiting_reserves_with_one_request_id(self):
        served = self.daemon().start()
        with served.worker_socket() as connection:
            reserve(connection, "same")
            reserve(connection, "same")
            for _ in range(2):
                try:
                    connection.reply()
                except VarlinkError as error:
                    self.assertEqual(error.short, "RequestConflict")
        self.alive(served)
        served.status()

    def test_the_largest_sequence_number(self):
        served = self.daemon().start()
        try:
            self.assertEqual(served.call("Record.List", after=2**63 - 1)["entries"], [])
        except VarlinkError as error:
            self.assertEqual(error.short, "InvalidParameter")
        self.alive(served)

    def test_a_damaged_leaf_is_no_reason_to_end(self):
        served = self.daemon().start()
        self.opened(served, accounts(5), 5)
        self.edit(
            served, ("DROP TRIGGER leaf_no_update",),
            ("UPDATE leaf SET bytes = x'7b7d' WHERE seq = 3",),
        )
        served.start()
        eventually("the damage is found", lambda: served.status()["mode"] == "read-only")
        connection = served.control()
        connection.send("io.duban.Record.List", {}, more=True)
        with self.assertRaises(VarlinkError):
            while connection.reply()[1]:
                pass
        self.alive(served)

    @needs("root", "uids")
    def test_a_damaged_job_is_no_reason_to_end(self):
        served = self.daemon().start()
        served.apply(accounts(1))
        eventually("it is open", lambda: served.duties(kind="account"))
        served.act("submit", FIRST_UID + 1, 1, note="done")
        job = served.jobs(queue="deliver")[0]["jobId"]
        self.edit(served, ("UPDATE job SET input = 'x' WHERE id = ?", (job,)))
        served.start()
        with served.attach(queues=["deliver"]):
            time.sleep(0.5)
            self.alive(served)
            served.status()

    # Shutdown

    def test_a_peer_that_half_closed_and_reads_nothing_does_not_hold_up_the_end(self):
        served = self.daemon().start()
        self.opened(served, accounts(150), 150)
        connection = served.control()
        for _ in range(6):
            connection.send("io.duban.Duty.List", {})
        time.sleep(1)
        connection.socket.shutdown(socket.SHUT_WR)
        time.sleep(1)
        served.process.send_signal(signal.SIGTERM)
        self.assertEqual(served.process.wait(10), 0)

    # Handing out

    def test_a_worker_with_room_gets_more_than_one_batch(self):
        served = self.daemon().start()
        self.queued(served, 100)
        with served.attach(capacity=100) as worker:
            for count in range(100):
                self.assertIsNotNone(worker.next_job(timeout=3), f"{count} of 100 came")

    def test_every_lease_of_another_boot_ends_at_the_start(self):
        served = self.daemon().start()
        self.queued(served, 1)
        served.stop()
        with sqlite3.connect(served.state / "duban.db") as database:
            columns = [row[1] for row in database.execute("PRAGMA table_info(job)")]
            row = database.execute("SELECT * FROM job WHERE queue = 'inspect'").fetchone()
            for number in range(600):
                job = {
                    **dict(zip(columns, row)), "id": 1_000 + number, "state": "leased",
                    "attempt": 1, "lease_id": 1, "lease_session": "s", "lease_uid": 0,
                    "lease_boot_id": "another boot", "lease_expires_micros": 1,
                }
                marks = ",".join("?" * len(columns))
                database.execute(f"INSERT INTO job VALUES ({marks})", [job[c] for c in columns])
        database.close()
        served.start()
        eventually("no job is leased", lambda: served.status()["jobsLeased"] == 0, within=10)

    # Bounds

    def test_old_answers_do_not_pile_up(self):
        served = self.daemon().start()
        rows = [f"(0, 'r{n}', '{'0' * 64}', '{{}}', 1)" for n in range(5_000)]
        self.edit(served, ("INSERT INTO answer VALUES " + ", ".join(rows),))
        served.start()
        time.sleep(1)
        served.stop()
        with sqlite3.connect(served.state / "duban.db") as database:
            left = database.execute("SELECT count(*) FROM answer").fetchone()[0]
        database.close()
        self.assertEqual(left, 0, "answers of 1970 are left after the hourly deletion")

    @needs("root", "uids")
    def test_a_reader_of_the_whole_ledger_is_not_cut_off(self):
        served = self.daemon().start()
        self.opened(served, accounts(250), 250)
        connection = served.control(uid=FIRST_UID + 1)
        for number in range(1, 251):
            connection.call(
                "io.duban.Duty.Submit", requestId=request_id(), number=number, note="y" * 30_000
            )
        size, seen = served.status()["records"], 0
        reader = served.control()
        reader.send("io.duban.Record.List", {}, more=True)
        try:
            while seen < size:
                seen += len(reader.reply()[0]["entries"])
        except Disconnected:
            self.fail(f"cut off after {seen} of {size} entries")

    def test_a_verification_is_not_ended_by_others(self):
        served = self.daemon().start()
        self.opened(served, accounts(300), 300)
        step = served.call("Record.Verify")
        self.assertFalse(step["done"])
        for _ in range(30):
            try:
                served.call("Record.Verify")
            except VarlinkError as error:
                self.assertEqual(error.short, "NotAccepting")
        self.assertEqual(served.call("Record.Verify", cursor=step["cursor"])["problems"], [])

    @needs("root", "uids")
    def test_a_slow_reader_of_the_whole_ledger_is_not_cut_off(self):
        served = self.daemon().start()
        self.opened(served, accounts(500), 500)
        connection = served.control(uid=FIRST_UID + 1)
        for number in range(1, 501):
            connection.call(
                "io.duban.Duty.Submit", requestId=request_id(), number=number, note="y" * 4_000
            )
        size, seen = served.status()["records"], 0
        reader = served.control()
        reader.send("io.duban.Record.List", {}, more=True)
        try:
            while seen < size:
                seen += len(reader.reply()[0]["entries"])
                time.sleep(0.2)
        except Disconnected:
            self.fail(f"cut off after {seen} of {size} entries")

    def test_pipelined_verifications_do_not_starve_others(self):
        served = self.daemon().start()
        self.opened(served, accounts(400), 400)
        for _ in range(4):
            served.control().write(b'{"method":"io.duban.Record.Verify"}\0' * 200)
        time.sleep(0.2)
        start = time.monotonic()
        served.call("Control.GetStatus")
        self.assertLess(time.monotonic() - start, 2)

    # Persons

    @needs("root", "uids")
    def test_a_person_of_another_plan_signs_nothing_here(self):
        served = self.daemon().start()
        served.apply(accounts(1))
        eventually("it is open", lambda: served.duties(kind="account"))
        served.act("submit", FIRST_UID + 1, 1, note="done")
        try:
            served.apply(accounts(1, seconds=3_000, programme="other", first=40))
        except VarlinkError:
            return
        with self.refused("NotAllowed"):
            served.act("accept", OTHER_UID, 1)

    # Start

    def test_a_key_file_that_a_crash_left_empty_is_made_anew(self):
        served = self.daemon()
        served.make_state()
        key = served.state / "ledger.key"
        key.touch(0o600)
        served.start()
        self.assertEqual(len(key.read_text().strip()), 64)


@needs("root", "uids", "tmpfs")
class ReviewFullDisk(SystemTest):
    def setUp(self):
        self.served = self.daemon()
        self.disk = self.served.folder / "disk"
        self.disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", self.disk], check=True)
        self.addCleanup(lambda: subprocess.run(["umount", "-l", self.disk], check=True))
        self.addCleanup(lambda: self.served.process and self.served.process.kill())
        self.served.state = self.disk / "state"
        self.served.start()

    def fill(self, name="filler"):
        path = self.disk / name
        with open(path, "wb", buffering=0) as filler:
            piece = b"\0" * 65536
            while piece:
                try:
                    filler.write(piece)
                except OSError:
                    piece = piece[: len(piece) // 2]
        return path

    def until_full(self, plan, count):
        self.served.apply(plan)
        eventually("open", lambda: self.served.status()["dutiesTotal"] >= count)
        numbers = [d["number"] for d in self.served.duties(kind="account")]
        return numbers

    def overflow(self, numbers):
        for number in numbers:
            try:
                self.served.act("submit", FIRST_UID + 1, number, note="x" * 20_000)
            except VarlinkError as error:
                self.assertEqual(error.short, "NotAccepting", str(error))
            if self.served.status()["mode"] == "disk-full":
                return
        self.fail("the disk is full and the daemon has not noticed")

    def plan(self, check_after=None):
        plan = PlanText(units=2)
        for number in range(60):
            plan.item(f"a{number}", "u1", account=(at(1), "2h"))
        if check_after:
            check = {"every": at(check_after), "within": "2h", "run": ["/bin/true"]}
            plan.item("c", "u1", inspect=[check])
        return str(plan)

    def test_what_became_ready_on_a_full_disk_is_handed_out_when_it_heals(self):
        numbers = self.until_full(self.plan(check_after=12), 60)
        worker = self.served.attach()
        filler = self.fill()
        self.overflow(numbers)
        eventually("a job is ready", lambda: self.served.jobs(queue="inspect"))
        os.unlink(filler)
        eventually("it heals", lambda: self.served.status()["mode"] == "running", within=10)
        self.assertIsNotNone(worker.next_job(timeout=5), "the idle worker got nothing")
        worker.close()

    def test_a_waiting_reserve_is_answered_on_a_full_disk(self):
        numbers = self.until_full(self.plan(), 60)
        connection = Connection(self.served.worker_path, timeout=15)
        reserve(connection, "waits", wait=5)
        self.fill()
        self.overflow(numbers)
        try:
            self.assertEqual(connection.reply()[0]["jobs"], [])
        except VarlinkError as error:
            self.assertEqual(error.short, "NotAccepting")
        connection.close()

    def test_a_disk_that_fills_up_behind_the_ballast_ends_nothing(self):
        numbers = self.until_full(self.plan(), 60)
        filler = self.fill()
        self.overflow(numbers)
        second = self.fill("filler2")
        for number in numbers:
            try:
                self.served.act("submit", FIRST_UID + 1, number, note="x" * 20_000)
            except VarlinkError as error:
                self.assertIn(error.short, ("NotAccepting", "WrongState"), str(error))
        self.assertIsNone(self.served.process.poll(), self.served.log()[-400:])
        os.unlink(filler)
        os.unlink(second)
        eventually("it heals", lambda: self.served.status()["mode"] == "running", within=10)


if __name__ == "__main__":
    unittest.main()
