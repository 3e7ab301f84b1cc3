# SPDX-License-Identifier: GPL-3.0-or-later
"""./dev bench: a line per figure, `name: ours X, reference Y, ratio Z, goal G`; both measured in this run, in turns.

Environment: CLIENTPORTAALD, BARE_SERVER, BENCH_AUDIT_MARK, REFERENCE_LOAD, CLIENTPORTAAL (the app), SOURCE_ROOT; needs wrk and gnome-text-editor.
On demand, for they are slow and need valgrind: start-screen-costs, what one request costs (needs strace too, and the right to look at the
server: root), and audit-mark, what the mark of the audit log adds to a commit. Only slow: server-sync, what a sync costs whose source is
a FHIR server.
"""
import contextlib
import ctypes
import glob
import http.client
import os
import re
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

import changes
import fill
import load
import portal
import server_sync

ROUNDS = 7
SECONDS = 2
CONNECTIONS = 64
SEARCH_ROUNDS = 200
SIZE_ROUNDS = 100


def requests_per_second(url, token):
    """And how many there were."""
    out = portal.run("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout", "60s", "-H", "Authorization: Bearer " + token, url)
    if "Non-2xx" in out or "Socket errors" in out:
        raise AssertionError(out)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)), int(re.search(r"(\d+) requests in", out).group(1))


def line(name, ours, reference, goal, unit, more_is_better):
    ratio = ours / reference
    met = ratio >= goal if more_is_better else ratio <= goal
    digits = 1 if min(ours, reference) >= 10 else 2
    print(f"{name}: ours {ours:.{digits}f} {unit}, reference {reference:.{digits}f} {unit}, ratio {ratio:.2f}, goal {goal} ({'met' if met else 'not met'})",
          flush=True)


# Who asks for the start screen of Wil, in the demo: only the first one is told of members.
READERS = {"who manages the users": "m.debruin", "a relative who does not": "p.debruin"}


def fetched(organisation):
    """The address of the start screen of somebody of whom all has been read, and of each reader their name, token and answer."""
    portal.until(lambda: "never" not in organisation.command("sync", "--status"), "the first fetch", 120)
    path = f"/api/v1/patients/{organisation.patient('wil')}/start"
    readers = []
    for name, username in READERS.items():
        token, _, _ = organisation.login(username)
        answer = organisation.get(path[7:], token)
        if answer.json["dossier"]["state"] != "filled":
            raise AssertionError(answer)
        readers.append((name, token, answer.text))
    return path, readers


@contextlib.contextmanager
def bare_server(organisation, body, *before):
    """Its process and its port; answers with body."""
    organisation.write("body.json", body)
    bare = subprocess.Popen([*before, os.environ["BARE_SERVER"], organisation.path("server.pem"), organisation.path("server.key"),
                             organisation.path("body.json")], stdout=subprocess.PIPE, text=True)
    try:
        yield bare, int(bare.stdout.readline().split()[1])
    finally:
        bare.kill()
        bare.wait()
        bare.stdout.close()


def check_recorded(recorded, counted):
    """Each answer has its row in the audit log. What was on its way when wrk stopped has one too, and was not counted."""
    if not counted <= recorded <= counted + ROUNDS * CONNECTIONS:
        raise AssertionError(f"{counted} start screens were given, {recorded} were recorded: this measured something else")


def start_screen():
    readings = "SELECT count(*) FROM audit WHERE action = 1"
    with portal.Portal(sessions="audit-minutes=0", patients=3, days=400) as organisation:
        path, readers = fetched(organisation)
        for name, token, body in readers:
            with bare_server(organisation, body) as (_, port):
                ours, reference, counted = [], [], 0
                before = organisation.value(readings)
                for _ in range(ROUNDS):
                    rate, number = requests_per_second(f"https://127.0.0.1:{organisation.port}{path}", token)
                    ours.append(rate)
                    counted += number
                    reference.append(requests_per_second(f"https://127.0.0.1:{port}{path}", token)[0])
                check_recorded(organisation.value(readings) - before, counted)
            line(f"start screen of {name}, over TLS, keep-alive, {len(body.encode())} bytes", statistics.median(ours),
                 statistics.median(reference), 0.5, "requests/s", True)


# Without the threshold, callgrind would count each byte that memset wipes as an instruction.
COUNTED = {"GLIBC_TUNABLES": "glibc.cpu.x86_rep_stosb_threshold=100000000"}


class Asker:
    """Asks for one address over connections that are open already, on all of them before it reads any answer: so many requests, however
    busy the machine is."""

    def __init__(self, port, path, token, number):
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        self.sockets = [context.wrap_socket(socket.create_connection(("127.0.0.1", port))) for _ in range(number)]
        self.request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
        self.ask(3)

    def ask(self, rounds):
        """How many requests there were."""
        for _ in range(rounds):
            for connection in self.sockets:
                connection.sendall(self.request)
            for connection in self.sockets:
                answer = http.client.HTTPResponse(connection)
                answer.begin()
                answer.read()
                if answer.status != 200:
                    raise AssertionError(answer.status)
        return rounds * len(self.sockets)

    def close(self):
        for connection in self.sockets:
            connection.close()


def instructions(directory, pid, asker):
    """Of user space for each request, as callgrind counts them."""
    portal.run("callgrind_control", "-i", "on", str(pid))
    number = asker.ask(40)
    portal.run("callgrind_control", "-i", "off", str(pid))
    portal.run("callgrind_control", "-d", str(pid))
    with open(max(glob.glob(os.path.join(directory, f"callgrind.{pid}.*")), key=os.path.getmtime)) as f:
        return int(re.search(r"^totals: (\d+)", f.read(), re.M).group(1)) / number


def system_calls(directory, pid, asker):
    """For each request."""
    out = os.path.join(directory, "strace")
    strace = subprocess.Popen(["strace", "-c", "-f", "-p", str(pid), "-o", out], stderr=subprocess.PIPE, text=True)
    strace.stderr.readline()  # it is attached
    number = asker.ask(150)
    strace.terminate()
    strace.communicate()
    with open(out) as f:
        return int(re.search(r"^100\.00\s+\S+\s+\d*\s+(\d+).* total$", f.read(), re.M).group(1)) / number


def start_screen_costs():
    """What can be counted, and so does not depend on what else the machine does."""
    valgrind = ["valgrind", "--tool=callgrind", "--instr-atstart=no", "--fair-sched=yes", "-q"]
    for name, count, connections, before in (("instructions", instructions, 8, valgrind), ("system calls", system_calls, 32, [])):
        with portal.Portal(sessions="audit-minutes=0", patients=3, days=400, environment=COUNTED) as organisation:
            path, readers = fetched(organisation)
            organisation.stop()
            before = before and [*before, "--callgrind-out-file=" + organisation.path("callgrind.%p")]
            organisation.start(*before)
            for reader, token, body in readers:
                with bare_server(organisation, body, *before) as (bare, port):
                    costs = []
                    for pid, port in ((organisation.process.pid, organisation.port), (bare.pid, port)):
                        asker = Asker(port, path, token, connections)
                        costs.append(count(organisation.directory, pid, asker))
                        asker.close()
                print(f"start screen of {reader}, {name} for each request: ours {costs[0]:,.1f}, reference {costs[1]:,.1f}", flush=True)


def audit_mark():
    """What the mark of the audit log adds to each commit: on the clock and of the processor, in turns; and in instructions, of a program
    that only commits audit rows."""
    program = os.environ["BENCH_AUDIT_MARK"]
    figures = {name: [float(n) for n in numbers] for name, *numbers in (row.split() for row in portal.run(program).splitlines())}
    for at, what in enumerate(("on the clock", "of the processor")):
        print(f"audit mark, each commit of one row, {what}: with {figures['with'][at]:.1f} us, without {figures['without'][at]:.1f} us",
              flush=True)
    with tempfile.TemporaryDirectory() as directory:
        out = os.path.join(directory, "callgrind")
        portal.run("valgrind", "--tool=callgrind", "--toggle-collect=cpd_audit_mark_follow", "-q", "--callgrind-out-file=" + out, program)
        with open(out) as f:
            text = f.read()
    counted, calls = int(re.search(r"^totals: (\d+)", text, re.M).group(1)), int(figures["marks"][0])
    print(f"audit mark, instructions for each commit: {counted / calls:,.0f}", flush=True)


def window_after(command, environment):
    """Milliseconds from start to a window on the screen, and the memory (PSS, MB) two seconds later."""
    begin = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(process.pid)], capture_output=True).stdout:
            if time.monotonic() - begin > 30:
                raise AssertionError(f"{command[0]} shows no window")
        elapsed = (time.monotonic() - begin) * 1000
        time.sleep(2)
        with open(f"/proc/{process.pid}/smaps_rollup") as f:
            memory = int(re.search(r"^Pss:\s+(\d+) kB", f.read(), re.M).group(1)) / 1024
        return elapsed, memory
    finally:
        process.kill()
        process.wait()


def app_start():
    with portal.Portal(patients=3, days=30) as organisation:
        env = dict(os.environ, GSETTINGS_SCHEMA_DIR=os.environ["APP_SCHEMA_DIR"], CLIENTPORTAAL_LOCALE_DIR=os.environ["APP_LOCALE_DIR"])
        ours = [os.environ["CLIENTPORTAAL"], "--demo", f"--organisation=127.0.0.1:{organisation.port}", "--ca-file=" + organisation.path("ca.pem")]
        reference = ["gnome-text-editor", "--standalone"]
        figures = {"ours": [], "reference": []}
        for _ in range(ROUNDS):
            figures["ours"].append(window_after(ours, env))
            figures["reference"].append(window_after(reference, dict(os.environ)))
        for at, (name, unit) in enumerate((("app, start to a visible window", "ms"), ("app, memory (PSS)", "MB"))):
            line(name, *(statistics.median(f[at] for f in figures[who]) for who in ("ours", "reference")), 1.0, unit, False)


# A word in most of the reports, one in a handful of each patient's, two letters, a beginning of words, one of so many words that they are
# not looked up, two words; and the first of what somebody wrote who seldom writes, and who wrote a third of all.
SEARCHES = {"common word": ("mevrouw", None), "rare word": (fill.RARE, None), "two letters": ("me", None), "prefix": ("medic", None),
            f"prefix of {fill.ENDINGS} words": (fill.BEGINNING, None), "two words": ("wond huid", None),
            "common word of a rare writer": ("mevrouw", fill.RARE_WRITER), "common word of one writer": ("mevrouw", "Joke Hofstra")}
IN_DISORDER = ("common word", "two words", "common word of a rare writer", "common word of one writer")


@contextlib.contextmanager
def filled(**amount):
    """A portal with so many reports in its database, beside what the EHR says."""
    with contextlib.closing(portal.Portal(sessions="audit-minutes=15", patients=3, days=1)) as organisation:
        organisation.command("sync")
        fill.fill(organisation.path("portal.db"), **amount)
        organisation.start()
        organisation.until_read(120)
        yield organisation


def processor_ms(process):
    """Milliseconds of processor time of all its threads. Not from /proc, which tells it in steps of ten."""
    clock = ctypes.c_int()
    if ctypes.CDLL(None).clock_getcpuclockid(process.pid, ctypes.byref(clock)) != 0:
        raise AssertionError(process.pid)
    return time.clock_gettime(clock.value) * 1000


def search_costs(organisation, what, searches):
    """Their processor time, a line for each."""
    token, _, _ = organisation.login("w.debruin")
    path = f"/patients/{organisation.patient('wil')}/dossier/search?"
    rows = organisation.value("SELECT count(*) FROM item")
    connection = organisation.connection()
    for name, (text, writer) in searches.items():
        query = urllib.parse.urlencode({"text": text, **({"author": writer} if writer else {})}, quote_via=urllib.parse.quote)

        def ask():
            return organisation.get(path + query, token, connection=connection)
        answer = ask()
        if answer.status != 200 or not answer.json["items"]:
            raise AssertionError(answer)
        count = f"{answer.json['reports']:,}{' and more' if answer.json.get('more') else ''}"
        taken = []
        before = processor_ms(organisation.process)
        for _ in range(SEARCH_ROUNDS):
            begin = time.perf_counter()
            ask()
            taken.append((time.perf_counter() - begin) * 1000)
        used = (processor_ms(organisation.process) - before) / SEARCH_ROUNDS
        line(f"search, {name}, {count} found in 100,000 reports{what} of {rows:,}, round trip {statistics.median(taken):.1f} ms", used, 10.0, 1.0,
             "ms", False)


def search():
    """What one search costs the server: its processor time, for it waits for nothing else, with TLS, the gate and an answer of
    50 reports; the reference is the limit. What was asked before is not recorded again, as for somebody who types. The whole
    round trip stands in the name: it is longer where other programs want the processor too."""
    with filled(first_patient_items=100_000, other_patients=1999, items_each=200) as organisation:
        search_costs(organisation, "", SEARCHES)
    with filled(first_patient_items=100_000, other_patients=199, items_each=200, in_order=False) as organisation:
        search_costs(organisation, " that came in no order", {name: SEARCHES[name] for name in IN_DISORDER})


def sizes(many=999):
    """The same patient with 1,000 reports of ten years, among few and among many: processor time of a request, in turns, the median of the rounds."""
    amounts = {"few": 9, "many": many}
    fill.need_room(sum(others + 1 for others in amounts.values()) * 1000)
    with contextlib.ExitStack() as stack:
        asked, rows = {}, {}
        # None of what is asked looks at words.
        organisations = {name: stack.enter_context(filled(first_patient_items=1000, other_patients=others, items_each=1000, words_in_text=20,
                                                          findable=False)) for name, others in amounts.items()}
        # Only now: to fill the second one may take longer than a session lives without use.
        for name, organisation in organisations.items():
            token, _, _ = organisation.login("w.debruin")
            path = f"/patients/{organisation.patient('wil')}/"
            month = organisation.get(path + "timeline", token).json["months"][-2]["month"]
            asked[name] = (organisation, path, token, month, organisation.connection())
            rows[name] = organisation.value("SELECT count(*) FROM item")
        for what in ("start", "timeline", "dossier?month={}", "dossier"):
            used = {name: [] for name in asked}
            for _ in range(ROUNDS):
                for name, (organisation, path, token, month, connection) in asked.items():
                    before = processor_ms(organisation.process)
                    for _ in range(SIZE_ROUNDS):
                        if organisation.get(path + what.format(month), token, connection=connection).status != 200:
                            raise AssertionError(what)
                    used[name].append((processor_ms(organisation.process) - before) / SIZE_ROUNDS)
            line(f"{what.format('month')} with {rows['many']:,} items against {rows['few']:,}",
                 *(statistics.median(used[name]) for name in ("many", "few")), 1.2, "ms", False)


def limit(name, ours, most, unit):
    print(f"{name}: ours {ours:.1f} {unit}, goal at most {most} {unit} ({'met' if ours <= most else 'not met'})", flush=True)


def timeline():
    """100,000 cards of ten years from a fixture, drawn by the Cairo renderer."""
    runs = []
    for _ in range(3):
        out = portal.run(os.environ["BENCH_TIMELINE"], env=dict(os.environ, GSK_RENDERER="cairo", GIO_USE_VFS="local"))
        runs.append({name: float(value) for name, value in re.findall(r"^([\w-]+) ([\d.]+)$", out, re.M)})
    figures = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    limit("timeline, first cards after the first page came", figures["first-cards"], 150, "ms")
    for what in ("drag", "scroll", "jump"):
        limit(f"timeline, {what}, frame p99 (p50 {figures[what + '-p50']:.1f}, of the processor p99 {figures[what + '-processor-p99']:.1f})", figures[what + "-p99"], 16.7, "ms")
    limit("timeline, memory (anonymous) after passing by everything twice, against after 1% of it", figures["memory-after"],
          round(figures["memory-before"] * 1.05, 1), "MB")


def waiting():
    changes.measure(limit, processor_ms)


def first_load():
    load.measure(line, patients=100, reports=1000)


def sync_over_server():
    server_sync.measure(line, patients=100, reports=200)


FIGURES = {"start-screen": start_screen, "app": app_start, "search": search, "sizes": sizes, "timeline": timeline,
           "first-load": first_load, "changes": waiting}
COUNTS = {"start-screen-costs": start_screen_costs, "audit-mark": audit_mark, "server-sync": sync_over_server}

if __name__ == "__main__":
    if sys.argv[1:] == ["--names"]:  # ./dev asks before it builds
        print(*FIGURES, *COUNTS)
        sys.exit()
    for name in sys.argv[1:] or FIGURES:
        {**FIGURES, **COUNTS}[name]()
