# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail server on loopback that keeps what it gets, and misbehaves when told. Needs python3-aiosmtpd."""
import asyncio
import email
import email.policy
import os
import ssl
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from portal import certificates, mail_text
from ports import HeldPort

USER, PASSWORD = "portaal@delinde.example", "geheim van de mail"


def tls_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(certificates().name, "server.pem"), os.path.join(certificates().name, "server.key"))
    return context


class Mail:
    """One that was accepted, as it came over the wire."""

    def __init__(self, server, session, envelope):
        self.sender = envelope.mail_from
        self.recipients = envelope.rcpt_tos
        self.raw = envelope.original_content
        self.message = email.message_from_bytes(self.raw, policy=email.policy.default)
        self.encrypted = server.transport.get_extra_info("ssl_object") is not None
        self.user = session.auth_data
        self.host = session.host_name

    @property
    def id(self):
        return self.message["Message-ID"]

    def text(self, kind="plain"):
        return mail_text(self.message, kind).replace("\r\n", "\n")


class Handler:
    """What it says to each step: set to a reply to refuse; counts run down, and then it is good again."""

    def __init__(self):
        self.mails = []
        self.recipient_replies = []   # popped one for each RCPT
        self.data_replies = []        # popped one for each mail; "cut" ends the connection, "lose" keeps the mail first
        self.hold = threading.Event()  # clear(): a mail that was received is not answered
        self.hold.set()
        self.received = threading.Event()

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = self.recipient_replies.pop(0) if self.recipient_replies else "250 2.1.5 OK"
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server, session, envelope):
        self.received.set()
        reply = self.data_replies.pop(0) if self.data_replies else "250 2.0.0 OK"
        while not self.hold.is_set():
            await asyncio.sleep(0.02)
        if reply in ("cut", "lose"):
            if reply == "lose":
                self.mails.append(Mail(server, session, envelope))
            server.transport.abort()
            return "421 4.3.0 gone"
        if reply.startswith("250"):
            self.mails.append(Mail(server, session, envelope))
        return reply


class MailServer:
    """with MailServer() as server: ... ; security is that of the configuration: starttls, tls or none."""

    def __init__(self, security="starttls", host="127.0.0.1", port=None, login=False, offers_tls=True):
        self.handler = Handler()
        self.security = security
        self.host = host
        self.held = HeldPort(host)
        self.port = port or self.held.number
        self.login = login
        self.offers_tls = offers_tls
        self.controller = None

    def _authenticate(self, server, session, envelope, mechanism, data):
        right = data.login == USER.encode() and data.password == PASSWORD.encode()
        return AuthResult(success=right, handled=False, auth_data=USER if right else None)

    def start(self):
        options = {}
        if self.security == "starttls" and self.offers_tls:
            options.update(tls_context=tls_context(), require_starttls=True)
        if self.login:
            options.update(authenticator=self._authenticate, auth_required=True, auth_require_tls=self.security == "starttls")
        context = tls_context() if self.security == "tls" else None
        self.controller = Controller(self.handler, hostname=self.host, port=self.port, ssl_context=context, ready_timeout=30,
                                     server_hostname="mail.test", server_kwargs=options)
        self.controller.start()
        return self

    def stop(self):
        self.handler.hold.set()
        if self.controller:
            self.controller.stop()
            self.controller = None

    __enter__ = start

    def __exit__(self, *_):
        self.stop()

    @property
    def mails(self):
        return self.handler.mails

    def section(self, **more):
        """The [mail] of a configuration that uses it."""
        keys = {"server": f"{self.host}:{self.port}", "security": self.security, "ca-file": "ca.pem", **more}
        if self.login:
            keys.update(user=USER, **{"password-file": "mail-password"})
        return "\n[mail]\n" + "".join(f"{key}={value}\n" for key, value in keys.items() if value is not None)
