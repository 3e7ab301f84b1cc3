# SPDX-License-Identifier: GPL-3.0-or-later
"""Who looked at what: a row before each answer, not twice for the same look, in a chain that shows every change."""
import hashlib
import struct
import threading
import urllib.parse

import tap
from case import PortalCase
from portal import until

# Every column but h, in the order of the schema: what the hash of a row is made of.
COLUMNS = "id, at, action, account, session, patient, membership, part, object, first, last, count, refresh"
# The object of the start screen; the bits above those of an object tell the lists of one object apart.
START, OBJECT_BITS = -5, 4
READ, LOG_OUT, ACCEPTED, LISTED_PATIENTS, LISTED_INVITATIONS, FORGOTTEN, VIEWED_AS, ACCESS_ENDED = 1, 8, 10, 16, 17, 18, 20, 27
APPOINTMENTS, DOSSIER, PROFILE, ALL = 2, 4, 8, 31
REFRESH = {"Cp-Cause": "refresh"}


def broken_row(rows, cut=0, before=bytes(32)):
    """The id of the first row that does not fit the chain; None when all do. cut, before: the last row that was deleted."""
    for number, (*values, h) in enumerate(rows, cut + 1):
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
        self.portal.until_read()
        self.wil = self.portal.patient("wil")
        self.before = len(self.rows())

    def rows(self):
        return self.portal.query(f"SELECT {COLUMNS}, h FROM audit ORDER BY id")

    def new(self, action=READ):
        """The rows of this test, as dictionaries."""
        names = COLUMNS.split(", ")
        return [dict(zip(names, row)) for row in self.rows()[self.before:] if row[2] == action]

    def change(self, sql, *values):
        self.portal.stop()
        self.portal.change(sql, *values)
        self.portal.start()

    def session_of(self, username):
        self.portal.stop()
        token = self.portal.add_session(self.portal.account(username))
        self.portal.start()
        return token

    def read(self, what="profile", token=None, **kwargs):
        return self.expect(self.portal.get(f"/patients/{self.wil}/{what}", token or self.token, **kwargs), kwargs.pop("status", 200))


class Rows(AuditCase):
    options = {"days": 100}  # three pages of cards

    def test_each_reading_has_its_row(self):
        item, row = self.portal.query("SELECT public_id, id FROM item WHERE patient = 1 AND removed IS NULL LIMIT 1")[0]
        expected = [("start", ALL, START), ("appointments", APPOINTMENTS, 0), ("appointments?when=past", APPOINTMENTS, -1),
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
        """The clock was fast and is set right: the look of then is not within the last quarter. By more than a minute, and the
        session is over."""
        self.portal.advance(50)
        self.read()
        self.portal.advance(-50)
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

    def test_so_is_another_page_of_one_moment(self):
        """What only dates tells has the same moment: pages that begin and end with it are told apart."""
        cards = self.portal.query("SELECT at, id FROM item WHERE patient = 1 AND removed IS NULL ORDER BY at DESC LIMIT 120")
        self.assertEqual(len(cards), 120)
        self.set_times((cards[0][0], id) for _, id in cards)
        self.addCleanup(self.set_times, cards)
        cursor = ""
        for _ in range(3):
            cursor = "?cursor=" + self.read("dossier" + cursor).json.get("next_cursor", "")
        rows = [(row["first"], row["last"], row["count"]) for row in self.new()]
        self.assertEqual(len(rows), 3)
        self.assertEqual(rows[:2], [(cards[0][0], cards[0][0], 50)] * 2)

    def set_times(self, cards):
        self.portal.stop()
        for card in cards:
            self.portal.change("UPDATE item SET at = ? WHERE id = ?", *card)
        self.portal.start()

    def test_another_session_is(self):
        self.read()
        self.portal.stop()
        other = self.portal.add_session(self.portal.account("w.debruin"))
        self.portal.start()
        self.read(token=other)
        self.assertEqual(len({row["session"] for row in self.new()}), 2)

    def expect_no_look_at_what_one_has(self, what):
        answer = self.read(what, headers=REFRESH)
        self.portal.advance(minutes=10)
        self.expect_open(self.token)
        self.portal.advance(minutes=10)
        again = self.portal.get(f"/patients/{self.wil}/{what}", self.token, headers={"If-None-Match": answer.headers["etag"]})
        self.assertEqual(again.status, 304)
        self.assertEqual(len(self.new()), 1)

    def test_what_one_has_already_is_not_looked_at(self):
        self.expect_no_look_at_what_one_has("profile")

    def test_the_start_screen_one_has_already_is_not_looked_at(self):
        self.expect_no_look_at_what_one_has("start")

    def test_a_refresh_is_marked_and_hides_no_look(self):
        self.read()
        self.read(headers=REFRESH)
        self.assertEqual([row["refresh"] for row in self.new()], [0])
        self.portal.advance(minutes=10)
        self.expect_open(self.token)
        self.portal.advance(minutes=6)
        self.read(headers=REFRESH)
        self.read(headers=REFRESH)
        self.assertEqual([row["refresh"] for row in self.new()], [0, 1])
        self.read()
        self.assertEqual([row["refresh"] for row in self.new()], [0, 1, 0])

    def test_who_always_says_refresh_is_seen_looking(self):
        """It is the caller's word: it counts only for what the session has looked at openly."""
        for what in ("start", "appointments", "appointments?when=past", "dossier", "care-plans", "profile"):
            with self.subTest(what):
                before = len(self.new())
                self.read(what, headers=REFRESH)
                self.assertEqual([row["refresh"] for row in self.new()[before:]], [0])
                self.read(what, headers=REFRESH)
                self.assertEqual(len(self.new()), before + 1)

    def test_a_refresh_is_of_the_beginning_only(self):
        cursor = self.read("dossier").json["next_cursor"]
        self.read("dossier?cursor=" + cursor, headers=REFRESH)
        item = self.portal.value("SELECT public_id FROM item WHERE patient = 1 AND removed IS NULL LIMIT 1")
        self.read("dossier/" + item, headers=REFRESH)
        self.assertEqual([row["refresh"] for row in self.new()], [0, 0, 0])

    def test_another_list_is_another_look(self):
        """Who opened the first page has not opened all months, all authors and all that a search may find."""
        self.read("dossier")
        self.read("timeline")
        self.portal.advance(60)
        author = urllib.parse.quote(self.portal.value("SELECT author FROM item WHERE patient = 1 AND kind = 0 AND author <> '' LIMIT 1"))
        month = self.read("timeline").json["months"][-1]["month"]
        lists = ["dossier?month=" + month, "dossier?from=2001-01-01", "dossier?until=2099-01-01", "dossier?from=2001-01-01&until=2099-01-01",
                 "dossier?author=" + author, "dossier?report=general", "dossier?report=plan", "dossier/search?text=mevrouw",
                 "dossier/search?text=koffie", "dossier/search?text=mevrouw&report=general", "dossier/authors?report=plan"]
        for what in lists:
            with self.subTest(what):
                before = len(self.new())
                self.read(what, headers=REFRESH)
                self.assertEqual([row["refresh"] for row in self.new()[before:]], [0])
        self.portal.advance(minutes=14)
        self.expect_open(self.token)
        self.portal.advance(minutes=2)
        for what in lists:
            with self.subTest(what):
                before = len(self.new())
                self.read(what, headers=REFRESH)
                self.assertEqual([row["refresh"] for row in self.new()[before:]], [1])
        self.assertLess(max(row["object"] for row in self.new()[-len(lists):]), -1 << OBJECT_BITS)

    def test_the_order_of_a_query_is_nothing(self):
        self.read("dossier?from=2001-01-01&report=general")
        self.read("dossier?report=general&from=2001-01-01")
        self.assertEqual(len(self.new()), 1)

    def test_what_was_sought_is_in_no_row(self):
        """Nor that two sessions sought the same."""
        other = self.session_of("w.debruin")
        self.read("dossier/search?text=mevrouw")
        self.read("dossier/search?text=mevrouw", token=other)
        self.assertEqual(len({row["object"] for row in self.new()}), 2)

    def test_the_start_screen_opens_no_list(self):
        """Also to who holds one part alone, whose start screen is of that part."""
        token = self.session_of("m.debruin")
        member = next(row["id"] for row in self.read("members", token).json["members"] if row["state"] == "active" and not row.get("self"))
        through = {"Cp-View-As": member, "Cp-View-Parts": "dossier"}
        self.read("start", token, headers=through)
        before = len(self.new(VIEWED_AS))
        self.read("dossier", token, headers={**through, **REFRESH})
        self.assertEqual([(row["part"], row["refresh"]) for row in self.new(VIEWED_AS)[before:]], [(DOSSIER, 0)])

    def test_a_card_opens_neither_its_files_nor_what_it_was(self):
        card, file = self.portal.query("SELECT i.public_id, a.public_id FROM attachment a JOIN item i ON i.id = a.item WHERE i.patient = 1"
                                       " AND a.until IS NULL AND i.removed IS NULL LIMIT 1")[0]
        for what in (f"dossier/{card}/attachments/{file}", f"dossier/{card}?version=1"):
            with self.subTest(what):
                self.read("dossier/" + card)
                self.portal.advance(minutes=10)
                self.expect_open(self.token)
                self.portal.advance(minutes=6)
                before = len(self.new())
                self.read(what, headers=REFRESH)
                self.assertEqual([row["refresh"] for row in self.new()[before:]], [0])

    def test_a_file_is_looked_at_by_itself(self):
        """Right after its card too, and once in a quarter."""
        card, at = self.portal.query("SELECT i.public_id, i.at FROM attachment a JOIN item i ON i.id = a.item WHERE i.patient = 1"
                                     " AND a.until IS NULL AND i.removed IS NULL LIMIT 1")[0]
        [(id, file)] = self.portal.query("SELECT a.id, a.public_id FROM attachment a JOIN item i ON i.id = a.item WHERE i.public_id = ?"
                                         " AND a.until IS NULL AND a.position = 0", card)
        self.read("dossier/" + card)
        for _ in range(2):
            self.read(f"dossier/{card}/attachments/{file}")
        self.assertEqual([(row["part"], row["object"], row["first"], row["count"]) for row in self.new()[1:]], [(DOSSIER, id, at, 1)])

    def test_what_was_said_before_is_looked_at_by_itself(self):
        """Other words than those of now, which were recorded a moment ago; each of them once in a quarter."""
        card, item = self.portal.query("SELECT public_id, id FROM item WHERE patient = 1 AND kind = 0 AND removed IS NULL LIMIT 1")[0]
        plan, row = self.portal.query("SELECT public_id, id FROM care_plan WHERE patient = 1 AND part_of IS NULL LIMIT 1")[0]
        self.change("INSERT INTO item_version (item, version, seen, text) VALUES (?, 1, 1000000, 'Zo was het')", item)
        self.change("UPDATE item SET version = 2 WHERE id = ?", item)
        self.change("INSERT INTO care_plan_version (care_plan, version, seen, body) SELECT id, 1, 1000000, body FROM care_plan WHERE id = ?", row)
        self.change("UPDATE care_plan SET version = 2 WHERE id = ?", row)
        for what in (f"dossier/{card}", f"care-plans/{plan}"):
            with self.subTest(what):
                before = len(self.new())
                for query in ("", "?version=1", "", "?version=1"):
                    self.read(what + query)
                now, then = self.new()[before:]
                self.assertEqual((now["count"], then["count"]), (1, -1))
                self.assertEqual((now["object"], now["first"]), (then["object"], then["first"]))

    def test_a_file_opens_no_plan_of_its_number(self):
        card, file = self.portal.query("SELECT i.public_id, a.public_id FROM attachment a JOIN item i ON i.id = a.item WHERE i.patient = 1"
                                       " AND a.until IS NULL AND i.removed IS NULL LIMIT 1")[0]
        plan, row = self.portal.query("SELECT public_id, id FROM care_plan WHERE patient = 1 AND part_of IS NULL LIMIT 1")[0]
        self.change("DELETE FROM attachment WHERE id = ? AND public_id <> ?", row, file)
        self.change("UPDATE attachment SET id = ? WHERE public_id = ?", row, file)
        self.read(f"dossier/{card}/attachments/{file}")
        self.read("care-plans/" + plan, headers=REFRESH)
        self.assertEqual([(told["object"], told["refresh"]) for told in self.new()], [(row, 0), (row, 0)])

    def test_what_was_said_before_opens_nothing(self):
        card, item = self.portal.query("SELECT public_id, id FROM item WHERE patient = 1 AND kind = 0 AND removed IS NULL LIMIT 1")[0]
        self.change("INSERT INTO item_version (item, version, seen, text) VALUES (?, 7, 1000000, 'Zo was het')", item)
        self.change("UPDATE item SET version = 8 WHERE id = ?", item)
        self.read(f"dossier/{card}?version=7")
        self.read("dossier/" + card, headers=REFRESH)
        self.assertEqual([row["refresh"] for row in self.new()], [0, 0])

    def test_what_another_session_looked_at_is_no_excuse(self):
        self.read()
        other = self.session_of("w.debruin")
        self.read(token=other, headers=REFRESH)
        self.assertEqual([row["refresh"] for row in self.new()], [0, 0])

    def test_the_list_of_portals_has_its_row(self):
        """Names and birth dates: a look, though no part is opened. Polled by the app, so not each time."""
        token = self.session_of("p.debruin")
        for headers in (None, None, REFRESH):
            answer = self.expect(self.portal.get("/session", token, headers=headers), 200).json
        [row] = self.new(LISTED_PATIENTS)
        self.assertEqual((row["count"], row["part"], row["object"], row["patient"]), (len(answer["patients"]), 0, 0, 0))
        self.assertEqual(row["account"], self.portal.account("p.debruin"))
        accepted = self.portal.query("SELECT accepted FROM membership WHERE account = ? ORDER BY accepted", row["account"])
        self.assertEqual((row["first"], row["last"]), (accepted[0][0], accepted[-1][0]))
        self.portal.advance(minutes=14)
        self.portal.get("/session", token)
        self.portal.advance(minutes=2)
        self.portal.get("/session", token)
        self.assertEqual(len(self.new(LISTED_PATIENTS)), 2)

    def test_a_list_of_portals_that_changed_is_another_look(self):
        token = self.session_of("p.debruin")
        self.portal.get("/session", token)
        of_henk = ("UPDATE membership SET state = ? WHERE patient = 2 AND account = ?", self.portal.account("p.debruin"))
        self.change(of_henk[0], 4, of_henk[1])
        self.addCleanup(self.change, of_henk[0], 2, of_henk[1])
        self.portal.get("/session", token)
        self.assertEqual([row["count"] for row in self.new(LISTED_PATIENTS)], [2, 1])

    def test_the_list_of_invitations_has_its_row(self):
        token = self.session_of("m.debruin")
        for _ in range(2):
            invitations = self.expect(self.portal.get("/invitations", token), 200).json["invitations"]
        [row] = self.new(LISTED_INVITATIONS)
        self.assertEqual((row["count"], row["account"]), (len(invitations), self.portal.account("m.debruin")))

    def test_an_empty_list_shows_nobody(self):
        token = self.session_of("t.bakker")
        self.assertEqual(self.portal.get("/session", token).json["patients"], [])
        self.assertEqual(self.portal.get("/invitations", token).json["invitations"], [])
        self.assertEqual(self.new(LISTED_PATIENTS) + self.new(LISTED_INVITATIONS), [])

    def test_the_row_of_a_list_is_there_before_the_answer(self):
        token = self.session_of("m.debruin")
        for path, action in (("/session", LISTED_PATIENTS), ("/invitations", LISTED_INVITATIONS)):
            with self.subTest(path):
                self.expect(self.portal.get(path, token), 200)
                self.portal.kill()
                self.assertEqual(len(self.new(action)), 1)
                self.portal.start()

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
        self.assertEqual({(row["part"], row["object"]) for row in self.new()}, {(PROFILE, 0), (DOSSIER, 0), (APPOINTMENTS, 0), (ALL, START)})
        self.assertIsNone(broken_row(self.rows()))

    def test_a_change_and_its_row_are_one(self):
        token = self.session_of("s.visser")
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

    def test_the_operator_is_told(self):
        self.assertIn(f"{len(self.found)} rows", self.portal.command("audit", "--verify"))
        self.change("UPDATE audit SET count = count + 1 WHERE id = 4")
        result = self.portal.command("audit", "--verify", check=False)
        self.change("UPDATE audit SET count = count - 1 WHERE id = 4")
        self.assertEqual(result.returncode, 1)
        self.assertIn("audit row 4 does not fit", result.stderr)

    def test_it_goes_on_after_a_restart(self):
        self.portal.kill()
        self.portal.start()
        self.read("care-plans")
        self.assertIsNone(broken_row(self.rows()))

    def test_rows_hold_numbers_only(self):
        for row in self.found:
            self.assertTrue(all(isinstance(value, int) for value in row[:-1]), row)


class Old(AuditCase):
    def test_what_is_old_goes_when_the_server_starts(self):
        """And each hour after; tests/server/test-tidy.c has the rules."""
        for what in ("profile", "dossier", "start"):
            self.read(what)
        for _ in range(2):
            self.first_step("m.debruin", "not the password")
        before = self.rows()
        self.portal.advance(days=5 * 365 + 3)
        self.portal.stop()
        fresh = self.portal.add_session(self.portal.account("w.debruin"))
        self.portal.start()
        until(lambda: self.portal.value("SELECT max(object) FROM audit WHERE action = ?", FORGOTTEN) == before[-1][0], "the end of the log")
        self.assertEqual(self.portal.query("SELECT id FROM session"), [(self.portal.value("SELECT max(id) FROM session"),)])
        self.assertEqual(self.portal.value("SELECT count(*) FROM throttle"), 0)
        self.assertEqual(self.portal.get(f"/patients/{self.wil}/profile", fresh).status, 200)
        self.assertEqual([row[2] for row in self.rows() if row[2] != ACCESS_ENDED], [FORGOTTEN, READ])
        self.assertIsNone(broken_row(self.rows(), before[-1][0], before[-1][-1]))


if __name__ == "__main__":
    tap.main()
