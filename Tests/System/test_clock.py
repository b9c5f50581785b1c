"""Clocks and time data of the real daemon: a step, a stop, new zone files under its feet."""

import ctypes
import datetime
import errno
import json
import os
import shutil
import signal
import struct
import subprocess
import time
import unittest
from pathlib import Path

from duban import PATIENCE, PlanText, SystemTest, eventually, needs, request_id

ZONES = Path("/usr/share/zoneinfo")
VANCOUVER = "America/Vancouver"
#: New data are in force within a minute; here the kernel tells of them.
RELOADED = 60


def step_a_microsecond():
    """Sets the machine's clock forward by 1 µs: adjtimex(ADJ_SETOFFSET | ADJ_MICRO)."""

    class Timex(ctypes.Structure):
        _fields_ = [
            ("modes", ctypes.c_uint), ("offset", ctypes.c_long), ("freq", ctypes.c_long),
            ("maxerror", ctypes.c_long), ("esterror", ctypes.c_long), ("status", ctypes.c_int),
            ("constant", ctypes.c_long), ("precision", ctypes.c_long),
            ("tolerance", ctypes.c_long), ("tv_sec", ctypes.c_long), ("tv_usec", ctypes.c_long),
            ("rest", ctypes.c_char * 256),
        ]

    change = Timex(modes=0x0100, tv_sec=0, tv_usec=1)
    if ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.byref(change)) < 0:
        number = ctypes.get_errno()
        if number == errno.EPERM:
            raise unittest.SkipTest("this root may not set the clock")
        raise OSError(number, os.strerror(number))


def rule_file(rule, seconds, name):
    """Returns a zone file that is a rule alone (RFC 9636), with one offset before it."""
    name = name.encode() + b"\0"
    first = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, 0, 1, 1) + bytes(7)
    second = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, 0, 1, len(name))
    record = struct.pack(">lBB", seconds, 0, 0)
    return first + second + record + name + b"\n" + rule.encode() + b"\n"


#: A tree in which Vancouver stays at -07:00, and one in which it stays at -08:00.
SUMMER = rule_file("MST7", -7 * 3600, "MST")
WINTER = rule_file("PST8", -8 * 3600, "PST")


#: Shifts the wall clock of one process by the seconds in a file: the machine's clock stays alone.
SHIFT = r"""
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static volatile int64_t *shift;

__attribute__((constructor)) static void begin(void) {
    int file = open(getenv("SHIFT_FILE"), O_RDONLY | O_CLOEXEC);
    shift = mmap(0, 8, PROT_READ, MAP_SHARED, file, 0);
    close(file);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int result = syscall(SYS_clock_gettime, clock, time);
    if (clock == CLOCK_REALTIME) time->tv_sec += *shift;
    return result;
}
"""
DAY = 86_400


def check(every, **policies):
    return {"every": every, "within": "1h", "run": ["/bin/true"], "name": "c", **policies}


class Clocks(SystemTest):
    def nominals(self, served):
        """The keys of all slots that were opened, in the order of the ledger."""
        duties = [d for d in served.duties() if d["schedule"] == "test/x/inspect.c"]
        return [d["id"].split("@", 1)[1] for d in sorted(duties, key=lambda d: d["number"])]

    def each_once(self, served, since, until):
        """Every second between two instants has its slot, and none has two."""
        found = self.nominals(served)
        self.assertEqual(len(found), len(set(found)), "a slot was opened twice")
        self.assertEqual(found, sorted(found), "slots were opened out of order")
        for second in range(since, until):
            moment = datetime.datetime.fromtimestamp(second, datetime.timezone.utc)
            self.assertIn(f"{moment:%Y-%m-%d %H:%M:%S}", found)
        self.assertEqual(served.verify()[1], [])

    def every_second(self):
        served = self.daemon().start()
        served.apply(
            str(PlanText().item("x", "u2", inspect=[
                check("*:*:*", catch_up="all", overlap="allow")
            ]))
        )
        since = int(time.time()) + 1
        eventually("slots are opened", lambda: len(self.nominals(served)) >= 2)
        return served, since

    @needs("root")
    def test_a_step_of_one_microsecond_is_seen_and_makes_nothing_twice(self):
        served, since = self.every_second()
        step_a_microsecond()
        eventually("the daemon says so", lambda: "the clock was set" in served.log(), within=5)
        until = int(time.time()) + 2
        eventually("slots go on", lambda: int(time.time()) > until + 1)
        self.each_once(served, since, until)

    def test_a_stopped_daemon_catches_up_each_slot_once(self):
        served, since = self.every_second()
        # A stop in the middle of a turn is a slow turn and no late wake: it is not told.
        for _ in range(4):
            served.process.send_signal(signal.SIGSTOP)
            time.sleep(5)
            served.process.send_signal(signal.SIGCONT)
            until = int(time.time())
            time.sleep(1.5)
            if "stood still" in served.log():
                break
        self.assertIn("stood still", served.log())
        eventually("slots go on", lambda: int(time.time()) > until + 1)
        self.each_once(served, since, until)


class Leaps(SystemTest):
    """A clock that leaps: a shim shifts what the daemon reads, nothing vouches for it."""

    def leaping(self, every="*-*-* 00:00:00"):
        """Starts a daemon whose clock the test sets, with a check that is due every midnight."""
        if Path("/run/systemd/timesync/synchronized").exists():
            self.skipTest("this machine's clock is synchronized: nothing is held")
        served = self.daemon()
        source, shim = served.folder / "shim.c", served.folder / "shim.so"
        source.write_text(SHIFT)
        # The Swift toolchain brings one; a user's search path may lack it.
        compiler = next((name for name in ("clang", "cc", "gcc") if shutil.which(name)), None)
        if compiler is None:
            self.skipTest("no C compiler for the shim: install clang or gcc")
        subprocess.run([compiler, "-shared", "-fPIC", "-o", shim, source], check=True)
        self.shift_file = served.folder / "shift"
        self.shift_file.write_bytes(bytes(8))
        served.env = {"LD_PRELOAD": str(shim), "SHIFT_FILE": str(self.shift_file)}
        served.start()
        served.apply(str(PlanText().item("x", "u2", inspect=[check(every)])))
        served.status()
        return served

    def shift(self, served, seconds):
        with open(self.shift_file, "r+b") as file:
            file.write(struct.pack("q", seconds))
        # A call is a turn, and at the head of a turn the clocks are read.
        served.status()
        return served.status()

    def release(self, served):
        return served.call("Control.ReleaseClock", requestId=request_id())["released"]

    def test_a_leap_holds_what_is_due_until_an_operator_releases_it(self):
        served = self.leaping()
        status = self.shift(served, 400 * DAY)
        self.assertIsNotNone(status["held"])
        self.assertIn("nothing vouches for it", status["trouble"])
        self.assertIn("nothing vouches for it", served.log())
        leapt = status["held"]["sinceMicros"] - status["held"]["expectedMicros"]
        self.assertAlmostEqual(leapt / 1e6, 400 * DAY, delta=10)
        self.assertEqual(served.duties(), [])
        self.assertTrue(self.release(served))
        eventually("what is due is worked off", lambda: len(served.duties()) == 1)
        self.assertFalse(self.release(served))
        status = served.status()
        self.assertIsNone(status.get("held"))
        self.assertIsNone(status.get("trouble"))
        # The newest midnight was opened; the others are recorded as missed.
        slots = [
            run["count"] for entry in served.records() if entry["action"] == "pass"
            for run in json.loads(
                served.call("Record.Get", seq=entry["seq"])["leaf"])["payload"]["slots"]
        ]
        self.assertEqual(sum(slots), 399)
        self.assertEqual(served.verify()[1], [])

    def test_a_leap_that_is_put_right_leaves_nothing_behind(self):
        served = self.leaping()
        size = served.status()["records"]
        self.assertIsNotNone(self.shift(served, 26_000 * DAY)["held"])
        status = self.shift(served, 0)
        self.assertIsNone(status.get("held"))
        self.assertIn("the clock is back", served.log())
        self.assertEqual(served.duties(), [])
        self.assertEqual(status["records"], size)

    def test_systemd16347_a_start_in_2098_is_held(self):
        served = self.leaping()
        served.stop()
        with open(self.shift_file, "r+b") as file:
            file.write(struct.pack("q", 26_000 * DAY))
        served.start()
        self.assertIsNotNone(served.status()["held"])
        self.assertEqual(served.duties(), [])

    def test_systemd6036_a_step_back_sticks_nothing(self):
        # Due every hour, half an hour from now.
        minute = (time.gmtime().tm_min + 30) % 60
        served = self.leaping(f"*:{minute:02d}:00")
        self.shift(served, 3_600)
        eventually("the next slot", lambda: len(served.duties()) == 1)
        self.shift(served, -300 * DAY)
        self.assertIn("the clock was set back", served.log())
        for back in (-300 * DAY + 7_200, -299 * DAY, -1, 0):
            self.shift(served, back)
            self.release(served)
        self.shift(served, 3_600)
        self.assertEqual(len(served.duties()), 1, "made again")
        self.assertEqual([e["action"] for e in served.records()].count("pass"), 0)
        # The slot after it finds the check before not performed.
        self.shift(served, 7_200)
        eventually("the slot after it", lambda: "pass" in [
            e["action"] for e in served.records()
        ])
        self.assertEqual(served.verify()[1], [])


class ZoneFiles(SystemTest):
    """Zone files that change while the daemon runs; its tree is a copy of a few files."""

    def served(self, winter=WINTER):
        served = self.daemon()
        self.tree = served.folder / "zoneinfo"
        (self.tree / "America").mkdir(parents=True)
        shutil.copy(ZONES / "UTC", self.tree / "UTC")
        self.release("2025b")
        self.replace(winter)
        served.arguments += ["--zone-directory", str(self.tree)]
        served.start()
        text = str(PlanText().item("x", "u2", inspect=[check("*-*-* 09:00:00")]))
        served.apply(text.replace("zone: UTC", f"zone: {VANCOUVER}"))
        return served

    def release(self, name):
        (self.tree / "tzdata.zi").write_text(f"# version {name}\n")

    def replace(self, data):
        """Puts a file in place as dpkg does: beside it, then by name."""
        new = self.tree / "America" / "Vancouver.dpkg-new"
        new.write_bytes(data)
        new.rename(self.tree / VANCOUVER)

    def next_hour(self, served):
        """The hour of UTC at which the check is due next, or None."""
        schedules = served.call("Schedule.List")["schedules"]
        found = [s.get("nextMicros") for s in schedules if s["schedule"] == "test/x/inspect.c"]
        self.assertEqual(len(found), 1, schedules)
        return None if found[0] is None else found[0] // 3_600_000_000 % 24

    def kinds(self, served):
        return sorted((a["kind"], a["subject"]) for a in served.status()["alarms"])

    def moves(self, served):
        leaves = [
            json.loads(served.call("Record.Get", seq=entry["seq"])["leaf"])
            for entry in served.records() if entry["action"] == "recalendar"
        ]
        return [leaf["payload"] for leaf in leaves]

    def test_a_new_release_moves_what_is_due_and_says_so(self):
        served = self.served()
        self.assertEqual(self.next_hour(served), 17)
        self.assertEqual(served.status()["timeData"], "2025b")
        # Readers keep the loop busy meanwhile.
        with served.control() as control:
            self.release("2026f")
            self.replace(SUMMER)
            start = time.monotonic()
            while self.next_hour(served) != 16:
                self.assertLess(time.monotonic() - start, RELOADED)
                for _ in range(20):
                    control.call("io.duban.Control.GetStatus")
        moves = self.moves(served)
        self.assertEqual(len(moves), 1, moves)
        self.assertRegex(moves[0]["before"], r"America/Vancouver@2025b-[0-9a-f]{16}")
        self.assertRegex(moves[0]["after"], r"America/Vancouver@2026f-[0-9a-f]{16}")
        (schedule,) = [s for s in moves[0]["schedules"] if s["schedule"] == "test/x/inspect.c"]
        self.assertEqual(schedule["before"] - schedule["nextAt"], 3_600_000_000)
        self.assertEqual(served.status()["timeData"], "2026f")
        self.assertEqual(served.status()["alarms"], [])
        self.assertEqual(served.verify()[1], [])

    def test_a_half_written_file_leaves_the_old_data_and_an_alarm(self):
        served = self.served()
        (self.tree / VANCOUVER).write_bytes(SUMMER[:70])
        wanted = [("zone_unreadable", VANCOUVER)]
        eventually("an alarm", lambda: self.kinds(served) == wanted, within=RELOADED)
        self.assertEqual(self.next_hour(served), 17)
        self.assertEqual(self.moves(served), [])
        self.assertIn("cannot be read, the old data stay", served.log())
        (self.tree / VANCOUVER).write_bytes(SUMMER)
        eventually("new data", lambda: self.next_hour(served) == 16, within=RELOADED)
        eventually("no alarm", lambda: self.kinds(served) == [], within=PATIENCE)

    def test_a_zone_that_is_gone_suspends_its_schedules(self):
        served = self.served()
        (self.tree / VANCOUVER).unlink()
        wanted = [("schedule_suspended", "test/x/inspect.c"), ("zone_missing", VANCOUVER)]
        eventually("alarms", lambda: self.kinds(served) == wanted, within=RELOADED)
        self.assertIsNone(self.next_hour(served))
        self.assertTrue(self.moves(served)[-1]["after"].startswith(f"{VANCOUVER}@missing "))
        self.replace(WINTER)
        eventually("the schedule is back", lambda: self.next_hour(served) == 17, within=RELOADED)
        eventually("no alarm", lambda: self.kinds(served) == [], within=PATIENCE)
        self.assertEqual(served.verify()[1], [])

    def test_data_that_changed_while_the_daemon_was_down_are_taken_at_the_start(self):
        served = self.served()
        served.stop()
        self.release("2026f")
        self.replace(SUMMER)
        served.start()
        self.assertEqual(self.next_hour(served), 16)
        (move,) = self.moves(served)
        self.assertIn("@2025b-", move["before"])
        self.assertIn("@2026f-", move["after"])


if __name__ == "__main__":
    unittest.main()
