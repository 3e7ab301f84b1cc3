# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that runs reads the EHR at its times by itself: nobody asks it to, and it is not started then. By which clock."""
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


class Elsewhere(unittest.TestCase):
    """An organisation with another clock than Amsterdam's: all that has a day or an hour goes by that one. At the start it is
    6:00 there."""

    ZONE = zoneinfo.ZoneInfo("America/Curacao")

    def setUp(self):
        self.portal = Portal(clock=True, patients=1, days=1)
        self.addCleanup(self.portal.__exit__)
        with open(self.portal.path("portal.conf")) as file:
            text = file.read()
        self.portal.write("portal.conf", text.replace("[organisation]\n", f"[organisation]\ntime-zone={self.ZONE.key}\n"))
        self.portal.change("UPDATE membership SET until = NULL")
        self.marijke = self.portal.add_session(self.portal.account("m.debruin"))
        self.portal.start()
        self.portal.until_read()
        self.wil = self.portal.patient("wil")
        self.now = datetime.datetime.fromtimestamp(self.portal.now(), self.ZONE)

    def slots(self):
        return self.portal.query("SELECT date, minute FROM sync_slot WHERE finished IS NOT NULL AND failed = 0 ORDER BY date, minute")

    def test_the_runs(self):
        today = self.now.date()
        yesterday = (today - datetime.timedelta(days=1)).isoformat()
        self.assertEqual(self.slots(), [(yesterday, 20 * 60)], "the run at the start is that of the evening before")
        morning = self.now.replace(hour=8, minute=0, second=0, microsecond=0)
        next_at = self.portal.get(f"/patients/{self.wil}/appointments", self.marijke).json["freshness"]["next_at"]
        self.assertEqual(next_at, morning.isoformat())
        self.portal.advance((morning - self.now).total_seconds() + 5)
        until(lambda: len(self.slots()) > 1, "the run of the morning", PATIENCE)
        self.assertEqual(self.slots(), [(yesterday, 20 * 60), (today.isoformat(), 8 * 60)])

    def test_access_ends_at_midnight(self):
        path = f"/patients/{self.wil}/members"
        [pieter] = [row for row in self.portal.get(path, self.marijke).json["members"] if row["name"] == "Pieter de Bruin"]
        day = self.now.date() + datetime.timedelta(days=20)
        end = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), self.ZONE).timestamp()
        path = f"{path}/{pieter['id']}/until"
        answer = self.portal.post(path, self.marijke, {"until": day.isoformat()}, headers=self.portal.seen(path, self.marijke))
        self.assertEqual((answer.status, answer.json["until"][:10]), (200, day.isoformat()), answer)
        self.assertEqual(self.portal.value("SELECT until FROM membership WHERE public_id = ?", pieter["id"]), int(end * 1e6) - 1)
        self.portal.stop()
        self.portal.advance(end - 120 - self.portal.now())
        token = self.portal.add_session(self.portal.account("p.debruin"))
        self.portal.start()
        self.assertIn(self.wil, self.patients(token))
        self.portal.advance(121)
        self.assertNotIn(self.wil, self.patients(token))

    def patients(self, token):
        return [patient["id"] for patient in self.portal.get("/session", token).json["patients"]]


if __name__ == "__main__":
    tap.main()
