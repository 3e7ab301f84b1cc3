#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The app alone, as docs/operations.md says how to build it: set up, every step of it known, and nothing of the server in it. Its
sources are those of the whole build, and lint/includes.py keeps them apart from the server's; so nothing is compiled here."""
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OPTIONS = ['-Dserver=false', '-Dtests=false']
# What only the server needs, so that nobody has to install it for the app.
OF_SERVER = {'libmicrohttpd', 'sqlite3', 'libsodium', 'gnutls', 'libcurl', 'libqrencode', 'libxxhash'}


def run(*command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        print(done.stdout[-4000:] + done.stderr[-4000:])
        sys.exit(f'{" ".join(command)}: {done.returncode}')
    return done.stdout


def introspect(folder, what):
    return json.loads(run(*meson, 'introspect', folder, '--' + what))


meson = sys.argv[1:] or ['meson']
with tempfile.TemporaryDirectory() as parent:
    build = os.path.join(parent, 'app')
    run(*meson, 'setup', build, ROOT, *OPTIONS)
    programs = {target['name'] for target in introspect(build, 'targets') if target['type'] == 'executable'}
    assert programs == {'clientportaal'}, programs
    needs = {dependency['name'] for dependency in introspect(build, 'dependencies')}
    assert 'gtk4' in needs and not needs & OF_SERVER, needs
    installed = introspect(build, 'installed').values()
    assert any(path.endswith('/clientportaal') for path in installed), installed
    assert not [path for path in installed if 'clientportaald' in path], installed
    run('ninja', '-C', build, '-n')
