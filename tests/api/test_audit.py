# SPDX-License-Identifier: GPL-3.0-or-later
"""Who looked at what: a row before each answer, not twice for the same look, in a chain that shows every change."""
import hashlib
import struct
import threading

import tap
from case import PortalCase
from portal import until

# Every column but h, in the order of the schema: what the hash of a row is made of.
COLUMNS = "id, at, action, account, session, patient, membership, part, object, first, last, count, refresh"
READ, LOG_OUT, ACCEPTED = 1, 8, 10
APPOINTMENTS, DOSSIER, PROFILE, ALL = 2, 4, 8, 31
REFRESH = {"Cp-Cause": "refresh"}


def broken_row(rows):
    """The id of the first row that does not fit the chain; None when all do."""
    before = bytes(32)
    for number, (*values, h) in enumerate(rows, 1):
        before = hashlib.blake2b(before + struct.pack(f">{len(values)}q", *values), digest_size=32).digest()
        if values[0] != number or before != h:
            return number
    return None


class AuditCase(PortalCase):
    @classmethod
    def prepare(cls):
        cls.portal.command("sync")

    def setUp(self):
        """The clock moves only where a test says so: the EHR is of today."""
        if self.portal.process is not None:
            self.portal.stop()
        self.token = self.portal.add_session(self.portal.account("w.debruin"))
        self.portal.start()
        until(lambda: self.portal.value("SELECT count(*) FROM sync_slot WHERE finished IS NOT NULL"), "the run at the start")
        self.wil = self.portal.patient("wil")
        self.before = len(self.rows())

    def rows(self):
        return self.portal.query(f"SELECT {COLUMNS}, h FROM audit ORDER BY id")

    def new(self, action=READ):
        """The rows of this test, as dictionaries."""
        names = COLUMNS.split(", ")
        return [dict(zip(names, row)) for row in self.rows()[self.before:] if row[2] == action]

    def read(self, what="profile", token=None, **kwargs):
        return self.expect(self.portal.get(f"/patients/{self.wil}/{what}", token or self.token, **kwargs), kwargs.pop("status", 200))


class Rows(AuditCase):
    def test_each_reading_has_its_row(self):
        item, row = self.portal.query("SELECT public_id, id FROM item WHERE patient = 1 AND removed IS NULL LIMIT 1")[0]
        expected = [("start", ALL, 0), ("appointments", APPOINTMENTS, 0), ("appointments?when=past", APPOINTMENTS, 0),
                    ("dossier", DOSSIER, 0), ("dossier/" + item, DOSSIER, row), ("care-plans", DOSSIER, -1), ("profile", PROFILE, 0)]
        for what, part, of in expected:
            with self.subTest(what):
                before = len(self.new())
                answer = self.read(what).json
                row = self.new()[-1]
                self.assertEqual(len(self.new()), before + 1)
                self.assertEqual((row["part"], row["object"], row["patient"], row["refresh"]), (part, of, 1, 0))
                self.assertEqual(row["account"], self.portal.account("w.debruin"))
                self.assertEqual(self.portal.value("SELECT account FROM session WHERE id = ?", row["session"]), row["account"])
                self.assertEqual(self.portal.value("SELECT account FROM membership WHERE id = ?", row["membership"]), row["account"])
                if "items" in answer:
                    self.assertEqual(row["count"], len(answer["items"]))
                    self.assert_at(answer["items"][0].get("start") or answer["items"][0]["at"], row["first"] / 1e6)
                    self.assert_at(answer["items"][-1].get("start") or answer["items"][-1]["at"], row["last"] / 1e6)

    def test_the_row_is_there_before_the_answer(self):
        for what in ("profile", "dossier", "appointments", "care-plans", "start"):
            with self.subTest(what):
                self.setUp()
                self.read(what)
                self.portal.kill()
                self.assertEqual(len(self.new()), 1)

    def test_a_row_of_a_wrong_clock_hides_nothing(self):
        """The clock was fast and is set right: the look of then is not within the last quarter."""
        self.portal.advance(minutes=10)
        self.read()
        self.portal.advance(minutes=-10)
        self.read()
        self.assertEqual(len(self.new()), 2)

    def test_the_same_range_is_not_recorded_again_within_a_quarter(self):
        self.read()
        self.read()
        self.portal.advance(14 * 60)
        self.read()
        self.assertEqual(len(self.new()), 1)
        self.portal.advance(61)
        self.read()
        self.assertEqual(len(self.new()), 2)

    def test_another_range_is(self):
        first = self.read("dossier").json
        self.read("dossier?cursor=" + first["next_cursor"])
        self.read("dossier?cursor=" + first["next_cursor"])
        self.assertEqual(len(self.new()), 2)

    def test_another_session_is(self):
        self.read()
        self.portal.stop()
        other = self.portal.add_session(self.portal.account("w.debruin"))
        self.portal.start()
        self.read(token=other)
        self.assertEqual(len({row["session"] for row in self.new()}), 2)

    def test_what_one_has_already_is_not_looked_at(self):
        answer = self.read("profile", headers=REFRESH)
        self.portal.advance(minutes=10)
        self.expect_open(self.token)
        self.portal.advance(minutes=10)
        again = self.portal.get(f"/patients/{self.wil}/profile", self.token, headers={"If-None-Match": answer.headers["etag"]})
        self.assertEqual(again.status, 304)
        self.assertEqual(len(self.new()), 1)

    def test_a_refresh_is_marked_and_hides_no_look(self):
        self.read(headers=REFRESH)
        self.read(headers=REFRESH)
        self.assertEqual([row["refresh"] for row in self.new()], [1])
        self.read()
        self.assertEqual([row["refresh"] for row in self.new()], [1, 0])
        self.read(headers=REFRESH)
        self.assertEqual([row["refresh"] for row in self.new()], [1, 0])

    def test_what_is_refused_shows_nothing_and_has_no_row(self):
        henk = self.portal.patient("henk")
        self.expect(self.portal.get(f"/patients/{henk}/profile", self.token), 404, "not-found")
        self.assertEqual(self.new(), [])

    def test_readings_at_the_same_time(self):
        threads = [threading.Thread(target=self.read, args=(what,)) for what in ("profile", "dossier", "appointments", "start") * 4]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual({(row["part"], row["object"]) for row in self.new()}, {(PROFILE, 0), (DOSSIER, 0), (APPOINTMENTS, 0), (ALL, 0)})
        self.assertIsNone(broken_row(self.rows()))

    def test_a_change_and_its_row_are_one(self):
        self.portal.stop()
        token = self.portal.add_session(self.portal.account("s.visser"))
        self.portal.start()
        invitation = self.portal.get("/invitations", token).json["invitations"][0]["id"]
        self.assertEqual(self.portal.post(f"/invitations/{invitation}/accept", token).status, 204)
        self.portal.kill()
        [row] = self.new(ACCEPTED)
        accepted = self.portal.value("SELECT accepted FROM membership WHERE id = ?", row["membership"])
        self.assertEqual(accepted, row["at"])

    def test_logging_out_has_a_row(self):
        self.assertEqual(self.portal.call("DELETE", "/session", self.token).status, 204)
        self.assertEqual(len(self.new(LOG_OUT)), 1)


class Chain(AuditCase):
    def setUp(self):
        super().setUp()
        for what in ("profile", "dossier", "appointments", "start"):
            self.read(what)
        self.first_step("m.debruin", "not the password")
        self.found = self.rows()

    def test_it_is_whole(self):
        self.assertGreater(len(self.found), 7)
        self.assertIsNone(broken_row(self.found))

    def test_any_changed_value_is_found(self):
        for column in range(len(self.found[0])):
            with self.subTest(column):
                rows = [list(row) for row in self.found]
                value = rows[3][column]
                rows[3][column] = bytes([value[0] ^ 1]) + value[1:] if isinstance(value, bytes) else value ^ 1
                self.assertEqual(broken_row(rows), 4)

    def test_a_removed_an_inserted_and_a_moved_row_are_found(self):
        rows = self.found
        self.assertEqual(broken_row(rows[:3] + rows[4:]), 4)
        self.assertEqual(broken_row(rows[:3] + rows[2:3] + rows[3:]), 4)
        self.assertEqual(broken_row(rows[:2] + [rows[3], rows[2]] + rows[4:]), 3)

    def test_it_goes_on_after_a_restart(self):
        self.portal.kill()
        self.portal.start()
        self.read("care-plans")
        self.assertIsNone(broken_row(self.rows()))

    def test_rows_hold_numbers_only(self):
        for row in self.found:
            self.assertTrue(all(isinstance(value, int) for value in row[:-1]), row)


if __name__ == "__main__":
    tap.main()
