# SPDX-License-Identifier: GPL-3.0-or-later
"""A test case in which m.debruin manages the users of Wil."""
import datetime
import email
import email.policy

from case import PortalCase

READING = {"appointments": "appointments", "dossier": "dossier", "profile": "profile", "settings": "members"}
EMOJI = "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467"
RIGHT_TO_LEFT = "\u202emoc.elpmaxe@live\u202c"
HOSTILE = "'; DROP TABLE account; --<script>{{7*7}}\r\nBcc: evil@evil.example"


class MembersCase(PortalCase):
    """New people get a temporary password, so that they can be let in here."""
    options = {"invitations": "invitation-with=credentials"}
    number = 0

    @classmethod
    def prepare(cls):
        cls.portal.command("sync")
        cls.wil, cls.henk = cls.portal.patient("wil"), cls.portal.patient("henk")

    def setUp(self):
        super().setUp()
        self.token, _, _ = self.enter("m.debruin")

    def list(self, token=None, patient=None):
        return self.expect(self.portal.get(f"/patients/{patient or self.wil}/members", token or self.token), 200).json

    def rows(self, token=None):
        return self.list(token)["members"]

    def row(self, name, token=None):
        """Of the member of that name; the EHR may know somebody of the same name."""
        found = [row for row in self.rows(token) if row["name"] == name and row["kind"] != "contact"]
        self.assertEqual(len(found), 1, name)
        return found[0]

    def id_of(self, username):
        return self.portal.value("SELECT m.public_id FROM membership m JOIN account a ON a.id = m.account JOIN patient p ON p.id = m.patient"
                                 " WHERE a.username = ? AND p.public_id = ?", username, self.wil)

    def post(self, what, body=None, token=None, patient=None, **kwargs):
        """Edits are of the row as it is now, but where other headers are given."""
        path = f"/patients/{patient or self.wil}/members{what}"
        kwargs.setdefault("headers", self.portal.seen(path, token or self.token))
        return self.portal.post(path, token or self.token, body, **kwargs)

    def do(self, member, what, body=None, token=None):
        return self.expect(self.post(f"/{member}/{what}", body, token), 200).json

    def give(self, member, part, token=None, ground=None):
        return self.post(f"/{member}/parts", {"part": part, "held": True, "ground": ground}, token)

    def take(self, member, part, token=None):
        return self.post(f"/{member}/parts", {"part": part, "held": False}, token)

    def person(self, **replaced):
        MembersCase.number += 1
        n = MembersCase.number
        person = {"email": f"nieuw{n}@nieuw.example", "relation": "friend", "name": f"Nel Nieuw {n}", "username": f"nel.nieuw{n}",
                  "mobile": f"06 1234 {n:04}"}
        person.update(replaced)
        return person

    def add(self, token=None, **replaced):
        return self.expect(self.post("", self.person(**replaced), token), 200).json

    def field(self, answer, field, reason=None, text=None):
        self.expect(answer, 422, "invalid-field")
        self.assertEqual((answer.json["field"], answer.json.get("reason"), answer.json.get("text")), (field, reason, text), answer)

    def accept(self, username, password=None):
        """The newest invitation of that person; returns the session's token."""
        token, _, _ = self.enter(username, password=password)
        [newest, *_] = self.portal.get("/invitations", token).json["invitations"]
        self.expect(self.portal.post(f"/invitations/{newest['id']}/accept", token), 204)
        return token

    def manager_of_henk(self):
        """m.debruin is invited for Henk too, by the organisation."""
        self.portal.command("demo-people", "--renew")
        return self.accept("m.debruin")

    def mails_to(self, address):
        found = []
        for name in self.portal.settled(".eml"):
            with open(name, "rb") as f:
                mail = email.message_from_binary_file(f, policy=email.policy.default)
            if address in mail["To"]:
                found.append(mail)
        return found

    def password_in(self, mail):
        text = mail.get_body(("plain",)).get_content()
        return next(line.split(": ")[1] for line in text.splitlines() if line.startswith("Tijdelijk wachtwoord: "))

    def password_of(self, address):
        return self.password_in(self.mails_to(address)[-1])

    def new_member(self, parts=(), **replaced):
        """Somebody who was added, has accepted and holds parts. Returns (row, user name, token)."""
        person = self.person(**replaced)
        row = self.expect(self.post("", person), 200).json
        for part in parts:
            self.expect(self.give(row["id"], part, ground="family"), 200)
        token = self.accept(person["username"], self.password_of(person["email"]))
        return row, person["username"], token

    def reads(self, token, patient=None):
        """The parts that a token opens, found by asking."""
        return {part for part, what in READING.items() if self.portal.get(f"/patients/{patient or self.wil}/{what}", token).status == 200}

    def day(self, days):
        """The date so many days from today, in the organisation's zone."""
        return (datetime.datetime.fromtimestamp(self.portal.now()) + datetime.timedelta(days=days)).strftime("%Y-%m-%d")
