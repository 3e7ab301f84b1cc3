# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong on the way to the server: each has its own words and a way on, and nothing that was typed is lost."""
import http.server
import json
import os
import shutil
import signal
import ssl
import threading

import portal
import tap
from story import BUTTON, Story

STORE = "Softwarewinkel openen"
UNREACHABLE = "Het portaal is niet bereikbaar"


class Stopped(Story):
    """The server goes away and comes back."""

    settings = dict(clock=True)

    def test_01_at_login(self):
        self.fill_in("w.debruin")
        self.portal.pause()
        self.person.click("Inloggen", BUTTON)
        self.person.reads("Wij kregen geen antwoord van Zorggroep De Linde.")
        self.assertEqual(self.person.text_of("Gebruikersnaam"), "w.debruin")
        self.assertEqual(self.person.text_of("Wachtwoord"), self.portal.passwords["w.debruin"])
        self.photo("15c-niet-bereikbaar")
        self.portal.start()
        self.person.click("Inloggen", BUTTON)
        self.person.reads("Apparaat verificatie")

    def test_02_at_the_code(self):
        self.portal.settled(".json")
        code = self.portal.sms_code(self.seen)
        self.portal.pause()
        self.type_code(code)
        self.person.reads("Wij kregen geen antwoord van Zorggroep De Linde.")
        self.assertEqual(self.person.text_of("Code, 6 cijfers"), code)
        self.portal.start()
        self.person.click("Code controleren", BUTTON)
        self.person.find("Mijn afspraken", BUTTON)

    def test_03_while_a_page_is_opened(self):
        self.portal.pause()
        self.person.click("Mijn dossier", BUTTON)
        self.person.reads(UNREACHABLE)
        self.photo("15b-fout")
        self.portal.start()
        self.person.click("Opnieuw proberen", BUTTON)
        self.person.reads("Geschreven door")

    def test_04_while_a_page_is_read(self):
        self.portal.pause()
        self.person.click("Plannen")
        self.person.reads(UNREACHABLE)
        self.portal.start()
        self.person.click("Opnieuw proberen", BUTTON)
        self.person.reads("Actueel")
        self.person.click("Terug", BUTTON)
        self.person.find("Mijn afspraken", BUTTON)

    def test_05_the_password_was_changed_elsewhere(self):
        old = self.portal.passwords["w.debruin"]
        self.portal.advance(minutes=1)     # so that the next code may be sent
        token, _, _ = self.portal.login("w.debruin", shared=True)
        answer = self.portal.post("/password", token, {"old_password": old, "new_password": portal.NEW_PASSWORD})
        self.assertEqual(answer.status, 200, answer)
        self.person.reads("Uw wachtwoord is gewijzigd op een ander apparaat. Log in met het nieuwe wachtwoord.")
        self.assertFalse(self.person.sees("Geschreven door"))
        self.assertEqual(self.person.text_of("Gebruikersnaam"), "w.debruin")
        self.photo("01d-elders-gewijzigd")


class Codes(Story):
    """Late, wrong and used-up codes."""

    settings = dict(clock=True)

    def reads_now(self, words):
        return bool(self.person.all(lambda n: words in (n.name or "") and self.person.shows(n)))

    def asks_new(self):
        self.person.click("Nieuwe code sturen", BUTTON, wait=30)

    def test_01_a_late_code(self):
        self.log_in("w.debruin")
        self.person.reads("Apparaat verificatie")
        self.portal.settled(".json")
        self.portal.advance(minutes=6)
        self.type_code()
        self.person.reads("De tijd van deze code is om. U hoeft niet opnieuw te beginnen. Kies ‘Nieuwe code sturen’.")
        self.assertFalse(self.reads_now("De code heeft 6 cijfers en werkt tot"), "it works no more")
        self.photo("02d-code-te-laat")

    def test_02_a_new_code(self):
        type(self).seen = self.portal.settled(".json")
        self.asks_new()
        self.person.reads("Een nieuwe code is onderweg naar")
        self.person.reads("De code heeft 6 cijfers en werkt tot")
        self.portal.sms_code(self.seen)

    def test_03_three_wrong_codes(self):
        for words in ("U kunt het nog 2 keer proberen", "U kunt het nog 1 keer proberen",
                      "Er is te vaak een verkeerde code ingevuld. Vraag eerst een nieuwe code."):
            self.type_code("000000")
            self.person.reads(words)
        self.assertFalse(self.reads_now("De code heeft 6 cijfers en werkt tot"), "it works no more")
        self.photo("02e-code-op")

    def test_04_the_limit_of_a_quarter_says_from_when(self):
        self.portal.advance(seconds=31)
        self.asks_new()
        self.person.reads("uur kunt u een nieuwe code vragen.")
        self.assertIsNone(self.person.look("Nieuwe code sturen", BUTTON))
        self.photo("02g-codes-op")

    def test_05_the_attempt_ends(self):
        self.portal.settled(".json")
        self.portal.advance(minutes=16)
        self.type_code("000000")
        self.person.reads("Het inloggen duurde te lang. Er is niets verloren. Log opnieuw in, dan krijgt u een nieuwe code.")
        self.assertEqual(self.person.text_of("Gebruikersnaam"), "w.debruin")

    def test_06_the_limit_of_the_day(self):
        """Three codes were sent above; the others are asked elsewhere. One counts when it has gone out."""
        for _ in range(2):
            self.portal.advance(seconds=31)
            answer = self.portal.post("/login", body={"username": "w.debruin", "password": self.portal.passwords["w.debruin"]})
            self.assertIn("code_until", answer.json["challenge"], answer)
            self.portal.settled(".json")
        self.portal.advance(minutes=16)
        self.log_in("w.debruin")
        self.person.reads("Voor de veiligheid sturen wij vandaag geen codes meer.")
        self.assertFalse(self.asks_code())
        self.assertIsNone(self.person.look("Nieuwe code sturen", BUTTON))
        self.photo("02h-codes-van-vandaag-op")


class GoingBack(Story):
    """Who goes back while the code is checked is not taken in by the answer that comes then."""

    def test_01_an_answer_after_going_back(self):
        self.log_in("w.debruin")
        self.person.reads("Apparaat verificatie")
        self.portal.settled(".json")
        code = self.portal.sms_code(self.seen)
        self.portal.process.send_signal(signal.SIGSTOP)
        self.addCleanup(self.portal.process.send_signal, signal.SIGCONT)
        self.type_code(code)
        self.person.reads("Uw code wordt gecontroleerd…")
        self.person.click("Terug", BUTTON)
        self.person.find("Inloggen", BUTTON)
        self.portal.process.send_signal(signal.SIGCONT)
        # The server answers in the order in which it was asked: by now that answer has come.
        self.log_in("j.hofstra")
        self.person.reads("06\u2011••••••45")
        self.assertFalse(self.person.sees("Mijn afspraken"))


class Slow(Story):
    """The server is there and does not answer yet."""

    @classmethod
    def start_app(cls):
        cls.portal.process.send_signal(signal.SIGSTOP)
        super().start_app()

    def test_01_nothing_of_theirs_is_fetched_yet(self):
        self.addCleanup(self.portal.process.send_signal, signal.SIGCONT)
        self.person.reads("Een ogenblik.")
        self.assertFalse(self.person.sees("Uw gegevens worden opgehaald…"))
        self.person.reads("Dit duurt langer dan anders.", 8)
        self.person.find("Opnieuw proberen", BUTTON)
        self.photo("15g-duurt-lang")
        self.portal.process.send_signal(signal.SIGCONT)
        self.person.find("Gebruikersnaam")


class OtherVersion(http.server.BaseHTTPRequestHandler):
    """The one answer that tells an app whether it can speak with this server, and all other requests on record."""

    asked = []
    answer = {}

    def do_GET(self):
        self.asked.append(self.path)
        body = json.dumps(self.answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Versions(Story):
    """A server that cannot be spoken with: under a certificate of somebody else, newer, or older (0 is from before the
    first version)."""

    app = None

    @classmethod
    def start_app(cls):
        OtherVersion.answer = cls.portal.get("/organisation").json

    def visit(self, version, known=True):
        """The app beside a server that says it speaks this version."""
        OtherVersion.answer.update(api_min=version, api_max=version)
        OtherVersion.asked.clear()
        if self.app is not None:
            self.app.close()
        directory = self.portal.path("other")
        os.makedirs(directory, exist_ok=True)
        portal.make_certificates(directory)
        if known:
            shutil.copy(os.path.join(directory, "ca.pem"), self.portal.path("ca.pem"))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(os.path.join(directory, "server.pem"), os.path.join(directory, "server.key"))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), OtherVersion)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.portal.port = server.server_port
        super().start_app.__func__(type(self))

    def test_01_somebody_elses_certificate(self):
        self.visit(1, known=False)
        self.person.reads("Niet zeker of dit")
        self.person.reads("Er is niets verstuurd, ook uw wachtwoord niet.")
        self.person.find("Opnieuw proberen", BUTTON)
        self.assertEqual(OtherVersion.asked, [])
        self.photo("15d-certificaat")

    def test_02_a_newer_server(self):
        self.visit(99)
        self.person.reads("Dit programma is te oud")
        self.person.reads("Het portaal van Zorggroep De Linde is vernieuwd.")
        self.person.reads("Hulp nodig? Bel de servicedesk")
        self.assertFalse(self.person.sees("Gebruikersnaam"))
        self.assertIsNone(self.person.look(STORE, BUTTON), "nothing here opens it")
        self.photo("15e-programma-te-oud")

    def test_03_a_newer_server_and_a_software_store(self):
        opened = self.portal.path("opened")
        applications = os.path.join(os.environ["XDG_DATA_HOME"], "applications")
        os.makedirs(applications)
        with open(os.path.join(applications, "store.desktop"), "w") as f:
            f.write(f"[Desktop Entry]\nType=Application\nName=Store\nExec=sh -c 'echo \"$1\" > {opened}' sh %u\n"
                    "MimeType=x-scheme-handler/appstream;\n")
        with open(os.path.join(os.environ["XDG_CONFIG_HOME"], "mimeapps.list"), "w") as f:
            f.write("[Default Applications]\nx-scheme-handler/appstream=store.desktop\n")
        self.visit(99)
        self.person.reads("Dit programma is te oud")
        self.person.click(STORE, BUTTON)
        portal.until(lambda: os.path.exists(opened) and os.path.getsize(opened), "the software store")
        with open(opened) as f:
            self.assertEqual(f.read(), "appstream://nl.clientportaal.Clientportaal\n")
        self.photo("15h-softwarewinkel")

    def test_04_an_older_server(self):
        self.visit(0)
        self.person.reads("Het portaal is nog niet bijgewerkt")
        self.person.reads("Dit programma is nieuwer dan het portaal van Zorggroep De Linde.")
        self.assertFalse(self.person.sees("Gebruikersnaam"))
        self.photo("15f-portaal-te-oud")
        OtherVersion.answer.update(api_min=1, api_max=1)
        self.person.click("Opnieuw proberen", BUTTON)
        self.person.find("Gebruikersnaam")


if __name__ == "__main__":
    tap.main()
