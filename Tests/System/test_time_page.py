"""The examples of duban.time(7): what the page prints is what dubanctl answers.

An example is a line `$ dubanctl calendar …` in a literal block of the page. Below it stand its
elapses as local times, a line `= …` with the normal form, or a line `! …` that the refusal holds.
"""

import json
import re
import shlex
import subprocess
import unittest

import duban

PAGE = duban.ROOT / "docs" / "man" / "duban.time.7"
#: The least number of examples: fewer means that this test no longer finds them.
FEWEST = 25


class Example:
    """One command of the page and what the page says of it."""

    def __init__(self, command):
        self.command = command
        self.normal = None
        self.refusal = None
        self.elapses = []

    def take(self, line):
        if line.startswith("= "):
            self.normal = line[2:]
        elif line.startswith("! "):
            self.refusal = line[2:]
        else:
            self.elapses.append(line)


def examples(text):
    """Returns the examples of a page in mdoc."""
    found = []
    for block in re.findall(r"^\.Bd -literal.*?\n(.*?)^\.Ed$", text, re.M | re.S):
        example = None
        for line in block.splitlines():
            if line.startswith("$ "):
                example = Example(line[2:])
                found.append(example)
            elif example and line:
                example.take(line)
    return found


def answer(command):
    """Runs a command of the page for its JSON; returns the exit code and the one expression."""
    program, verb, *arguments = shlex.split(command)
    assert (program, verb) == ("dubanctl", "calendar"), command
    shipped = ["--calendars", str(duban.ROOT / "etc" / "calendars")]
    done = subprocess.run(
        [duban.BIN / "dubanctl", "--json=short", verb, *shipped, *arguments],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=duban.PATIENCE,
    )
    return done.returncode, json.loads(done.stdout)["expressions"][0]


class TimePage(unittest.TestCase):
    def test_the_examples_of_the_page_are_true(self):
        found = examples(PAGE.read_text())
        self.assertGreaterEqual(len(found), FEWEST)
        for example in found:
            with self.subTest(example.command):
                code, said = answer(example.command)
                if example.refusal:
                    self.assertEqual(code, 1)
                    self.assertIn(example.refusal, said["error"]["message"])
                    continue
                self.assertEqual(code, 0, said)
                self.assertEqual([one["local"] for one in said["elapses"]], example.elapses)
                if example.normal:
                    self.assertEqual(said["normal"], example.normal)

    def test_every_example_says_something(self):
        for example in examples(PAGE.read_text()):
            with self.subTest(example.command):
                self.assertTrue(example.elapses or example.refusal)

    def test_the_example_of_the_readme_is_printed_so(self):
        text = (duban.ROOT / "README.md").read_text()
        [(command, shown)] = re.findall(r"^\$ (dubanctl calendar .*)\n((?:.*\n)*?)```", text, re.M)
        done = subprocess.run(
            [duban.BIN / "dubanctl", "--lang", "en", *shlex.split(command)[1:]],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=duban.PATIENCE,
            cwd=duban.ROOT, check=True,
        )
        self.assertEqual(done.stdout, shown)

    def test_the_examples_of_help_are_read(self):
        helped = subprocess.run(
            [duban.BIN / "dubanctl", "calendar", "--help"],
            capture_output=True, text=True, timeout=duban.PATIENCE, check=True,
        )
        commands = re.findall(r"^  (dubanctl calendar .*)$", helped.stdout, re.M)
        self.assertGreaterEqual(len(commands), 3)
        for command in commands:
            with self.subTest(command):
                self.assertEqual(answer(command)[0], 0)


if __name__ == "__main__":
    unittest.main()
