# SPDX-License-Identifier: GPL-3.0-or-later
"""./dev bench: a line per figure, `name: ours X, reference Y, ratio Z, goal G`; both measured in this run, in turns.

Environment: CLIENTPORTAALD, BARE_SERVER, CLIENTPORTAAL (the app), SOURCE_ROOT; needs wrk and gnome-text-editor.
"""
import os
import re
import statistics
import subprocess
import sys

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


FIGURES = {"start-screen": start_screen}

if __name__ == "__main__":
    for name in sys.argv[1:] or FIGURES:
        FIGURES[name]()
