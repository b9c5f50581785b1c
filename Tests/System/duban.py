"""What the system tests share: the real programs, a Varlink client of their own, plans.

The client speaks JSON and NUL on a socket and knows nothing of the Swift code, so that both ends of
a conversation never share a mistake.
"""

import contextlib
import json
import os
import random
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("DUBAN_BIN", ROOT / ".build" / "debug")).resolve()
#: How long a test waits for something that must happen.
PATIENCE = float(os.environ.get("DUBAN_PATIENCE", "30"))
#: Uid of the first person of a plan; the others follow.
FIRST_UID = 61001
#: A uid that no plan names.
STRANGER = 61999

_capabilities = None


def capabilities():
    """Returns what scripts/capabilities says: name to (able, reason)."""
    global _capabilities
    if _capabilities is None:
        out = subprocess.run(
            [sys.executable, ROOT / "scripts" / "capabilities"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True,
        ).stdout
        words = [line.split(" ", 2) for line in out.splitlines()]
        _capabilities = {name: (able == "yes", reason) for name, able, reason in words}
    return _capabilities


def needs(*names):
    """Skips a test or a class on a machine that lacks one of the capabilities, and says why."""
    for name in names:
        able, reason = capabilities()[name]
        if not able:
            return unittest.skip(f"this machine cannot do {name}: {reason}")
    return lambda test: test


def seed(name):
    """Returns a random generator whose seed is printed; DUBAN_SEED replays one."""
    value = int(os.environ.get("DUBAN_SEED", random.SystemRandom().randrange(1 << 32)))
    print(f"{name}: DUBAN_SEED={value}", flush=True)
    return random.Random(value)


def eventually(what, condition, within=None, every=0.02):
    """Returns the first true answer of the condition; fails with `what` when there is none."""
    end = time.monotonic() + (within or PATIENCE)
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"waited {within or PATIENCE:.0f} s in vain: {what}")
        time.sleep(every)


def request_id():
    return uuid.uuid4().hex


# -- Varlink ---------------------------------------------------------------------------------


class VarlinkError(Exception):
    """An error reply: its name and parameters."""

    def __init__(self, name, parameters):
        super().__init__(f"{name} {json.dumps(parameters, ensure_ascii=False)}")
        self.name = name
        self.short = name.rsplit(".", 1)[-1]
        self.parameters = parameters or {}


class Disconnected(Exception):
    """The connection ended before the reply: the call may or may not have been done."""


def _connect(path):
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(str(path))
    except BaseException:
        connection.close()
        raise
    return connection


def connect(path, uid=None):
    """Returns a socket connected to a path, under another uid if one is given.

    The peer's credentials are those at connect: a child takes the uid, connects, and hands the
    connected socket back.
    """
    if uid is None or uid == os.geteuid():
        return _connect(path)
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
            connection = _connect(path)
            socket.send_fds(theirs, [b"c"], [connection.fileno()])
            status = 0
        except OSError as problem:
            theirs.sendall(b"e" + struct.pack("i", problem.errno or 0))
        finally:
            os._exit(status)
    theirs.close()
    with ours:
        message, handles, _, _ = socket.recv_fds(ours, 16, 1)
    os.waitpid(child, 0)
    if message[:1] != b"c":
        number = struct.unpack("i", message[1:5])[0] if len(message) >= 5 else 0
        raise OSError(number, f"uid {uid} cannot connect to {path}: {os.strerror(number)}")
    return socket.socket(fileno=handles[0])


class Connection:
    """One Varlink connection."""

    def __init__(self, path, uid=None, timeout=None):
        self.socket = connect(path, uid)
        self.socket.settimeout(timeout or PATIENCE)
        self.buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def write(self, data):
        try:
            self.socket.sendall(data)
        except (ConnectionError, BrokenPipeError) as problem:
            raise Disconnected(str(problem)) from None

    def send(self, method, parameters, **flags):
        call = {"method": method, "parameters": parameters, **flags}
        self.write(json.dumps(call, ensure_ascii=False).encode() + b"\0")

    def frame(self):
        """Returns the bytes of the next message."""
        while b"\0" not in self.buffer:
            try:
                data = self.socket.recv(65536)
            except ConnectionError as problem:
                raise Disconnected(str(problem)) from None
            if not data:
                raise Disconnected("end of file")
            self.buffer += data
        message, self.buffer = self.buffer.split(b"\0", 1)
        return message

    def reply(self):
        """Returns the parameters of the next reply, and whether more follow."""
        message = json.loads(self.frame())
        if "error" in message:
            raise VarlinkError(message["error"], message.get("parameters"))
        return message.get("parameters", {}), message.get("continues", False)

    def call(self, method, **parameters):
        """Calls a method; parameters that are None are left out."""
        self.send(method, {k: v for k, v in parameters.items() if v is not None})
        return self.reply()[0]

    def ready(self, timeout):
        """Says whether a whole message or the end of file waits."""
        if b"\0" in self.buffer:
            return True
        readable, _, _ = select.select([self.socket], [], [], max(0, timeout))
        return bool(readable)


# -- Programs --------------------------------------------------------------------------------


def environment(**more):
    """Returns the environment of a program under test: nothing of ours that could steer it."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith(("DUBAN_", "LISTEN_"))}
    for name in ("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "JOURNAL_STREAM",
                 "STATE_DIRECTORY", "RUNTIME_DIRECTORY", "TZ"):
        ours.pop(name, None)
    return {**ours, "SWIFT_BACKTRACE": "enable=no", "LC_ALL": "C.UTF-8", **more}


def program(name):
    path = BIN / name
    if not path.exists():
        raise AssertionError(f"{path} is missing: run swift build first, or set DUBAN_BIN")
    return str(path)


_shared_bin = None


def shared(name):
    """Returns a program that other uids may run too, copied if the tree is closed to them."""
    global _shared_bin
    path = Path(program(name)).resolve()
    if all(p.stat().st_mode & 0o001 for p in path.parents):
        return str(path)
    if _shared_bin is None:
        _shared_bin = tempfile.mkdtemp(prefix="duban-bin-")
        os.chmod(_shared_bin, 0o755)
        import atexit

        atexit.register(shutil.rmtree, _shared_bin, True)
    copy = Path(_shared_bin) / name
    if not copy.exists():
        shutil.copy(path, copy)
        copy.chmod(0o755)
    return str(copy)


def run(argv, uid=None, within=None, **options):
    """Runs a program to its end, under another uid if one is given."""
    if uid is not None and uid != os.geteuid():
        options.update(user=uid, group=uid, extra_groups=[], cwd="/")
    options.setdefault("env", environment())
    return subprocess.run(
        [str(a) for a in argv], stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=within or PATIENCE, **options,
    )


def dubanctl(*arguments, address=None, uid=None, **options):
    """Runs dubanctl to its end."""
    argv = [shared("dubanctl")]
    if address is not None:
        argv.append(f"--address=unix:{address}")
    return run([*argv, *arguments], uid=uid, **options)


class Daemon:
    """The real duband on folders of its own."""

    def __init__(self, state=None, uid=None, arguments=(), env=None):
        self.folder = Path(tempfile.mkdtemp(prefix="duban-"))
        self.folder.chmod(0o755)
        self.state = Path(state) if state else self.folder / "state"
        self.runtime = self.folder / "run"
        self.log_path = self.folder / "log"
        self.uid = uid
        self.arguments = [str(a) for a in arguments]
        self.env = env or {}
        self.process = None
        self.workers = []
        self.connections = []
        self.runtime.mkdir()
        if uid is not None:
            os.chown(self.folder, uid, uid)
            os.chown(self.runtime, uid, uid)
        self.control_path = self.runtime / "io.duban.Control"
        self.worker_path = self.runtime / "io.duban.Worker"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def make_state(self):
        if not self.state.exists():
            self.state.mkdir(mode=0o700)
            if self.uid is not None:
                os.chown(self.state, self.uid, self.uid)

    def argv(self, state=None, runtime=None):
        name = shared("duband") if self.uid else program("duband")
        return [
            name, "--state-directory", str(state or self.state),
            "--runtime-directory", str(runtime or self.runtime),
            "--calendars", str(ROOT / "etc" / "calendars"), *self.arguments,
        ]

    def spawn(self):
        """Starts the program and returns at once; its state folder is made if it is missing."""
        self.make_state()
        options = {"env": environment(**self.env), "stdin": subprocess.DEVNULL}
        if self.uid is not None and self.uid != os.geteuid():
            options.update(user=self.uid, group=self.uid, extra_groups=[], cwd="/")
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(self.argv(), stdout=log, stderr=log, **options)
        return self

    def start(self):
        """Starts the program and waits until its control socket answers."""
        self.spawn()
        self.wait_ready()
        return self

    def wait_ready(self):
        def answers():
            if self.process.poll() is not None:
                raise AssertionError(f"duband ended with {self.process.returncode}:\n{self.log()}")
            try:
                with Connection(self.control_path, timeout=5) as connection:
                    return connection.call("io.duban.Control.GetStatus")
            except (OSError, Disconnected):
                return None

        return eventually("duband answers on its control socket", answers, every=0.01)

    def log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def kill(self):
        """Kills the program as a power cut would: no handler runs."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Asks the program to end, and returns its exit status."""
        if self.process is None or self.process.poll() is not None:
            return None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def restart(self):
        self.kill()
        return self.start()

    def close(self):
        for connection in self.connections:
            connection.close()
        for worker in self.workers:
            if worker.poll() is None:
                worker.kill()
            worker.wait()
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    # Calls

    def control(self, uid=None, timeout=None):
        connection = Connection(self.control_path, uid, timeout)
        self.connections.append(connection)
        return connection

    def worker_socket(self, uid=None, timeout=None):
        connection = Connection(self.worker_path, uid, timeout)
        self.connections.append(connection)
        return connection

    def call(self, method, uid=None, **parameters):
        """Calls io.duban.<method> on a connection of its own."""
        with Connection(self.control_path, uid) as connection:
            return connection.call("io.duban." + method, **parameters)

    def status(self):
        return self.call("Control.GetStatus")

    def duty(self, number):
        return self.call("Duty.Get", number=number)["duty"]

    def duties(self, all=True, **filters):
        """Returns the duties of every page."""
        found, after = [], None
        while True:
            page = self.call("Duty.List", all=all, after=after, **filters)
            found += page["duties"]
            after = page.get("next")
            if after is None:
                return found

    def jobs(self, all=True, **filters):
        """Returns the jobs of every page."""
        found, after = [], None
        while True:
            page = self.call("Job.List", all=all, after=after, **filters)
            found += page["jobs"]
            after = page.get("next")
            if after is None:
                return found

    def records(self):
        """Returns every ledger entry in the form that people read."""
        found, after = [], None
        while True:
            page = self.call("Record.List", after=after)
            found += page["entries"]
            after = page.get("next")
            if after is None:
                return found

    def act(self, verb, uid, number, **parameters):
        """Submits, accepts, returns or urges as a person."""
        parameters.setdefault("requestId", request_id())
        return self.call("Duty." + verb.capitalize(), uid=uid, number=number, **parameters)

    def apply(self, text, name="test.yaml", uid=None):
        """Uploads a plan in pieces and adopts it."""
        import hashlib

        data = text.encode()
        digest = hashlib.sha256(data).hexdigest()
        with Connection(self.control_path, uid) as connection:
            start = 0
            while start < len(data):
                end = min(len(data), start + 40_000)
                while end < len(data) and data[end] & 0xC0 == 0x80:
                    end -= 1
                piece = data[start:end].decode()
                connection.call("io.duban.Plan.Upload", digest=digest, offset=start, data=piece)
                start = end
            return connection.call(
                "io.duban.Plan.Apply", requestId=request_id(), digest=digest, name=name
            )["programme"]

    def verify(self):
        """Lets the daemon verify its ledger; returns (size, problems)."""
        with Connection(self.control_path) as connection:
            problems, cursor = [], None
            while True:
                step = connection.call("io.duban.Record.Verify", cursor=cursor)
                problems += step["problems"]
                cursor = step["cursor"]
                if step["done"]:
                    return step["size"], problems

    def ctl(self, *arguments, uid=None, **options):
        return dubanctl(*arguments, address=self.control_path, uid=uid, **options)

    # Workers

    def start_worker(self, *arguments):
        """Starts the real duban-worker and waits until it is attached."""
        before = len(self.call("Control.ListWorkers")["workers"])
        argv = [program("duban-worker"), f"--address=unix:{self.worker_path}", *arguments]
        with open(self.folder / "worker.log", "ab") as log:
            worker = subprocess.Popen(
                [str(a) for a in argv], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env=environment(),
            )
        self.workers.append(worker)

        def attached():
            if worker.poll() is not None:
                raise AssertionError(
                    f"duban-worker ended with {worker.returncode}:\n{self.worker_log()}"
                )
            return len(self.call("Control.ListWorkers")["workers"]) > before

        eventually("duban-worker is attached", attached)
        return worker

    def worker_log(self):
        return (self.folder / "worker.log").read_text(errors="replace")

    def attach(self, name="python", queues=("inspect",), labels=(), capacity=1, session=None):
        return Worker(self.worker_path, name, queues, labels, capacity, session)


class Worker:
    """A worker in Python: one connection stays busy with Attach, the other reports."""

    def __init__(self, path, name, queues, labels, capacity, session=None, timeout=None):
        self.path = path
        self.jobs_connection = Connection(path, timeout=timeout)
        self.calls = None
        parameters = {
            "name": name, "queues": list(queues), "labels": list(labels), "capacity": capacity
        }
        if session:
            parameters["session"] = session
        try:
            self.jobs_connection.send("io.duban.Worker.Attach", parameters, more=True)
            hello, _ = self.jobs_connection.reply()
            self.calls = Connection(path, timeout=timeout)
        except BaseException:
            self.close()
            raise
        self.session = hello["session"]
        self.lease_seconds = hello["leaseSeconds"]
        self.waiting = list(hello.get("jobs") or [])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.jobs_connection.close()
        if self.calls is not None:
            self.calls.close()

    def next_job(self, timeout=None):
        """Returns the next job, or None when the time is over."""
        end = time.monotonic() + (PATIENCE if timeout is None else timeout)
        while not self.waiting:
            if not self.jobs_connection.ready(end - time.monotonic()):
                return None
            reply, _ = self.jobs_connection.reply()
            self.waiting += reply.get("jobs") or []
        return self.waiting.pop(0)

    def report(self, job, outcome="ok", summary="done", output=None, connection=None, **more):
        """Reports one job; returns the reply."""
        result = {
            "jobId": job["jobId"], "leaseId": job["leaseId"], "outcome": outcome,
            "summary": summary,
        }
        if output is not None:
            result["output"] = output
        return (connection or self.calls).call(
            "io.duban.Worker.Report", requestId=more.pop("requestId", request_id()),
            session=self.session, results=[result],
        )

    def extend(self, *jobs):
        leases = [{"jobId": j["jobId"], "leaseId": j["leaseId"]} for j in jobs]
        return self.calls.call(
            "io.duban.Worker.Extend", requestId=request_id(), session=self.session, leases=leases
        )


# -- Plans -----------------------------------------------------------------------------------


def at(seconds):
    """Returns a calendar expression that elapses once an hour, next in about so many seconds."""
    moment = time.gmtime(time.time() + seconds + 1)
    return f"*:{moment.tm_min:02d}:{moment.tm_sec:02d}"


def person_uid(index):
    """Returns the uid of the person with an index: theirs, or everybody ours without root."""
    return FIRST_UID + index


def quoted(text):
    return json.dumps(str(text), ensure_ascii=False)


class PlanText:
    """Writes a plan: a line of units, the first at the top, each with one head.

    The head of unit `u0` is `p0` with uid 61001, that of `u1` is `p1` with 61002, and so on. A second
    plan beside it wants another `first` and another `prefix`: one id is one person in all plans.
    """

    def __init__(self, units=3, programme="test", first=0, ladder=None, prefix="p"):
        self.programme = programme
        self.units = [(f"u{i}", f"u{i - 1}" if i else None) for i in range(units)]
        self.persons = [(f"{prefix}{i}", person_uid(first + i)) for i in range(units)]
        self.items = []
        self.ladder = {
            "review": "1h", "supervise": "1h", "returned": "1h", "before": [], "after": [],
            **(ladder or {}),
        }

    def unit(self, name, superior, uid):
        """Adds a unit with a head of its own."""
        self.units.append((name, superior))
        self.persons.append((f"p-{name}", uid))
        return self

    def item(self, name, lead, account=None, inspect=(), criteria=None):
        """Adds an item; account and inspections are (expression, term, ...) as plans write them."""
        lines = [
            f"  - id: {name}", f"    name: {quoted('Item ' + name)}", "    class: routine",
            f"    lead: {lead}", "    requirements: kept up",
            f"    criteria: [ {quoted(criteria or 'done, with a note')} ]",
        ]
        if account:
            every, within = account
            lines.append(f"    account: {{ every: {quoted(every)}, within: {within} }}")
        if inspect:
            lines.append("    inspect:")
            lines += ["      - " + self._inspection(**check) for check in inspect]
        self.items.append("\n".join(lines))
        return self

    @staticmethod
    def _inspection(every, within, run, **more):
        argv = ", ".join(quoted(a) for a in run)
        fields = [f"every: {quoted(every)}", f"within: {within}", f"run: [ {argv} ]"]
        fields += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
        return "{ " + ", ".join(fields) + " }"

    def __str__(self):
        ladder = ", ".join(
            f"{name}: " + (f"[ {', '.join(value)} ]" if isinstance(value, list) else value)
            for name, value in self.ladder.items()
        )
        head = {unit: person for (unit, _), (person, _) in zip(self.units, self.persons)}
        lines = [
            f"programme: {{ id: {self.programme}, name: {{ en: Test }} }}",
            "zone: UTC", f"ladder: {{ {ladder} }}",
            "fallback: { name: Auditor, mail: auditor@example.org }",
            "persons:",
        ]
        lines += [
            f"  - {{ id: {person}, name: Person {person}, uids: [ {uid} ], "
            f"mail: {person}@example.org }}"
            for person, uid in self.persons
        ]
        lines.append("units:")
        for unit, superior in self.units:
            above = f"superior: {superior}, " if superior else ""
            lines.append(f"  - {{ id: {unit}, {above}head: {head[unit]} }}")
        lines += ["items:", *self.items]
        return "\n".join(lines) + "\n"


class SystemTest(unittest.TestCase):
    """A test with the real programs; a failing one shows what the daemon said."""

    def daemon(self, *args, **kwargs):
        """Makes a daemon that ends with the test."""
        daemon = Daemon(*args, **kwargs)
        self.addCleanup(self._end, daemon)
        return daemon

    def _end(self, daemon):
        outcome = getattr(self, "_outcome", None)
        if outcome is not None and not outcome.success:
            lines = daemon.log().splitlines()[-40:]
            print(f"--- last lines of duband in {self.id()}:", *lines, sep="\n", flush=True)
        daemon.close()

    @contextlib.contextmanager
    def refused(self, name):
        """Expects an error reply of this short name; gives the error."""
        seen = []
        try:
            yield seen
        except VarlinkError as error:
            self.assertEqual(error.short, name, str(error))
            seen.append(error)
        else:
            self.fail(f"expected the error {name}, and it was done")

    def one_line(self, text, *words):
        """Expects one clear line that holds each of the words; notices do not count."""
        lines = [line for line in text.splitlines() if line.strip()]
        lines = [line for line in lines if not line.startswith(("<5>", "<6>", "<7>"))]
        self.assertEqual(len(lines), 1, f"expected one clear line: {text!r}")
        for word in words:
            self.assertRegex(lines[0], re.compile(word, re.IGNORECASE))
        return lines[0]
