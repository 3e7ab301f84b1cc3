# SPDX-License-Identifier: GPL-3.0-or-later
"""What check-config says of each mistake in the configuration."""
import os
import re

import tap
from test_start import StartCase

# (what is replaced in the file, by what, the key that the complaint names, what else it says)
BAD = [
    ("id=de-linde", "id=", "[organisation] id", "is required"),
    ("\nname=Zorggroep De Linde", "\nname=" + "x" * 61, "[organisation] name", "1 to 60 characters"),
    ("color=#1e6b52", "color=green", "[organisation] color", "needs the form #1e6b52"),
    ("color=#1e6b52", "color=#1e6b5g", "[organisation] color", "#1e6b52"),
    ("phone=088 000 12 00", "phone=1", "[organisation] phone", "3 to 15 characters"),
    ("phone=088 000 12 00", "phone=abc", "[organisation] phone", "needs a number such as 088 000 12 00"),
    ("phone=088 000 12 00", "phone=12", "[organisation] phone", "3 to 15 characters"),
    ("phone=088 000 12 00", "phone=1-2", "[organisation] phone", "needs a number"),
    ("id=de-linde", "id=de-linde\nwords=nothere.txt", "[organisation] words", "nothere.txt"),
    ("id=de-linde", "id=de-linde\npicture=nothere.jpg", "[organisation] picture", "nothere.jpg"),
    ("email=portaal@delinde.example", "email=portaal", "[organisation] email", "is not an e-mail address"),
    ("desk-nl=de servicedesk", "desk-nl=", "[organisation] desk-nl", "is required"),
    ("hours-en=weekdays 8:30 to 16:30", "", "[organisation] hours-en", "is required"),
    ("sms-name=Zorggroep De Linde", "sms-name=Zoë", "[organisation] sms-name", "plain text message"),
    ("sms-name=Zorggroep De Linde", "sms-name=" + "x" * 21, "[organisation] sms-name", "1 to 20 characters"),
    ("first-password-change=sms-first", "first-password-change=never", "[organisation] first-password-change",
     "sms-first, password-first"),
    ("id=de-linde", "id=de-linde\ntime-zone=Europe/Oudwoude", "[organisation] time-zone", "is not a time zone"),
    ("id=de-linde", "id=de-linde\nplan-word=plan", "[organisation] plan-word", "care-and-life-plan, care-plan, support-plan"),
    ("id=de-linde", "id=de-linde\ncolour=#1e6b52", "[organisation] colour", "no such key"),
    ("id=de-linde", "id=de-linde\nid=anders", "[organisation] id", "is there twice"),
    ("phone=088 000 12 00", "phone=088\\000", "[organisation] phone", "backslash"),
    ("port=0", "port=65536", "[server] port", "a number from 0 to 65535"),
    ("port=0", "port=https", "[server] port", "a number from 0 to 65535"),
    ("port=0", "port=-1", "[server] port", "a number from 0 to 65535"),
    ("address=127.0.0.1\nport=0\ncertificate=server.pem\nprivate-key=server.key", "address=0.0.0.0\nport=0", "[server] address",
     "only a loopback address"),
    ("port=0", "port=0\nproxies=foo", "[server] proxies", "needs IP addresses, or unix, separated by semicolons"),
    ("port=0", "port=0\nproxies=127.0.0.1:80", "[server] proxies", "needs IP addresses"),
    ("port=0", "port=0\nproxies=10.0.0.0/8", "[server] proxies", "needs IP addresses"),
    ("port=0", "port=0\nproxies=127.0.0.1,::1", "[server] proxies", "needs IP addresses"),
    ("address=127.0.0.1", "address=localhost", "[server] address", "an IP address or the absolute path"),
    ("address=127.0.0.1", "address=portal.example.org", "[server] address", "an IP address or the absolute path"),
    ("address=127.0.0.1", "address=unix", "[server] address", "an IP address or the absolute path"),
    ("address=127.0.0.1", "address=portal.sock", "[server] address", "an IP address or the absolute path"),
    ("address=127.0.0.1", "address=/" + "x" * 108, "[server] address", "an IP address or the absolute path"),
    ("private-key=server.key", "", "[server] certificate", "go together"),
    ("address=127.0.0.1", "address=0.0.0.0", "[server] public-address", "is required here"),
    ("certificate=server.pem\nprivate-key=server.key", "", "[server] public-address", "is required here"),
    ("port=0", "port=1\npublic-address=portal.example.org/path", "[server] public-address", "not a host name"),
    ("database=portal.db", "", "[server] database", "is required"),
    ("database=portal.db", "database=nowhere/at-all/portal.db", "[server] database", "nowhere/at-all: is not there"),
    ("database=portal.db", "database=portal.conf/portal.db", "[server] database", "portal.conf: is not a directory"),
    ("database=portal.db", "database=ehr", "[server] database", "ehr: is a directory"),
    ("key-file=keys", "key-file=", "[server] key-file", "is required"),
    ("key-file=keys", "key-file=nothere", "[server] key-file", "nothere"),
    ("certificate=server.pem", "certificate=nothere.pem", "[server] certificate", "nothere.pem"),
    ("certificate=server.pem", "certificate=portal.conf", "[server] certificate", "has no certificates in PEM"),
    ("private-key=server.key", "private-key=nothere.key", "[server] private-key", "nothere.key"),
    ("certificate=server.pem", "certificate=ca.pem", "[server] private-key", "ca.pem with key"),
    ("port=0", "port=0\nconnections-per-address=1", "[server] connections-per-address", "a number from 4 to 100000"),
    ("[sessions]", "[sessions]\nidle-seconds=901", "[sessions] idle-seconds", "a number from 30 to 900"),
    ("[sessions]", "[sessions]\nshared-idle-seconds=301", "[sessions] shared-idle-seconds", "a number from 30 to 300"),
    ("[sessions]", "[sessions]\nhours=13", "[sessions] hours", "a number from 1 to 12"),
    ("[sessions]", "[sessions]\ndevice-days=91", "[sessions] device-days", "a number from 1 to 90"),
    ("[sessions]", "[sessions]\naudit-minutes=16", "[sessions] audit-minutes", "a number from 0 to 15"),
    ("argon2-memory-mib=19", "argon2-memory-mib=18", "[password] argon2-memory-mib", "a number from 19 to"),
    ("argon2-passes=2", "argon2-passes=1", "[password] argon2-passes", "a number from 2 to"),
    ("[password]", "[password]\ntemporary-minutes=1441", "[password] temporary-minutes", "a number from 5 to 1440"),
    ("[password]", "[password]\ninvitation-days=31", "[password] invitation-days", "a number from 1 to 30"),
    ("[ehr]", "[sms]\nper-day=0\n\n[ehr]", "[sms] per-day", "a number from 1 to 50"),
    ("[ehr]", "[sms]\ncountries=Nederland\n\n[ehr]", "[sms] countries", "countries such as NL;BE;DE"),
    # Without libphonenumber (-Dphone=false) nobody knows which countries there are.
    *([("[ehr]", "[sms]\ncountries=NL;XX\n\n[ehr]", "[sms] countries", "“XX” is not a country")] if os.environ.get("PHONE") else []),
    ("[ehr]", "[sms]\nsecret-file=nothere\n\n[ehr]", "[sms] secret-file", "nothere"),
    ("[ehr]", "[sms]\nca-file=nothere\n\n[ehr]", "[sms] ca-file", "nothere"),
    ("[ehr]", "[sms]\nca-file=portal.conf\n\n[ehr]", "[sms] ca-file", "has no certificates in PEM"),
    ("[ehr]", '[sms]\nbody={"to":{to}}\n\n[ehr]', "[sms] body", "is not JSON"),
    ("[ehr]", "[sms]\nheaders=X\n\n[ehr]", "[sms] headers", "Name: value"),
    ("times=08:00;20:00", "times=20:00;08:00", "[ehr] times", "ascending times"),
    ("times=08:00;20:00", "times=25:00", "[ehr] times", "ascending times"),
    ("times=08:00;20:00", "times=", "[ehr] times", "time"),
    ("times=08:00;20:00", "not-shared=reports;letters", "[ehr] not-shared", "appointments, reports, forms, plans, profile, contacts"),
    ("source=ecd", "", "[ehr] source", "is required"),
    ("directory=ehr\n", "", "[ehr] directory", "a directory or a server, and not both"),
    ("directory=ehr\n", "directory=ehr\nserver=https://ecd.example/fhir\n", "[ehr] server", "a directory or a server, and not both"),
    ("directory=ehr\n", "server=http://ecd.example/fhir\n", "[ehr] server", "needs https"),
    ("directory=ehr\n", "server=https://me@ecd.example/fhir\n", "[ehr] server", "the form https://host/path"),
    ("directory=ehr\n", "server=https://ecd.example/fhir?a=b\n", "[ehr] server", "the form https://host/path"),
    ("directory=ehr\n", "server=https://ecd.example/fhir\ntoken-endpoint=http://ecd.example/token\n", "[ehr] token-endpoint",
     "needs https"),
    ("directory=ehr\n", "server=https://ecd.example/fhir\nauth=magic\n", "[ehr] auth", "none, token, client-secret, private-key"),
    ("directory=ehr\n", "server=https://ecd.example/fhir\nauth=token\n", "[ehr] secret-file", "auth=token needs it"),
    ("directory=ehr\n", "server=https://ecd.example/fhir\nauth=client-secret\nsecret-file=keys\n", "[ehr] client-id",
     "auth=client-secret needs it"),
    ("directory=ehr\n", "server=https://ecd.example/fhir\nauth=private-key\nclient-id=x\nkey-id=k\n", "[ehr] signing-key",
     "auth=private-key needs it"),
    ("directory=ehr\n", "server=https://ecd.example/fhir\nclient-key=server.key\n", "[ehr] client-certificate", "go together"),
    ("directory=ehr\n", "directory=ehr\nca-file=nothere\n", "[ehr] ca-file", "nothere"),
    ("directory=ehr\n", "directory=ehr\nca-file=portal.conf\n", "[ehr] ca-file", "has no certificates in PEM"),
    ("directory=ehr\n", "server=https://ecd.example/fhir\nclient-certificate=nothere\nclient-key=server.key\n",
     "[ehr] client-certificate", "nothere"),
    ("directory=ehr\n", "server=https://ecd.example/fhir\nclient-certificate=server.pem\nclient-key=nothere\n", "[ehr] client-key",
     "nothere"),
    ("directory=ehr\n", "server=https://ecd.example/fhir\nauth=token\nsecret-file=nothere\n", "[ehr] secret-file", "nothere"),
    ("directory=ehr\n", "server=https://ecd.example/fhir\nauth=private-key\nclient-id=x\nkey-id=k\nsigning-key=keys\n",
     "[ehr] signing-key", "keys"),
    ("directory=ehr\n", "directory=ehr\nscope=foo\n", "[ehr] scope", "system/*.rs"),
    ("[outgoing]\ndirectory=outbox", "[outgoing]", "[outgoing] directory", "is required"),
    ("[outgoing]\ndirectory=outbox", "[outgoing]\ndirectory=portal.conf", "[outgoing] directory", "portal.conf: is not a directory"),
    ("[outgoing]", "[mail]\nuser=x\n\n[outgoing]", "[mail] user", "go together"),
    ("[outgoing]", "[mail]\nfrom=nobody\n\n[outgoing]", "[mail] from", "needs an e-mail address"),
    ("[outgoing]", "[mail]\nuser=x\npassword-file=nothere\n\n[outgoing]", "[mail] password-file", "nothere"),
    ("[outgoing]", "[mail]\nca-file=nothere\n\n[outgoing]", "[mail] ca-file", "nothere"),
    ("[outgoing]", "[mail]\nca-file=portal.conf\n\n[outgoing]", "[mail] ca-file", "has no certificates in PEM"),
    ("[outgoing]", "[mail]\nhost=x\n\n[outgoing]", "[mail] host", "no such key"),
]


class Configuration(StartCase):
    def check(self):
        return self.portal.command("check-config", check=False)

    def test_a_right_one(self):
        result = self.check()
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_each_mistake_names_file_line_key_and_what_is_allowed(self):
        path = self.portal.path("portal.conf")
        with open(path) as f:
            right = f.read()
        for old, new, key, says in BAD:
            with self.subTest(new or "without " + old):
                self.assertEqual(right.count(old), 1, old)
                text = right.replace(old, new)
                self.portal.write("portal.conf", text)
                result = self.check()
                self.assertNotEqual(result.returncode, 0)
                self.assertIn(f"{key}: ", result.stderr)
                self.assertIn(says, result.stderr)
                self.assertEqual(len(result.stderr.splitlines()), 1)
                line = re.search(re.escape(path) + r":(\d+): ", result.stderr)
                name = key.split()[1]
                group = key.split()[0]
                if re.search(rf"^{re.escape(name)}=", text.split(group, 1)[1].split("\n[", 1)[0], re.M):
                    self.assertTrue(line, result.stderr)
                    self.assertTrue(text.splitlines()[int(line.group(1)) - 1].startswith(name + "="), result.stderr)

    def test_lists_may_have_spaces(self):
        path = self.portal.path("portal.conf")
        with open(path) as f:
            text = f.read()
        text = text.replace("port=0", "port=0\nproxies=127.0.0.1; ::1 ;unix;").replace("times=08:00;20:00", "times=08:00; 20:00;")
        self.portal.write("portal.conf", text + "[sms]\ncountries=NL; BE\naccepted=200; 202 ;\n")
        self.assertEqual(self.check().stderr, "")

    def test_what_the_first_start_makes_need_not_be_there(self):
        path = self.portal.path("portal.conf")
        with open(path) as f:
            text = f.read()
        self.portal.write("portal.conf", text.replace("=portal.db", "=new/portal.db").replace("=outbox", "=new/at/outbox"))
        self.assertEqual(self.check().stderr, "")

    def test_what_is_no_configuration(self):
        for text in ("", "no group\n", "[organisation\n", "\0\0", "[organisation]\nname\n", "é" * 100):
            with self.subTest(text):
                self.portal.write("portal.conf", text)
                result = self.check()
                self.assertNotEqual(result.returncode, 0)
                self.assertIn("portal.conf", result.stderr)

    def test_what_the_server_would_not_start_with(self):
        for name, key in (("server.pem", "certificate"), ("server.key", "private-key"), ("keys", "key-file"), ("logo.svg", "logo")):
            with self.subTest(name):
                with open(self.portal.path("portal.conf")) as f:
                    right = f.read()
                if name == "logo.svg":
                    self.portal.write("portal.conf", re.sub("^logo=.*$", f"logo={name}", right, flags=re.M))
                else:
                    os.rename(self.portal.path(name), self.portal.path("elsewhere"))
                result = self.check()
                self.assertNotEqual(result.returncode, 0)
                self.assertRegex(result.stderr, rf"portal\.conf:\d+: \[\w+\] {key}: .*" + re.escape(self.portal.path(name)))
                self.portal.write("portal.conf", right)
                if name != "logo.svg":
                    os.rename(self.portal.path("elsewhere"), self.portal.path(name))
        self.assertEqual(self.check().returncode, 0)

    def test_a_logo_with_a_picture_in_it(self):
        """Of a few bytes it could be one of gigabytes, in every app."""
        with open(self.portal.path("portal.conf")) as f:
            right = f.read()
        self.portal.write("drawn.svg", '<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/png;base64,iVBORw0KGgo="/></svg>')
        for text in (re.sub("^logo=.*$", "logo=drawn.svg", right, flags=re.M), right.replace("\nlogo=", "\npicture=drawn.svg\nlogo=")):
            self.portal.write("portal.conf", text)
            result = self.check()
            self.assertNotEqual(result.returncode, 0)
            self.assertIn(self.portal.path("drawn.svg"), result.stderr)
            self.assertIn("<image>", result.stderr)
        self.portal.write("portal.conf", right)
        self.assertEqual(self.check().returncode, 0)

    def test_one_that_is_not_there(self):
        os.remove(self.portal.path("portal.conf"))
        result = self.check()
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("portal.conf", result.stderr)


if __name__ == "__main__":
    tap.main()
