"""What a machine runs by cron and timers becomes a plan, and runs under duban."""

import hashlib
import pwd
import time
import unittest

from duban import SystemTest, dubanctl, eventually, needs, request_id

HEAD = "daemon"


class Import(SystemTest):
    """`dubanctl plan import`."""

    def imported(self, served, kind, *files):
        folder = served.folder / kind
        folder.mkdir(mode=0o755)
        done = dubanctl(
            "plan", "import", kind, *files, "--output", folder / "out", "--head", HEAD
        )
        for path in (folder / "out").rglob("*"):
            path.chmod(0o755)
        return done, folder / "out"

    @needs("root")
    def test_a_crontab_runs_under_duban(self):
        uid = pwd.getpwnam(HEAD).pw_uid
        served = self.daemon(uid=uid).start()
        mark = served.folder / "run" / "ran"
        crontab = served.folder / "a crontab"
        crontab.write_text(
            "GREETING=hello\n"
            f"* * * * * echo $GREETING > {mark}; echo said '|' once\n"
            "* * * * * echo broken >&2; exit 3\n"
            "@reboot /bin/true\n"
        )
        done, out = self.imported(served, "crontab", crontab)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("a crontab:4:", done.stderr)
        self.assertIn("2 jobs", done.stdout)
        checked = dubanctl("plan", "check", out / "plan.yaml")
        self.assertEqual(checked.returncode, 0, checked.stderr)
        text = (out / "plan.yaml").read_text()
        digest = hashlib.sha256(text.encode()).hexdigest()
        # The minute that has just begun falls due too, so that this test need not wait for the next.
        start = int(time.time() // 60 * 60 - 1) * 1_000_000
        with served.control(uid=uid) as control:
            control.call("io.duban.Plan.Upload", digest=digest, offset=0, data=text)
            control.call(
                "io.duban.Plan.Apply", requestId=request_id(), digest=digest, name="plan.yaml",
                fromMicros=start,
            )
        served.start_worker()
        jobs = eventually(
            "both jobs have run",
            lambda: (lambda ended: ended if len(ended) >= 2 else None)(
                [j for j in served.jobs(queue="inspect") if j["state"] == "finished"]
            ),
            within=90,
        )
        self.assertEqual(mark.read_text(), "hello\n")
        outcomes = {job["summary"]: job["outcome"] for job in jobs}
        self.assertIn("ok", outcomes.values(), outcomes)
        self.assertIn("critical", outcomes.values(), outcomes)
        self.assertTrue(any("exit status 3" in line for line in outcomes), outcomes)
        findings = [d for d in served.duties() if d["kind"] == "rectify"]
        self.assertEqual(len(findings), 1, "the job that fails is a finding")

    def test_timers_become_items(self):
        served = self.daemon()
        units = served.folder / "units"
        units.mkdir()
        (units / "backup.timer").write_text(
            "[Timer]\nOnCalendar=Mon..Fri 02:30 Europe/Berlin\nRandomizedDelaySec=10min\n"
            "Persistent=true\n"
        )
        (units / "backup.service").write_text("[Service]\nExecStart=/usr/bin/backup\n")
        (units / "boot.timer").write_text("[Timer]\nOnBootSec=5min\n")
        done, out = self.imported(
            served, "timers", units / "backup.timer", units / "backup.service",
            units / "boot.timer",
        )
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("OnBootSec", done.stderr)
        text = (out / "plan.yaml").read_text()
        for words in ("Mon..Fri *-*-* 02:30:00 Europe/Berlin", "jitter: 10min", "catch-up: latest"):
            self.assertIn(words, text)
        script = next((out / "checks").iterdir()).read_text()
        self.assertIn("systemctl start --wait", script)
        checked = dubanctl("plan", "check", out / "plan.yaml")
        self.assertEqual(checked.returncode, 0, checked.stderr)
        ahead = dubanctl("agenda", "--plan", out / "plan.yaml", "-n", "1")
        self.assertEqual(ahead.returncode, 0, ahead.stderr)


if __name__ == "__main__":
    unittest.main()
