"""duband as a systemd service: readiness, watchdog, passed sockets, units."""

import os
import signal
import socket
import stat
import subprocess
import time
import unittest

from duban import (
    BIN, ROOT, Connection, Disconnected, PlanText, SystemTest, environment, eventually, needs, program,
    run,
)


class NotifySocket:
    """What systemd listens on: one datagram a message."""

    def __init__(self, folder):
        self.path = folder / "notify"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(self.path))
        self.messages = []

    def close(self):
        self.socket.close()

    def wait(self, word, within=20):
        """Returns the first message with an assignment, and the time at which it came."""
        end = time.monotonic() + within
        while True:
            for index, (at, lines) in enumerate(self.messages):
                if any(line.startswith(word) for line in lines):
                    del self.messages[: index + 1]
                    return at, lines
            self.socket.settimeout(max(0.001, end - time.monotonic()))
            try:
                data = self.socket.recv(65536)
            except TimeoutError:
                raise AssertionError(f"no {word} within {within} s") from None
            self.messages.append((time.monotonic(), data.decode().splitlines()))


class Notify(SystemTest):
    def notified(self, **env):
        served = self.daemon()
        notify = NotifySocket(served.folder)
        self.addCleanup(notify.close)
        served.env = {"NOTIFY_SOCKET": str(notify.path), **env}
        return served, notify

    def test_ready_comes_when_the_control_socket_answers(self):
        served, notify = self.notified()
        served.spawn()
        _, lines = notify.wait("READY=1")
        with Connection(served.control_path, timeout=5) as connection:
            status = connection.call("io.duban.Control.GetStatus")
        self.assertEqual(status["mode"], "running")
        self.assertIn("READY=1", lines)
        served.process.send_signal(signal.SIGTERM)
        notify.wait("STOPPING=1")
        self.assertEqual(served.process.wait(20), 0)

    def test_ready_does_not_come_when_the_start_fails(self):
        served, notify = self.notified()
        holder = self.daemon(state=served.state).start()
        served.spawn()
        self.assertNotEqual(served.process.wait(20), 0)
        self.assertIsNone(holder.process.poll())
        notify.socket.setblocking(False)
        said = []
        try:
            while True:
                said.append(notify.socket.recv(65536).decode())
        except BlockingIOError:
            pass
        self.assertNotIn("READY=1", "\n".join(said))

    def test_ready_comes_again_after_a_crash(self):
        served, notify = self.notified()
        served.spawn()
        notify.wait("READY=1")
        served.apply(str(PlanText(units=2).item("lamps", "u1", account=("*:*:*", "1h"))))
        served.kill()
        served.spawn()
        begin = time.monotonic()
        at, _ = notify.wait("READY=1")
        print(f"READY=1 came {at - begin:.3f} s after the start", flush=True)
        self.assertEqual(served.status()["programmes"], ["test"])

    def test_the_watchdog_is_fed_while_the_daemon_is_idle(self):
        served, notify = self.notified(WATCHDOG_USEC="1500000")
        served.spawn()
        notify.wait("READY=1")
        times = [notify.wait("WATCHDOG=1", 5)[0] for _ in range(5)]
        gaps = [b - a for a, b in zip(times, times[1:])]
        self.assertLess(max(gaps), 1.5, "the watchdog would have bitten")
        self.assertGreater(sum(gaps), 0.8, "an idle daemon wakes more often than it needs")
        served.process.send_signal(signal.SIGSTOP)
        self.addCleanup(served.process.send_signal, signal.SIGCONT)
        notify.messages.clear()
        with self.assertRaises(AssertionError):
            while True:  # What was sent before the stop may still be under way.
                notify.wait("WATCHDOG=1", 2)

    def test_without_a_watchdog_nothing_is_fed(self):
        served, notify = self.notified(WATCHDOG_USEC="300000", WATCHDOG_PID="1")
        served.spawn()
        notify.wait("READY=1")
        with self.assertRaises(AssertionError):
            notify.wait("WATCHDOG=1", 1)


@needs("systemd-socket-activate")
class Activation(SystemTest):
    """The sockets are those of the service manager."""

    def activated(self, *names):
        """Starts duband behind systemd-socket-activate with sockets of its own."""
        served = self.daemon()
        passed = served.folder / "passed"
        passed.mkdir()
        listen = []
        for name in names:
            listen += ["-l", str(passed / name)]
        served.control_path = passed / "io.duban.Control"
        served.make_state()
        if "io.duban.Worker" in names:
            served.worker_path = passed / "io.duban.Worker"
        with open(served.log_path, "ab") as log:
            served.process = subprocess.Popen(
                ["systemd-socket-activate", *listen, "--fdname=varlink", *served.argv()],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment(),
            )
        eventually("the socket is there", served.control_path.exists)
        return served

    def test_both_sockets_are_taken_over(self):
        served = self.activated("io.duban.Control", "io.duban.Worker")
        # The first connection starts the daemon; it waits in the queue and is not refused.
        with Connection(served.control_path) as connection:
            self.assertEqual(connection.call("io.duban.Control.GetStatus")["mode"], "running")
        with Connection(served.worker_path) as connection:
            info = connection.call("org.varlink.service.GetInfo")
        self.assertIn("io.duban.Worker", info["interfaces"])
        self.assertEqual(sorted(p.name for p in served.runtime.iterdir()), [],
                         "a passed socket is not bound a second time")

    def test_a_passed_socket_stays_when_the_daemon_ends(self):
        served = self.activated("io.duban.Control", "io.duban.Worker")
        with Connection(served.control_path) as connection:
            connection.call("io.duban.Control.GetStatus")
        served.process.send_signal(signal.SIGTERM)
        served.process.wait(20)
        self.assertTrue(served.control_path.exists())


class Sockets(SystemTest):
    def test_modes_of_the_sockets(self):
        served = self.daemon().start()
        control = stat.S_IMODE(os.stat(served.control_path).st_mode)
        worker = stat.S_IMODE(os.stat(served.worker_path).st_mode)
        self.assertEqual(control, 0o666)
        self.assertIn(worker, (0o600, 0o660))

    def test_sockets_left_by_a_crash_do_not_hinder_the_next_start(self):
        served = self.daemon().start()
        served.kill()
        self.assertTrue(served.control_path.exists())
        served.start()
        self.assertEqual(served.status()["mode"], "running")

    def test_a_stop_answers_what_was_asked_before(self):
        served = self.daemon().start()
        connection = served.control()
        connection.send("io.duban.Control.GetStatus", {})
        connection.reply()
        self.assertEqual(served.stop(), 0)
        with self.assertRaises(Disconnected):
            connection.reply()

    @needs("uids")
    def test_it_serves_as_an_ordinary_user(self):
        served = self.daemon(uid=61060).start()
        served.apply(str(PlanText(units=2).item("lamps", "u1", account=("*:*:*", "1h"))), uid=61060)
        eventually("a duty opens", lambda: served.status()["dutiesTotal"])
        for verb in ("status", "agenda", "duties"):
            done = served.ctl(verb, uid=61060)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(os.stat(served.state / "duban.db").st_uid, 61060)

    def test_the_log_has_syslog_levels_off_the_journal(self):
        served = self.daemon().start()
        served.stop()
        lines = [line for line in served.log().splitlines() if line]
        self.assertTrue(lines)
        for line in lines:
            self.assertRegex(line, r"^<[0-7]>")


class Units(SystemTest):
    @needs("systemd-analyze")
    def test_the_units_pass(self):
        done = run([ROOT / "scripts" / "units-verify", BIN], cwd=ROOT, within=120)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_units_name_programs_that_exist(self):
        for unit in (ROOT / "units").glob("*.service"):
            for line in unit.read_text().splitlines():
                if line.startswith("ExecStart="):
                    name = os.path.basename(line.split("=", 1)[1].split()[0].lstrip("-@+!:"))
                    self.assertTrue(os.path.exists(program(name)), f"{unit.name}: {name}")


if __name__ == "__main__":
    unittest.main()
