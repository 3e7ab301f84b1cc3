#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""./dev run as a newcomer meets it: a second time, a busy port, a killed server, beginning anew. Needs DEV_BUILD.

--app: the app was built too."""
import contextlib
import os
import re
import signal
import socket
import sqlite3
import sys
import tempfile
import time

from demo import Demo, PATIENCE


def first_run(demo):
    process, said = demo.start('--server')
    assert demo.answers()
    assert re.search(r'm\.debruin +\S+', said) and f'{demo.folder}/outbox' in said, said
    assert os.stat(f'{demo.folder}/people.txt').st_mode & 0o077 == 0
    status, rest = demo.stop(process)
    assert status == 0, rest
    demo.wait_until_free()


def second_run_keeps_people_and_renews_their_invitations(demo):
    before = demo.people()
    with contextlib.closing(sqlite3.connect(f'{demo.folder}/portal.db')) as db, db:
        assert db.execute('UPDATE invitation SET expires = created WHERE state = 0').rowcount > 0
    process, _ = demo.start('--server')
    assert demo.people() == before
    with contextlib.closing(sqlite3.connect(f'{demo.folder}/portal.db')) as db:
        [soonest] = db.execute("SELECT min(expires) FROM invitation i JOIN membership m ON m.id = i.membership"
                               " JOIN account a ON a.id = m.account WHERE i.state = 0 AND a.username = 's.visser'").fetchone()
    assert soonest / 1e6 > time.time() + 6 * 86400, soonest
    status, said = demo.dev('run', '--server')
    assert status == 1 and 'runs on' in said and '--app opens the app' in said, said
    status, said = demo.dev('run', '--server', '--reset')
    assert status == 1 and 'stop it first' in said, said
    demo.stop(process)
    demo.wait_until_free()


def busy_port(demo):
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(('127.0.0.1', demo.port))
        listener.listen()
        before = demo.people()
        for options in ('--server',), ('--server', '--reset'):
            status, said = demo.dev('run', *options)
            assert status == 1 and f'port {demo.port} is taken' in said, said
    assert demo.people() == before


def killed_server_and_again(demo):
    process, _ = demo.start('--server')
    os.kill(demo.server(), signal.SIGKILL)
    rest = process.stdout.read()
    assert process.wait(PATIENCE) == 1 and 'stopped by itself' in rest, rest
    process, _ = demo.start('--server')
    assert demo.answers()
    process.kill()
    process.wait()
    demo.wait_until_free()


def no_display(demo):
    process, said = demo.start()
    assert 'no display' in said, said
    assert demo.stop(process)[0] == 3
    demo.wait_until_free()
    status, said = demo.dev('run', '--app')
    assert status == 1 and 'needs a display' in said, said


def dead_display(demo):
    demo.env['DISPLAY'] = ':4711'
    try:
        process, said = demo.start()
    finally:
        del demo.env['DISPLAY']
    assert 'the display (:4711) cannot be opened' in said, said
    assert demo.stop(process)[0] == 3
    demo.wait_until_free()


def reset(demo):
    before = demo.people()
    process, _ = demo.start('--server', '--reset')
    assert demo.people() != before
    demo.stop(process)
    demo.wait_until_free()


def foreign_folder_is_left_alone(demo):
    demo.folder += '-of-somebody'
    demo.env['DEMO_DIR'] = demo.folder
    os.mkdir(demo.folder)
    kept = os.path.join(demo.folder, 'letter.txt')
    with open(kept, 'w', encoding='utf-8') as file:
        file.write('mine')
    for where in (demo.folder, os.path.basename(demo.folder)):
        demo.env['DEMO_DIR'] = where
        status, said = demo.dev('run', '--server', '--reset', cwd=os.path.dirname(demo.folder))
        assert status == 1 and f'{demo.folder} was not made by ./dev' in said and os.path.exists(kept), said


def failed_setup_removes_nothing(demo):
    """Not even the second time, and what was in the folder of the build stays."""
    with tempfile.TemporaryDirectory() as folder:
        tools, build = os.path.join(folder, 'tools'), os.path.join(folder, 'build')
        os.mkdir(tools)
        os.mkdir(build)
        with open(f'{tools}/meson', 'w', encoding='utf-8') as file:
            file.write('#!/bin/sh\necho "Dependency lookup for gtk4 failed"\nexit 1\n')
        os.chmod(f'{tools}/meson', 0o700)
        with open(f'{build}/letter.txt', 'w', encoding='utf-8') as file:
            file.write('mine')
        env = dict(demo.env, DEV_BUILD=build, DEV_NO_BUILD='', PATH=f"{tools}:{os.environ['PATH']}")
        for _ in range(2):
            status, said = demo.dev('run', '--server', env=env)
            assert status == 1 and 'gtk4 failed' in said and 'what is missing stands above' in said, said
            assert os.listdir(build) == ['letter.txt'], os.listdir(build)


@contextlib.contextmanager
def stubs(**scripts):
    """A folder of programs that go before the real ones: name = lines of sh, '_' stands for a dash."""
    with tempfile.TemporaryDirectory() as folder:
        for name, lines in scripts.items():
            path = os.path.join(folder, name.replace('_', '-'))
            with open(path, 'w', encoding='utf-8') as file:
                file.write(f'#!/bin/sh\n{lines}\n')
            os.chmod(path, 0o700)
        yield folder


def no_network(demo):
    """A package lacks, and apt can fetch neither it nor a newer list."""
    with tempfile.TemporaryDirectory() as build, \
            stubs(dpkg_query='exit 0', sudo='exec "$@"', apt_get='echo "$2" >> "${0%/*}/asked"; exit 100') as tools:
        env = dict(demo.env, DEV_BUILD=build, PATH=f"{tools}:{os.environ['PATH']}")
        status, said = demo.dev('run', '--server', env=env)
        assert status == 1 and 'could not be installed (is there a network?): ' in said and 'libgtk-4-dev' in said, said
        with open(f'{tools}/asked', encoding='utf-8') as file:
            assert file.read().split() == ['install', 'update']
    assert not os.path.exists(demo.folder)


def failed_build(demo):
    """The first time, and when it was set up before."""
    with tempfile.TemporaryDirectory() as build, \
            stubs(meson='[ "$1" != setup ] || touch "$2/build.ninja"', ninja='echo "x.c:1: error: nonsense"; exit 1') as tools:
        env = dict(demo.env, DEV_BUILD=build, DEV_NO_BUILD='', PATH=f"{tools}:{os.environ['PATH']}")
        for command in (('run', '--server'), ('test', 'common')):
            status, said = demo.dev(*command, env=env)
            assert status == 1 and 'error: nonsense' in said and 'the build failed; the first error stands above' in said, said
    assert not os.path.exists(demo.folder)


def ports_that_are_none(demo):
    for port in ('abc', '0', '65536', '-1', '8443 ', '99999999999999999999'):
        status, said = demo.dev('run', '--server', env=dict(demo.env, DEMO_PORT=port))
        assert status == 1 and 'DEMO_PORT is a number' in said, said


def unknown_figure(demo):
    status, said = demo.dev('bench', 'start-screen', 'start-scren')
    assert status == 1 and "no figure 'start-scren'" in said and 'start-screen-costs' in said, said


TESTS = [unknown_figure, failed_setup_removes_nothing, no_network, failed_build, ports_that_are_none, first_run,
         second_run_keeps_people_and_renews_their_invitations, busy_port, killed_server_and_again, no_display,
         dead_display, reset, foreign_folder_is_left_alone]
OF_THE_APP = {dead_display}


def main():
    failed = 0
    tests = [test for test in TESTS if '--app' in sys.argv or test not in OF_THE_APP]
    with tempfile.TemporaryDirectory() as folder:
        demo = Demo(folder)
        for number, test in enumerate(tests, 1):
            try:
                test(demo)
                print(f'ok {number} {test.__name__}', flush=True)
            except Exception as error:  # whatever goes wrong is this test's failure
                failed += 1
                print(f'not ok {number} {test.__name__}\n# {error!r}', flush=True)
    print(f'1..{len(tests)}')
    return 1 if failed else 0


sys.exit(main())
