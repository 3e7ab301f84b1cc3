#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words that may not be in the tree: jumps, notes to do later, places of one machine, and assertions where outside data
comes in."""
import re

import tree

SELF = 'tests/lint/words.py'
LATER = re.compile(r'\b(TODO|FIXME|XXX|HACK)\b')
# Temporary files in tests, the D-Bus listener and the like say /tmp; nobody's home or work place is named.
PLACE = re.compile(r'(?<![\w.~-])(/work/|/home/\w|/root/|/tmp/bash|/Users/)')
JUMP = re.compile(r'\bgoto\b')
ASSERT = re.compile(r'\bg_return_(val_)?if_(fail|reached)\b')
# What these folders read comes from outside: a wrong value there is an error to report, not a programmer's mistake.
FROM_OUTSIDE = ('server/ehr/', 'server/http/')


def look(name, text, pattern, what):
    for match in pattern.finditer(text):
        tree.complain(name, text.count('\n', 0, match.start()) + 1, what.format(match.group(0)))


for name in tree.files():
    if not tree.is_text(name) or name in (SELF, 'LICENSE', 'tests/dev/count.py', 'CONTRIBUTING.md'):
        continue
    text = tree.read(name)
    # A list of passwords that nobody may choose says what it likes.
    if not name.endswith('passwords.txt'):
        look(name, text, LATER, '{} is for a tracker, not for the tree')
    look(name, text, PLACE, '{} is a place on one machine')
    if name.endswith(('.c', '.cc', '.h')):
        code = tree.strip_c(text)
        look(name, code, JUMP, '{}: return early')
        if name.startswith(FROM_OUTSIDE):
            look(name, code, ASSERT, '{}: report an error')
tree.finish('words')
