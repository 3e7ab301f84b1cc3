# SPDX-License-Identifier: GPL-3.0-or-later
"""Two who manage the same users at the same time: nobody overwrites what somebody else did since they looked."""

import itertools

import tap
from case import in_parallel
from members import MembersCase

CHANGED = 412, "changed-meanwhile"
MISSING = 428, "version-required"


class TwoManagers(MembersCase):
    """m.debruin looks, w.debruin is first."""
    edit_number = 0

    def setUp(self):
        super().setUp()
        self.portal.advance(31)
        self.other, _, _ = self.enter("w.debruin")

    def now(self, row, token=None):
        return next(found for found in self.rows(token) if found["id"] == row["id"])

    def edit(self, row, what, body=None, version=None, token=None):
        """As who saw row, or that version."""
        tag = version if version is not None else f'"{row["version"]}"'
        return self.post(f"/{row['id']}/{what}", body, token, headers={"If-Match": tag})

    def tick(self, row, part, held=True, **more):
        return self.edit(row, "parts", {"part": part, "held": held, **more})

    def first(self, row, what, body=None):
        """The other does it, who looked just now."""
        return self.do(row["id"], what, body, self.other)

    def unclear(self):
        """Somebody who was invited, of whom everything can still be changed."""
        row = self.add()
        self.expect(self.give(row["id"], "dossier", ground="family"), 200)
        return self.now(row)

    def edits(self):
        """Each edit with two bodies, and what of the row it changes."""
        TwoManagers.edit_number += 1
        number = TwoManagers.edit_number
        return {
            "until": ({"until": self.day(30)}, {"until": self.day(60)}, "until"),
            "ground": ({"ground": "mentor"}, {"ground": "curator"}, "ground"),
            "mobile": ({"mobile": "+31612348001"}, {"mobile": "+31612348002"}, "mobile"),
            "email": ({"email": f"een{number}@nieuw.example"}, {"email": f"twee{number}@nieuw.example"}, "email"),
        }


class Versions(TwoManagers):
    def test_it_is_of_what_can_be_changed_and_the_same_for_each_who_looks(self):
        row = self.unclear()
        seen = {row["version"]}
        self.assertEqual(self.now(row, self.other)["version"], row["version"])
        for what, (body, _, _) in self.edits().items():
            row = self.do(row["id"], what, body)
            self.assertNotIn(row["version"], seen, what)
            self.assertEqual(self.now(row, self.other)["version"], row["version"])
            seen.add(row["version"])
        row = self.expect(self.give(row["id"], "profile"), 200).json
        self.assertNotIn(row["version"], seen)
        self.assertRegex(row["version"], r"^[!#-~]{20,90}$")
        self.assertEqual([row for row in self.rows() if ("version" in row) == (row["state"] == "known")], [])

    def test_time_alone_does_not_change_it(self):
        """An invitation that goes out, and one that expires, was changed by nobody."""
        contact = next(row for row in self.rows() if row["kind"] == "contact")
        row = self.expect(self.post("", self.person(contact=contact["id"], relation=None, parts=["profile"])), 200).json
        self.assertEqual(row["state"], "not-invited")
        self.portal.advance(120)
        self.expect(self.take(self.id_of("j.hofstra"), "messages"), 200)  # any change wakes the outbox
        self.assertEqual(len(self.mails_to(row["email"])), 1)
        self.assertEqual((self.now(row)["state"], self.now(row)["version"]), ("invited", row["version"]))
        self.portal.advance(days=8)
        self.token, _, _ = self.enter("m.debruin")
        self.assertEqual((self.now(row)["state"], self.now(row)["version"]), ("expired", row["version"]))
        self.expect(self.edit(row, "until", {"until": self.day(30)}), 200)

    def test_it_tells_nothing_that_the_row_does_not(self):
        """Ton is known elsewhere: of him nothing shows but the address that was typed."""
        token = self.manager_of_henk()
        row = self.expect(self.post("", {"email": "ton@bakker.example", "relation": "friend"}, token, self.henk), 200).json
        self.portal.pause()
        self.portal.change("UPDATE account SET mobile = '+31612349999', name = 'Anders', email = 'ton@elders.example' WHERE username = 't.bakker'")
        self.portal.start()
        shown = next(one for one in self.list(token, self.henk)["members"] if one["id"] == row["id"])
        self.assertEqual(shown["version"], row["version"])


class Edits(TwoManagers):
    def test_who_did_not_see_the_change_is_refused(self):
        for what, (first, second, field) in self.edits().items():
            with self.subTest(what):
                row = self.unclear()
                theirs = self.first(row, what, first)
                answer = self.expect(self.edit(row, what, second), *CHANGED)
                self.assertEqual(answer.headers["content-type"], "application/problem+json")
                self.assertEqual(self.now(row), theirs, "nothing of it was done")
                mine = self.expect(self.edit(self.now(row), what, second), 200).json
                self.assertEqual(mine[field], second[field])

    def test_nor_may_who_did_not_see_another_field_change(self):
        for first, what in itertools.permutations(self.edits(), 2):
            with self.subTest(first=first, then=what):
                edits = self.edits()
                row = self.unclear()
                self.first(row, first, edits[first][0])
                second = edits[what][1]
                self.expect(self.edit(row, what, second), *CHANGED)

    def test_an_edit_says_which_version_it_is_of(self):
        row = self.unclear()
        plain = {"renew": None, "invitation": None, "parts": {"part": "profile", "held": True}}
        for what, body in {**plain, **{what: bodies[0] for what, bodies in self.edits().items()}}.items():
            answer = self.portal.post(f"/patients/{self.wil}/members/{row['id']}/{what}", self.token, body)
            self.expect(answer, *MISSING)
            self.assertEqual(self.now(row), row, what)

    def test_what_is_no_version_fits_nothing(self):
        row = self.unclear()
        version = row["version"]
        others = (self.add()["version"], version[:-1], version + "0", version.split(".")[0], version.split(".")[0] + ".", "", "." + version)
        wrong = ("*", version, f'W/"{version}"', f'"{version}", "x"', f'"x", "{version}"', '"', f'"{version}', f'{version}"', "x" * 300,
                 *(f'"{other}"' for other in others))
        for tag in wrong:
            self.expect(self.edit(row, "until", {"until": self.day(30)}, version=tag), *CHANGED)
        self.assertEqual(self.now(row), row)
        self.expect(self.edit(row, "until", {"until": self.day(30)}), 200)

    def test_an_invitation_that_was_withdrawn_is_not_sent_again(self):
        row = self.unclear()
        self.first(row, "withdraw")
        mails = len(self.mails_to(row["email"]))
        self.expect(self.edit(row, "invitation"), *CHANGED)
        self.assertEqual((self.now(row)["state"], len(self.mails_to(row["email"]))), ("withdrawn", mails))

    def test_boxes_count_where_they_are_all_given_anew(self):
        """With a later end all parts are given again; a number is another matter."""
        row = self.do(self.unclear()["id"], "until", {"until": self.day(30)})
        self.expect(self.give(row["id"], "profile", self.other), 200)
        self.expect(self.edit(row, "until", {"until": self.day(60)}), *CHANGED)
        self.expect(self.edit(row, "renew"), *CHANGED)
        self.expect(self.edit(row, "mobile", {"mobile": "+31612348003"}), 200)

    def test_the_start_screen_renews_what_it_showed(self):
        row, _, _ = self.new_member(["profile"])
        self.do(row["id"], "until", {"until": self.day(5)})
        ends = {token: next(end for end in self.portal.get(f"/patients/{self.wil}/start", token).json["access_ends"] if end["member"] == row["id"])
                for token in (self.token, self.other)}
        seen = {"id": row["id"], "version": ends[self.token]["version"]}
        self.assertEqual(ends[self.other], ends[self.token])
        self.assertEqual(seen["version"], self.now(row)["version"])
        self.assertEqual(self.expect(self.edit(seen, "renew", token=self.other), 200).json["until"], ends[self.other]["renew_until"])
        self.expect(self.edit(seen, "renew"), *CHANGED)


class Boxes(TwoManagers):
    """Each is a small fact of its own."""

    def test_two_boxes_at_once(self):
        row = self.unclear()
        self.expect(self.give(row["id"], "profile", self.other), 200)
        row = self.expect(self.tick(row, "messages"), 200).json
        self.assertEqual(row["pending"], ["messages", "dossier", "profile"])

    def test_a_box_that_is_so_already_is_no_mistake(self):
        row = self.unclear()
        self.expect(self.give(row["id"], "profile", self.other), 200)
        count = self.portal.value("SELECT count(*) FROM audit WHERE action = 24")
        self.expect(self.tick(row, "profile"), 200)
        self.expect(self.take(row["id"], "profile", self.other), 200)
        self.expect(self.tick(row, "profile", held=False), 200)
        self.assertEqual(self.portal.value("SELECT count(*) FROM audit WHERE action = 24"), count)

    def test_nobody_undoes_a_withdrawal_unseen(self):
        """Ticking a box of whom somebody else has just turned away would invite anew."""
        waiting = self.unclear()
        self.first(waiting, "withdraw")
        active, _, _ = self.new_member(["profile"])
        active = self.now(active)
        self.first(active, "end")
        for row, state in ((waiting, "withdrawn"), (active, "ended")):
            self.expect(self.tick(row, "messages"), *CHANGED)
            shown = self.now(row)
            self.assertEqual((shown["state"], shown["parts"], shown["pending"]), (state, [], []))

    def test_nor_a_ground_or_gives_for_longer_than_was_seen(self):
        row = self.unclear()
        self.first(row, "ground", {"ground": "mentor"})
        self.expect(self.tick(row, "settings", ground="family"), *CHANGED)
        self.assertEqual(self.now(row)["ground"], "mentor")
        row = self.do(row["id"], "until", {"until": self.day(10)})
        self.first(row, "until", {"until": None})
        self.expect(self.tick(row, "profile"), *CHANGED)
        self.assertEqual(self.now(row)["pending"], ["dossier"])

    def test_what_takes_away_is_never_kept_waiting(self):
        for what, body in (("parts", {"part": "dossier", "held": False}), ("withdraw", None)):
            row = self.unclear()
            self.first(row, "mobile", {"mobile": "+31612348004"})
            self.expect(self.edit(row, what, body), 200)
            self.assertEqual(self.now(row)["pending"], [], what)
        row, _, token = self.new_member(["profile"])
        self.expect(self.give(row["id"], "messages", self.other), 200)
        answer = self.portal.post(f"/patients/{self.wil}/members/{row['id']}/end", self.token)
        self.assertEqual(self.expect(answer, 200).json["state"], "ended")
        self.assertEqual(self.reads(token), set())


class Again(TwoManagers):
    """The answer was lost, and the same is asked once more with the version of before."""

    def test_it_gets_the_answer_of_the_first_try(self):
        for what, (body, other, _) in self.edits().items():
            with self.subTest(what):
                row = self.unclear()
                first = self.expect(self.edit(row, what, body), 200)
                mails, rows = len(self.mails_to(first.json["email"])), self.portal.value("SELECT count(*) FROM audit WHERE action >= 20")
                newest = self.portal.value("SELECT max(id) FROM audit")
                again = self.expect(self.edit(row, what, body), 200)
                self.assertEqual(again.json, first.json)
                self.assertEqual(self.portal.query("SELECT action, part FROM audit WHERE id > ?", newest), [(1, 16)], "it was read")
                self.assertEqual((len(self.mails_to(first.json["email"])), self.portal.value("SELECT count(*) FROM audit WHERE action >= 20")),
                                 (mails, rows), "and is not done twice")
                self.expect(self.edit(row, what, other), *CHANGED)

    def test_a_box_too(self):
        row = self.unclear()
        self.assertEqual(self.expect(self.tick(row, "profile"), 200).json, self.expect(self.tick(row, "profile"), 200).json)

    def test_what_changes_nothing_was_read(self):
        row = self.unclear()
        for what, body in (("parts", {"part": "profile", "held": False}), ("parts", {"part": "dossier", "held": True, "ground": "family"}),
                           ("ground", {"ground": "family"})):
            newest = self.portal.value("SELECT max(id) FROM audit")
            headers = {"If-Match": f'"{row["version"]}"', "Cp-Cause": "refresh"}
            self.assertIn("email", self.expect(self.post(f"/{row['id']}/{what}", body, headers=headers), 200).json)
            self.assertEqual(self.portal.query("SELECT action, part, object <> 0, count, refresh FROM audit WHERE id > ?", newest), [(1, 16, 1, 1, 0)])

    def test_what_is_already_so_is_answered_also_when_another_did_it(self):
        row = self.unclear()
        theirs = self.first(row, "until", {"until": self.day(30)})
        self.assertEqual(self.expect(self.edit(row, "until", {"until": self.day(30)}), 200).json, theirs)

    def test_renewing_twice_renews_once(self):
        row = self.do(self.unclear()["id"], "until", {"until": self.day(30)})
        self.assertEqual(self.expect(self.edit(row, "renew"), 200).json["until"], self.day(60))
        self.expect(self.edit(row, "renew"), *CHANGED)
        self.assertEqual(self.now(row)["until"], self.day(60))


class AtOnce(TwoManagers):
    """From threads: between looking at the version and writing there is no room for another."""

    def race(self, what, bodies, field):
        row = self.unclear()
        each = iter([(body, token) for body in bodies for token in (self.token, self.other)])
        answers = in_parallel(2 * len(bodies), lambda connection: (lambda body, token: (body, self.post(
            f"/{row['id']}/{what}", body, token, headers={"If-Match": f'"{row["version"]}"'}, connection=connection)))(*next(each)), self.portal)
        done = [(body, answer) for body, answer in answers if answer.status == 200]
        for _, answer in answers:
            self.assertIn((answer.status, answer.code), ((200, None), CHANGED))
        # Each body came twice: who asked what is so already is told so.
        self.assertEqual(len({body[field] for body, _ in done}), 1, "one was first, all others are told")
        self.assertEqual(len(done), 2)
        self.assertEqual(self.now(row)[field], done[0][0][field])

    def test_one_end_date(self):
        self.race("until", [{"until": self.day(days)} for days in (30, 40, 50, 60)], "until")

    def test_one_number(self):
        self.race("mobile", [{"mobile": f"+3161234810{n}"} for n in range(4)], "mobile")

    def test_one_ground(self):
        self.race("ground", [{"ground": ground} for ground in ("mentor", "curator", "legal-representative", "written-authority")], "ground")


if __name__ == "__main__":
    tap.main()
