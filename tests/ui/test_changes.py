# SPDX-License-Identifier: GPL-3.0-or-later
"""What changes elsewhere shows by itself, within five seconds on a machine that has nothing else to do: an access that
ends, an invitation, a right, another password."""
import time

import tap
from portal import NEW_PASSWORD, slowness
from story import BUTTON, Story

SOON = 5  # seconds
SWITCH = "U kijkt bij {}. Kies een andere cliënt."


class ByItself(Story):
    def away(self, change):
        """change() while the server does not run; it is back on the same port, as after maintenance."""
        self.portal.pause()
        result = change()
        self.portal.start()
        return result

    def shows_soon(self, look, what, since=None):
        """Waits until look() is true, and says how long that took."""
        since, slow = time.time() if since is None else since, slowness()
        self.person.until(look, what, max(0, since - time.time()))
        took, slow = time.time() - since, max(slow, slowness())
        print(f"# {what}: {took:.2f} s, on a machine that is {slow:.1f} times slower than alone", flush=True)
        self.assertLess(took, SOON * slow)


class Ended(ByItself):
    """The access of Pieter to his mother's portal ends while her dossier is open, with a question over it."""

    def test_01_a_report_of_his_mother_and_the_question_how_to_print_it(self):
        self.get_in("p.debruin")
        self.person.click("Wil de Bruin, geboren op 14 mei 1938", BUTTON)
        self.person.click("Mijn dossier", BUTTON)
        self.person.reads("Geschreven door")
        self.person.click("Plannen")
        self.person.click("Afdrukken", BUTTON)
        self.person.find("Opslaan als pdf…", BUTTON)
        self.photo("22-dossier-open")

    def test_02_it_ends(self):
        def end():
            type(self).ends = time.time() + 20 * slowness()
            self.portal.change("UPDATE membership SET until = ? WHERE patient = 1 AND account = ?", int(self.ends * 1e6),
                               self.portal.account("p.debruin"))
        self.away(end)
        self.assertTrue(self.person.sees("Opslaan als pdf…"))
        self.shows_soon(lambda: not self.person.sees("Opslaan als pdf…") and not self.person.sees("Geschreven door"),
                        "dossier and question are gone", self.ends)
        self.person.reads("Uw toegang is beëindigd")
        self.person.reads("U heeft geen toegang meer tot het portaal van Wil de Bruin.")
        self.photo("22b-toegang-beeindigd")

    def test_03_nothing_of_her_stays(self):
        dialog = self.person.find("Uw toegang is beëindigd", "dialog")
        self.person.click_on(next(node for node in self.person.walk(dialog) if node.name == "Sluiten"))
        self.person.gone("Uw toegang is beëindigd")
        self.person.take_focus()
        for words in ("Wil", "Geschreven door", "14 mei 1938"):
            self.assertFalse(self.person.sees(words), words)
        self.person.find("Mijn afspraken", BUTTON)
        self.person.reads("Henk de Bruin")
        self.assertFalse(self.person.sees("Mijn dossier"))
        self.photo("22c-daarna")


class Comes(ByItself):
    """Marijke looks at the start screen, and is busy elsewhere too."""

    def test_01_the_start_screen(self):
        type(self).elsewhere = self.away(lambda: self.portal.add_session(self.portal.account("m.debruin")))
        self.get_in("m.debruin")
        self.person.find("Mijn dossier", BUTTON)
        self.person.reads("U heeft 1 open uitnodiging")

    def test_02_what_she_accepts_on_another_computer(self):
        [invitation] = [i for i in self.portal.get("/invitations", self.elsewhere).json["invitations"] if i["state"] == "open"]
        self.assertFalse(self.person.sees("Henk"))
        self.assertEqual(self.portal.post(f"/invitations/{invitation['id']}/accept", self.elsewhere).status, 204)
        self.shows_soon(lambda: self.person.look(SWITCH.format("Wil de Bruin"), BUTTON), "a second client")
        self.person.reads("U heeft nu toegang tot het cliëntportaal van Henk de Bruin.")
        self.assertFalse(self.person.sees("open uitnodiging"))
        self.photo("22d-tweede-client")

    def test_03_an_invitation(self):
        self.portal.command("enrol", "--identifier", "https://zorggroep-de-linde.example/client|DL-900001", "--source", "ecd",
                            "--client", "Anna Kok", "--username", "m.debruin", "--name", "Marijke de Bruin", "--email",
                            "marijke@debruin.example", "--mobile", "+31610000012", "--relation", "friend")
        self.shows_soon(lambda: self.person.sees("U heeft 1 open uitnodiging"), "an invitation on the start screen")
        self.photo("22e-uitnodiging-vanzelf")

    def test_04_another_password(self):
        answer = self.portal.post("/password", self.elsewhere, {"old_password": self.portal.passwords["m.debruin"],
                                                                "new_password": NEW_PASSWORD})
        self.assertEqual(answer.status, 200, answer)
        self.shows_soon(lambda: self.person.sees("Uw wachtwoord is gewijzigd op een ander apparaat."), "the login page")
        self.person.find("Inloggen", BUTTON)
        self.assertFalse(self.person.sees("Bruin"))


class HerOwnPassword(ByItself):
    """The question that waits was asked with the token that the new password replaces: she stays in."""

    def test_01_she_changes_it(self):
        self.get_in("w.debruin")
        self.person.find("Mijn dossier", BUTTON)
        self.person.click("Wil de Bruin", BUTTON)
        self.person.click("Wachtwoord wijzigen")
        self.person.fill("Oude wachtwoord", self.portal.passwords["w.debruin"])
        self.person.fill("Nieuwe wachtwoord", NEW_PASSWORD)
        self.person.click("Wachtwoord wijzigen", BUTTON)
        self.person.reads("Uw wachtwoord is gewijzigd.")
        self.person.find("Mijn dossier", BUTTON)

    def test_02_and_still_hears_of_changes(self):
        self.portal.command("enrol", "--identifier", "https://zorggroep-de-linde.example/client|DL-900002", "--source", "ecd",
                            "--client", "Anna Kok", "--username", "w.debruin", "--name", "Wil de Bruin", "--email",
                            "wil@debruin.example", "--mobile", "+31610000001", "--relation", "friend")
        self.shows_soon(lambda: self.person.sees("U heeft 1 open uitnodiging"), "an invitation after the new password")
        self.person.find("Mijn dossier", BUTTON)


if __name__ == "__main__":
    tap.main()
