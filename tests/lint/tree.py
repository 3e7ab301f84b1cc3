# SPDX-License-Identifier: GPL-3.0-or-later
"""What every lint shares: the files of the tree, and how a finding is told."""
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
findings = []


def files(*suffixes, under=''):
    """Paths from the root, with '/', of what is or would be in the repository, ending in one of suffixes (all when none)."""
    try:
        listing = subprocess.run(['git', '-C', ROOT, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
                                 check=True, capture_output=True).stdout.decode().split('\0')
    except (OSError, subprocess.CalledProcessError):
        listing = walk()
    return sorted({name for name in listing
                   if name and name.startswith(under) and os.path.isfile(os.path.join(ROOT, name))
                   and (not suffixes or name.endswith(suffixes))})


def walk():
    """Without git: an unpacked archive."""
    names = []
    for folder, folders, entries in os.walk(ROOT):
        folders[:] = [f for f in folders if not re.match(r'_build|_demo|\.git$|__pycache__', f)]
        names += [os.path.relpath(os.path.join(folder, entry), ROOT) for entry in entries]
    return names


def read(name):
    with open(os.path.join(ROOT, name), encoding='utf-8') as file:
        return file.read()


def is_text(name):
    with open(os.path.join(ROOT, name), 'rb') as file:
        return b'\0' not in file.read(4096)


def strip_c(text):
    """C without comments and the contents of literals; lines stay where they are."""
    def blank(match):
        found = match.group(0)
        if found[0] in '"\'':
            return found[0] * 2
        return ' ' + '\n' * found.count('\n')
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text, flags=re.S)


def complain(name, line, what):
    findings.append((name, line, what))


def finish(rule):
    """Prints the findings and ends the program: 1 when there are any."""
    for name, line, what in findings:
        print(f'{name}:{line}: {what}' if line else f'{name}: {what}')
    print(f'{rule}: {len(findings)} found')
    sys.exit(1 if findings else 0)
