# SPDX-License-Identifier: GPL-3.0-or-later
"""./dev bench: a line per figure, `name: ours X, reference Y, ratio Z, goal G`; both measured in this run, in turns.

Environment: CLIENTPORTAALD, BARE_SERVER, CLIENTPORTAAL (the app), SOURCE_ROOT; needs wrk and gnome-text-editor.
"""
import os
import re
import statistics
import subprocess
import sys
import time

import portal

ROUNDS = 7
SECONDS = 2
CONNECTIONS = 64


def requests_per_second(url, token):
    out = portal.run("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", "Authorization: Bearer " + token, url)
    if "Non-2xx" in out or "Socket errors" in out:
        raise AssertionError(out)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))


def line(name, ours, reference, goal, unit, more_is_better):
    ratio = ours / reference
    met = ratio >= goal if more_is_better else ratio <= goal
    print(f"{name}: ours {ours:.1f} {unit}, reference {reference:.1f} {unit}, ratio {ratio:.2f}, goal {goal} ({'met' if met else 'not met'})",
          flush=True)


def start_screen():
    with portal.Portal(sessions="audit-minutes=0", patients=3, days=400) as organisation:
        portal.until(lambda: "never" not in organisation.command("sync", "--status"), "the first fetch", 120)
        token, _, _ = organisation.login("m.debruin")
        patient = organisation.get("/session", token).json["patients"][0]["id"]
        path = f"/api/v1/patients/{patient}/start"
        answer = organisation.get(path[7:], token)
        if answer.json["dossier"]["state"] != "filled":
            raise AssertionError(answer)
        organisation.write("body.json", answer.text)
        bare = subprocess.Popen([os.environ["BARE_SERVER"], organisation.path("server.pem"), organisation.path("server.key"),
                                 organisation.path("body.json")], stdout=subprocess.PIPE, text=True)
        try:
            port = int(bare.stdout.readline().split()[1])
            ours, reference = [], []
            for _ in range(ROUNDS):
                ours.append(requests_per_second(f"https://127.0.0.1:{organisation.port}{path}", token))
                reference.append(requests_per_second(f"https://127.0.0.1:{port}{path}", token))
        finally:
            bare.kill()
            bare.wait()
            bare.stdout.close()
        line(f"start screen over TLS, keep-alive, {len(answer.text)} bytes", statistics.median(ours), statistics.median(reference), 0.5,
             "requests/s", True)


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


FIGURES = {"start-screen": start_screen, "app": app_start}

if __name__ == "__main__":
    for name in sys.argv[1:] or FIGURES:
        FIGURES[name]()
