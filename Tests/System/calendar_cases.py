"""Generated OnCalendar expressions for the comparison with systemd, and base times near trouble."""

import datetime
from functools import cache
from zoneinfo import ZoneInfo

#: Zones whose clock changes are known to break calendar code (time.md, sections 2 and 5).
ZONES = [
    "Africa/Cairo", "Africa/Casablanca", "Africa/Juba", "America/Asuncion", "America/Havana",
    "America/Nuuk", "America/Santiago", "America/St_Johns", "Antarctica/Casey", "Antarctica/Troll",
    "Antarctica/Vostok", "Asia/Beirut", "Asia/Gaza", "Asia/Pyongyang", "Asia/Shanghai",
    "Atlantic/Azores", "Australia/Lord_Howe", "Europe/Berlin", "Europe/Dublin", "Europe/Istanbul",
    "Pacific/Apia", "Pacific/Chatham", "Pacific/Kiritimati", "Pacific/Kwajalein",
]
HOUR = 3_600
DAY = 24 * HOUR
FIRST = 0
#: The end of 2199: nothing elapses after it.
LAST = int(datetime.datetime(2200, 1, 1, tzinfo=datetime.timezone.utc).timestamp())
EPOCH = datetime.datetime(1970, 1, 1)


def local(zone, second):
    """Returns what the zone's clocks show at a second since 1970, without zone."""
    return datetime.datetime.fromtimestamp(second, zone).replace(tzinfo=None)


def offset(zone, second):
    return datetime.datetime.fromtimestamp(second, zone).utcoffset()


@cache
def transitions(name):
    """Returns the seconds at which a zone's offset changes, 1970 to 2199. zoneinfo does not tell them,
    so they are found by looking every three days and halving."""
    zone = ZoneInfo(name)
    found = []
    before = offset(zone, FIRST)
    for low in range(FIRST, LAST, 3 * DAY):
        high = low + 3 * DAY
        after = offset(zone, high)
        if after != before:
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset(zone, middle) == before else (low, middle)
            found.append(high)
            before = after
    return found


# -- Expressions -----------------------------------------------------------------------------

SHORTHANDS = [
    "minutely", "hourly", "daily", "weekly", "monthly", "quarterly", "semiannually", "biannually",
    "semi-annually", "bi-annually", "annually", "yearly", "anually", "weekdays", "fortnightly",
]
WEEKDAYS = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
]
#: What 252 refuses (time.md, section 3), or what looks like something else.
BROKEN = [
    "", " ", "10", "24:00", "23:60", "23:59:60", "*/2-*-*", "Sat..Mon", "10/2..12:00", "*:0/0",
    "2025-01-01T10:00", "*-13-01", "*-*-32", "*-*-00", "*-00-01", "1969-01-01", "2200-01-01", "~01",
    "*-*~00", "*-*~29", "*-*~31", "*-*-~01", "*-*~01,28", "*-*~08,28", "*-*-10,20,~01", "Mon..",
    "..Fri", "Mon,,Tue", ",Mon", "Mon,", "Mon", "Monn", "Mo 10:00", "Mon Tue 10:00", "Mon10:00",
    "10:00 10:00", "1:2:3:4", "1-2-3-4", "-01-01", "01-", "*-*", "*", "*-*-*", "* *:*", "*:*:*:*",
    "10:00:00.", "10:00:.5", "10:00.5", "10.5:00", "*:0/0.5", "0:0:0/0.0000001", "0:0:59.9999994",
    "0:0:59.9999996", "0:0:0.1234567", "00..23:00", "23..00:00", "10..10:00", "*:*..30", "*:..30",
    "@0", "@1", "@-1", "@1.5", "@4102444800", "@7258118399", "@7258118400", "@99999999999", "@",
    "daily daily", "daily 10:00", "Mon daily", "Daily", "DAILY", "daily utc", "daily Utc", "daily UTC UTC",
    "UTC", "utc", "10:00 PST", "10:00 CEST", "10:00 +02:00", "10:00 Z", "10:00 europe/berlin",
    "10:00 Europe/Nowhere", "10:00 Europe", "10:00 ../zoneinfo/UTC", "10:00 /etc/passwd",
    "10:00 Europe/Berlin UTC", "10:00 UTC Europe/Berlin", "10:00  UTC", "Mon  10:00", " daily",
    "daily ", "70-01-01", "69-01-01", "99-12-31", "00-01-01", "0-01-01", "100-01-01", "025-01-01",
    "2025-1-1 1:1:1", "02025-01-01", "2025-001-01", "1:001", "2025..2030-01-01", "2030..2025-01-01",
    "2025/2-01-01", "2025..2031/2-01-01", "*-01..12/3-01", "*-1..5/9-1", "*-*-1/31", "*-*-31/1",
    "*:0/59", "*:0/60", "*:0/61", "*:59/1", "*:0..59/60", "0/24:00", "0/23:00", "5/30:00", "Mon-Fri 10:00",
    "Mon-Fri,Sun 10:00", "Mon..Mon 10:00", "Sun..Mon 10:00", "Mon...Fri 10:00", "Mon .. Fri 10:00",
    "Mon..Wed,Fri..Sun 10:00", "Mon..Sun 10:00", "Mon,Tue,Wed,Thu,Fri,Sat,Sun 10:00", "tHURSDAY 1:0",
    "Thu,thursday,THU 0:0", "Tues 0:0", "Thur 0:0", "1-1", "12-31 23:59:59", "*-02-30", "*-02-29",
    "2025-02-29", "Mon *-02-29", "Fri *-*-13", "Mon 2025-06-10", "*-2-29..31", "*-*-31/2", "*-02~28",
    "*-02~29", "*-*~28", "*-*~1..7", "Mon *-*~01..07", "*-*~07/1", "*-*~7..1", "*-*~03/2", "*-*~1..3/2",
    "*-*~5,3,1", "*-05~07/1", "*~01", "*~03", "Sun *-10~01..07 03:00", "00:00:00.0", "0:0:0.000001",
    "*:*:0.5/1", "*:*:0..1.5", "*:*:0/1.5", "*:*:0..30/0.25", "*:*:*", "*:*:0/1", "*:*:59.999999",
]
SHORT_ZONES = [" UTC", " utc", " Utc"]
NOISE = "0123456789-:*/,.~ @MonTueSatUTC%+'\"#äé٣"


class Generator:
    """Makes expressions from a random generator; nothing else decides."""

    def __init__(self, random):
        self.random = random
        self.zones = []

    def chance(self, share):
        return self.random.random() < share

    def number(self, value, width):
        return f"{value:0{width}d}" if self.chance(0.7) else str(value)

    def element(self, low, high, width, step=0.25):
        """One element of a field's list: a value, a range, a repetition, or both."""
        first = self.random.randint(low, high)
        text = self.number(first, width)
        if first < high and self.chance(0.3):
            text += ".." + self.number(self.random.randint(first + 1, high), width)
        if self.chance(step):
            text += f"/{self.random.choice([1, 2, 3, 4, 5, 6, 7, 10, 12, 15, 20, 30, 45])}"
        return text

    def field(self, low, high, width, any=0.4, step=0.25):
        if self.chance(any):
            return "*"
        count = self.random.choice([1, 1, 1, 1, 2, 2, 3, 5])
        return ",".join(self.element(low, high, width, step) for _ in range(count))

    def second(self):
        if self.chance(0.6):
            return self.field(0, 59, 2, any=0.2)
        whole = self.random.randint(0, 59)
        places = self.random.choice([1, 2, 3, 6, 6, 7, 8])
        text = f"{whole:02d}.{self.random.randrange(10 ** places):0{places}d}"
        if self.chance(0.2):
            text += f"/{self.random.choice(['1', '0.5', '7.25', '15', '0.25', '30'])}"
        return text

    def time(self):
        """A time; near the hours at which clocks change more often than elsewhere."""
        if self.chance(0.35):
            hour = self.random.choice(["00", "01", "02", "03", "04", "23", "0/2", "02/4", "0..3", "*"])
        else:
            hour = self.field(0, 23, 2)
        minute = self.field(0, 59, 2, any=0.2, step=0.4)
        if self.chance(0.3):
            minute = self.random.choice(["00", "30", "0/15", "0/30", "15,45", "59", "*"])
        text = f"{hour}:{minute}"
        return text + f":{self.second()}" if self.chance(0.3) else text

    def day(self):
        if not self.chance(0.25):
            return "-" + self.field(1, 31, 2)
        if self.chance(0.5):
            return f"~{self.element(1, 28, 2)}"
        # 252 counts a range from the month's end backwards: its later number comes first.
        return "~" + self.field(1, 28, 2, any=0)

    def year(self):
        if self.chance(0.85):
            return "*"
        if self.chance(0.2):
            return f"{self.random.randrange(100):02d}"
        return self.field(1970, 2199, 4, any=0.1, step=0.4)

    def date(self):
        text = self.field(1, 12, 2, any=0.6) + self.day()
        return f"{self.year()}-{text}" if self.chance(0.8) else text

    def weekday(self, index):
        name = WEEKDAYS[index]
        if self.chance(0.7):
            name = name[:3]
        form = self.random.choice([str, str, str, str.lower, str.upper, str.swapcase])
        return form(name)

    def weekdays(self):
        parts = []
        for _ in range(self.random.choice([1, 1, 1, 2, 3])):
            first = self.random.randrange(7)
            part = self.weekday(first)
            if first < 6 and self.chance(0.4):
                mark = self.random.choice(["..", "..", "..", "-"])
                part += mark + self.weekday(self.random.randrange(first, 7))
            parts.append(part)
        return ",".join(parts)

    def valid(self):
        """An expression without zone that mostly follows the grammar."""
        kind = self.random.random()
        if kind < 0.05:
            word = self.random.choice(SHORTHANDS)
            return word.upper() if self.chance(0.1) else word
        if kind < 0.07:
            return f"@{self.random.randrange(LAST + DAY)}"
        parts = []
        if self.chance(0.3):
            parts.append(self.weekdays())
        if self.chance(0.5):
            parts.append(self.date())
        if self.chance(0.85) or not parts:
            parts.append(self.time())
        return " ".join(parts)

    def damaged(self):
        """An expression with one or two characters taken out, put in or changed."""
        text = list(self.valid())
        for _ in range(self.random.choice([1, 1, 2])):
            place = self.random.randrange(len(text) + 1)
            cut = self.random.choice([0, 1, 1])
            text[place:place + cut] = self.random.choice(["", *NOISE])
        return "".join(text)

    def near(self, shown):
        """An expression that has to do with a local time at which clocks change."""
        hour = (shown.hour + self.random.choice([-2, -1, -1, 0, 0, 0, 1])) % 24
        hours = self.random.choice([
            f"{hour:02d}", f"{hour:02d}", "*", f"{hour % 4}/4", f"{hour % 2}/2", f"{hour},{(hour + 7) % 24}",
            "00", "23", "00..23", f"{max(hour - 1, 0)}..{hour + 1}",
        ])
        minutes = self.random.choice([
            "00", "30", f"{self.random.randrange(60):02d}", "0/15", "5/20", "1/40", "15,45", "00,10,50", "*",
        ])
        text = f"{hours}:{minutes}"
        if self.chance(0.15):
            text += f":{self.random.choice(['30', '0/20', '59.5', '00..02', '1/45'])}"
        if self.chance(0.25):
            day = self.random.choice([
                f"-{shown.day:02d}", f"-{shown.day % 7 + 1}/7", f"-{shown.day}..31", "~01..07", "-*",
            ])
            text = f"*-{self.random.choice(['*', f'{shown.month:02d}'])}{day} {text}"
        if self.chance(0.2):
            text = f"{WEEKDAYS[shown.weekday()][:3]} {text}"
        return text

    def expression(self, zone, shown):
        kind = self.random.random()
        if kind < 0.06:
            return self.random.choice(BROKEN)
        if kind < 0.16:
            text = self.damaged()
        elif shown and kind < 0.55:
            text = self.near(shown)
        else:
            text = self.valid()
        where = self.random.random()
        if where < 0.76:
            return f"{text} {zone}"
        return text + self.random.choice(SHORT_ZONES) if where < 0.82 else text

    def batch(self, size):
        """Returns a second to search from, a number of iterations, and different expressions. Most
        searches start up to 40 hours before a clock change."""
        # Each zone in turn, in an order that changes.
        self.zones = self.zones or self.random.sample(ZONES, len(ZONES))
        name = self.zones.pop()
        changes = transitions(name)
        base, shown = self.random.randrange(1, LAST), None
        if self.chance(0.85):
            soon = [change for change in changes if change < 2_300_000_000]
            change = self.random.choice(soon if self.chance(0.8) else changes)
            base = max(1, change - self.random.randrange(40 * HOUR))
            shown = local(ZoneInfo(name), change)
        count = self.random.choice([3, 5, 8, 12, 16])
        return base, count, list({self.expression(name, shown): None for _ in range(size)})
