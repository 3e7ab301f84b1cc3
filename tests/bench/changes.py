# SPDX-License-Identifier: GPL-3.0-or-later
"""What a thousand apps cost that wait for changes, and how soon one of them is told."""
import concurrent.futures
import json
import resource
import select
import socket
import sqlite3
import ssl
import statistics
import time

import portal

WAITING = 1000
SECONDS = 15      # that they are watched: a request waits 55, and it takes a while to open a thousand connections
INVITATIONS = 40
DESCRIPTORS = 4096


def allow_descriptors():
    resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, max(DESCRIPTORS, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))


def add_people(organisation):
    """A thousand accounts with a session; the first ones have an open invitation. Returns their tokens and invitations."""
    tokens, invitations = [], []
    now = int(time.time() * 1e6)
    with sqlite3.connect(organisation.path("portal.db")) as db:
        for n in range(WAITING):
            account = db.execute("INSERT INTO account (public_id, username, name, given_name, email, created) VALUES (?, ?, 'A B', 'A', ?, 0)",
                                 (f"w{n:021}", f"wait.{n}", f"{n}@wait.example")).lastrowid
            token = f"{n:043}"
            tokens.append(token)
            db.execute("INSERT INTO session (token_hash, account, kind, shared, created, last_used, expires) VALUES (?, ?, 3, 0, ?, ?, ?)",
                       (organisation.hash("session", token), account, now, now, now + int(8 * 3600e6)))
            if n < INVITATIONS:
                membership = db.execute("INSERT INTO membership (public_id, account, patient, state, created) VALUES (?, ?, 1, 1, 0)",
                                        (f"m{n:021}", account)).lastrowid
                db.execute("INSERT INTO invitation (public_id, membership, state, created, expires) VALUES (?, ?, 0, 0, ?)",
                           (f"i{n:021}", membership, now + int(86400e6)))
                invitations.append(f"i{n:021}")
    return tokens, invitations


class Waiting:
    def __init__(self, organisation, context, token):
        self.socket = context.wrap_socket(socket.create_connection(("127.0.0.1", organisation.port)), server_hostname="127.0.0.1")
        self.token = token

    def ask(self, cursor):
        since = f"?since={cursor}" if cursor else ""
        self.socket.sendall(f"GET /api/v1/changes{since} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {self.token}\r\n"
                            "Cp-Cause: refresh\r\n\r\n".encode())

    def answer(self):
        head, _, body = self.socket.recv(16384).partition(b"\r\n\r\n")
        return json.loads(body or self.socket.recv(16384)) if b" 200 " in head else head


def status_of(process, name, file="status"):
    with open(f"/proc/{process.pid}/{file}") as f:
        return next(int(line.split()[1]) for line in f if line.startswith(name + ":"))


def memory_kb(process):
    return status_of(process, "Pss", "smaps_rollup")


def latencies(organisation, waiting, tokens, invitations):
    """From the answer to who accepts, to that of who waits; in milliseconds, in the order in which they came."""
    connection = organisation.connection()
    took = []
    for n, invitation in enumerate(invitations):
        answer = organisation.post(f"/invitations/{invitation}/accept", tokens[n], connection=connection)
        begin = time.monotonic()
        if answer.status != 204 or not select.select([waiting[n].socket], [], [], 5)[0]:
            raise AssertionError(answer)
        took.append((time.monotonic() - begin) * 1000)
        if sorted(waiting[n].answer()["topics"]) != ["invitations", "rights"]:
            raise AssertionError("told something else")
    connection.close()
    return took


def hold(organisation, tokens):
    """A connection for each, on which a request waits."""
    context = ssl.create_default_context(cafile=organisation.path("ca.pem"))

    def wait(token):
        one = Waiting(organisation, context, token)
        one.ask(None)
        one.ask(one.answer()["cursor"])
        return one
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        return list(pool.map(wait, tokens))


def answer_all(waiting):
    """When their time is over."""
    left = {one.socket: one for one in waiting}
    while left:
        ready = select.select(list(left), [], [], 60)[0]
        if not ready:
            raise AssertionError(f"{len(left)} are not answered")
        for answer in [left.pop(one).answer() for one in ready]:
            if answer["topics"] or answer["reset"]:
                raise AssertionError(answer)


def measure(limit, processor_ms):
    """Both are those of bench.py."""
    allow_descriptors()
    organisation = portal.Portal(patients=1, days=1)
    try:
        tokens, invitations = add_people(organisation)
        organisation.start(preexec=allow_descriptors)
        server = organisation.process
        for _ in range(20):
            organisation.get("/changes", tokens[0])
        memory, threads = memory_kb(server), status_of(server, "Threads")
        begin = time.monotonic()
        waiting = hold(organisation, tokens)
        time.sleep(1)
        if status_of(server, "Threads") != threads:
            raise AssertionError("they cost threads")
        limit(f"{WAITING:,} wait, memory (PSS) of each with its TLS connection", (memory_kb(server) - memory) / WAITING, 100, "KB")
        before = processor_ms(server)
        time.sleep(SECONDS)
        limit(f"{WAITING:,} wait, processor time of a second", (processor_ms(server) - before) / SECONDS, 10, "ms")
        if time.monotonic() - begin > 50:
            raise AssertionError("the first were answered already")
        took = latencies(organisation, waiting, tokens, invitations)
        limit("told after the change was answered, median", statistics.median(took), 100, "ms")
        limit("told after the change was answered, latest", max(took), 100, "ms")
        before = processor_ms(server)
        answer_all(waiting[INVITATIONS:])
        limit("answered at the end of their time, processor time of each", (processor_ms(server) - before) * 1000 / (WAITING - INVITATIONS),
              1000, "us")
    finally:
        organisation.remove()
