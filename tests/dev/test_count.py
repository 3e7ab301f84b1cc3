#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The counting line counts what ran, and never hides what did not."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TAP = 'ok 1 /a\nok 2 /b # SKIP no disk\nnot ok 3 /c\n1..3\n'
CASES = [
    ([{'name': 'one', 'result': 'OK', 'stdout': 'ok 1 /a\nok 2 /b\n1..2\n'}], '2 passed, 0 failed, 0 skipped', 0),
    ([{'name': 'one', 'result': 'OK', 'stdout': 'fine\n'}], '1 passed, 0 failed, 0 skipped', 0),
    ([{'name': 'one', 'result': 'FAIL', 'stdout': TAP}], '1 passed, 1 failed, 1 skipped', 1),
    ([{'name': 'crash', 'result': 'ERROR', 'stdout': 'ok 1 /a\n1..2\n'}], '1 passed, 1 failed, 0 skipped', 1),
    ([{'name': 'leak', 'result': 'FAIL', 'stdout': 'ok 1 /a\n1..1\n'}], '1 passed, 1 failed, 0 skipped', 1),
    ([{'name': 'slow', 'result': 'TIMEOUT'}], '0 passed, 1 failed, 0 skipped', 1),
    ([{'name': 'skip', 'result': 'SKIP', 'stdout': ''}], '0 passed, 0 failed, 1 skipped', 0),
    ([], '0 passed, 0 failed, 0 skipped', 1),
    (None, '0 passed, 1 failed, 0 skipped', 1),
]
# Where everything must run.
EVERYTHING = [
    ([{'name': 'one', 'result': 'OK', 'stdout': 'ok 1 /a\nok 2 /b # SKIP no disk\n1..2\n'}], '1 passed, 1 failed, 0 skipped', 1),
    ([{'name': 'one', 'result': 'OK', 'stdout': 'ok 1 /a\nok 2 /b # SKIP no examples beside the project\n1..2\n'}],
     '1 passed, 0 failed, 1 skipped', 0),
    ([{'name': 'all', 'result': 'SKIP', 'stdout': '1..0 # SKIP needs Xvfb\n'}], '0 passed, 1 failed, 0 skipped', 1),
    ([{'name': 'mute', 'result': 'SKIP', 'stdout': ''}], '0 passed, 1 failed, 0 skipped', 1),
]
CASES = [(*case, {}) for case in CASES] + [(*case, {'CI': 'true'}) for case in EVERYTHING]
BARE = {name: value for name, value in os.environ.items() if name != 'CI'}

failed = 0
with tempfile.TemporaryDirectory() as folder:
    for number, (tests, wanted, status, more) in enumerate(CASES, 1):
        path = os.path.join(folder, f'{number}.json')
        if tests is not None:
            with open(path, 'w', encoding='utf-8') as log:
                log.writelines(json.dumps(test) + '\n' for test in tests)
        run = subprocess.run([sys.executable, '-B', f'{HERE}/count.py', path], capture_output=True, text=True, env={**BARE, **more})
        right = run.stdout.strip() == wanted and run.returncode == status
        failed += not right
        print(f"{'ok' if right else 'not ok'} {number} {wanted}" + ('' if right else f' # was {run.stdout!r} {run.returncode}'))

    with open(path, 'w', encoding='utf-8') as log:
        json.dump({'name': 'one', 'result': 'FAIL', 'stderr': 'stopped\n',
                   'stdout': '1..3\nok 1 /a\nnot ok 2 /b\n# 3 mails, wanted 2\nok 3 /c\n'}, log)
    run = subprocess.run([sys.executable, '-B', f'{HERE}/count.py', path], capture_output=True, text=True)
    told = [line.removeprefix('failed: ').strip() for line in run.stderr.splitlines()]
    right = told == ['one (fail)', 'not ok 2 /b', '1..3', '# 3 mails, wanted 2', 'stopped']
    failed += not right
    print(f"{'ok' if right else 'not ok'} {len(CASES) + 1} what failed is told" + ('' if right else f' # was {told}'))

    # A story as meson runs it, which fails at its first try only or at both; a session of its own is not needed here.
    for number, (tries, wanted) in enumerate([(1, ['1 passed only when told again', '2 passed, 0 failed, 0 skipped']),
                                              (2, ['1 passed, 1 failed, 0 skipped'])], len(CASES) + 2):
        story = os.path.join(folder, 'ui', 'run-story')
        session = os.path.join(folder, 'lib', 'desktop-session')
        for name in (story, session):
            os.makedirs(os.path.dirname(name), exist_ok=True)
        shutil.copy(os.path.join(os.path.dirname(HERE), 'ui', 'run-story'), story)
        with open(session, 'w', encoding='utf-8') as file:
            file.write('#!/bin/sh\necho >> "$1"\n[ "$(wc -l < "$1")" -gt "$2" ] && word=ok || word="not ok"\n'
                       'printf "ok 1 in\\n$word 2 out\\n1..2\\n"\n[ "$word" = ok ]\n')
        os.chmod(session, 0o700)
        ran = subprocess.run([story, os.path.join(folder, f'tries-{number}'), str(tries)], capture_output=True, text=True)
        with open(path, 'w', encoding='utf-8') as log:
            json.dump({'name': 'ui-one', 'result': 'FAIL' if ran.returncode else 'OK', 'stdout': ran.stdout, 'stderr': ran.stderr}, log)
        run = subprocess.run([sys.executable, '-B', f'{HERE}/count.py', path], capture_output=True, text=True)
        right = run.stdout.splitlines() == wanted and ('told again: ui-one: not ok 2 out' in run.stderr.splitlines()) == (tries == 1)
        failed += not right
        print(f"{'ok' if right else 'not ok'} {number} a story that fails {tries} time(s)" + ('' if right else f' # was {run}'))

    # ./dev itself, where every package is there and the build has one suite.
    stubs = os.path.join(folder, 'stubs')
    os.makedirs(stubs)
    for name, says in (('dpkg-query', 'for p; do echo "installed $p"; done'),
                       ('meson', '[ "$1" = introspect ] && echo \'"suite": ["clientportaal:lint"]\'')):
        with open(os.path.join(stubs, name), 'w', encoding='utf-8') as file:
            file.write(f'#!/bin/sh\n{says}\n')
        os.chmod(os.path.join(stubs, name), 0o700)
    env = {**BARE, 'PATH': f"{stubs}:{os.environ['PATH']}", 'DEV_NO_BUILD': '1', 'DEV_BUILD': os.path.join(folder, 'build')}
    for number, (arguments, out, said) in enumerate([(['api'], '0 passed, 1 failed, 0 skipped\n', "suite 'api'"),
                                                     (['--sanitize', 'api'], '', 'name none beside it'),
                                                     (['--clang', '--sanitize'], '', 'do not go together')], len(CASES) + 4):
        run = subprocess.run([f'{os.path.dirname(os.path.dirname(HERE))}/dev', 'test', *arguments], capture_output=True, text=True, env=env)
        right = run.returncode == 1 and run.stdout == out and said in run.stderr
        failed += not right
        print(f"{'ok' if right else 'not ok'} {number} ./dev test {' '.join(arguments)}" + ('' if right else f' # was {run}'))
print(f'1..{len(CASES) + 6}')
sys.exit(1 if failed else 0)
