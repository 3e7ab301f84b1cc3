# SPDX-License-Identifier: GPL-3.0-or-later
"""Tijdlijn: the daughter goes through the years by keyboard and by mouse, opens cards, and what she read stays read."""
import re
import subprocess

import pyatspi
import tap
from story import BUTTON, Story

SAYS = re.compile(r"(\d+ \w+ 20\d\d), (\d+) kaartjes? in (\w+), (?:alles gelezen|(\d+) ongelezen)")
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()


class Timeline(Story):
    settings = dict(patients=2, days=400)

    @classmethod
    def start_app(cls):
        # As if she had accepted before the first fetch: the cards of the last weeks came since.
        cls.portal.stop()
        cls.portal.change("UPDATE membership SET unread_since = unread_since - 86400000000")
        cls.portal.start()
        super().start_app()

    def says(self):
        """What the bar tells: (date as a number that grows, its month, how many are new)."""
        match = SAYS.fullmatch(self.person.description("Tijdbalk") or "")
        if not match:
            return None
        day, month, year = match.group(1).split()
        self.assertEqual(month, match.group(3))
        return int(year) * 10000 + (MONTHS.index(month) + 1) * 100 + int(day), int(match.group(4) or 0)

    def date(self):
        return self.person.until(self.says, what="the bar to tell a date")[0]

    def goes(self, look, what):
        self.person.until(lambda: self.says() and look(self.says()[0]), what)
        return self.date()

    def unread(self):
        button = next((n.name for n in self.person.walk() if re.fullmatch(r"\d+ ongelezen", n.name or "") and self.person.shows(n)), None)
        return int(button.split()[0]) if button else 0

    def focused_card(self):
        """A row of a GTK 4.8 list has no name; the card in it does."""
        row = next((n for n in self.person.walk() if n.getState().contains(pyatspi.STATE_FOCUSED)), None)
        return row[0].name.removesuffix(", ongelezen") if row is not None and not row.name and row.childCount else None

    def open_timeline(self):
        self.person.click("Mijn dossier", BUTTON)
        self.person.find("Tijdbalk", "slider")
        self.person.reads("Geschreven door")

    def test_01_the_newest_is_open(self):
        self.get_in("m.debruin")
        self.open_timeline()
        type(self).newest = self.date()
        self.photo("06b-tijdlijn-vandaag")

    def test_02_by_keyboard(self):
        for _ in range(20):
            if self.person.focus() == "Tijdbalk":
                break
            self.person.key("Tab")
        self.assertEqual(self.person.focus(), "Tijdbalk", "one stop for all the cards, then the bar")
        self.assertEqual(self.date(), self.newest, "and nothing moved on the way")
        self.person.key("Left")
        day = self.goes(lambda date: date < self.newest, "a day earlier")
        self.person.key("Right")
        self.goes(lambda date: date > day, "a day later again")
        self.person.key("Page_Up")
        month = self.goes(lambda date: date // 100 < self.newest // 100, "a month earlier")
        self.photo("06-dossier-tijdlijn")
        self.person.key("ctrl+Page_Up")
        self.goes(lambda date: date < month, "a year earlier")
        self.person.key("Home")
        first = self.goes(lambda date: date <= month - 9000, "the first")
        self.person.key("Page_Down")
        self.goes(lambda date: date > first, "a month on")
        self.person.key("End")
        self.goes(lambda date: date == self.newest, "the last")

    def test_03_to_the_cards_and_back(self):
        self.person.key("Page_Up")
        self.goes(lambda date: date < self.newest, "a month earlier")
        self.person.key("Return")
        card = self.person.until(self.focused_card, what="the focus on a card")
        self.person.key("Return")
        # Its own words stand above, and it is the one that is open.
        self.person.until(lambda: self.person.sees("Open"), what="the card to be open")
        self.person.key("Escape")
        self.person.reads("Kies een kaartje om het te lezen.")
        self.assertEqual(self.person.until(self.focused_card, what="the focus on a card again"), card)
        self.person.key("Escape")
        self.person.until(lambda: self.person.focus() == "Tijdbalk", what="the focus on the bar")

    def at_bar(self, part):
        """Where in the X window the bar's months are, at a part of them."""
        bar = self.person.find("Tijdbalk", "slider")
        window, x, y = self.person.place(bar)
        width = bar.queryComponent().getSize()[0]
        return window, int(x - width / 2 + 76 + (width - 152) * part), y + 5

    def test_04_by_mouse(self):
        window, x, y = self.at_bar(0.3)
        subprocess.run(["xdotool", "mousemove", "--window", window, str(x), str(y), "click", "1"], check=True)
        there = self.goes(lambda date: date < self.newest - 300, "where was clicked")
        _, right, _ = self.at_bar(0.7)
        subprocess.run(["xdotool", "mousedown", "1"], check=True)
        for step in range(11):
            subprocess.run(["xdotool", "mousemove", "--window", window, str(x + (right - x) * step // 10), str(y)], check=True)
        subprocess.run(["xdotool", "mouseup", "1"], check=True)
        dragged = self.goes(lambda date: date > there, "where was dragged to")
        subprocess.run(["xdotool", "click", "4"], check=True)
        self.goes(lambda date: date < dragged, "a month back by the wheel")
        self.person.click("Later", BUTTON)
        self.person.click("Vandaag", BUTTON)
        self.goes(lambda date: date == self.newest, "today")

    def test_05_to_a_date(self):
        self.person.click("Ga naar datum", BUTTON)
        self.person.fill("Ga naar datum", "12 foo")
        self.person.key("Return")
        self.person.reads("Dit is geen datum.")
        wanted = self.newest - 10000 + 1 if self.newest % 100 < 28 else self.newest - 10000
        self.person.fill("Ga naar datum", f"{wanted % 100}-{wanted // 100 % 100}-{wanted // 10000}")
        self.person.key("Return")
        self.goes(lambda date: abs(date - wanted) < 8, "the date that was typed")
        self.person.click("Vandaag", BUTTON)
        self.goes(lambda date: date == self.newest, "today")

    def test_06_what_is_new(self):
        before = self.unread()
        self.assertGreater(before, 2)
        self.person.click(f"{before} ongelezen")
        self.person.until(lambda: self.unread() == before - 1, what="one less")
        self.person.click(f"{before - 1} ongelezen")
        self.person.until(lambda: self.unread() == before - 2, what="two less")
        self.photo("06f-ongelezen")
        self.person.click(f"{before - 2} ongelezen kaartjes" if before > 3 else "1 ongelezen kaartje")
        self.person.click("Alles als gelezen markeren")
        self.person.until(lambda: self.unread() == 0, what="nothing new")

    def test_07_stays_read(self):
        self.person.click("Terug", BUTTON)
        self.log_out()
        self.log_in("m.debruin")
        self.person.find("Mijn dossier", BUTTON)
        self.open_timeline()
        self.assertEqual(self.unread(), 0)

    def test_08_on_another_computer_too(self):
        token, _, _ = self.portal.login("m.debruin")
        patient = self.portal.get("/session", token).json["patients"][0]["id"]
        self.assertEqual(self.portal.get(f"/patients/{patient}/timeline", token).json["unread"], 0)


if __name__ == "__main__":
    tap.main()
