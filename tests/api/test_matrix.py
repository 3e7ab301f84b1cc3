# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may ask what: every route, by every kind of caller, about every kind of object, against a model of its own."""
import itertools
import os
import re
import subprocess
import unittest

import tap
from case import without_id
from portal import PARTS, Portal

WRONG = "not the password"
UNKNOWN = "AAAAAAAAAAAAAAAAAAAAAA"
LOOKS = "[organisation]\npicture=" + os.path.join(os.environ["SOURCE_ROOT"], "data", "demo", "logo.svg")

# What the portal promises, written down apart from the server: which sessions, and one of which parts.
ANYBODY = ["nobody", "pending-sms", "must-change", "full"]
MODEL = {
    "GET /version": (ANYBODY, None),
    "GET /organisation": (ANYBODY, None),
    "GET /organisation/logo": (ANYBODY, None),
    "GET /organisation/picture": (ANYBODY, None),
    "POST /login": (ANYBODY, None),
    "POST /login/code": (["pending-sms"], None),
    "POST /login/challenge": (["pending-sms"], None),
    "POST /password": (["must-change", "full"], None),
    "POST /forgot": (ANYBODY, None),
    "POST /links/look": (ANYBODY, None),
    "POST /links/password": (ANYBODY, None),
    "POST /links/confirm": (ANYBODY, None),
    "GET /session": (["full"], None),
    "DELETE /session": (["pending-sms", "must-change", "full"], None),
    "GET /invitations": (["full"], None),
    "POST /invitations/{invitation}/accept": (["full"], None),
    "POST /invitations/{invitation}/decline": (["full"], None),
    "GET /patients/{patient}/start": (["full"], set(PARTS)),
    "GET /patients/{patient}/appointments": (["full"], {"appointments"}),
    "GET /patients/{patient}/timeline": (["full"], {"dossier"}),
    "GET /patients/{patient}/dossier": (["full"], {"dossier"}),
    "GET /patients/{patient}/dossier/search": (["full"], {"dossier"}),
    "GET /patients/{patient}/dossier/authors": (["full"], {"dossier"}),
    "POST /patients/{patient}/dossier/read": (["full"], {"dossier"}),
    "GET /patients/{patient}/dossier/{item}": (["full"], {"dossier"}),
    "POST /patients/{patient}/dossier/{item}/read": (["full"], {"dossier"}),
    "GET /patients/{patient}/dossier/{item}/attachments/{attachment}": (["full"], {"dossier"}),
    "GET /patients/{patient}/care-plans": (["full"], {"dossier"}),
    "GET /patients/{patient}/care-plans/{plan}": (["full"], {"dossier"}),
    "GET /patients/{patient}/profile": (["full"], {"profile"}),
    "GET /words": (["full"], None),
    "GET /patients/{patient}/members": (["full"], {"settings"}),
    "POST /patients/{patient}/members/lookup": (["full"], {"settings"}),
    "POST /patients/{patient}/members": (["full"], {"settings"}),
    "POST /patients/{patient}/members/{member}/parts": (["full"], {"settings"}),
    "POST /patients/{patient}/members/{member}/until": (["full"], {"settings"}),
    "POST /patients/{patient}/members/{member}/renew": (["full"], {"settings"}),
    "POST /patients/{patient}/members/{member}/invitation": (["full"], {"settings"}),
    "POST /patients/{patient}/members/{member}/withdraw": (["full"], {"settings"}),
    "POST /patients/{patient}/members/{member}/end": (["full"], {"settings"}),
    "POST /patients/{patient}/members/{member}/ground": (["full"], {"settings"}),
    "POST /patients/{patient}/members/{member}/mobile": (["full"], {"settings"}),
    "POST /patients/{patient}/members/{member}/email": (["full"], {"settings"}),
    "GET /changes": (["full"], None),
    "GET /account": (["full"], None),
    "PUT /account": (["full"], None),
    "PUT /account/notifications": (["full"], None),
    "POST /account/email": (["full"], None),
    "POST /account/mobile": (["full"], None),
    "POST /account/mobile/again": (["full"], None),
    "POST /account/mobile/code": (["full"], None),
    "POST /account/totp": (["full"], None),
    "POST /account/totp/code": (["full"], None),
    "POST /account/totp/off": (["full"], None),
    "POST /account/sheet": (["full"], None),
    "POST /account/devices/{device}": (["full"], None),
    "DELETE /account/devices/{device}": (["full"], None),
    "DELETE /account/sessions/{session}": (["full"], None),
    "POST /account/sessions/end-others": (["full"], None),
    "POST /account/end": (["full"], None),
}

# What a route needs in its query to be asked rightly.
QUERY = {"GET /patients/{patient}/dossier/search": "?text=mevrouw"}

# What a route answers to who may ask it, when that is not 200, and the body that is sent.
SAYS = {
    "POST /login": (403, {"username": "nobody.{caller}", "password": WRONG}),
    "POST /login/code": (403, {"code": "000000"}),
    "POST /login/challenge": (200, None),
    "POST /password": (403, {"old_password": WRONG, "new_password": "vier losse gekke fietsbellen"}),
    "POST /forgot": (204, {"username": "nobody.{caller}", "email": "nobody@nowhere.example"}),
    "POST /links/look": (410, {"token": "{caller:042}A"}),
    "POST /links/password": (410, {"token": "{caller:042}A", "username": "nobody", "new_password": "vier losse gekke fietsbellen"}),
    "POST /links/confirm": (410, {"token": "{caller:042}A"}),
    "DELETE /session": (204, None),
    "PUT /account": (200, {"name": "Caller", "language": "nl"}),
    "PUT /account/notifications": (200, {"news_mail": True}),
    "POST /account/email": (403, {"email": "a@b.example", "password": WRONG}),
    "POST /account/mobile": (403, {"mobile": "0612345678", "password": WRONG}),
    "POST /account/mobile/again": (409, None),
    "POST /account/mobile/code": (409, {"code": "000000"}),
    "POST /account/totp": (403, {"password": WRONG}),
    "POST /account/totp/code": (409, {"code": "000000"}),
    "POST /account/totp/off": (403, {"password": WRONG}),
    "POST /account/sheet": (403, {"password": WRONG}),
    "POST /account/devices/{device}": (204, {"name": "laptop"}),
    "DELETE /account/devices/{device}": (204, None),
    "DELETE /account/sessions/{session}": (204, None),
    "POST /account/sessions/end-others": (204, None),
    "POST /account/end": (403, {"password": WRONG}),
    "POST /patients/{patient}/dossier/read": (204, {"until": "2026-01-01T00:00:00Z"}),
    "POST /patients/{patient}/dossier/{item}/read": (204, {"until": "2026-01-01T00:00:00Z"}),
    # Asked of somebody whose access has ended and who has no end date, and so that nothing changes: what the routes do
    # for who may is told in test_members.py.
    "POST /patients/{patient}/members/lookup": (422, {"email": "no address"}),
    "POST /patients/{patient}/members": (422, {"email": "no address"}),
    "POST /patients/{patient}/members/{member}/parts": (200, {"part": "messages", "held": False}),
    "POST /patients/{patient}/members/{member}/until": (409, {"until": None}),
    "POST /patients/{patient}/members/{member}/renew": (409, None),
    "POST /patients/{patient}/members/{member}/invitation": (429, None),
    "POST /patients/{patient}/members/{member}/withdraw": (409, None),
    "POST /patients/{patient}/members/{member}/end": (409, None),
    "POST /patients/{patient}/members/{member}/ground": (409, {"ground": "mentor"}),
    "POST /patients/{patient}/members/{member}/mobile": (409, {"mobile": "0612345678"}),
    "POST /patients/{patient}/members/{member}/email": (409, {"email": "nobody@nowhere.example"}),
}

# The edits that must say of which version they are; and that are refused without it, but only to who may edit at all.
EDITS = {"POST /patients/{patient}/members/{member}/" + what for what in ("until", "renew", "invitation", "ground", "mobile", "email")}

# What of one's own account a route names, and how the ids of this world begin.
OWN = {"{device}": "D", "{session}": "S"}

# The panels of the start screen that each part opens.
PANELS = {"appointments": "appointments", "messages": "messages", "dossier": "dossier", "profile": "profile"}
ALLOWED = {"appointments": "appointments.read", "dossier": "dossier.read", "profile": "profile.read", "settings": "members.manage"}


class Caller:
    def __init__(self, name, kind="full", parts=(), token=None, of="wil", open=True):
        self.name = name
        self.kind = kind            # of the session; "nobody" when it is none
        self.parts = set(parts)     # that are open
        self.token = token
        self.of = of if open else None
        self.account = None
        self.invited = False        # has an invitation, which was answered


class World:
    """A portal with a caller of every kind."""

    def __init__(self):
        self.portal = Portal(clock=True, more=LOOKS)
        self.portal.write_documents(wil=("client-1", "Brief", "application/pdf", b"%PDF-1.4 of Wil"),
                                    henk=("client-2", "Brief", "application/pdf", b"%PDF-1.4 of Henk"),
                                    gone=("client-1", "Brief", "application/pdf", b"%PDF-1.4 removed"))
        self.portal.command("sync")
        for name in os.listdir(self.portal.path("ehr")):  # so that nothing changes any more
            os.remove(self.portal.path("ehr", name))
        self.other_portal = Portal(clock=True)
        self.callers = []
        self.now = int(self.portal.now() * 1e6)
        self.patients = {"wil": self.portal.patient("wil"), "henk": self.portal.patient("henk"), "unknown": UNKNOWN}
        self._fill()
        self._fill_viewed()
        self.items, self.attachments, self.plans = {"unknown": UNKNOWN}, {"unknown": UNKNOWN}, {"unknown": UNKNOWN}
        for name, row in (("wil", 1), ("henk", 2)):
            self.items[name], self.attachments[name] = self._document(name)
            self.plans[name] = self._plan(row)
        self.items["removed"], self.attachments["removed"] = self._document("gone")
        self.portal.change("UPDATE item SET removed = ? WHERE fhir_id = 'gone'", self.now)
        self.plans["removed"] = self._removed_plan()
        self.members = {"unknown": UNKNOWN}
        for name, row in (("wil", 1), ("henk", 2)):
            self.members[name] = self._ended_member(name, row)

    def _fill(self):
        for n in range(5 + 1):
            for parts in itertools.combinations(PARTS, n):
                self.member("parts " + "+".join(parts), parts)
        self.member("henk's", PARTS, of="henk")
        self.member("until tomorrow", PARTS, until=self.now + int(86400e6))
        day = int(86400e6)
        # The clock was fast then.
        self.member("accepted later than now", PARTS, accepted=self.now + day)
        closed = {
            "invited": {"state": 1, "accepted": None},
            "declined": {"state": 3, "accepted": None},
            "ended": {"state": 4, "ended": self.now - day},
            "ended, while its state says active": {"ended": self.now - day},
            "of an ended state without a time": {"state": 4},
            "past its end date": {"until": self.now - 1},
            "active, while nobody accepted": {"accepted": None},
        }
        for name, facts in closed.items():
            self.member(name, PARTS, open=False, **facts)
        self.add(Caller("no membership", open=False))
        withdrawn = self.member("every part withdrawn", PARTS)
        withdrawn.parts = set()
        self.portal.change("UPDATE membership_part SET ended = ? WHERE membership IN (SELECT id FROM membership WHERE account = ?)",
                           self.now, withdrawn.account)
        for kind in ("pending-sms", "must-change"):
            self.member(kind, PARTS, kind=kind)
        self._without_session()

    def _fill_viewed(self):
        """Members that others look through: (of whom, the parts that they see or would see) by id."""
        self.viewed = {}
        for caller in self.callers:
            if caller.name in ("parts ", "parts appointments+dossier", "parts " + "+".join(PARTS), "henk's", "until tomorrow"):
                self.viewed[f"{caller.account:022}"] = (caller.of, caller.parts, caller)
        for name, parts, facts in (("waiting", {"dossier", "profile"}, {"state": 1, "accepted": None}),
                                   ("waiting, whose end has passed", set(), {"state": 1, "accepted": None, "until": self.now - 1}),
                                   ("ended", set(), {"state": 4, "ended": self.now - 1}),
                                   ("past the end", set(), {"until": self.now - 1})):
            caller = self.member("looked through, " + name, ["dossier", "profile"], open=False, **facts)
            self.viewed[f"{caller.account:022}"] = ("wil", parts, caller)
        self.viewed[UNKNOWN] = (None, set(), None)

    def _without_session(self):
        self.callers.append(Caller("nobody", kind="nobody"))
        self.callers.append(Caller("garbage", kind="nobody", token="A" * 43))
        self.callers.append(Caller("no token at all", kind="nobody", token="x' OR 1=1 --"))
        for name, change in (("logged out", "ended = 1, end_reason = 1"), ("over", "expires = 1"), ("idle", "last_used = 1")):
            caller = self.member(name, PARTS)
            caller.kind = "nobody"
            self.portal.change(f"UPDATE session SET {change} WHERE account = ?", caller.account)
        wil = self.other_portal.account("w.debruin")
        self.callers.append(Caller("of another organisation", kind="nobody", token=self.other_portal.add_session(wil)))

    def add(self, caller):
        n = len(self.callers)
        caller.account = self.portal.change(
            "INSERT INTO account (public_id, username, name, given_name, email, mobile, created) VALUES (?, ?, ?, ?, ?, ?, 0)",
            f"{n:022}", f"caller.{n}", f"Caller {n}", "Caller", f"{n}@caller.example", f"+316555{n:05}")
        caller.token = self.portal.add_session(caller.account, caller.kind)
        self._own(caller)
        self.callers.append(caller)
        return caller

    def _own(self, caller):
        """A device, and a session beside the one that asks."""
        self.portal.change("INSERT INTO device (public_id, account, token_hash, created, last_visit) VALUES (?, ?, ?, 0, ?)",
                           f"D{caller.account:021}", caller.account, f"{caller.account}".encode(), self.now)
        self.portal.change("INSERT INTO session (public_id, token_hash, account, kind, shared, created, last_used, expires)"
                           " VALUES (?, ?, ?, 3, 0, ?, ?, ?)", f"S{caller.account:021}", f"{caller.account}".encode(), caller.account,
                           self.now, self.now, self.now + int(3600e6))

    def own(self, caller, letter):
        other = self.callers[1 if caller is self.callers[0] else 0]
        return {"own": f"{letter}{caller.account or 0:021}", "of somebody else": f"{letter}{other.account:021}", "unknown": UNKNOWN}

    def member(self, name, parts, of="wil", open=True, kind="full", state=2, accepted=1, until=None, ended=None):
        caller = self.add(Caller(name, kind=kind, parts=parts, of=of, open=open))
        patient = self.portal.value("SELECT id FROM patient WHERE public_id = ?", self.patients[of])
        membership = self.portal.change(
            "INSERT INTO membership (public_id, account, patient, state, created, accepted, until, ended) VALUES"
            " (?, ?, ?, ?, 0, ?, ?, ?)", f"{caller.account:022}", caller.account, patient, state, accepted, until, ended)
        for part in parts:
            self.portal.change("INSERT INTO membership_part (membership, part, given) VALUES (?, ?, 0)", membership,
                               1 << PARTS.index(part))
        self.portal.change("INSERT INTO invitation (public_id, membership, state, created, expires, answered) VALUES"
                           " (?, ?, 1, 0, ?, 1)", f"{caller.account:022}", membership, self.now + int(86400e6))
        caller.invited = True
        return caller

    def _ended_member(self, name, patient):
        """Somebody without access, whose mailbox has had enough mails for a day."""
        account = self.portal.change("INSERT INTO account (public_id, username, name, given_name, email, created) VALUES (?, ?, 'E', 'E', ?, 0)",
                                     f"E{name:_<21}", f"ended.{name}", f"{name}@ended.example")
        id = f"M{name:_<21}"
        membership = self.portal.change("INSERT INTO membership (public_id, account, patient, state, created, accepted, ended)"
                                        " VALUES (?, ?, ?, 4, 0, 1, 2)", id, account, patient)
        self.portal.change("INSERT INTO throttle (bucket, key, window_start, count) VALUES (12, ?, ?, 5)",
                           self.portal.hash("throttle", str(membership)), self.now)
        return id

    def _document(self, id):
        """A card with a file: their ids."""
        return self.portal.query("SELECT i.public_id, a.public_id FROM item i JOIN attachment a ON a.item = i.id WHERE i.fhir_id = ?", id)[0]

    def _plan(self, patient):
        return self.portal.value("SELECT public_id FROM care_plan WHERE patient = ? AND removed IS NULL LIMIT 1", patient)

    def _removed_plan(self):
        id = self.portal.change("INSERT INTO care_plan (public_id, patient, source, type, fhir_id, state, hash, first_seen, changed, removed)"
                                " VALUES (?, 1, 'ecd', 'CarePlan', 'gone', 0, x'00', 1, 1, 1)", "P" * 22)
        return self.portal.value("SELECT public_id FROM care_plan WHERE id = ?", id)

    def invitations(self, caller):
        """Answered already, so that nothing changes: one's own is a conflict, all others are not there."""
        open_one = self.portal.value("SELECT public_id FROM invitation WHERE state = 0 LIMIT 1")
        other = self.callers[1 if caller is self.callers[0] else 0]
        return {"own": f"{caller.account or 0:022}", "of somebody else": f"{other.account:022}", "open, of somebody else": open_one,
                "unknown": UNKNOWN}


def objects(world, caller, route):
    """Every (path, what each of its ids stands for) of a route."""
    kinds = {"{patient}": world.patients, "{member}": world.members, "{item}": world.items, "{attachment}": world.attachments, "{plan}": world.plans}
    if "{invitation}" in route:
        kinds["{invitation}"] = world.invitations(caller)
    for name, letter in OWN.items():
        if name in route:
            kinds[name] = world.own(caller, letter)
    names = re.findall(r"\{\w+\}", route)
    for choice in itertools.product(*(kinds[name].items() for name in names)):
        path = route
        for name, (_, id) in zip(names, choice):
            path = path.replace(name, id)
        yield path, tuple(whose for whose, _ in choice)


def expected(caller, route, about):
    """The status that the model gives."""
    sessions, parts = MODEL[route]
    if caller.kind not in sessions:
        return 401
    if parts is not None and not (caller.of == about[0] and caller.parts & parts):
        return 404
    if len(set(about)) > 1:  # an item of another patient, a file of another item
        return 404
    if "{invitation}" in route:
        return 409 if about[0] == "own" and caller.invited else 404
    if "own" not in about and any(name in route for name in OWN):
        return 404
    return SAYS.get(route, (200, None))[0]


class Matrix(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.portal.__exit__)
        cls.addClassCleanup(cls.world.other_portal.__exit__)
        cls.portal = cls.world.portal
        cls.portal.start()
        cls.answers, cls.blind, cls.views, cls.before = {}, {}, {}, {}
        cls.versions = cls._versions()
        cls._ask()

    @classmethod
    def _ask(cls):
        # What ends something comes late, and logging out last.
        late = {"POST /account/sessions/end-others": 2, "DELETE /session": 3}
        for caller in cls.world.callers:
            connection = cls.portal.connection()
            cls._look_through(caller, connection)
            cls._look_before(caller, connection)
            for route in sorted(MODEL, key=lambda route: late.get(route, route.startswith("DELETE"))):
                method, path = route.split(" ")
                body = SAYS.get(route, (None, None))[1]
                if body is not None:
                    number = cls.world.callers.index(caller)
                    body = {name: value.format(caller=number) if isinstance(value, str) else value for name, value in body.items()}
                for target, about in objects(cls.world, caller, path):
                    if route in EDITS:
                        cls.blind[caller, route, about] = cls.portal.call(method, target, caller.token, body, connection=connection)
                    cls.answers[caller, route, about] = cls.portal.call(method, target + QUERY.get(route, ""), caller.token, body,
                                                                        cls._seen(route, target), connection)
            connection.close()

    @classmethod
    def _versions(cls):
        """Of every row, as who may see it sees it."""
        rows = []
        for caller in cls.world.callers:
            if caller.name in ("parts " + "+".join(PARTS), "henk's"):
                rows += cls.portal.get(f"/patients/{cls.world.patients[caller.of]}/members", caller.token).json["members"]
        return {row["id"]: row.get("version") for row in rows}

    @classmethod
    def _seen(cls, route, target):
        return {"If-Match": f'"{cls.versions.get(target.split("/")[4])}"'} if route in EDITS else {}

    def test_an_edit_without_its_version_tells_nobody_more(self):
        self.assertEqual({route for _, route, _ in self.blind}, EDITS)
        for (caller, route, about), answer in self.blind.items():
            status = expected(caller, route, about)
            with self.subTest(caller=caller.name, route=route, about=about):
                if status in (401, 404):
                    self.assertEqual(without_id(answer), without_id(self.answers[caller, route, about]))
                else:
                    self.assertEqual((answer.status, answer.code), (428, "version-required"), answer)

    def test_the_model_has_every_route_and_right_of_the_server(self):
        """A new route without a line in the model fails here."""
        lines = subprocess.run([self.portal.program, "routes"], capture_output=True, text=True, check=True).stdout.splitlines()
        printed = {}
        for line in lines:
            method, path, sessions, parts = line.split(" ")
            sessions = ANYBODY if sessions == "anybody" else sessions.split("|")
            printed[f"{method} {path.removeprefix('/api/v1')}"] = (sessions, None if parts == "-" else set(parts.split("|")))
        self.assertEqual(printed, MODEL)

    def test_every_route_was_asked_by_every_caller(self):
        self.assertEqual({(caller, route) for caller, route, _ in self.answers},
                         set(itertools.product(self.world.callers, MODEL)))
        self.assertGreaterEqual(len(self.world.callers), 32 + 17)

    def test_each_answer_is_that_of_the_model(self):
        for (caller, route, about), answer in self.answers.items():
            with self.subTest(caller=caller.name, route=route, about=about):
                self.assertEqual(answer.status, expected(caller, route, about), answer)

    @classmethod
    def _look_through(cls, caller, connection):
        for route, (_, parts) in MODEL.items():
            if not route.startswith("GET /patients") or parts == {"settings"}:
                continue
            path = route.split(" ")[1]
            for name, ids in (("{patient}", cls.world.patients), ("{item}", cls.world.items), ("{attachment}", cls.world.attachments),
                              ("{plan}", cls.world.plans)):
                path = path.replace(name, ids["wil"])
            for id in cls.world.viewed:
                cls.views[caller, route, id] = cls.portal.get(path + QUERY.get(route, ""), caller.token, headers={"Cp-View-As": id},
                                                              connection=connection)

    @classmethod
    def _look_before(cls, caller, connection):
        headers = {"Cp-View-Parts": ",".join(PARTS)}
        for what in ("start", "dossier", "profile"):
            for id in cls.world.viewed:
                cls.before[caller, f"GET /patients/{{patient}}/{what}", id] = cls.portal.get(
                    f"/patients/{cls.world.patients['wil']}/{what}", caller.token, headers={"Cp-View-As": id, **headers}, connection=connection)

    def test_looking_before_a_tick_shows_no_more_than_the_caller_sees(self):
        for (caller, route, id), answer in self.before.items():
            of, _, who = self.world.viewed[id]
            may = caller.of == of == "wil" and "settings" in caller.parts and who is not caller
            shown = caller.parts if may else set()
            expected = 401 if caller.kind not in MODEL[route][0] else 200 if shown & MODEL[route][1] else 404
            self.assertEqual(answer.status, expected, (caller.name, who and who.name, route, answer))
            if answer.status == 200 and route.endswith("/start"):
                self.assertEqual({part for part, panel in PANELS.items() if panel in answer.json}, shown - {"settings"})

    def test_looking_through_somebody_shows_no_more_than_both_see(self):
        for (caller, route, id), answer in self.views.items():
            of, seen, who = self.world.viewed[id]
            may = caller.of == of == "wil" and "settings" in caller.parts and who is not caller
            shown = caller.parts & seen if may else set()
            expected = 401 if caller.kind not in MODEL[route][0] else 200 if shown & MODEL[route][1] else 404
            self.assertEqual(answer.status, expected, (caller.name, who and who.name, route, answer))
            if answer.status == 200 and route.endswith("/start"):
                self.assertEqual({part for part, panel in PANELS.items() if panel in answer.json}, shown - {"settings"})

    def test_not_yours_and_not_there_are_one_answer(self):
        answers = {without_id(a)[0]: without_id(a) for a in self.answers.values() if a.status == 404}
        for key, answer in self.answers.items():
            if answer.status == 404:
                self.assertEqual(without_id(answer), answers[404], (key[0].name, *key[1:]))

    def test_no_session_is_one_answer(self):
        """Except that a login attempt that is over says so."""
        seen = {}
        for (caller, route, _), answer in self.answers.items():
            if answer.status == 401:
                self.assertEqual(answer.code, "session-ended", (caller.name, route))
                self.assertEqual(without_id(answer), seen.setdefault(401, without_id(answer)), (caller.name, route))

    def test_no_answer_names_the_software(self):
        allowed = {"date", "content-type", "content-length", "connection", "cache-control", "etag", "retry-after", "allow",
                   "www-authenticate", "strict-transport-security", "x-content-type-options", "content-security-policy",
                   "referrer-policy", "cross-origin-resource-policy", "content-disposition"}
        for (caller, route, about), answer in self.answers.items():
            self.assertLessEqual(set(answer.headers), allowed, route)
            if answer.status >= 400:
                self.assertNotRegex(without_id(answer)[2].lower(), r"sqlite|microhttpd|glib|gnutls|sodium|clientportaald|/\d+\.\d+", route)
                self.assertRegex(answer.json["id"], r"^[A-Za-z0-9_-]{6,}$", "by which it is found in the log")

    def test_each_part_opens_its_panel_and_no_other(self):
        for caller in self.world.callers:
            answer = self.answers[caller, "GET /patients/{patient}/start", ("wil",)]
            if answer.status == 200:
                with self.subTest(caller.name):
                    start = answer.json
                    self.assertEqual({panel for panel in PANELS.values() if panel in start}, caller.parts - {"settings"})
                    self.assertEqual(set(start["allowed"]), {ALLOWED[part] for part in caller.parts if part in ALLOWED})

    def test_the_list_of_portals_is_that_of_the_model(self):
        for caller in self.world.callers:
            answer = self.answers[caller, "GET /session", ()]
            if answer.status == 200:
                with self.subTest(caller.name):
                    listed = {patient["id"]: set(patient["parts"]) for patient in answer.json["patients"]}
                    self.assertEqual(listed, {self.world.patients[caller.of]: caller.parts} if caller.of else {})


if __name__ == "__main__":
    tap.main()
