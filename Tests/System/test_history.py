"""The judge of histories finds what it is for."""

import unittest

import history


def lease(job, number, at, session="s", seconds=30):
    return {"op": "lease", "job": job, "lease": number, "at": at, "session": session,
            "seconds": seconds}


class Judge(unittest.TestCase):
    def test_a_lost_act_is_found(self):
        op = {"op": "submit", "outcome": "ok", "seq": 7, "number": 1, "person": "p", "request": "r"}
        kept = {"seq": 7, "action": "submit", "number": 1, "person": "p", "uid": 5}
        self.assertEqual(history.acknowledged_acts([op], [kept]), [])
        self.assertTrue(history.acknowledged_acts([op], []))
        self.assertTrue(history.acknowledged_acts([op], [{**kept, "person": "q"}]))
        self.assertEqual(history.acknowledged_acts([{**op, "outcome": "info"}], []), [])

    def test_an_act_done_twice_is_found(self):
        op = {"op": "submit", "outcome": "info", "number": 1, "person": "p", "request": "r"}
        kept = {"seq": 7, "action": "submit", "number": 1, "person": "p", "uid": 5}
        self.assertEqual(history.no_act_twice([op, op], [kept]), [])
        self.assertTrue(history.no_act_twice([op, op], [kept, {**kept, "seq": 8}]))

    def test_two_live_leases_are_found(self):
        self.assertTrue(history.one_live_lease([lease(1, 1, 10), lease(1, 2, 11, "t")]))
        self.assertEqual(history.one_live_lease([lease(1, 1, 10), lease(1, 2, 41, "t")]), [])
        over = {"op": "end-of-session", "session": "s", "at": 10.5}
        self.assertEqual(history.one_live_lease([lease(1, 1, 10), over, lease(1, 2, 11, "t")]), [])
        told = {"op": "report", "outcome": "ok", "job": 1, "lease": 1, "sent": 10.2}
        self.assertEqual(history.one_live_lease([lease(1, 1, 10), told, lease(1, 2, 11, "t")]), [])
        self.assertTrue(history.one_live_lease([lease(1, 2, 10), lease(1, 1, 50, "t")]))
        self.assertTrue(history.one_live_lease([lease(1, 1, 10), over, lease(1, 1, 11, "t")]))

    def test_a_lost_result_is_found(self):
        told = {"op": "report", "outcome": "ok", "job": 1, "lease": 3, "result": "ok"}
        kept = {"jobId": 1, "state": "finished", "outcome": "ok", "leaseId": 3}
        self.assertEqual(history.acknowledged_results([told], [kept]), [])
        self.assertTrue(history.acknowledged_results([told], [{**kept, "state": "ready"}]))
        self.assertTrue(history.acknowledged_results([told], [{**kept, "leaseId": 4}]))
        self.assertTrue(history.acknowledged_results([told], []))

    def test_a_missing_or_doubled_slot_is_found(self):
        duty = {"schedule": "x/check", "openMicros": 0}
        slots = [{**duty, "openMicros": n * 1000} for n in range(4)]
        self.assertEqual(history.every_slot_once(slots, [], 1000), [])
        self.assertTrue(history.every_slot_once(slots[:1] + slots[2:], [], 1000))
        self.assertTrue(history.every_slot_once(slots + slots[:1], [], 1000))
        run = {"from": 1000, "through": 2000, "count": 2, "cause": "latest"}
        passing = {"progress": {"schedule": "x/check"}, "slots": [run]}
        self.assertEqual(history.every_slot_once([slots[0], slots[3]], [passing], 1000), [])
        self.assertTrue(history.every_slot_once(slots, [passing], 1000))
        short = {**passing, "slots": [{**run, "count": 1}]}
        self.assertTrue(history.every_slot_once([slots[0], slots[3]], [short], 1000))
        account = {**passing, "progress": {"schedule": "x/account"}}
        self.assertTrue(history.every_slot_once([], [account], 1000))

    def test_a_state_without_its_record_is_found(self):
        opened = {"action": "open", "number": 1}
        self.assertEqual(history.fold([opened], [{"number": 1, "state": "open"}]), [])
        self.assertTrue(history.fold([opened], [{"number": 1, "state": "accepted"}]))
        self.assertTrue(history.fold([opened], []))
        self.assertTrue(history.fold([], [{"number": 1, "state": "open"}]))

    def test_a_gap_is_found(self):
        self.assertEqual(history.gapless([{"seq": 0}, {"seq": 1}]), [])
        self.assertTrue(history.gapless([{"seq": 0}, {"seq": 2}]))


if __name__ == "__main__":
    unittest.main()
