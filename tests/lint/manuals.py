#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""manuals.py DAEMON [APP]: each subcommand and option that --help names is in the manual page, and the pages are clean."""
import re
import shutil
import subprocess
import sys

import tree

PAGES = ('server/data/clientportaald.1', 'server/data/clientportaald.conf.5', 'server/data/clientportaal.1')


def output(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout


def options_of(text):
    return set(re.findall(r'--([a-z][a-z-]+)', text)) - {'help', 'help-all', 'help-gapplication', 'help-gtk', 'display', 'gapplication-service'}


def check(page, said):
    text = tree.read(page).replace('\\-', '-')
    for option in sorted(options_of(said)):
        if f'--{option}' not in text:
            tree.complain(page, 0, f'does not name --{option}')
    return text


daemon = sys.argv[1]
usage = output(daemon, '--help')
subcommands = re.findall(r'^  ([a-z-]+(?: [a-z-]+)?) {2,}', usage.partition('Subcommands:')[2], re.M)
for word in {name.split()[0] for name in subcommands if ' ' in name}:
    told = re.findall(r'^  ([a-z-]+ [a-z-]+) {2,}', output(daemon, word, '--help'), re.M)
    if told != [name for name in subcommands if name.startswith(word + ' ')]:
        tree.complain('server/cpd-cli.c', 0, f'{word} --help tells of {told}')
page = check(PAGES[0], ''.join(output(daemon, *name.split(), '--help') for name in subcommands))
for name in subcommands:
    if f'.B {name}' not in page:
        tree.complain(PAGES[0], 0, f'does not name the subcommand {name}')
if len(sys.argv) > 2:
    check(PAGES[2], output(sys.argv[2], '--help-all'))
for name in PAGES:
    for number, line in enumerate(tree.read(name).split('\n'), 1):
        if re.search(r'[\x00-\x08\x0b-\x1f]', line):
            tree.complain(name, number, 'has a control character, which man shows as something else')
if shutil.which('groff'):
    for name in PAGES:
        said = subprocess.run(['groff', '-man', '-Tutf8', '-ww', '-z', f'{tree.ROOT}/{name}'], capture_output=True, text=True)
        for line in said.stderr.splitlines():
            tree.complain(name, 0, line)
tree.finish('manuals')
