# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that runs reads the EHR at its times by itself: nobody asks it to, and it is not started then."""
import datetime
import unittest
import zoneinfo

import tap
from portal import Portal, until

ZONE = zoneinfo.ZoneInfo("Europe/Amsterdam")
# It looks at the clock each half minute.
PATIENCE = 60


class Schedule(unittest.TestCase):
    def setUp(self):
        self.portal = Portal(clock=True, patients=1, days=1)
        self.addCleanup(self.portal.__exit__)
        self.portal.start()
        self.portal.until_read()

    def slots(self):
        """The times of day of the runs that have ended well, in minutes, by date."""
        return self.portal.query("SELECT date, minute FROM sync_slot WHERE finished IS NOT NULL AND failed = 0 ORDER BY date, minute")

    def test_a_time_passes(self):
        now = datetime.datetime.fromtimestamp(self.portal.now(), ZONE)
        today = now.date().isoformat()
        self.assertEqual(self.slots(), [(today, 8 * 60)], "the run at the start is that of the morning")
        evening = now.replace(hour=20, minute=0, second=5)
        self.portal.advance((evening - now).total_seconds())
        until(lambda: len(self.slots()) > 1, "the run of the evening", PATIENCE)
        self.assertEqual(self.slots(), [(today, 8 * 60), (today, 20 * 60)])
        fetched = self.portal.value("SELECT min(last_success) FROM sync_type") / 1e6
        self.assertGreaterEqual(fetched, evening.timestamp())


if __name__ == "__main__":
    tap.main()
