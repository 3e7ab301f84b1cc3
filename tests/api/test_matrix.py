# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may ask what: every route, by every kind of caller, about every kind of object, against a model of its own."""
import itertools
import os
import subprocess
import unittest

import tap
from case import without_id
from portal import PARTS, Portal

WRONG = "not the password"
UNKNOWN = "AAAAAAAAAAAAAAAAAAAAAA"

# What the portal promises, written down apart from the server: which sessions, and one of which parts.
ANYBODY = ["nobody", "pending-sms", "must-change", "full"]
MODEL = {
    "GET /version": (ANYBODY, None),
    "GET /organisation": (ANYBODY, None),
    "GET /organisation/logo": (ANYBODY, None),
    "POST /login": (ANYBODY, None),
    "POST /login/code": (["pending-sms"], None),
    "POST /login/challenge": (["pending-sms"], None),
    "POST /password": (["must-change", "full"], None),
    "GET /session": (["full"], None),
    "DELETE /session": (["pending-sms", "must-change", "full"], None),
    "GET /invitations": (["full"], None),
    "POST /invitations/{invitation}/accept": (["full"], None),
    "POST /invitations/{invitation}/decline": (["full"], None),
    "GET /patients/{patient}/start": (["full"], set(PARTS)),
    "GET /patients/{patient}/appointments": (["full"], {"appointments"}),
    "GET /patients/{patient}/dossier": (["full"], {"dossier"}),
    "GET /patients/{patient}/dossier/{item}": (["full"], {"dossier"}),
    "GET /patients/{patient}/care-plans": (["full"], {"dossier"}),
    "GET /patients/{patient}/profile": (["full"], {"profile"}),
}

# What a route answers to who may ask it, when that is not 200, and the body that is sent.
SAYS = {
    "POST /login": (403, {"username": "nobody.{caller}", "password": WRONG}),
    "POST /login/code": (403, {"code": "000000"}),
    "POST /login/challenge": (200, None),
    "POST /password": (403, {"old_password": WRONG, "new_password": "vier losse gekke fietsbellen"}),
    "DELETE /session": (204, None),
}

# The panels of the start screen that each part opens.
PANELS = {"appointments": "appointments", "messages": "messages", "dossier": "dossier", "profile": "profile"}
ALLOWED = {"appointments": "appointments.read", "dossier": "dossier.read", "profile": "profile.read"}


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
        self.portal = Portal(clock=True)
        self.portal.command("sync")
        for name in os.listdir(self.portal.path("ehr")):  # so that nothing changes any more
            os.remove(self.portal.path("ehr", name))
        self.other_portal = Portal(clock=True)
        self.callers = []
        self.now = int(self.portal.now() * 1e6)
        self.patients = {"wil": self.portal.patient("wil"), "henk": self.portal.patient("henk"), "unknown": UNKNOWN}
        self._fill()
        self.items = {name: self._item(row) for name, row in (("wil", 1), ("henk", 2))}
        self.items["unknown"] = UNKNOWN
        self.items["removed"] = self._removed_item()

    def _fill(self):
        for n in range(5 + 1):
            for parts in itertools.combinations(PARTS, n):
                self.member("parts " + "+".join(parts), parts)
        self.member("henk's", PARTS, of="henk")
        self.member("until tomorrow", PARTS, until=self.now + int(86400e6))
        day = int(86400e6)
        closed = {
            "invited": {"state": 1, "accepted": None},
            "declined": {"state": 3, "accepted": None},
            "ended": {"state": 4, "ended": self.now - day},
            "ended, while its state says active": {"ended": self.now - day},
            "of an ended state without a time": {"state": 4},
            "past its end date": {"until": self.now - 1},
            "accepted later than now": {"accepted": self.now + day},
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
        self.callers.append(caller)
        return caller

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

    def _item(self, patient):
        return self.portal.value("SELECT public_id FROM item WHERE patient = ? AND removed IS NULL LIMIT 1", patient)

    def _removed_item(self):
        public_id = self.portal.value("SELECT public_id FROM item WHERE patient = 1 AND removed IS NULL ORDER BY id DESC LIMIT 1")
        self.portal.change("UPDATE item SET removed = ? WHERE public_id = ?", self.now, public_id)
        return public_id

    def invitations(self, caller):
        """Answered already, so that nothing changes: one's own is a conflict, all others are not there."""
        open_one = self.portal.value("SELECT public_id FROM invitation WHERE state = 0 LIMIT 1")
        other = self.callers[1 if caller is self.callers[0] else 0]
        return {"own": f"{caller.account or 0:022}", "of somebody else": f"{other.account:022}", "open, of somebody else": open_one,
                "unknown": UNKNOWN}


def objects(world, caller, route):
    """Every (path, what it stands for) of a route."""
    if "{patient}" in route:
        for who, patient in world.patients.items():
            if "{item}" not in route:
                yield route.replace("{patient}", patient), (who, None)
                continue
            for whose, item in world.items.items():
                yield route.replace("{patient}", patient).replace("{item}", item), (who, whose)
    elif "{invitation}" in route:
        for whose, invitation in world.invitations(caller).items():
            yield route.replace("{invitation}", invitation), (whose, None)
    else:
        yield route, (None, None)


def expected(caller, route, about):
    """The status that the model gives."""
    sessions, parts = MODEL[route]
    if caller.kind not in sessions:
        return 401
    who, item = about
    if parts is not None and not (caller.of == who and caller.parts & parts):
        return 404
    if item is not None and item != who:
        return 404
    if "{invitation}" in route:
        return 409 if who == "own" and caller.invited else 404
    return SAYS.get(route, (200, None))[0]


class Matrix(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.portal.__exit__)
        cls.addClassCleanup(cls.world.other_portal.__exit__)
        cls.portal = cls.world.portal
        cls.portal.start()
        cls.answers = {}
        cls._ask()

    @classmethod
    def _ask(cls):
        # Logging out comes last, for it ends the session.
        for caller in cls.world.callers:
            connection = cls.portal.connection()
            for route in sorted(MODEL, key=lambda route: route.startswith("DELETE")):
                method, path = route.split(" ")
                body = SAYS.get(route, (None, None))[1]
                if body is not None and "username" in body:
                    body = dict(body, username=body["username"].format(caller=cls.world.callers.index(caller)))
                for target, about in objects(cls.world, caller, path):
                    cls.answers[caller, route, about] = cls.portal.call(method, target, caller.token, body, connection=connection)
            connection.close()

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

    def test_each_part_opens_its_panel_and_no_other(self):
        for caller in self.world.callers:
            answer = self.answers[caller, "GET /patients/{patient}/start", ("wil", None)]
            if answer.status == 200:
                with self.subTest(caller.name):
                    start = answer.json
                    self.assertEqual({panel for panel in PANELS.values() if panel in start}, caller.parts - {"settings"})
                    self.assertEqual(set(start["allowed"]), {ALLOWED[part] for part in caller.parts if part in ALLOWED})

    def test_the_list_of_portals_is_that_of_the_model(self):
        for caller in self.world.callers:
            answer = self.answers[caller, "GET /session", (None, None)]
            if answer.status == 200:
                with self.subTest(caller.name):
                    listed = {patient["id"]: set(patient["parts"]) for patient in answer.json["patients"]}
                    self.assertEqual(listed, {self.world.patients[caller.of]: caller.parts} if caller.of else {})


if __name__ == "__main__":
    tap.main()
