"""The ledger: whatever is changed in an export or in a stopped store is found and named."""

import json
import os
import shutil
import sqlite3
import sys
import unittest

from duban import (
    FIRST_UID, ROOT, PlanText, SystemTest, VarlinkError, at, dubanctl, eventually, needs, run, seed,
)

FLIPS = int(os.environ.get("DUBAN_FLIPS", "200"))
#: Tables that are neither the ledger nor its fold: jobs, answers by request, the store's own.
UNLEDGERED = ("job", "answer", "setting", "grdb_migrations")
#: Tables that a reader expects among the others.
EXPECTED = (
    "leaf", "checkpoint", "tree_head", "duty", "schedule", "programme", "revision", "passed", "finding",
    "note",
)


def twice(seconds):
    """Returns an expression that elapses in about so many seconds, and again a second later."""
    first = at(seconds)
    if first.endswith(":59"):
        first = at(seconds + 1)
    return f"{first},{int(first[-2:]) + 1:02d}"


def lively(test, acts=True):
    """Returns a daemon with records of every kind: acts, a finding, a chain that climbed, and a
    slot that was skipped because nobody had taken the job of the one before.

    Nothing falls due in it for an hour, so that nothing mends what a test has changed.
    """
    served = test.daemon().start()
    plan = PlanText(units=3)
    critical = {"every": at(1), "within": "1h", "run": ["/bin/sh"], "rectify": "1h"}
    plan.item("roads", "u2", account=(at(1), "1s"), inspect=[critical])
    for number in range(3):
        plan.item(f"lamps{number}", "u2", account=(at(1), "1h"))
    untaken = {"every": twice(1), "within": "1h", "run": ["/bin/sh"], "on": "nobody"}
    plan.item("wells", "u2", inspect=[untaken])
    served.apply(str(plan))
    with served.attach() as worker:
        worker.report(worker.next_job(), "critical", "2 of 100 lit")
    eventually("the top is unattended", lambda: served.status()["unattended"])
    eventually("a slot was skipped", lambda: [r for r in served.records() if r["action"] == "pass"])
    numbers = [
        d["number"] for d in served.duties(kind="account")
        if d["state"] == "open" and d["item"] != "roads"
    ]
    test.assertEqual(len(numbers), 3)
    if acts and os.geteuid() == 0:
        for number in numbers:
            served.act("submit", FIRST_UID + 2, number, note=f"lit 灯 {number}")
        served.act("accept", FIRST_UID + 1, numbers[0], note="seen")
        served.act("return", FIRST_UID + 1, numbers[1], reason="count again")
    return served


class Export(SystemTest):
    """An export is verified by a third party, with nothing else at hand."""

    @classmethod
    def setUpClass(cls):
        cls.random = seed("test_ledger.Export")

    def setUp(self):
        served = lively(self)
        self.file = served.folder / "export"
        done = served.ctl("ledger", "export")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.data = done.stdout.encode()
        self.file.write_bytes(self.data)
        served.stop()

    def verify(self):
        return dubanctl("ledger", "verify", self.file)

    def independent(self):
        return run([sys.executable, ROOT / "scripts" / "verify-export.py", self.file])

    def test_it_verifies_offline_twice(self):
        for done in (self.verify(), self.independent()):
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn("SIMULATION", self.verify().stdout)

    def test_every_flipped_bit_is_found(self):
        missed = []
        for number in range(FLIPS):
            place = self.random.randrange(len(self.data))
            bit = 1 << self.random.randrange(8)
            torn = bytearray(self.data)
            torn[place] ^= bit
            self.file.write_bytes(torn)
            verdicts = [self.verify()] + ([self.independent()] if number % 4 == 0 else [])
            for done in verdicts:
                if done.returncode == 0:
                    line = self.data[:place].count(b"\n") + 1
                    missed.append((place, bit, f"line {line}", done.args[0]))
                else:
                    self.assertTrue((done.stderr + done.stdout).strip(), "it must say what is wrong")
                    self.assertNotIn("Traceback", done.stderr)
                    self.assertGreaterEqual(done.returncode, 0, "ended by a signal")
        self.assertEqual(missed, [])

    def test_cut_swapped_and_doubled_lines_are_found(self):
        lines = self.data.splitlines(keepends=True)
        middle = len(lines) // 2
        cases = {
            "cut in the middle": lines[:middle],
            "without its last byte": [self.data[:-1]],
            "without one line": lines[:middle] + lines[middle + 1:],
            "two lines swapped": lines[:middle - 1] + [lines[middle], lines[middle - 1]]
            + lines[middle + 1:],
            "one line twice": lines[:middle] + [lines[middle]] + lines[middle:],
            "a line more": lines + [b"\n"],
            "empty": [],
        }
        for name, changed in cases.items():
            with self.subTest(name):
                self.file.write_bytes(b"".join(changed))
                for done in (self.verify(), self.independent()):
                    self.assertNotEqual(done.returncode, 0, done.args[0])
                    self.assertNotIn("Traceback", done.stderr)


@needs("python-sqlite3", "uids")
class Store(SystemTest):
    """An attacker with the file of a stopped daemon."""

    @classmethod
    def setUpClass(cls):
        cls.random = seed("test_ledger.Store")

    def setUp(self):
        self.served = lively(self)
        self.assertEqual(self.served.verify()[1], [])
        self.assertEqual(self.served.stop(), 0)
        self.file = self.served.state / "duban.db"
        database = sqlite3.connect(self.file)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        self.sound = self.served.folder / "sound.db"
        shutil.copy(self.file, self.sound)

    def restore(self):
        for extra in self.served.state.glob("duban.db-*"):
            extra.unlink()
        shutil.copy(self.sound, self.file)

    def open(self):
        """Opens the store as an attacker would: without triggers, checks and foreign keys."""
        database = sqlite3.connect(self.file, isolation_level=None)
        database.execute("PRAGMA foreign_keys=OFF")
        database.execute("PRAGMA ignore_check_constraints=ON")
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        return database

    def verdict(self):
        """Starts the daemon and lets it verify; returns what was found, or "" if nothing."""
        before = len(self.served.log())
        self.served.spawn()
        try:
            self.served.wait_ready()
        except AssertionError:
            code = self.served.process.poll()
            self.assertIsNotNone(code, "duband neither answers nor ends")
            said = self.served.log()[before:].strip()
            self.assertGreater(code, 0, f"ended by a signal: {said}")
            self.assertTrue(said, "it must say why it does not start")
            return said
        except VarlinkError:
            pass  # It runs and refuses to say how things stand: what does it verify?
        done = self.served.ctl("ledger", "verify")
        self.served.kill()
        if done.returncode == 0:
            return ""
        self.assertTrue((done.stdout + done.stderr).strip())
        return done.stdout + done.stderr

    def changed(self, value):
        """Returns another value of the same kind."""
        if value is None:
            return self.random.choice([1, "x"])
        if isinstance(value, int):
            return value + self.random.choice([-1, 1, 1000])
        if isinstance(value, bytes):
            torn = bytearray(value or b"\0")
            torn[self.random.randrange(len(torn))] ^= 1 << self.random.randrange(8)
            return bytes(torn) if value else b"x"
        place = self.random.randrange(len(value) + 1)
        return value[:place] + "x" + value[place + 1:] if value[place:place + 1] != "x" \
            else value[:place] + "y" + value[place + 1:]

    @staticmethod
    def key(database, table):
        """Returns the columns of a table's primary key."""
        found = database.execute(f"PRAGMA table_info('{table}')").fetchall()
        return [row[1] for row in sorted(found, key=lambda row: row[5]) if row[5] > 0]

    def change(self, table, column):
        """Changes one random cell of a column; returns (row, old, new), or None if none can be."""
        database = self.open()
        try:
            key = self.key(database, table)
            names = ", ".join(f'"{name}"' for name in key)
            rows = database.execute(
                f'SELECT "{column}", {names} FROM "{table}" ORDER BY random() LIMIT 20'
            ).fetchall()
            rows.sort(key=lambda row: row[0] is None)
            where = " AND ".join(f'"{name}" = ?' for name in key)
            for old, *place in rows:
                for _ in range(5):
                    new = self.changed(old)
                    try:
                        done = database.execute(
                            f'UPDATE "{table}" SET "{column}" = ? WHERE {where}', (new, *place)
                        )
                    except sqlite3.Error:
                        continue  # The type of the column or a unique index forbids this value.
                    if done.rowcount == 1:
                        return place, old, new
            return None
        finally:
            database.close()

    def columns(self):
        """Returns (table, column) of everything that is the ledger or its fold."""
        database = sqlite3.connect(self.file)
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        tables = [n for n in names if n not in UNLEDGERED and not n.startswith("sqlite_")]
        self.assertEqual(set(EXPECTED) - set(tables), set(), f"the schema has {sorted(tables)}")
        found = []
        for table in tables:
            rows = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            self.assertGreater(rows, 0, f"nothing in {table}: the scenario does not reach it")
            for row in database.execute(f"PRAGMA table_xinfo('{table}')"):
                if row[6] == 0:  # not a generated column
                    found.append((table, row[1]))
        database.close()
        return found

    def test_a_changed_cell_of_every_column_is_found_and_named(self):
        columns = self.columns()
        missed, unnamed, untouched = [], [], []
        for table, column in columns:
            self.restore()
            change = self.change(table, column)
            if change is None:
                untouched.append(f"{table}.{column}")
                continue
            said = self.verdict()
            if not said:
                missed.append(f"{table}.{column}: {change[1]!r} -> {change[2]!r} in row {change[0]}")
            elif not any(name in said for name in {name for name, _ in columns}):
                unnamed.append(f"{table}.{column}: {said.strip()[:200]}")
        print(f"changed one cell in each of {len(columns)} columns, {len(untouched)} without a value "
              f"to change: {', '.join(untouched) or '-'}", flush=True)
        self.assertEqual(missed, [], "changed and not found")
        self.assertEqual(unnamed, [], "found, but the table is not named")
        self.assertEqual(untouched, [])

    def test_removed_added_and_swapped_rows_are_found(self):
        cases = {
            "the newest leaf removed": "DELETE FROM leaf WHERE seq = (SELECT max(seq) FROM leaf)",
            "a leaf in the middle removed":
                "DELETE FROM leaf WHERE seq = (SELECT max(seq) / 2 FROM leaf)",
            "a leaf added": "INSERT INTO leaf SELECT max(seq) + 1, bytes, root FROM leaf",
            "a duty removed": "DELETE FROM duty WHERE number = (SELECT max(number) FROM duty)",
            "a note removed": "DELETE FROM note WHERE digest = (SELECT min(digest) FROM note)",
            "a finding removed": "DELETE FROM finding",
            "a schedule removed": "DELETE FROM schedule WHERE id = (SELECT min(id) FROM schedule)",
            "the plan removed": "DELETE FROM programme",
            "a revision removed": "DELETE FROM revision",
            "a revision added":
                "INSERT INTO revision SELECT programme, revision + 1, digest, name, adopted_micros "
                "FROM revision",
            "passed slots removed": "DELETE FROM passed",
            "passed slots added":
                "INSERT INTO passed SELECT seq, part + 1, schedule, from_micros, through_micros, "
                "first_slot, last_slot, count, cause FROM passed WHERE (seq, part) = "
                "(SELECT max(seq), max(part) FROM passed)",
            "the newest checkpoint removed":
                "DELETE FROM checkpoint WHERE size = (SELECT max(size) FROM checkpoint)",
            "the tree head removed": "DELETE FROM tree_head",
        }
        for name, statement in cases.items():
            with self.subTest(name):
                self.restore()
                database = self.open()
                database.execute(statement)
                database.close()
                self.assertTrue(self.verdict(), "not found")

    def test_the_store_as_it_was_still_verifies(self):
        self.restore()
        self.assertEqual(self.verdict(), "")


class Checkpoint(SystemTest):
    """The signed head of the ledger."""

    def test_it_is_a_note_of_the_present_root(self):
        served = lively(self, acts=False)
        reply = served.call("Record.Checkpoint")
        origin, size, _ = reply["note"].split("\n")[:3]
        self.assertEqual((origin, int(size)), (reply["origin"], reply["size"]))
        self.assertIn("\n\n— " + origin, reply["note"])
        key = reply["key"].split("+")
        self.assertEqual(key[0], origin)
        before = reply["size"]
        served.restart()
        after = served.call("Record.Checkpoint")
        self.assertEqual(after["key"], reply["key"], "the key stays over a restart")
        self.assertGreaterEqual(after["size"], before)

    def test_a_record_is_the_canonical_leaf_itself(self):
        served = self.daemon().start()
        record = served.call("Record.Get", seq=0)
        leaf = json.loads(record["leaf"]) if record["leaf"].startswith("{") else record["leaf"]
        self.assertTrue(leaf)
        with self.refused("NoSuchRecord"):
            served.call("Record.Get", seq=1_000_000)


if __name__ == "__main__":
    unittest.main()
