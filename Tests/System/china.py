"""Due dates of periods over China's working days, computed without any of our Swift code.

The table is that of the State Council's notices; zones come from Python's zoneinfo.
"""

import datetime
import zoneinfo

SHANGHAI = zoneinfo.ZoneInfo("Asia/Shanghai")

# Exceptions to Monday to Friday: weekdays off (".." = through) | working weekend days.
NOTICES = {
    2018: "12-31 | 12-29",  # from the notice for 2019
    2019: "01-01 02-04..08 04-05 05-01..03 06-07 09-13 10-01..04 10-07"
          " | 02-02 02-03 04-28 05-05 09-29 10-12",
    2020: "01-01 01-24 01-27..31 04-06 05-01 05-04..05 06-25..26 10-01..02 10-05..08"
          " | 01-19 04-26 05-09 06-28 09-27 10-10",
}


def _days(year, text):
    for word in text.split():
        first, _, last = word.partition("..")
        month, day = map(int, first.split("-"))
        for d in range(day, int(last or day) + 1):
            yield datetime.date(year, month, d)


_OFF, _WORK = set(), set()
for _year, _notice in NOTICES.items():
    _off, _work = _notice.split("|")
    _OFF.update(_days(_year, _off))
    _WORK.update(_days(_year, _work))


def works(day):
    """Says whether a day is a working day in China."""
    if day in _WORK:
        return True
    return day.weekday() < 5 and day not in _OFF


def before(day):
    """Returns the day, or the last working day before it."""
    while not works(day):
        day -= datetime.timedelta(days=1)
    return day


def after_workdays(day, count):
    """Returns the day that lies so many working days after a day."""
    while count > 0:
        day += datetime.timedelta(days=1)
        count -= works(day)
    return day


def month_end(year, month):
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return following - datetime.timedelta(days=1)


def periods(kind, start, end):
    """Gives (id, first day, last day) of the periods whose last day lies in [start, end]."""
    for year in range(start.year, end.year + 1):
        for month in range(1, 13):
            last = month_end(year, month)
            if kind == "month":
                found = [(f"{year}-{month:02d}", last.replace(day=1), last)]
            elif kind == "dekad":
                base = 3 * (month - 1)
                found = [
                    (f"{year}-D{base + 1:02d}", last.replace(day=1), last.replace(day=10)),
                    (f"{year}-D{base + 2:02d}", last.replace(day=11), last.replace(day=20)),
                    (f"{year}-D{base + 3:02d}", last.replace(day=21), last),
                ]
            else:
                raise ValueError(kind)
            for period in found:
                if start <= period[2] <= end:
                    yield period


def due(day):
    """Returns the exclusive end of a day in Shanghai, in UTC."""
    end = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), SHANGHAI)
    return end.astimezone(datetime.timezone.utc)


def self_check():
    """The vectors of the time reference; a wrong table here would judge wrongly."""
    day = datetime.date.fromisoformat
    assert before(day("2019-03-31")) == day("2019-03-29")
    assert before(day("2020-01-31")) == day("2020-01-23")
    assert before(day("2020-10-10")) == day("2020-10-10")
    assert after_workdays(day("2019-04-26"), 3) == day("2019-04-30")
    for year, count in ((2019, 250), (2020, 249)):
        first = datetime.date(year, 1, 1)
        length = (datetime.date(year + 1, 1, 1) - first).days
        worked = sum(works(first + datetime.timedelta(days=d)) for d in range(length))
        assert worked == count, (year, worked)


self_check()
