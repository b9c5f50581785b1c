"""Sections 4 and 5 of time.md computed a second time, by walking: what a rule must do near a clock change.

Knows nothing of the Swift code. A rule is read from its normal form; every minute of some days around
the change is looked at with zoneinfo, and compared with the rule.
"""

import datetime
import re
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from calendar_cases import EPOCH, HOUR, local

#: How near to a clock change 252 may differ from us.
WINDOW = 48 * HOUR
#: How far the walk goes on both sides, so that every local date in the window lies whole inside it.
WALK = WINDOW + 26 * HOUR
NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
SHAPE = re.compile(
    r"(?:(?P<weekdays>[A-Z][A-Za-z,.]*) )?"
    r"(?P<year>[^-~: ]+)-(?P<month>[^-~: ]+)(?P<mark>[-~])(?P<day>[^-~: ]+)"
    r" (?P<hour>[^-~: ]+):(?P<minute>[^-~: ]+):(?P<second>[^-~: ]+)(?: (?P<zone>[A-Z]\S*))?"
)


def numbers(text, low, high, scale=1):
    """Returns the sorted values of a field; `10..20/5` runs from 10 to 20, `10/5` to the field's end."""
    found = set()
    for part in text.split(","):
        if part == "*":
            found.update(range(low, high + 1, scale))
            continue
        body, _, step = part.partition("/")
        first, dots, last = body.partition("..")
        start = round(float(first) * scale)
        step = round(float(step) * scale) if step else 0
        stop = round(float(last) * scale) if dots else (high if step else start)
        found.update(range(start, min(stop, high) + 1, step or scale))
    return sorted(found)


class Rule:
    """A rule in normal form."""

    def __init__(self, text):
        shape = SHAPE.fullmatch(text)
        if not shape:
            raise ValueError(f"no normal form: {text}")
        field = shape.groupdict()
        self.text = text
        self.zone = field["zone"] or "UTC"
        self.weekdays = self.days_of_week(field["weekdays"])
        self.years = set(numbers(field["year"], 1970, 2199))
        self.months = set(numbers(field["month"], 1, 12))
        self.field = field
        self.day, self.from_end = field["day"], field["mark"] == "~"
        self.hours = numbers(field["hour"], 0, 23)
        self.minutes = numbers(field["minute"], 0, 59)
        self.clock = {(hour, minute) for hour in self.hours for minute in self.minutes}
        self.second = field["second"]
        # Section 4, rule 1, by the normal form's own letters.
        self.is_elapsed = (
            any(mark in field[name] for name in ("minute", "second") for mark in "*/")
            or len(self.hours) == 24
        )

    @staticmethod
    def days_of_week(text):
        if not text:
            return set(range(7))
        found = set()
        for part in text.split(","):
            first, _, last = part.partition("..")
            found.update(range(NAMES.index(first), NAMES.index(last or first) + 1))
        return found

    @property
    def seconds(self):
        """Microseconds of the minute."""
        return microseconds(self.second)

    def has_date(self, date):
        """Whether the rule names a date."""
        return (
            date.year in self.years
            and date.month in self.months
            and date.weekday() in self.weekdays
            and date.day in self.month_days(days_in_month(date.year, date.month))
        )

    def month_days(self, length):
        return month_days(self.day, self.from_end, length)

    def spelled_out(self):
        """The same rule with a list for each open repetition: `*:01,41` for `*:01/40`."""
        def spell(name, low, high, scale=1):
            text = self.field[name]
            if "/" not in text:
                return text
            if name == "day" and self.from_end:
                # Days from the end are the same in every month, so the longest one gives them.
                return ",".join(str(32 - day) for day in sorted(self.month_days(31), reverse=True))
            values = numbers(text, low, high, scale)
            return ",".join(f"{value / scale:.6f}" if scale > 1 else str(value) for value in values)

        weekdays = f"{self.field['weekdays']} " if self.field["weekdays"] else ""
        zone = f" {self.field['zone']}" if self.field["zone"] else ""
        return (
            f"{weekdays}{self.field['year']}-{spell('month', 1, 12)}{self.field['mark']}"
            f"{spell('day', 1, 31)} {spell('hour', 0, 23)}:{spell('minute', 0, 59)}:"
            f"{spell('second', 0, 59_999_999, 1_000_000)}{zone}"
        )

    def can_elapse(self):
        """Whether any date of 1970 to 2199 matches: looks at every one in a matching month."""
        return any(
            self.has_date(datetime.date(year, month, day))
            for year in self.years if 1970 <= year <= 2199
            for month in self.months
            for day in range(1, days_in_month(year, month) + 1)
        ) and bool(self.clock) and bool(self.seconds)


@lru_cache(4096)
def microseconds(text):
    return tuple(numbers(text, 0, 59_999_999, 1_000_000))


@lru_cache(4096)
def month_days(text, from_end, length):
    """Days of a month of a length. Counted from the end, `~07..03` are the seventh to the third last,
    `~07/2` every second one from the seventh last on."""
    if not from_end:
        return frozenset(numbers(text, 1, length))
    found = set()
    for part in text.split(","):
        if part == "*":
            return frozenset(range(1, length + 1))
        body, _, step = part.partition("/")
        ends = [length + 1 - int(number) for number in body.split("..")]
        start, stop = min(ends), max(ends)
        if step and len(ends) == 1:
            stop = length
        found.update(range(start, stop + 1, int(step or 1)))
    return frozenset(day for day in found if 1 <= day <= length)


@lru_cache(4096)
def days_in_month(year, month):
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return (following - datetime.timedelta(days=1)).day


class Walk:
    """Every minute around a clock change, as the clocks of the zone show it."""

    def __init__(self, name, change):
        zone = ZoneInfo(name)
        self.change = change
        #: Local date to its minutes: (hour, minute) to the seconds since 1970 that show it.
        self.dates = {}
        for second in range((change - WALK) // 60 * 60, change + WALK, 60):
            shown = datetime.datetime.fromtimestamp(second, zone)
            if shown.second:
                raise ValueError(f"{name} has an offset with seconds at {second}")
            minutes = self.dates.setdefault((shown.year, shown.month, shown.day), {})
            minutes.setdefault((shown.hour, shown.minute), []).append(second)
        self.dates = {datetime.date(*date): minutes for date, minutes in self.dates.items()}
        before, after = local(zone, change - 60), local(zone, change)
        #: What clocks never show, minute for minute.
        self.gap = []
        shown = before + datetime.timedelta(minutes=1)
        while shown < after:
            self.gap.append((shown.date(), (shown.hour, shown.minute)))
            shown += datetime.timedelta(minutes=1)
        self.is_gap = bool(self.gap)

    def lost(self, date):
        """The minutes that the gap takes from a date of which something is left."""
        return {minute for day, minute in self.gap if day == date}


@lru_cache(64)
def walk(name, change):
    return Walk(name, change)


def expected(rule, change, after, until):
    """Returns the instants, in microseconds, at which a rule elapses within 48 h of a clock change,
    later than `after` and not later than `until`, both in microseconds."""
    lowest = max(after + 1, (change - WINDOW) * 1_000_000)
    highest = min(until, (change + WINDOW) * 1_000_000)
    if lowest > highest or not has_date_near(rule, change):
        return []
    find = elapsed if rule.is_elapsed else fixed
    found = find(rule, walk(rule.zone, change), lowest // 60_000_000 * 60, highest // 1_000_000)
    return sorted(micros for micros in found if lowest <= micros <= highest)


def has_date_near(rule, change):
    """Whether walking is worth it: whether the rule names any date of the window in any zone."""
    middle = (EPOCH + datetime.timedelta(seconds=change)).date()
    reach = WALK // (24 * HOUR) + 2
    return any(
        rule.has_date(middle + datetime.timedelta(days=days)) for days in range(-reach, reach + 1)
    )


def elapsed(rule, around, first, last):
    """Every real instant whose local reading matches; and the end of the gap for a date that would
    lose all it has (rules 1, 2, 4). Looks at the minutes from `first` to `last`."""
    found = set()
    for date, minutes in around.dates.items():
        if not rule.has_date(date):
            continue
        shown = rule.clock & minutes.keys()
        for minute in shown:
            for second in minutes[minute]:
                if first <= second <= last:
                    found.update(second * 1_000_000 + part for part in rule.seconds)
        lost = rule.clock - minutes.keys()
        if not shown and lost and lost <= around.lost(date):
            found.add(around.change * 1_000_000)
    return found


def fixed(rule, around, first, last):
    """Each local time once: at its first instant, or at the end of the gap (rules 3, 4)."""
    found = set()
    for date, minutes in around.dates.items():
        if not rule.has_date(date):
            continue
        for minute in rule.clock & minutes.keys():
            second = minutes[minute][0]
            if first <= second <= last:
                found.update(second * 1_000_000 + part for part in rule.seconds)
        if rule.clock & around.lost(date):
            found.add(around.change * 1_000_000)
    return found
