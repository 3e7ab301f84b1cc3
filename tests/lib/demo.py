# SPDX-License-Identifier: GPL-3.0-or-later
"""A demo organisation as ./dev run makes it, in a folder and on a port of its own, and what ./dev says. Needs DEV_BUILD."""
import os
import signal
import ssl
import subprocess
import time
import urllib.request

from ports import HeldPort

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PATIENCE = 120


class Demo:
    def __init__(self, folder, display=False):
        """display: on the screen that is there, with the app."""
        self.folder = os.path.join(folder, 'demo')
        self.held = HeldPort()
        self.port = self.held.number
        self.env = dict(os.environ, DEMO_DIR=self.folder, DEMO_PORT=str(self.port), DEV_NO_BUILD='1')
        if not display:
            self.env.pop('DISPLAY', None)
            self.env.pop('WAYLAND_DISPLAY', None)

    def dev(self, *arguments, cwd=ROOT, env=None):
        """A call that is expected to end by itself: its status and what it said."""
        done = subprocess.run([f'{ROOT}/dev', *arguments], cwd=cwd, env=env or self.env, stdin=subprocess.DEVNULL, timeout=PATIENCE,
                              capture_output=True, text=True)
        return done.returncode, done.stderr

    def begin(self, *arguments):
        """Starts ./dev run."""
        return subprocess.Popen(['./dev', 'run', *arguments], cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def start(self, *arguments, until='The server runs'):
        """The same, and waits until it says so."""
        process = self.begin(*arguments)
        said = ''
        for line in process.stdout:
            said += line
            if until in line:
                return process, said
        raise AssertionError(said)

    def stop(self, process):
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
        return process.wait(PATIENCE), rest

    def answers(self):
        context = ssl.create_default_context(cafile=f'{self.folder}/ca.pem')
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
        with opener.open(f'https://127.0.0.1:{self.port}/api/v1/version', timeout=10) as answer:
            return answer.status == 200

    def server(self):
        """The process that holds the lock of the database, or None."""
        inode = str(os.stat(f'{self.folder}/portal.db.lock').st_ino)
        # Not fuser: the server is not dumpable, so only root sees its open files.
        with open('/proc/locks', encoding='ascii') as file:
            locks = [line.split() for line in file]
        held = [int(lock[4]) for lock in locks if lock[1] == 'FLOCK' and lock[5].split(':')[2] == inode]
        return held[0] if held else None

    def people(self):
        with open(f'{self.folder}/people.txt', encoding='utf-8') as file:
            return file.read()

    def wait_until_free(self):
        end = time.monotonic() + PATIENCE
        while self.server() is not None:
            assert time.monotonic() < end, 'a server was left behind'
            time.sleep(0.05)
