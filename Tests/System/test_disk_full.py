"""A full disk: new work is refused by name, results are still taken, and it heals."""

import os
import shutil
import subprocess
import unittest

from duban import (
    FIRST_UID, PlanText, SystemTest, VarlinkError, at, eventually, needs, request_id, run,
)


@needs("root", "uids", "tmpfs")
class DiskFull(SystemTest):
    def setUp(self):
        self.served = self.daemon()
        self.disk = self.served.folder / "disk"
        self.disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", self.disk], check=True)
        self.addCleanup(lambda: subprocess.run(["umount", "-l", self.disk], check=True))
        self.addCleanup(lambda: self.served.process and self.served.process.kill())
        self.served.state = self.disk / "state"
        self.served.start()

    def fill(self):
        """Leaves not one free byte on the disk."""
        self.filler = self.disk / "filler"
        with open(self.filler, "wb", buffering=0) as filler:
            piece = b"\0" * 65536
            while piece:
                try:
                    filler.write(piece)
                except OSError:
                    piece = piece[: len(piece) // 2]

    def plan(self, programme, first=0, items=150, prefix="p"):
        plan = PlanText(units=2, programme=programme, first=first, prefix=prefix)
        for number in range(items):
            plan.item(f"item{number}", "u1", account=(at(2), "2h"))
        check = {"every": at(2), "within": "2h", "run": ["/bin/true"]}
        return str(plan.item("checked", "u1", inspect=[check]))

    def until_full(self, numbers):
        """Submits with long notes until the daemon says that its disk is full."""
        for number in numbers:
            try:
                self.served.act("submit", FIRST_UID + 1, number, note="x" * 3_900)
            except VarlinkError as error:
                self.assertEqual(error.short, "NotAccepting", str(error))
            if self.served.status()["mode"] == "disk-full":
                return
        self.fail("the disk is full and the daemon has not noticed")

    def test_new_work_is_refused_results_are_taken_and_it_heals(self):
        self.served.apply(self.plan("first"))
        eventually("the duties are open", lambda: self.served.status()["dutiesTotal"] > 150)
        numbers = [d["number"] for d in self.served.duties(kind="account")]
        worker = self.served.attach()
        job = worker.next_job()
        held = self.served.act("submit", FIRST_UID + 1, numbers[0], note="before")
        self.fill()
        self.until_full(numbers[1:-3])
        status = self.served.status()
        self.assertRegex(status["trouble"], "(?i)full|space")
        self.assertFalse((self.served.state / "ballast").exists()
                         and os.stat(self.served.state / "ballast").st_size == 32 << 20,
                         "the ballast was not let go")

        with self.refused("NotAccepting") as seen:
            self.served.apply(self.plan("second", first=5, items=1, prefix="q"))
        self.assertTrue(seen[0].parameters["message"])
        with self.refused("NotAccepting"):
            self.served.worker_socket().call(
                "io.duban.Worker.Reserve", requestId=request_id(), name="new",
                queues=["inspect"], max=1, waitSeconds=0,
            )
        self.assertEqual(worker.report(job, "ok", "done on a full disk")["accepted"], 1)
        taken = self.served.act("submit", FIRST_UID + 1, numbers[-1], note="done on a full disk")
        self.assertEqual(taken["duty"]["state"], "submitted")
        signed = self.served.act("accept", FIRST_UID, numbers[0])
        self.assertEqual(signed["duty"]["state"], "accepted")

        self.filler.unlink()
        eventually("it heals", lambda: self.served.status()["mode"] == "running", within=10)
        self.served.apply(self.plan("second", first=5, items=1, prefix="q"))
        self.assertEqual(os.stat(self.served.state / "ballast").st_size, 32 << 20)
        self.served.restart()
        records = {e["seq"]: e for e in self.served.records()}
        for reply in (held, taken, signed):
            self.assertIn(reply["seq"], records)
        self.assertEqual(self.served.verify()[1], [])
        worker.close()

    def test_a_disk_that_is_full_at_the_start_is_one_clear_line(self):
        self.served.stop()
        shutil.rmtree(self.served.state)
        self.served.make_state()
        self.fill()
        ended = run(self.served.argv())
        self.assertNotEqual(ended.returncode, 0)
        self.one_line(ended.stderr, "space|full")


if __name__ == "__main__":
    unittest.main()
