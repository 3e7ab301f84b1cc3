# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages of links at the real server: what looking uses up, what the form does, and how they say that it is late."""
import html
import re
import urllib.parse

import tap
from case import PortalCase
from portal import NEW_PASSWORD


class Page:
    def __init__(self, response, text):
        self.status, self.text = response.status, text
        self.headers = {name.lower(): value for name, value in response.getheaders()}

    @property
    def heading(self):
        return html.unescape(re.search(r"<h1>(.*?)</h1>", self.text).group(1))

    @property
    def stamp(self):
        return re.search(r'name="form" value="([^"]+)"', self.text).group(1)


class PageCase(PortalCase):
    def browse(self, method, path, form=None, **headers):
        connection = self.portal.connection()
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        page = Page(response, response.read().decode())
        connection.close()
        return page

    def choose(self, path, username, password=NEW_PASSWORD, page=None, **headers):
        page = page or self.browse("GET", path)
        return self.browse("POST", path, {"form": page.stamp, "username": username, "new_password": password}, **headers)

    def shows(self, page, status, heading):
        self.assertEqual((page.status, page.heading), (status, heading))
        self.assertEqual(page.headers["content-type"], "text/html; charset=utf-8")
        self.assertEqual(page.headers["cache-control"], "no-store")
        self.assertNotRegex(page.text, r"<script|\{[a-z]+\}")
        return page

    def reset(self, username):
        seen = self.portal.settled(".eml")
        email = self.portal.value("SELECT email FROM account WHERE username = ?", username)
        self.expect(self.portal.post("/forgot", body={"username": username, "email": email}), 204)
        return "/reset/" + self.portal.new_link(seen)


class Reset(PageCase):
    def test_the_whole_way(self):
        token, device, _ = self.enter("m.debruin")
        path = self.reset("m.debruin")
        page = self.shows(self.browse("GET", path), 200, "Wachtwoord herstellen")
        self.assertRegex(page.text, r"Deze link werkt tot \d\d:\d\d uur\.")
        self.assertIn(f"clientportaal://127.0.0.1:{self.portal.port}" + path.replace("/reset/", "/reset#"), page.text)
        for text in ("Zorggroep De Linde", "de servicedesk", "088 000 12 00", "werkdagen 8.30 tot 16.30 uur"):
            self.assertIn(text, page.text)
        done = self.shows(self.choose(path, "m.debruin", page=page), 200, "Uw wachtwoord is gewijzigd")
        for shown in (page, done):
            self.assertIn("Staat het programma niet op uw computer?", shown.text)
            self.assertIn("softwarewinkel", shown.text)
        self.expect_ended(token, "session-ended-password")
        self.assertEqual(self.first_step("m.debruin", NEW_PASSWORD, device).json["next"], "verify-device")
        self.portal.passwords["m.debruin"] = NEW_PASSWORD
        again = self.shows(self.browse("GET", path), 410, "Deze link werkt niet meer")
        self.assertIn('href="/forgot"', again.text)

    def test_looking_uses_nothing_up(self):
        """Programs that look through mail for viruses fetch links, more than once."""
        path = self.reset("p.debruin")
        for method in ("HEAD", "GET", "GET", "HEAD"):
            page = self.browse(method, path)
            self.assertEqual(page.status, 200)
            self.assertEqual(page.text == "", method == "HEAD")
        self.assertEqual(self.portal.value("SELECT count(*) FROM link WHERE used IS NULL") > 0, True)
        self.shows(self.choose(path, "p.debruin"), 200, "Uw wachtwoord is gewijzigd")
        self.portal.passwords["p.debruin"] = NEW_PASSWORD

    def test_late(self):
        path = self.reset("w.debruin")
        page = self.browse("GET", path)
        self.portal.advance(minutes=6)
        late = self.shows(self.choose(path, "w.debruin", page=page), 410, "Deze link werkt niet meer")
        self.assertIn("werkt uw oude wachtwoord nog", late.text)
        self.expect(self.first_step("w.debruin"), 200)

    def test_wrong_and_then_right(self):
        path = self.reset("w.debruin")
        wrong = self.shows(self.choose(path, "m.debruin"), 403, "Wachtwoord herstellen")
        self.assertIn("hoort niet bij deze link", wrong.text)
        short = self.shows(self.choose(path, "w.debruin", "kort", page=wrong), 422, "Wachtwoord herstellen")
        self.assertIn("te kort", short.text)
        self.assertIn('value="w.debruin"', short.text)
        self.shows(self.choose(path, "w.debruin", page=short), 200, "Uw wachtwoord is gewijzigd")
        self.portal.passwords["w.debruin"] = NEW_PASSWORD

    def test_from_another_site(self):
        path = self.reset("p.debruin")
        page = self.shows(self.choose(path, "p.debruin", Origin="https://evil.example"), 403, "Het lukt even niet")
        self.assertIn("niets gewijzigd", page.text)
        self.shows(self.browse("GET", path), 200, "Wachtwoord herstellen")

    def test_a_page_that_was_open_for_long(self):
        path = self.reset("p.debruin")
        page = self.browse("GET", path)
        self.portal.advance(minutes=31)
        self.shows(self.choose(path, "p.debruin", page=page), 403, "Het lukt even niet")

    def test_tries_are_counted(self):
        path = self.reset("p.debruin")
        page = self.browse("GET", path)
        for _ in range(10):
            self.shows(self.choose(path, "nobody.here", page=page), 403, "Wachtwoord herstellen")
        later = self.shows(self.choose(path, "p.debruin", page=page), 429, "Het lukt even niet")
        self.assertIn("over 15 minuten", later.text)
        self.assertGreater(int(later.headers["retry-after"]), 800)

    def test_a_link_is_what_its_address_says(self):
        path = self.reset("p.debruin")
        self.shows(self.browse("GET", path.replace("reset", "invitation")), 410, "Deze uitnodiging werkt niet meer")
        self.shows(self.browse("GET", path.replace("reset", "confirm")), 410, "Deze link werkt niet meer")

    def test_the_log_has_no_token(self):
        path = self.reset("p.debruin")
        self.choose(path, "p.debruin", "kort")
        self.assertNotIn(path.rsplit("/", 1)[1], self.portal.log_text())


class Others(PageCase):
    def test_forgot(self):
        page = self.shows(self.browse("GET", "/forgot"), 200, "Wachtwoord vergeten")
        seen = self.portal.settled(".eml")
        email = self.portal.value("SELECT email FROM account WHERE username = 'm.debruin'")
        form = {"form": page.stamp, "username": "m.debruin", "email": email}
        known = self.shows(self.browse("POST", "/forgot", form), 200, "Kijk in uw e-mail")
        self.portal.new_link(seen)
        unknown = self.browse("POST", "/forgot", {**form, "username": "nobody.here"})
        self.assertEqual(known.text, unknown.text)
        wrong = self.shows(self.browse("POST", "/forgot", {**form, "email": "geen adres"}), 422, "Wachtwoord vergeten")
        self.assertIn('value="geen adres"', wrong.text)

    def test_home(self):
        page = self.shows(self.browse("GET", "/"), 200, "Cliëntportaal")
        self.assertIn(f"clientportaal://127.0.0.1:{self.portal.port}/", page.text)

    def test_english(self):
        self.shows(self.browse("GET", "/forgot", Accept_Language="en-GB,en;q=0.9,nl;q=0.2"), 200, "Forgot Password")

    def test_no_page(self):
        for path in ("/reset/x", "/invitation", "/confirm/" + "A" * 44):
            self.shows(self.browse("GET", path), 404, "Deze pagina bestaat niet")
        self.shows(self.browse("GET", "/confirm/" + "A" * 43), 410, "Deze link werkt niet meer")


class Confirm(PageCase):
    """A new address: the page says so when the link has been overtaken, and keeps nobody trying."""

    def ask(self, address):
        token, _, _ = self.enter("m.debruin")
        seen = self.portal.settled(".eml")
        self.expect(self.portal.post("/account/email", token, {"email": address, "password": self.portal.passwords["m.debruin"]}), 204)
        return "/confirm/" + self.portal.new_link(seen)

    def has_ended(self, path, page):
        self.shows(self.browse("POST", path, {"form": page.stamp}), 410, "Deze link werkt niet meer")
        self.shows(self.browse("GET", path), 410, "Deze link werkt niet meer")

    def test_an_address_was_asked_for_after_it(self):
        first = self.ask("first@nieuw.example")
        page = self.shows(self.browse("GET", first), 200, "Is dit uw e-mailadres?")
        second = self.ask("second@nieuw.example")
        self.has_ended(first, page)
        page = self.browse("GET", second)
        self.shows(self.browse("POST", second, {"form": page.stamp}), 200, "Bevestigd")
        self.assertEqual(self.portal.value("SELECT email FROM account WHERE username = 'm.debruin'"), "second@nieuw.example")
        self.has_ended(second, page)

    def test_somebody_else_has_it_by_then(self):
        path = self.ask("shared@nieuw.example")
        self.portal.pause()
        self.portal.change("UPDATE account SET email = 'Shared@nieuw.example' WHERE username = 't.bakker'")
        self.portal.start()
        self.shows(self.browse("GET", path), 410, "Deze link werkt niet meer")


class Invitation(PageCase):
    @classmethod
    def prepare(cls):
        account = cls.portal.change("INSERT INTO account (public_id, username, name, given_name, email, mobile, created)"
                                    " VALUES (?, 'nico', 'Nico Noord', 'Nico', 'nico@x.example', '+31611110000', 0)", "N" * 22)
        membership = cls.portal.change("INSERT INTO membership (public_id, account, patient, state, created) VALUES (?, ?, 1, 1, 0)",
                                       "N" * 22, account)
        now = int(cls.portal.now() * 1e6)
        invitation = cls.portal.change("INSERT INTO invitation (public_id, membership, state, created, expires) VALUES (?, ?, 0, ?, ?)",
                                       "N" * 22, membership, now, now + int(7 * 86400e6))
        cls.path = "/invitation/" + cls.portal.add_link("invitation", account, invitation, lives=7 * 86400)

    def test_it(self):
        page = self.shows(self.browse("GET", self.path), 200, "U bent uitgenodigd")
        self.assertIn("softwarewinkel", page.text)
        self.assertNotIn("Wil", page.text, "nothing of the client")
        self.assertNotIn("Nico", page.text)
        self.shows(self.choose(self.path, "nico", page=page), 200, "Uw wachtwoord is opgeslagen")
        self.assertEqual(self.portal.value("SELECT state FROM invitation ORDER BY id DESC LIMIT 1"), 0)
        self.assertEqual(self.first_step("nico", NEW_PASSWORD).json["next"], "verify-device")
        self.shows(self.browse("GET", self.path), 410, "Deze uitnodiging werkt niet meer")


if __name__ == "__main__":
    tap.main()
