"""Calendar expressions against the systemd of this machine: 5,000 a run, in zones with odd clocks.

The seed is fixed, DUBAN_SEED sets another; scripts/differential makes longer runs.
"""

import os
import unittest

import calendar_compare
import duban
from calendar_cases import BROKEN, ZONES

SEED = 20_260_329
COUNT = 5_000


@duban.needs("systemd-analyze")
class Differential(unittest.TestCase):
    def test_generated_expressions(self):
        seed = int(os.environ.get("DUBAN_SEED", SEED))
        print(f"{self.id()}: DUBAN_SEED={seed}", flush=True)
        found = calendar_compare.compare(duban.BIN / "dubanctl", seed, COUNT)
        print(calendar_compare.summary(found), flush=True)
        self.assertEqual(len(found.failures), 0, "\n" + "\n".join(found.failures[:20]))
        self.assertGreaterEqual(found.asked, COUNT)


if __name__ == "__main__":
    unittest.main()
