# SPDX-License-Identifier: GPL-3.0-or-later
"""The real app, started as a person would, beside a portal of lib/portal.py."""
import os
import signal
import subprocess

from person import PATIENCE, Person


class App:
    def __init__(self, organisation, *arguments, environment=None, preset=True, demo=True):
        """preset: the address is known, as on a computer that was set up for the organisation; without demo what is known is told by
        GSettings, whose backend the environment names."""
        self.organisation = organisation
        env = dict(os.environ, GSETTINGS_SCHEMA_DIR=os.environ["APP_SCHEMA_DIR"], CLIENTPORTAAL_LOCALE_DIR=os.environ.get("APP_LOCALE_DIR", ""),
                   G_DEBUG="fatal-criticals", MALLOC_PERTURB_="165", **(environment or {}))
        if demo:
            arguments = ("--demo", "--ca-file=" + organisation.path("ca.pem"), *arguments)
        if demo and preset:
            arguments = (f"--organisation=127.0.0.1:{organisation.port}", *arguments)
        self.expected = 0              # how it ends by itself, if it does
        self.closed = False
        self.log = open(organisation.path("app.log"), "a")
        self.process = subprocess.Popen([os.environ["CLIENTPORTAAL"], *arguments], env=env, stdout=self.log, stderr=self.log)
        self.person = Person("clientportaal", self.process.pid)

    def open(self, link):
        """As a browser does: a second start of the program, which hands the link over."""
        subprocess.run([os.environ["CLIENTPORTAAL"], "--demo", link], check=True, timeout=20,
                       env=dict(os.environ, GSETTINGS_SCHEMA_DIR=os.environ["APP_SCHEMA_DIR"]))

    def log_lines(self):
        with open(self.log.name) as f:
            return f.readlines()

    def wait(self):
        """Until it ended by itself, as a story makes it do."""
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the app still runs after {PATIENCE} s") from None
        if status != self.expected:
            raise AssertionError(f"the app ended with status {status}")

    def close(self):
        """Ends it if it still runs; an error when it ended by itself before in any other way than it should, or does not end."""
        if self.closed:
            return
        self.closed = True
        self.log.close()
        if self.process.poll() is None:
            self.expected = -signal.SIGTERM
            self.process.terminate()
        try:
            self.wait()
        finally:
            self.process.kill()
            self.process.wait()
