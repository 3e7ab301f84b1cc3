# SPDX-License-Identifier: GPL-3.0-or-later
"""Lezen: the daughter reads, filters, searches, has a word explained, reads large, and opens a picture and a PDF."""
import base64
import os
import re

import tap
from story import BUTTON, Story

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
FOUND = re.compile(r"(\d+) keer gevonden in (\d+) rapportages?|Gevonden in (meer dan )?\d+ rapportages?")


class Reading(Story):
    settings = dict(patients=2, days=400)

    @classmethod
    def start_app(cls):
        # A picture and a PDF in the dossier; and as if she had accepted before the first fetch: the last weeks came since.
        cls.portal.stop()
        cls.portal.add_documents(photo=("client-1", "Foto van het uitje", "image/png", PNG),
                                 leaflet=("client-1", "Oefenblad schouder", "application/pdf", PDF))
        cls.portal.command("sync")
        cls.portal.change("UPDATE membership SET unread_since = unread_since - 86400000000")
        cls.portal.start()
        cls.choose_viewer()
        super().start_app()

    @classmethod
    def choose_viewer(cls):
        """Her own program for PDFs: it keeps what it was given, and then tells its mode and where it stood."""
        viewer, opened = cls.portal.path("viewer"), cls.portal.path("opened")
        cls.portal.write("viewer", f'#!/bin/sh\ncp "$1" {opened}.pdf\nstat -c "%a %n" "$1" > {opened}.new\nmv {opened}.new {opened}\n')
        os.chmod(viewer, 0o700)
        applications = os.path.join(os.environ["XDG_DATA_HOME"], "applications")
        os.makedirs(applications)
        with open(os.path.join(applications, "viewer.desktop"), "w") as f:
            f.write(f"[Desktop Entry]\nType=Application\nName=Viewer\nExec={viewer} %f\nMimeType=application/pdf;\n")
        with open(os.path.join(os.environ["XDG_CONFIG_HOME"], "mimeapps.list"), "w") as f:
            f.write("[Default Applications]\napplication/pdf=viewer.desktop\n")

    def read_items(self):
        return self.portal.value("SELECT count(*) FROM item_read")

    def search(self, text):
        self.person.click("Zoeken in het dossier")
        self.person.key("ctrl+a")
        self.person.type(text)

    def said(self):
        return next((n.name for n in self.person.walk() if FOUND.fullmatch(n.name or "") and self.person.shows(n)), None)

    def found(self, text):
        """Searches; returns what is said about it, and not about what was searched before."""
        self.search("x")
        self.person.until(lambda: not self.said(), what="the search before to go")
        self.person.dictate("Zoeken in het dossier", text)
        return self.person.until(self.said, f"something found for '{text}'")

    def test_01_reports_by_day(self):
        self.get_in("m.debruin")
        self.person.click("Mijn dossier", BUTTON)
        self.person.find("Tijdbalk", "slider")
        self.person.reads("Geschreven door")
        type(self).opened = self.read_items()
        self.person.click("Lezen")
        self.person.find("Rapportage Algemeen", BUTTON)
        self.person.reads("Zoals vastgelegd in het elektronisch zorgdossier")
        self.person.reads("ongelezen")
        self.photo("07-lezen")

    def test_02_what_was_in_sight_is_read(self):
        self.person.until(lambda: self.read_items() > self.opened, "a report to be read")
        # and no more than what stood there: about a screen
        self.assertLess(self.read_items() - self.opened, 20)
        before = self.read_items()
        self.person.click("Rapportage Zorgleefplan", BUTTON)
        self.person.until(lambda: self.person.look("Rapportage Zorgleefplan", BUTTON), what="the other reports")
        self.photo("07c-lezen-zorgleefplan")
        self.person.click("Rapportage Algemeen", BUTTON)
        self.assertGreaterEqual(self.read_items(), before)

    def test_03_by_writer(self):
        self.person.click("Schrijver", BUTTON)
        writer = self.person.until(lambda: next((n.name for n in self.person.walk() if n.getRoleName() in ("radio button", "check box") and n.name
                                                 and n.name not in ("Iedereen", "Alles") and self.person.shows(n)
                                                 and not n.name.startswith(("Laatste", "Dit jaar", "Zelf"))), None), "a writer")
        type(self).writer = writer
        self.person.click(writer)
        self.person.until(lambda: self.person.description("Schrijver", BUTTON) == writer, what="that writer")
        self.person.reads(writer + ",")
        others = {n.name for n in self.person.walk() if re.fullmatch(r"\S.*, \w[\w ]+  \d\d:\d\d", n.name or "") and self.person.shows(n)}
        self.assertTrue(others)
        self.assertEqual([name for name in others if not name.startswith(writer + ",")], [])
        self.photo("07d-lezen-schrijver")
        self.person.click("Schrijver", BUTTON)
        self.person.click("Iedereen")
        self.person.until(lambda: self.person.description("Schrijver", BUTTON) == "Iedereen", what="everyone")

    def test_04_search_and_from_find_to_find(self):
        said = self.found("medic")
        self.assertRegex(said, "[1-9]")
        self.person.click("Volgende", BUTTON)
        first = self.person.until(lambda: self.person.description("Volgende", BUTTON), what="where one is")
        self.assertIn("medic", first.lower())
        self.photo("07e-lezen-zoeken")
        self.person.click("Volgende", BUTTON)
        second = self.person.until(lambda: self.person.description("Volgende", BUTTON) != first and self.person.description("Volgende", BUTTON),
                                   what="the next one")
        self.assertIn("medic", second.lower())
        self.person.click("Vorige", BUTTON)
        self.person.until(lambda: self.person.description("Volgende", BUTTON) == first, what="to be back at the first")
        # by the title alone, and by who wrote it
        for words, shot in (("uitje", "07e-lezen-zoeken-titel"), (self.writer.split()[-1], "07e-lezen-zoeken-schrijver")):
            self.assertRegex(self.found(words), "[1-9]")
            self.person.click("Volgende", BUTTON)
            self.person.until(lambda: words in self.person.description("Volgende", BUTTON), what=f"where '{words}' was found")
            self.photo(shot)

    def test_05_an_accent(self):
        accented, plain = self.found("één boterham"), self.found("een boterham")
        self.assertEqual(accented, plain)
        self.search("watjenietvindt")
        self.person.reads("Niets gevonden voor ‘watjenietvindt’")
        self.photo("07f-niets-gevonden")
        # Escape, with the caret still in the field, ends the search before it leaves the page
        self.person.key("Escape")
        self.person.find("Rapportage Algemeen", BUTTON)
        self.assertEqual(self.person.text_of("Zoeken in het dossier"), "")

    def test_06_a_word_is_explained_by_keyboard(self):
        self.found("ADL")
        for _ in range(40):
            if (self.person.focus() or "").endswith(", met uitleg"):
                break
            self.person.key("Tab")
        self.assertRegex(self.person.focus(), ", met uitleg$")
        self.person.key("Return")
        self.person.reads("Deze uitleg komt uit een woordenlijst.")
        self.photo("07g-uitleg")
        self.person.key("Escape")
        self.person.until(lambda: self.person.look("Alle afkortingen", "push button") is None
                          or not self.person.sees("Deze uitleg komt uit een woordenlijst."), what="the explanation to close")

    def test_07_a_form_in_large_letters(self):
        self.found("Afspraak = afspraak")
        self.person.click("Groot lezen", BUTTON)
        self.person.find("Groot lezen sluiten", BUTTON)
        self.person.reads("Ingevuld")
        self.person.reads("Verteld door")
        self.photo("07h-formulier-groot")
        self.person.click("Grotere letters", BUTTON)
        self.person.key("Escape")
        self.person.gone("Groot lezen sluiten", BUTTON)

    def test_08_reading_large_on(self):
        self.person.key("Escape")
        self.person.find("Rapportage Algemeen", BUTTON)
        self.person.click("Groot lezen", BUTTON)
        self.person.find("Groot lezen sluiten", BUTTON)
        self.person.click("Volgende rapportage", BUTTON)
        self.person.reads("Geschreven door")
        self.photo("07i-groot-lezen")
        self.person.click("Groot lezen sluiten", BUTTON)
        self.person.gone("Groot lezen sluiten", BUTTON)

    def test_09_a_picture(self):
        self.found("uitje")
        self.person.click("Groot lezen", BUTTON)
        self.person.click("Bijlage openen: Foto van het uitje", BUTTON)
        self.person.find("Bijlage sluiten", BUTTON)
        self.person.find("Foto van het uitje", ("image", "label", "icon"))
        self.photo("07j-bijlage")
        self.person.key("Escape")
        self.person.find("Groot lezen sluiten", BUTTON)
        self.person.key("Escape")
        self.person.gone("Groot lezen sluiten", BUTTON)
        self.person.key("Escape")

    def test_10_read_stays_read(self):
        self.person.find("Rapportage Algemeen", BUTTON)
        self.person.key("Escape")
        self.person.find("Mijn afspraken", BUTTON)
        before = self.read_items()
        self.person.click("Mijn dossier", BUTTON)
        self.person.find("Tijdbalk", "slider")
        self.person.click("Lezen")
        self.person.reads("Zoals vastgelegd in het elektronisch zorgdossier")
        self.assertGreaterEqual(self.read_items(), before)

    def test_11_a_pdf_in_ones_own_viewer(self):
        opened = self.portal.path("opened")
        self.found("oefenblad")
        self.person.click("Bijlage openen: Oefenblad schouder", BUTTON)
        self.person.until(lambda: os.path.exists(opened), what="the viewer to get it")
        with open(opened + ".pdf", "rb") as file:
            self.assertEqual(file.read(), PDF)
        with open(opened) as file:
            mode, path = file.read().rstrip("\n").split(" ", 1)
        self.assertEqual((mode, os.path.basename(path)), ("600", "Oefenblad schouder.pdf"))
        directory = os.path.dirname(path)
        self.assertEqual([os.stat(at).st_mode & 0o077 for at in (directory, os.path.dirname(directory))], [0, 0])
        # as long as she is in, she can look at it
        self.assertTrue(os.path.exists(path))
        self.log_out()
        self.person.until(lambda: not os.path.exists(os.path.dirname(directory)), what="the file to go")


if __name__ == "__main__":
    tap.main()
