# SPDX-License-Identifier: GPL-3.0-or-later
"""The mail that there is something new: one after a run that brought something, none without, and never to who may not read it."""
import unittest

import tap
from portal import Portal, mail_text, read_mail, until

TEMPLATE = "something-new"
WRITTEN = f"SELECT count(*) FROM outbox WHERE template = '{TEMPLATE}'"
WAITING = f"SELECT count(*) FROM outbox WHERE template = '{TEMPLATE}' AND sent IS NULL AND failed IS NULL"
TEXT = b"Mevrouw liep vandaag zelf naar de kapper."


class News(unittest.TestCase):
    """Marijke manages the portal of Wil and reads everything of it; Wil too. The server's clock begins at 10:00 UTC."""

    def setUp(self):
        self.portal = Portal(clock=True, patients=2, days=5)
        self.addCleanup(self.portal.__exit__)
        self.documents = {}
        self.portal.write_documents()
        self.portal.command("sync")
        self.portal.change("UPDATE membership SET until = NULL")
        self.portal.start()
        self.run_once(at_start=True)

    def runs(self):
        return self.portal.value("SELECT max(last_attempt) FROM sync_type")

    def run_once(self, at_start=False):
        """A run that is over, and all that it told is handed over or put off."""
        before = self.runs()
        if at_start:
            self.portal.until_read()
        else:
            self.portal.advance(minutes=2)
            self.portal.command("sync")
            until(lambda: self.runs() > before, "a run")
        until(lambda: self.portal.value("SELECT count(*) FROM sync_lease") == 0, "the end of the run")
        now = int(self.portal.now() * 1e6)
        until(lambda: self.portal.value(WAITING + f" AND next_try <= {now}") == 0, "an outbox in which nothing is due")

    def add_document(self):
        name = f"nieuws{len(self.documents)}"
        self.documents[name] = (self.client(), "Brief van de huisarts", "text/plain", TEXT)
        self.portal.write_documents(**self.documents)

    def client(self):
        return self.portal.value("SELECT fhir_id FROM patient ORDER BY id LIMIT 1")

    def mails(self, address="marijke@debruin.example"):
        return [mail for mail in map(read_mail, self.portal.sent(f"-{TEMPLATE}.eml")) if address in mail["To"]]

    def test_once_and_calm(self):
        token, _, _ = self.portal.login("m.debruin")
        self.run_once()
        self.assertEqual(self.portal.value(WRITTEN), 0)
        self.add_document()
        self.add_document()
        self.run_once()
        [mail] = self.mails()
        # Nobody else was ever in; and nothing of what it is, or of whom.
        self.assertEqual(self.portal.value(WRITTEN), 1)
        self.assertEqual(mail["Subject"], "Er is iets nieuws in het cliëntportaal")
        for kind in ("plain", "html"):
            text = mail_text(mail, kind)
            self.assertIn("Profielinstellingen, Meldingen", text.replace("\n", " "))
            for word in ("Bruin", "Wil ", "kapper", "huisarts", "Brief van"):
                self.assertNotIn(word, text)
        self.run_once()
        self.add_document()
        self.run_once()
        self.assertEqual(len(self.mails()), 1)
        # In the portal, in the session that is open.
        self.assertEqual(self.portal.get("/session", token).status, 200)
        self.run_once()
        self.assertEqual(len(self.mails()), 1)
        self.add_document()
        self.run_once()
        self.assertEqual(len(self.mails()), 2)
        # After another login.
        self.portal.login("m.debruin")
        self.run_once()
        self.assertEqual(len(self.mails()), 2)
        self.add_document()
        self.run_once()
        self.assertEqual(len(self.mails()), 3)

    def test_quiet_hours(self):
        token, _, _ = self.portal.login("m.debruin")
        account = self.portal.get("/account", token).json
        self.assertEqual((account["news_mail"], account["quiet_from"], account["quiet_until"]), (True, "21:00", "08:00"))
        answer = self.portal.call("PUT", "/account/notifications", token, {"news_mail": True, "quiet_from": "09:00", "quiet_until": "20:00"})
        self.assertEqual((answer.status, answer.json["quiet_from"], answer.json["quiet_until"]), (200, "09:00", "20:00"))
        self.add_document()
        self.run_once()
        self.assertEqual((self.portal.value(WAITING), self.mails()), (1, []))
        # Looked at meanwhile: at the end of the quiet hours nothing is left to say.
        self.portal.advance(minutes=5)
        self.assertEqual(self.portal.get(f"/patients/{self.portal.patient('wil')}/start", token).status, 200)
        self.portal.advance(hours=11)
        until(lambda: self.portal.value(WAITING) == 0, "the end of the quiet hours", 60)
        self.assertEqual(self.mails(), [])
        self.assertNotIn(TEMPLATE, self.portal.command("outbox"))

    def test_quiet_hours_end(self):
        self.portal.login("m.debruin")
        self.portal.stop()
        self.portal.change("UPDATE account SET quiet_from = 540, quiet_until = 1200")
        self.portal.start()
        self.add_document()
        self.run_once()
        self.assertEqual(self.mails(), [])
        # Killed while it waits.
        self.portal.kill()
        self.portal.advance(hours=11)
        self.portal.start()
        until(self.mails, "a mail", 60)
        self.run_once()
        self.assertEqual((len(self.mails()), self.portal.value(WRITTEN)), (1, 1))

    def test_off(self):
        token, _, _ = self.portal.login("m.debruin")
        answer = self.portal.call("PUT", "/account/notifications", token, {"news_mail": False})
        self.assertEqual((answer.status, answer.json["news_mail"], "quiet_from" in answer.json), (200, False, False))
        self.add_document()
        self.run_once()
        self.assertEqual(self.portal.value(WRITTEN), 0)

    def test_wrong_choices(self):
        token, _, _ = self.portal.login("m.debruin")
        for choice, field in (({"quiet_from": "21:00"}, "quiet_until"), ({"quiet_until": "21:00"}, "quiet_until"),
                              ({"quiet_from": "08:00", "quiet_until": "08:00"}, "quiet_until"), ({"quiet_from": "24:00", "quiet_until": "08:00"}, "quiet_from"),
                              ({"quiet_from": "21:00", "quiet_until": "acht"}, "quiet_until")):
            with self.subTest(choice):
                answer = self.portal.call("PUT", "/account/notifications", token, {"news_mail": True, **choice})
                self.assertEqual((answer.status, answer.code, answer.json["field"]), (422, "invalid-field", field))
        self.assertEqual(self.portal.get("/account", token).json["quiet_from"], "21:00")

    def test_a_right_that_was_withdrawn(self):
        """Between the run and the end of the quiet hours; and to who was never in nothing is mailed at all."""
        reader, _, _ = self.portal.login("p.debruin")
        manager, _, _ = self.portal.login("m.debruin")
        quiet = {"news_mail": True, "quiet_from": "09:00", "quiet_until": "20:00"}
        for token in (reader, manager):
            self.assertEqual(self.portal.call("PUT", "/account/notifications", token, quiet).status, 200)
        self.add_document()
        self.run_once()
        self.assertEqual(self.portal.value(WAITING), 2)
        members = f"/patients/{self.portal.patient('wil')}/members"
        [pieter] = [row["id"] for row in self.portal.get(members, manager).json["members"] if row["name"] == "Pieter de Bruin" and row["kind"] != "contact"]
        for part in ("dossier", "appointments"):
            answer = self.portal.post(f"{members}/{pieter}/parts", manager, {"part": part, "held": False})
            self.assertEqual(answer.status, 200, answer)
        self.portal.advance(hours=11)
        until(lambda: self.portal.value(WAITING) == 0, "the end of the quiet hours", 60)
        self.assertEqual(self.mails("pieter@debruin.example"), [])
        self.assertEqual(self.portal.value(WRITTEN + " AND sent IS NOT NULL AND account = ?", self.portal.account("p.debruin")), 0)


if __name__ == "__main__":
    tap.main()
