"""Asks Python's zoneinfo about every zone of the machine, 1970 to 2100, as a table.

usage: zoneinfo_table.py SEED

The first line holds the names of the zones. Rows of five 64-bit integers follow, in the machine's
byte order: zone (its place in the first line), kind, x, a, b.

kind 0  at x seconds (UTC) the zone is a seconds ahead; b is unused
kind 1  the local time x (seconds, as if read in UTC) is, with fold 0, a seconds (UTC), and with
        fold 1, b: equal where it exists once, a < b where it exists twice, a > b in a gap (PEP 495)

Zones whose files are equal stand in the table once, under the first of their names.
"""

import array
import datetime
import io
import random
import sys
import zoneinfo

FOLDER = "/usr/share/zoneinfo"
BEGIN, END = 0, 4_102_444_800
#: Two changes of offset that undo each other never lie closer than this since 1970.
STEP = 7 * 86_400
RANDOM = 24
EPOCH = datetime.datetime(1970, 1, 1)


def zones():
    """Returns one name for each distinct file, and the file's bytes."""
    seen = {}
    for name in sorted(zoneinfo.available_timezones()):
        try:
            with open(f"{FOLDER}/{name}", "rb") as file:
                seen.setdefault(file.read(), name)
        except FileNotFoundError:
            pass  # Of the Python package tzdata, not of the system.
    return sorted((name, data) for data, name in seen.items())


def offset(zone, second):
    delta = datetime.datetime.fromtimestamp(second, zone).utcoffset()
    return delta.days * 86_400 + delta.seconds


def changes(zone):
    """Yields the seconds at which the offset changes, each with the offsets around it."""
    low, before = BEGIN, offset(zone, BEGIN)
    while low < END:
        high = low + STEP
        after = offset(zone, high)
        if after == before:
            low = high
            continue
        while high - low > 1:
            middle = (low + high) // 2
            if offset(zone, middle) == before:
                low = middle
            else:
                high = middle
        after = offset(zone, high)
        yield high, before, after
        low, before = high, after


def utc(zone, local, fold):
    moment = (EPOCH + datetime.timedelta(seconds=local)).replace(tzinfo=zone, fold=fold)
    delta = moment.utcoffset()
    return local - delta.days * 86_400 - delta.seconds


def rows(index, zone, generator):
    instants = [generator.randrange(BEGIN, END) for _ in range(RANDOM)]
    locals_ = [generator.randrange(BEGIN, END) for _ in range(RANDOM)]
    for at, before, after in changes(zone):
        instants += [at - 1, at, at + 1]
        low, high = at + min(before, after), at + max(before, after)
        locals_ += [low - 1, low, (low + high) // 2, high - 1, high]
    for second in instants:
        yield index, 0, second, offset(zone, second), 0
    for local in locals_:
        yield index, 1, local, utc(zone, local, 0), utc(zone, local, 1)


def main():
    generator = random.Random(int(sys.argv[1]))
    table, names = array.array("q"), []
    for index, (name, data) in enumerate(zones()):
        names.append(name)
        zone = zoneinfo.ZoneInfo.from_file(io.BytesIO(data), key=name)
        for row in rows(index, zone, generator):
            table.extend(row)
    sys.stdout.buffer.write(" ".join(names).encode() + b"\n")
    sys.stdout.buffer.write(table.tobytes())


main()
