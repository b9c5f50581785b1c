"""The Python packages that tests compare duban with; oracles.txt has their versions.

    cronsim = oracles.require("cronsim")

Where a package is missing, the first use of what `require` returned skips the test that used it, with
the reason from scripts/capabilities; with CI=true that skip is a failure.
"""

import importlib
import sys
import unittest

import duban

#: Where scripts/install-packages puts them.
FOLDER = duban.ROOT / ".build-oracles" / "lib"


class Missing:
    """Stands for a module that is not there: whoever uses it is skipped."""

    def __init__(self, reason):
        self._reason = reason

    def __getattr__(self, _):
        raise unittest.SkipTest(self._reason)


def require(name):
    """Returns a module of the oracle packages: cronsim, croniter, oncalendar, dateutil.rrule, …"""
    able, reason = duban.capabilities()[f"python-{name.partition('.')[0]}"]
    if not able:
        return Missing(f"this machine cannot do python-{name}: {reason}")
    if str(FOLDER) not in sys.path:
        # In front, so that these versions count and not the system's.
        sys.path.insert(0, str(FOLDER))
    return importlib.import_module(name)
