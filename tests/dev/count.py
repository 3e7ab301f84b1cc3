#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""count.py TESTLOG...: adds up meson's testlog.json files and prints "N passed, N failed, N skipped".

A program that speaks TAP counts by its test cases, any other as one. One that broke off, or that failed although each
of its cases was ok, counts as one failure more. Ends with 1 when something failed or nothing ran at all. What failed
is told on standard error, each line beginning with "failed: ": the test, its cases, the end of what it said. So is what
passed only when it was told again (tests/ui/run-story): "told again: ", and how many of them in a line of its own above
the closing one.

A skip is counted. Where everything must run (CI is set) it is a failure, but for those in MAY_SKIP.
"""
import json
import os
import re
import sys

CASE = re.compile(r'^(not ok|ok)\b(.*)$')
PLAN = re.compile(r'^1\.\.(\d+)', re.M)
AGAIN = re.compile(r'^# told again: (.*)$', re.M)
GOOD = {'OK', 'EXPECTEDFAIL'}
# What a skip says that is right where everything else is there: its reason begins with this.
MAY_SKIP = ('no examples beside the project', 'this GTK announces it', 'a sanitizer ', 'only root can become somebody else',
            'the program is where only root may be', 'an earlier step failed')
SKIPPED = re.compile(r'^(?:(?:not )?ok\b|1\.\.0).*#\s*(?:SKIP|TODO)\S*\s*(.*)$', re.M | re.I)
TOLD = 40  # lines of a failed test's last words


def cases_of(output):
    """[passed, failed, skipped] of the TAP lines at the start of a line."""
    counts = [0, 0, 0]
    for line in output.splitlines():
        match = CASE.match(line)
        if not match:
            continue
        directive = re.search(r'#\s*(SKIP|TODO)', match.group(2), re.I)
        if directive:
            counts[2] += 1
        else:
            counts[0 if match.group(1) == 'ok' else 1] += 1
    return counts


def count_test(test):
    counts = cases_of(test.get('stdout') or '') if PLAN.search(test.get('stdout') or '') else [0, 0, 0]
    result = test['result']
    if result == 'SKIP' and sum(counts) == 0:
        counts[2] = 1
    elif result in GOOD and sum(counts) == 0:
        counts[0] = 1
    elif result not in GOOD and result != 'SKIP' and counts[1] == 0:
        counts[1] = 1
    return counts


def wrong_skips(test):
    """What was skipped and may not be, as lines."""
    reasons = SKIPPED.findall(test.get('stdout') or '') or ([''] if test['result'] == 'SKIP' else [])
    return [f"{test['name']} was skipped: {reason or 'it does not say why'}" for reason in reasons if not reason.startswith(MAY_SKIP)]


def tell_failure(test):
    """What a reader of the end of a long log needs to know of one test."""
    said = (test.get('stdout') or '').splitlines()
    lines = [f"{test['name']} ({test['result'].lower()})"]
    lines += [f'  {line}' for line in said if line.startswith('not ok')]
    lines += [f'    {line}' for line in [line for line in said if not CASE.match(line)][-TOLD:]]
    lines += [f'    {line}' for line in (test.get('stderr') or '').splitlines()[-TOLD:]]
    for line in lines:
        print(f'failed: {line}', file=sys.stderr)


def tell_again(test):
    """TRUE when the test passed at its second try; says what was wrong at the first."""
    again = AGAIN.search(test.get('stdout') or '')
    if again is None or test['result'] not in GOOD:
        return False
    print(f"told again: {test['name']}: {again.group(1)}", file=sys.stderr)
    return True


def main(paths):
    total = [0, 0, 0]
    again = 0
    for path in paths:
        try:
            with open(path, encoding='utf-8', errors='replace') as log:
                tests = [json.loads(line) for line in log if line.strip()]
        except FileNotFoundError:
            print(f'count: {path} is not there: its tests did not run', file=sys.stderr)
            total[1] += 1
            continue
        for test in tests:
            counts = count_test(test)
            again += tell_again(test)
            if counts[1]:
                tell_failure(test)
            wrong = wrong_skips(test) if os.environ.get('CI') else []
            for line in wrong:
                print(f'failed: {line}', file=sys.stderr)
            counts = [counts[0], counts[1] + len(wrong), counts[2] - len(wrong)]
            total = [a + b for a, b in zip(total, counts)]
    if again:
        print(f'{again} passed only when told again')
    print(f'{total[0]} passed, {total[1]} failed, {total[2]} skipped')
    return 1 if total[1] or sum(total) == 0 else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
