# SPDX-License-Identifier: GPL-3.0-or-later
"""What a manager learns of an address: whether somebody uses the portal with it, and nothing else."""
import tap
from members import EMOJI, HOSTILE, RIGHT_TO_LEFT, MembersCase


class Lookup(MembersCase):
    def look(self, address, token=None):
        return self.post("/lookup", {"email": address}, token)

    def test_it_tells_known_and_nothing_else(self):
        self.expect(self.look("nobody@nowhere.example"), 200)
        self.portal.advance(days=1, hours=1)
        self.token, _, _ = self.enter("m.debruin")
        row, username, _ = self.new_member()
        self.portal.advance(31)
        token, _, _ = self.enter("w.debruin")
        unknown = self.look("nobody@nowhere.example", token)
        self.assertEqual(unknown.json, {"known": False})
        self.expect(self.post(f"/{row['id']}/end", token=token), 200)
        known = self.portal.value("SELECT email FROM account WHERE username = 'p.debruin'")
        self.field(self.look(known, token), "email", "in-list", "Pieter de Bruin")

    def test_somebody_of_another_client_is_known(self):
        """m.debruin accepts Henk's portal, where nobody but p.debruin is."""
        token = self.manager_of_henk()
        answer = self.portal.post(f"/patients/{self.henk}/members/lookup", token, {"email": "TON@bakker.example"})
        self.assertEqual(answer.json, {"known": True})
        answer = self.portal.post(f"/patients/{self.henk}/members", token, {"email": "ton@bakker.example", "relation": "friend"})
        self.expect(answer, 200)
        row = answer.json
        self.assertEqual((row["name"], row["email"], row.get("mobile"), row.get("username"), row.get("last_login")),
                         ("ton@bakker.example", "ton@bakker.example", None, None, None))
        self.assertNotIn("Ton", answer.text)
        self.assertNotIn("mobile", row["allowed"])
        [mail] = self.mails_to("ton@bakker.example")
        text = mail.get_body(("plain",)).get_content()
        for word in ("wachtwoord: ", "t.bakker", "Henk", "H. de Bruin"):
            self.assertNotIn(word, text)
        ton = self.accept("t.bakker")
        rows = self.portal.get(f"/patients/{self.henk}/members", token).json["members"]
        self.assertIn("Ton Bakker", [row["name"] for row in rows], "who has accepted has a name")
        self.assertEqual(self.reads(ton, self.henk), set())

    def test_twenty_a_day_and_adding_is_no_way_around(self):
        for i in range(20):
            self.expect(self.look(f"nobody{i}@nowhere.example"), 200)
        answer = self.expect(self.look("nobody20@nowhere.example"), 429, "lookups-today")
        self.assertGreater(int(answer.headers["retry-after"]), 3600)
        self.expect(self.post("", self.person()), 429, "lookups-today")
        looked_up = self.person(email="nobody3@nowhere.example")
        self.expect(self.post("", looked_up), 200)
        self.portal.pause()
        self.portal.start()
        self.expect(self.look("nobody21@nowhere.example"), 429, "lookups-today")
        other, _, _ = self.enter("w.debruin")
        self.expect(self.look("nobody22@nowhere.example", other), 200)
        self.portal.advance(days=1, seconds=1)
        self.token, _, _ = self.enter("m.debruin")
        self.expect(self.look("nobody23@nowhere.example"), 200)

    def test_a_try_that_fails_counts_too(self):
        for i in range(20):
            self.field(self.post("", {"email": f"probe{i}@nowhere.example", "relation": "friend"}), "name", "required")
        self.expect(self.look("nobody@nowhere.example"), 429, "lookups-today")

    def test_so_does_a_user_name_that_is_somebodys(self):
        person = self.person(username="m.debruin")
        for _ in range(19):
            self.field(self.post("", person), "username", "taken", "m.debruin2")
        self.expect(self.post("", person), 429, "lookups-today")
        self.expect(self.post("", {**person, "username": person["name"].lower().replace(" ", ".")}), 200)

    def test_each_asking_has_its_row(self):
        """Whichever way it was asked; and none when that address was told a moment ago."""
        rows = lambda: self.portal.query("SELECT account, patient, membership FROM audit WHERE action = 30 ORDER BY id")
        contact = next(row for row in self.rows() if row["kind"] == "contact" and row.get("email"))
        row, before = self.add(), len(rows())
        known, other = (self.portal.value("SELECT email FROM account WHERE username = ?", username) for username in ("t.bakker", "s.visser"))
        add = lambda email: self.post("", {"email": email})
        correct = lambda email: self.post(f"/{row['id']}/email", {"email": email})
        asked = [(add, "asked1@elders.example"), (add, known), (add, contact["email"]), (self.look, known), (correct, "asked2@elders.example"),
                 (correct, other)]
        for n, (ask, email) in enumerate(asked, 1):
            ask(email)
            self.assertEqual(len(rows()), before + n, email)
        for ask in add, correct:
            ask("asked1@elders.example")
        self.expect(self.look("asked3@elders.example"), 200)
        self.expect(self.post("", self.person(email="asked3@elders.example")), 200)
        self.assertEqual(len(rows()), before + n + 1)
        asker = self.portal.query("SELECT account, patient, id FROM membership WHERE public_id = ?", self.id_of("m.debruin"))
        self.assertEqual(set(rows()[before:]), set(asker))

    def test_ones_own_address_and_those_in_the_list(self):
        self.field(self.look("Marijke@DeBruin.example"), "email", "own")
        self.field(self.look("Pieter@debruin.example"), "email", "in-list", "Pieter de Bruin")
        row = self.add()
        self.field(self.look(row["email"]), "email", "in-list", row["name"])
        contact = next(row for row in self.rows() if row["kind"] == "contact" and row.get("email"))
        self.field(self.look(contact["email"]), "email", "in-list", contact["name"])
        self.field(self.post("", self.person(email=contact["email"])), "email", "in-list", contact["name"])

    def test_bad_addresses(self):
        for address in ("geen adres", "a@b", "twee@adressen.example,x@y.example", "a b@c.example", "a@b.example\n", "<a@b.example>",
                        "x" * 255 + "@b.example", EMOJI + "@b.example", RIGHT_TO_LEFT, HOSTILE):
            answer = self.look(address)
            self.expect(answer, 422, "invalid-field")
            self.assertEqual(answer.json["field"], "email", address)
        self.field(self.look(""), "email", "required")
        self.field(self.look("   "), "email", "required")


class Moved(MembersCase):
    """Ton, whom the portal knows, was added for Henk and has not accepted; meanwhile he gets another address."""

    def setUp(self):
        super().setUp()
        self.token = self.manager_of_henk()

    def henks(self, what, **body):
        return self.post(what, body, patient=self.henk)

    def move(self, address):
        token, _, _ = self.enter("t.bakker")
        seen = self.portal.settled(".eml")
        self.expect(self.portal.post("/account/email", token, {"email": address, "password": self.portal.passwords["t.bakker"]}), 204)
        self.expect(self.portal.post("/links/confirm", body={"token": self.portal.new_link(seen)}), 204)

    def row_of_ton(self):
        return next(row for row in self.list(patient=self.henk)["members"] if row["id"] == self.member)

    def nothing_tells_whose_it_is(self, address):
        """It is as the address of anybody who uses the portal elsewhere."""
        elsewhere = self.portal.value("SELECT email FROM account WHERE username = 'w.debruin'")
        asked = [self.henks("/lookup", email=email) for email in (elsewhere, address)]
        self.assertEqual([answer.json for answer in asked], [{"known": True}] * 2)
        other = self.expect(self.henks("", **self.person()), 200).json["id"]
        corrected = [self.henks(f"/{other}/email", email=email) for email in (elsewhere, address)]
        added = self.henks("", email=address, relation="friend")
        for answer, reason in (*((answer, "known") for answer in corrected), (added, "unusable")):
            self.field(answer, "email", reason)
        for answer in (*asked, *corrected, added):
            self.assertNotIn("bakker", answer.text.lower())

    def test_the_address_that_was_typed_shows_until_he_has_accepted(self):
        self.member = self.expect(self.henks("", email="ton@bakker.example", relation="friend"), 200).json["id"]
        self.move("ton@verhuisd.example")
        row = self.row_of_ton()
        self.assertEqual((row["name"], row["email"]), ("ton@bakker.example", "ton@bakker.example"))
        self.field(self.henks("/lookup", email="Ton@Bakker.example"), "email", "in-list", "ton@bakker.example")
        self.field(self.henks("", email="Ton@Bakker.example", relation="friend"), "email", "in-list", "ton@bakker.example")
        self.nothing_tells_whose_it_is("ton@verhuisd.example")
        self.expect(self.post(f"/{self.member}/invitation", patient=self.henk), 200)
        self.assertEqual(len(self.mails_to("ton@verhuisd.example")), 2, "to confirm it, and the invitation again: it goes to where he is now")
        self.assertEqual(self.row_of_ton()["email"], "ton@bakker.example")
        self.accept("t.bakker")
        row = self.row_of_ton()
        self.assertEqual((row["name"], row["email"]), ("Ton Bakker", "ton@verhuisd.example"))
        self.assertIsNone(self.portal.value("SELECT email FROM membership WHERE public_id = ?", self.member))


if __name__ == "__main__":
    tap.main()
