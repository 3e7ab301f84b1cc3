# SPDX-License-Identifier: GPL-3.0-or-later
"""nginx in front of the server with the example that is shipped: only its port and its paths are of the test."""
import http.client
import os
import shutil
import socket
import ssl
import subprocess

import tap
from case import PortalCase
from portal import until
from ports import HeldPort

NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
EXAMPLE = os.path.join(os.environ["SOURCE_ROOT"], "server", "data", "nginx.conf")
# What stands around a site in nginx.conf of a distribution.
AROUND = """daemon off;
{user}
pid {directory}/nginx.pid;
error_log {directory}/nginx-start.log;
events {{}}
http {{
    client_body_temp_path {directory}/nginx-body;
    proxy_temp_path {directory}/nginx-proxy;
    fastcgi_temp_path {directory}/nginx-fastcgi;
    uwsgi_temp_path {directory}/nginx-uwsgi;
    scgi_temp_path {directory}/nginx-scgi;
    include {directory}/site.conf;
}}
"""


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as listener:
            listener.bind(("::1", 0))
        return True
    except OSError:
        return False


class ProxyCase(PortalCase):
    """The portal's own calls go to nginx: portal.port is its port."""

    @classmethod
    def prepare(cls):
        with open(cls.portal.path("portal.conf")) as f:
            text = f.read()
        own_tls = "certificate=server.pem\nprivate-key=server.key\n"
        assert own_tls in text
        cls.portal.write("portal.conf", text.replace(own_tls, "proxies=127.0.0.1\npublic-address=https://Portal.Example.org/\n"))

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        held = HeldPort()
        cls.addClassCleanup(held.close)
        cls.server_port, cls.portal.port = cls.portal.port, held.number
        cls.portal.write("site.conf", cls.site())
        cls.portal.write("nginx.conf", AROUND.format(directory=cls.portal.directory, user="user root;" if os.geteuid() == 0 else ""))
        cls.nginx = subprocess.Popen([NGINX, "-p", cls.portal.directory, "-e", cls.portal.path("nginx-start.log"), "-c",
                                      cls.portal.path("nginx.conf")])
        cls.addClassCleanup(cls.stop_nginx)
        until(cls.listens, "nginx listens")

    @classmethod
    def site(cls):
        with open(EXAMPLE) as f:
            text = f.read()
        port = cls.portal.port
        for what, by in ((" 443 ssl", f" 127.0.0.1:{port} ssl"),
                         ("listen [::]:443 ssl http2;", f"listen [::1]:{port} ssl http2;" if has_ipv6() else ""),
                         ("/etc/letsencrypt/live/portal.example.org/fullchain.pem", cls.portal.path("server.pem")),
                         ("/etc/letsencrypt/live/portal.example.org/privkey.pem", cls.portal.path("server.key")),
                         ("/var/log/nginx/error.log", cls.portal.path("error.log")),
                         ("http://127.0.0.1:8443", f"http://127.0.0.1:{cls.server_port}")):
            assert what in text, what
            text = text.replace(what, by)
        return text

    @classmethod
    def listens(cls):
        assert cls.nginx.poll() is None, "nginx does not start"
        with socket.socket() as s:
            return s.connect_ex(("127.0.0.1", cls.portal.port)) == 0

    @classmethod
    def stop_nginx(cls):
        cls.nginx.terminate()
        cls.nginx.wait(20)


class Reading(ProxyCase):
    same_day = True

    def test_a_person_reads_and_leaves(self):
        token, _, _ = self.enter("m.debruin")
        patient = self.portal.patient("wil")
        for what in ("start", "appointments", "dossier", "care-plans", "profile"):
            answer = self.expect(self.portal.get(f"/patients/{patient}/{what}", token), 200)
            self.assertEqual(answer.headers["cache-control"], "no-store")
        same = self.portal.get(f"/patients/{patient}/profile", token, headers={"If-None-Match": answer.headers["etag"]})
        self.assertEqual((same.status, same.text), (304, ""))
        self.assertEqual(self.portal.call("DELETE", "/session", token).status, 204)
        self.expect_ended(token)


class Proxy(ProxyCase):
    def connection_from(self, address):
        context = ssl.create_default_context(cafile=self.portal.path("ca.pem"))
        return http.client.HTTPSConnection("127.0.0.1", self.portal.port, timeout=30, context=context, source_address=(address, 0))

    def tries_of(self, address):
        """An address of IPv4 counts as a network too."""
        return self.portal.value("SELECT max(count) FROM throttle WHERE key = ?", self.portal.hash("throttle", address)) or 0

    def test_mails_tell_the_address_of_the_portal(self):
        before = self.portal.settled(".eml")
        self.portal.command("enrol", "--source", "ecd", "--identifier", "https://ecd.example/client|12345", "--client", "A. Kok",
                            "--username", "n.noord", "--name", "Nico Noord", "--email", "nico@noord.example", "--mobile",
                            "+31610012345", "--relation", "partner")
        [name] = until(lambda: [n for n in self.portal.sent(".eml") if n not in before], "the mail")
        with open(name) as f:
            mail = f.read()
        self.assertIn("https://portal.example.org/invitation/", mail)
        self.assertRegex(mail, r"(?m)^Message-Id: <outbox-\S+@portal\.example\.org>$")

    def test_headers_of_every_answer(self):
        for path, status in (("/version", 200), ("/session", 401), ("/nothing", 404)):
            connection = self.portal.connection()
            connection.request("GET", "/api/v1" + path)
            answer = connection.getresponse()
            with self.subTest(path):
                self.assertEqual(answer.status, status)
                self.assertEqual(answer.headers.get_all("Strict-Transport-Security"), ["max-age=63072000"])
                self.assertEqual(answer.headers.get_all("Server"), ["nginx"], "without its version")
            connection.close()

    def test_http_2(self):
        said = subprocess.run(["curl", "--silent", "--http2", "--noproxy", "*", "--cacert", self.portal.path("ca.pem"), "--write-out",
                               "%{http_version} %{http_code}", "--output", self.portal.path("said"),
                               f"https://127.0.0.1:{self.portal.port}/api/v1/organisation"], capture_output=True, text=True)
        self.assertEqual(said.stdout, "2 200", said.stderr)

    def test_the_address_is_that_of_the_person_whatever_they_say(self):
        """Of each address the tries are counted apart, and X-Forwarded-For of a stranger is not believed."""
        before = {a: self.tries_of(a) for a in ("127.0.0.1", "127.0.0.5", "127.0.0.6", "192.0.2.1")}
        for address, n in (("127.0.0.5", 2), ("127.0.0.6", 3)):
            for _ in range(n):
                answer = self.portal.post("/login", body={"username": "j.hofstra", "password": "not hers"},
                                          headers={"X-Forwarded-For": "192.0.2.1", "Forwarded": "for=192.0.2.1"},
                                          connection=self.connection_from(address))
                self.expect(answer, 403, "login-failed")
        counted = {a: self.tries_of(a) - before[a] for a in before}
        self.assertEqual(counted, {"127.0.0.1": 0, "127.0.0.5": 2, "127.0.0.6": 3, "192.0.2.1": 0})

    def raw(self, method, target, body=None, **headers):
        connection = self.portal.connection()
        connection.putrequest(method, target, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        kind, status = answer.getheader("Content-Type"), answer.status
        connection.close()
        return status, kind

    def test_a_body_may_be_as_long_as_the_server_takes_it(self):
        def login(n):
            return self.raw("POST", "/api/v1/login", b"{" + b" " * (n - 2) + b"}", Content_Type="application/json")
        self.assertEqual(login(65536), (400, "application/problem+json"))
        self.assertEqual(login(65537)[0], 413)

    def test_other_limits(self):
        self.assertEqual(self.raw("GET", "/api/v1/version?a=" + "x" * 3000)[0], 414)
        self.assertIn(self.raw("GET", "/api/v1/version", X_Long="x" * 20000)[0], (400, 431))
        self.assertEqual(self.raw("GET", "/api/v1/version", X_Long="x" * 4000)[0], 200)

    def test_only_the_api_and_its_paths_as_they_stand(self):
        for target in ("/", "/forgot"):
            with self.subTest(target):
                self.assertEqual(self.raw("GET", target)[0], 200)
        self.assertEqual(self.raw("GET", "/reset/" + "A" * 43)[0], 410)
        for target in ("/index.html", "/forgot/", "/resets/x", "/api/v1x/version", "/api/v2/version", "/etc/passwd"):
            with self.subTest(target):
                self.assertEqual(self.raw("GET", target)[0], 404)
        for target in ("/api/v1//version", "//api/v1/version", "/api/v1/../v1/version", "/api/v1/%76ersion", "/api/v1/./version"):
            with self.subTest(target):
                self.assertIn(self.raw("GET", target)[0], (400, 404))
        self.assertEqual(self.raw("TRACE", "/api/v1/version")[0], 405)
        self.assertIn(self.raw("POST", "/api/v1/login", Transfer_Encoding="gzip, chunked")[0], (400, 501))


class Away(ProxyCase):
    def test_no_word_of_who_asked_while_the_server_is_away(self):
        self.portal.stop()
        connection = self.portal.connection()
        self.addCleanup(connection.close)
        connection.request("GET", "/api/v1/version")     # not get(), which knows the server's answers only
        self.assertEqual(connection.getresponse().status, 502)
        with open(self.portal.path("error.log")) as f:
            self.assertNotIn("127.0.0.1", f.read())


if __name__ == "__main__":
    tap.main()
