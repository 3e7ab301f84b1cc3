# SPDX-License-Identifier: GPL-3.0-or-later
"""Who has accepted and may see nothing yet, and whose access has ended."""
import time

import tap
from story import BUTTON, Story

PARTS = ("Mijn afspraken", "Mijn berichten", "Mijn dossier", "Mijn gegevens")


class Waiting(Story):
    def test_01_no_access_to_parts_yet(self):
        self.get_in("j.hofstra")
        self.person.reads("U heeft nog geen toegang tot onderdelen")
        self.person.reads("De portaalbeheerder moet nog kiezen wat u mag inzien.")
        self.person.reads("Dit scherm verandert vanzelf.")
        for panel in PARTS:
            self.assertFalse(self.person.sees(panel))
        self.photo("03e-nog-geen-onderdelen")

    def test_02_a_right_appears_by_itself(self):
        membership = self.portal.value("SELECT membership.id FROM membership JOIN account ON account.id = account"
                                       " WHERE username = 'j.hofstra'")
        now = int(time.time() * 1e6)
        # On the same port, as after maintenance: the app only sees a server that answers again.
        self.portal.pause()
        self.portal.change("INSERT INTO membership_part (membership, part, given) VALUES (?, 2, ?)", membership, now)
        self.portal.change("INSERT INTO change (account, topic, at) VALUES (?, 1, ?)", self.portal.account("j.hofstra"), now)
        self.portal.start()
        self.person.find("Mijn afspraken", BUTTON)
        for panel in PARTS[1:]:
            self.assertFalse(self.person.sees(panel))
        self.photo("03f-onderdeel-erbij")


class Ended(Story):
    def test_01_access_has_ended(self):
        self.get_in("t.bakker")
        self.person.reads("U heeft geen toegang (meer)")
        self.person.reads("Vraag het aan de portaalbeheerder in uw familie, of bel de servicedesk: 088\u00a0000\u00a012\u00a000.")
        self.assertFalse(self.person.sees("Bruin"))
        self.assertFalse(self.person.sees("Uitnodigingen"))
        self.photo("03g-geen-toegang")


if __name__ == "__main__":
    tap.main()
