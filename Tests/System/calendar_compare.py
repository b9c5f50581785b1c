"""Compares `dubanctl calendar` with systemd-analyze: refusal, normal form, and each next elapse.

A difference is in order only if it is one of DEVIATIONS and what duban does there is what
calendar_oracle computes.
"""

import datetime
import json
import re
import shlex
import subprocess
from bisect import bisect_left
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random

import calendar_oracle as oracle
from calendar_cases import DAY, HOUR, Generator, transitions

#: Each way in which duban may differ from systemd 252, with its place in time.md or its issue.
DEVIATIONS = {
    "never": "6.4: a rule without any date is refused; 252 accepts it and says never",
    "month end": "3, extensions: `~` before each day of a list, `~29` to `~31`, `~` with any list",
    "zone tree": "2.4: posix/, right/ and localtime are no zones",
    "fold, elapsed": "systemd/systemd#8647: an elapsed rule runs through both copies of a fold",
    "gap, elapsed": "5: 252 stops or skips before a gap, an elapsed rule runs through",
    "gap, fixed": "systemd/systemd#5595: a time inside a gap elapses at its end",
    "fold, fixed": "4: a fixed time elapses at its first copy; 252 mixes both copies of several times",
    "carry": "systemd/systemd#40260: a repetition that steps over its field's end loses the first elapse",
    "carry, no answer": "the same in the months: 252 finds no next elapse in a zone with summer time",
    "passes change": "11.2: a search of 252 that passes a clock change can miss elapses far behind it",
    "no answer": "systemd/systemd#13745: 252 finds no next elapse at all before some gaps",
}
SECOND = 1_000_000
REFUSED = re.compile(r"Failed to (parse calendar specification|determine next elapse for) '")


class Answer:
    """What one side says to one expression."""

    def __init__(self, normal=None, elapses=None, error=None):
        self.normal, self.elapses, self.error = normal, elapses, error


# -- Both sides ------------------------------------------------------------------------------


def systemd_command(base, count, texts):
    return ["systemd-analyze", "calendar", f"--iterations={count}", f"--base-time=@{base}", "--", *texts]


def ask_systemd(base, count, texts):
    """Returns an answer for each of different texts; `elapses` is None where a step failed."""
    done = subprocess.run(
        systemd_command(base, count, texts), stdin=subprocess.DEVNULL, capture_output=True, text=True,
        env={"TZ": "UTC", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )
    # It prints a block for each expression that it can compute, in order, and a line elsewhere for
    # each that it cannot.
    blocks = iter(re.findall(r"(?:^ *\S.*\n)+", done.stdout, re.MULTILINE))
    problems = iter([line for line in done.stderr.splitlines() if REFUSED.match(line)])
    problem = next(problems, None)
    answers = []
    for text in texts:
        for kind in ("parse calendar specification", "determine next elapse for"):
            if problem and problem.startswith(f"Failed to {kind} '{text}': "):
                break
        else:
            answers.append(read_block(next(blocks), text))
            continue
        if kind.startswith("parse"):
            answers.append(Answer(error=problem))
        else:
            answers.append(Answer(normal="", error=None))
        problem = next(problems, None)
    if problem or next(blocks, None):
        raise AssertionError(f"systemd-analyze: more said than asked: {problem}")
    return answers


def read_block(block, text):
    fields = [line.strip().split(": ", 1) for line in block.splitlines()]
    named = dict(field for field in fields if len(field) == 2)
    if named.get("Original form", named["Normalized form"]) != text:
        raise AssertionError(f"systemd-analyze: answer for {named} instead of {text!r}")
    elapses = [
        read_time(value) for name, value in fields
        if name == "Next elapse" and value != "never" or name.startswith("Iter. #")
    ]
    return Answer(normal=named["Normalized form"], elapses=elapses)


def read_time(value):
    moment = datetime.datetime.strptime(value[4:], "%Y-%m-%d %H:%M:%S %Z")
    return int(moment.replace(tzinfo=datetime.timezone.utc).timestamp())


def duban_command(program, base, count, texts):
    return [
        str(program), "--json", "calendar", "--zone", "UTC", "--base-time", f"@{base}",
        "--iterations", str(count), "--", *texts,
    ]


def ask_duban(program, base, count, texts):
    done = subprocess.run(
        duban_command(program, base, count, texts), stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if done.returncode not in (0, 1) or not done.stdout:
        raise AssertionError(
            f"dubanctl: status {done.returncode}: {done.stderr[-2000:]}\n"
            + shlex.join(duban_command(program, base, count, texts))
        )
    said = json.loads(done.stdout)["expressions"]
    if [one["expression"] for one in said] != texts:
        raise AssertionError("dubanctl: answers are not those to the questions")
    return [
        Answer(error=one["error"]) if one.get("error")
        else Answer(one["normal"], [elapse["micros"] for elapse in one["elapses"]])
        for one in said
    ]


# -- Comparison ------------------------------------------------------------------------------


class Difference(Exception):
    """A difference that no deviation explains."""


class Comparison:
    """Counts of a run, and the differences that nothing explains."""

    def __init__(self, program):
        self.program = program
        self.asked = self.refused = self.elapses = self.walked = 0
        self.deviations = Counter()
        self.failures = []
        self.zones = set()

    def run(self, seed, count, size=50, width=2):
        """Compares at least `count` generated expressions, in batches that share a base time."""
        generator = Generator(Random(seed))
        batches, left = [], count
        while left > 0:
            batches.append(generator.batch(size))
            left -= len(batches[-1][2])
        with ThreadPoolExecutor(width) as pool:
            for _ in pool.map(self.batch, batches):
                pass

    def batch(self, batch):
        base, count, texts = batch
        theirs = ask_systemd(base, count, texts)
        ours = ask_duban(self.program, base, count, texts)
        for text, their, our in zip(texts, theirs, ours):
            self.asked += 1
            try:
                found = self.expression(base, count, text, their, our)
            except Difference as difference:
                self.failures.append(self.report(base, count, text, difference))
            else:
                self.deviations.update(found)

    def report(self, base, count, text, difference):
        return "\n".join([
            f"{text!r}: {difference}",
            "    TZ=UTC " + shlex.join(systemd_command(base, count, [text])),
            "    " + shlex.join(duban_command(self.program, base, count, [text])),
        ])

    def expression(self, base, count, text, their, our):
        """Returns the names of the deviations; raises Difference."""
        if their.error or our.error:
            self.refused += 1
            found = refusal(text, their, our)
            if our.error:
                return found
            # Where the normal form is one that 252 takes, it must mean the same there.
            (their,) = ask_systemd(base, count, [our.normal])
            return found if their.error else found | self.expression(base, count, our.normal, their, our)
        if their.normal not in ("", our.normal):
            raise Difference(f"normal form {our.normal!r}, systemd {their.normal!r}")
        rule = oracle.Rule(our.normal)
        self.zones.add(rule.zone)
        self.elapses += len(our.elapses)
        if any(next <= last for last, next in zip([base * SECOND, *our.elapses], our.elapses)):
            raise Difference(f"elapses are not in order: {clock(our.elapses)}")
        return self.search(rule, base, count, text, their, our)

    def search(self, rule, base, count, text, their, our):
        changes = [] if rule.zone == "UTC" else transitions(rule.zone)
        # What both sides have searched: the last of a full list is as far as it goes.
        end = our.elapses[-1] if len(our.elapses) == count else 1 << 60
        for change in between(changes, base, end // SECOND):
            self.walked += 1
            want = oracle.expected(rule, change, base * SECOND, end)
            low, high = (change - oracle.WINDOW) * SECOND, (change + oracle.WINDOW) * SECOND
            have = [micros for micros in our.elapses if low <= micros <= high]
            if want != have:
                raise Difference(
                    f"near {clock([change * SECOND])} duban elapses at {clock(have)}, "
                    f"the walk finds {clock(want)}"
                )
        seconds = [micros // SECOND for micros in our.elapses]
        if their.elapses == seconds:
            return set()
        names, far = self.causes(rule, base, count, seconds, their.elapses, changes)
        if their.elapses is None or far:
            more = self.repeated(rule, base, count, seconds, their.elapses, changes)
            if more is None and their.elapses is None:
                more = self.no_answer(rule, base, text, seconds, changes)
            names |= more or {
                self.passes_change(text, second, start, changes) for second, start in far
            }
        return names

    def causes(self, rule, base, count, ours, theirs, changes):
        """Names the deviation of each elapse near a clock change that only one side has, and returns
        the others with the start of 252's search. What is right there was walked."""
        names, far = set(), []
        for second, start in missed(base, count, ours, theirs or []):
            near = between(changes, second, second)
            if near:
                names.add(kind(rule, oracle.walk(rule.zone, near[-1])))
            elif theirs and second in theirs:
                raise Difference(f"systemd alone has {clock([second * SECOND])}")
            else:
                far.append((second, start))
        return names if theirs is not None else set(), far

    def repeated(self, rule, base, count, ours, theirs, changes):
        """Where 252 steps over a field's end, it gives our answer to the same rule spelled as lists."""
        spelled = rule.spelled_out()
        if spelled == rule.text:
            return None
        (their,) = ask_systemd(base, count, [spelled])
        if their.elapses is None:
            return None
        names, far = self.causes(rule, base, count, ours, their.elapses, changes)
        if far:
            return None
        if theirs is not None:
            return names | {"carry"}
        in_gap = names & {"gap, elapsed", "gap, fixed"}
        return names | {"no answer" if in_gap else "carry, no answer"}

    def no_answer(self, rule, base, text, ours, changes):
        """252 says nothing at all: a gap must be near an elapse, and after it both must agree."""
        near = self.gaps(rule, [base, *ours], changes)
        if not near:
            raise Difference("systemd finds no next elapse, and no gap is near")
        later = near[-1] + oracle.WINDOW + HOUR
        (their,) = ask_systemd(later, 1, [text])
        (our,) = ask_duban(self.program, later, 1, [text])
        ours = [micros // SECOND for micros in our.elapses]
        if their.elapses is None and ours and self.gaps(rule, ours, changes):
            return {"no answer"}  # The rule elapses near gaps only.
        if their.elapses != ours:
            raise Difference(
                f"after {clock([later * SECOND])} duban elapses at {clock(our.elapses)}, "
                f"systemd at {clock(second * SECOND for second in their.elapses or [])}"
            )
        return {"no answer"}

    @staticmethod
    def gaps(rule, seconds, changes):
        """Returns the gaps within 48 h of some seconds."""
        return [
            change for second in seconds for change in between(changes, second, second)
            if oracle.walk(rule.zone, change).is_gap
        ]

    def passes_change(self, text, second, start, changes):
        """An elapse of ours far from any change: 252 must find it, too, when its search starts a day
        before, with no change on its way."""
        before = second - DAY
        if between(changes, start, second) and start < before:
            (their,) = ask_systemd(before, 1, [text])
            (our,) = ask_duban(self.program, before, 1, [text])
            if their.elapses == [micros // SECOND for micros in our.elapses]:
                return "passes change"
        raise Difference(f"duban alone has {clock([second * SECOND])}, far from any clock change")


def between(changes, first, last):
    """Returns the clock changes whose 48 hours touch a stretch of time."""
    low = bisect_left(changes, first - oracle.WINDOW)
    return changes[low:bisect_left(changes, last + oracle.WINDOW + 1)]


def refusal(text, their, our):
    if their.error and our.error:
        return set()
    if our.error:
        if re.search(r" (posix/|right/|localtime$|posixrules$)", text):
            return {"zone tree"}
        if their.normal and not oracle.Rule(their.normal).can_elapse():
            return {"never"}
        raise Difference(f"refused ({our.error['message']}), systemd takes it as {their.normal!r}")
    if re.search(r"~.*(,|29|30|31)|[-,]~", text):
        return {"month end"}
    raise Difference(f"taken as {our.normal!r}, systemd refuses it")


def missed(base, count, ours, theirs):
    """Returns each second that only one side has, with the start of 252's search there."""
    ends = [last[-1] for last in (ours, theirs) if len(last) == count]
    end = min(ends, default=1 << 60)

    def only(these, those, keep):
        return Counter(filter(keep, these)) - Counter(filter(keep, those))

    found = [*only(ours, theirs, lambda s: s < end), *only(theirs, ours, lambda s: s < end)]
    if not found:
        # Of the second that ends a list only some parts may be in it, so it counts last.
        found = [*only({*ours}, {*theirs}, lambda s: s <= end), *only({*theirs}, {*ours}, lambda s: s <= end)]
    return [(second, max((s for s in theirs if s < second), default=base)) for second in found]


def kind(rule, around):
    return f"{'gap' if around.is_gap else 'fold'}, {'elapsed' if rule.is_elapsed else 'fixed'}"


def clock(micros):
    return ", ".join(
        (datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=one)).isoformat() + "Z"
        for one in micros
    ) or "never"


def summary(comparison):
    lines = [
        f"{comparison.asked} expressions: {comparison.refused} refused by one side or both, "
        f"{comparison.elapses} elapses, {comparison.walked} clock changes walked"
    ]
    lines += [
        f"{comparison.deviations[name]:6} {name}: {text}" for name, text in DEVIATIONS.items()
    ]
    return "\n".join(lines)
