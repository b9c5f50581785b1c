"""Judges a history of calls against what the daemon shows at the end.

The rules are written down here once more, without any of our Swift code: what was acknowledged is
there, nothing ran under two live leases, no slot is missing or doubled, and the duties are what a
fold over the records makes of them.
"""

from collections import defaultdict

PERFORMED = ("ok", "warning", "critical")
#: Clocks of two processes are read one after the other: a lease may seem to end this much late.
SLACK = 0.05


def acknowledged_acts(history, records):
    """Every acknowledged act is a record with its number, person and place in the ledger."""
    by_seq = {entry["seq"]: entry for entry in records}
    problems = []
    for op in history:
        if op["op"] not in ("submit", "accept", "return", "urge") or op["outcome"] != "ok":
            continue
        entry = by_seq.get(op["seq"])
        if entry is None:
            problems.append(f"{op['op']} of D-{op['number']:04d} was acknowledged as record "
                            f"{op['seq']}, which is not there")
            continue
        said = (entry["action"], entry.get("number"), entry.get("person"))
        meant = (op["op"], op["number"], op["person"])
        if said != meant:
            problems.append(f"record {op['seq']} is {said}, acknowledged was {meant}")
    return problems


def no_act_twice(history, records):
    """There are no more records of an act than calls that were or may have been done."""
    possible, actual = defaultdict(set), defaultdict(int)
    for op in history:
        if op["op"] in ("submit", "accept", "return") and op["outcome"] in ("ok", "info"):
            possible[op["op"], op["number"]].add(op["request"])
    for entry in records:
        if entry["action"] in ("submit", "accept", "return") and entry.get("uid") is not None:
            actual[entry["action"], entry["number"]] += 1
    return [
        f"{verb} of D-{number:04d} is recorded {count} times, but called {len(possible[verb, number])}"
        for (verb, number), count in actual.items() if count > len(possible[verb, number])
    ]


def acknowledged_results(history, jobs):
    """Every acknowledged result is the job's outcome, unless a later lease tried it again."""
    by_id = {job["jobId"]: job for job in jobs}
    problems = []
    for op in history:
        if op["op"] != "report" or op["outcome"] != "ok":
            continue
        job = by_id.get(op["job"])
        if job is None:
            problems.append(f"job {op['job']} was reported and is not there")
        elif op["result"] in PERFORMED:
            if (job["state"], job.get("outcome"), job["leaseId"]) != ("finished", op["result"], op["lease"]):
                problems.append(f"job {op['job']}: lease {op['lease']} was acknowledged as "
                                f"{op['result']}, it stands as {job['state']} "
                                f"{job.get('outcome')} of lease {job['leaseId']}")
        elif job["leaseId"] < op["lease"]:
            problems.append(f"job {op['job']}: lease {op['lease']} is forgotten")
    return problems


def one_live_lease(history):
    """Leases of a job rise strictly, and each begins only after the one before has ended.

    A lease ends with an acknowledged report, with its session, or when its time is over.
    """
    leases = defaultdict(list)
    for op in history:
        if op["op"] == "lease":
            leases[op["job"]].append(op)
    ends = {}
    for op in history:
        if op["op"] == "report" and op["outcome"] in ("ok", "info"):
            # A report that was cut may have been done as soon as it was sent.
            key = op["job"], op["lease"]
            ends[key] = min(ends.get(key, float("inf")), op["sent"])
        elif op["op"] == "end-of-session":
            ends.setdefault(op["session"], op["at"])
    problems = []
    for job, held in leases.items():
        held.sort(key=lambda op: (op["at"], op["lease"]))
        for earlier, later in zip(held, held[1:]):
            if later["lease"] == earlier["lease"] and later["session"] == earlier["session"]:
                continue  # The same lease, said again after the session was attached again.
            if later["lease"] <= earlier["lease"]:
                problems.append(f"job {job}: lease {later['lease']} came after {earlier['lease']}")
                continue
            end = min(
                ends.get((job, earlier["lease"]), float("inf")),
                ends.get(earlier["session"], float("inf")),
                earlier["at"] + earlier["seconds"],
            )
            if later["at"] + SLACK < end:
                problems.append(
                    f"job {job}: lease {later['lease']} began {end - later['at']:.3f} s before "
                    f"lease {earlier['lease']} could have ended"
                )
    return problems


def every_slot_once(duties, passings, step):
    """Each slot of a schedule, from the first to the last, was opened or passed, and once.

    A passing is the payload of its leaf: ranges of slots that opened nothing, each with its cause.
    """
    slots = defaultdict(list)
    for duty in duties:
        if duty.get("schedule"):
            slots[duty["schedule"]].append(duty["openMicros"])
    problems = []
    for passing in passings:
        name = passing["progress"]["schedule"]
        for run in passing["slots"]:
            passed = range(run["from"], run["through"] + 1, step)
            slots[name] += passed
            if len(passed) != run["count"] or not run["cause"]:
                problems.append(f"{name}: the run {run} does not count its slots")
        if name.endswith("/account"):
            problems.append(f"{name}: slots of an account were passed over: {passing}")
    for schedule, opened in slots.items():
        opened.sort()
        wrong = [b - a for a, b in zip(opened, opened[1:]) if b - a != step]
        if wrong:
            problems.append(f"{schedule}: steps of {sorted(set(wrong))} µs instead of {step}")
    return problems


def fold(records, duties):
    """The state of each duty is what its records make of it."""
    states = {}
    problems = []
    for entry in records:
        number, action = entry.get("number"), entry["action"]
        if number is None:
            continue
        if action == "open":
            if number in states:
                problems.append(f"D-{number:04d} was opened twice")
            states[number] = "open"
        elif action == "submit":
            states[number] = "submitted"
        elif action == "return":
            states[number] = "returned"
        elif action in ("accept", "settle"):
            states[number] = "accepted"
        elif action == "moot":
            states[number] = "moot"
    stored = {duty["number"]: duty["state"] for duty in duties}
    for number in sorted(set(states) | set(stored)):
        told, kept = states.get(number), stored.get(number)
        if told != kept and not (told == "returned" and kept == "open"):
            problems.append(f"D-{number:04d} is {kept}, its records say {told}")
    return problems


def gapless(records):
    """Records are numbered without a gap."""
    seqs = [entry["seq"] for entry in records]
    return [] if seqs == list(range(seqs[0], seqs[0] + len(seqs))) else ["the records have a gap"]


def judge(history, records, duties, jobs, passings, step):
    """Returns everything that is wrong."""
    return (
        acknowledged_acts(history, records) + no_act_twice(history, records)
        + acknowledged_results(history, jobs) + one_live_lease(history)
        + every_slot_once(duties, passings, step) + fold(records, duties) + gapless(records)
    )
