#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each function that a header of common/ or server/ declares has a doc comment above it in a .c file; the functions that
make and free a struct may do without."""
import re

import tree

DECLARATION = re.compile(r'^(?!typedef|#|static|G_DE|CP_DE|extern)[A-Za-z][\w \*]*?[ \*]((?:cp|cpd)_\w+) \(', re.M)
OBVIOUS = re.compile(r'_(new|free|ref|unref|clear|quark)$')


def documented():
    names = set()
    for name in tree.files('.c', '.cc'):
        if name.startswith(('common/', 'server/')):
            names.update(re.findall(r'^/\*\*\n \* (\w+):', tree.read(name), re.M))
    return names


known = documented()
for name in tree.files('.h'):
    if not name.startswith(('common/', 'server/')) or name.endswith('-private.h'):
        continue
    code = re.sub(r'\\\n', '  ', tree.strip_c(tree.read(name)))
    for match in DECLARATION.finditer(code):
        function = match.group(1)
        if function not in known and not OBVIOUS.search(function):
            tree.complain(name, code.count('\n', 0, match.start(1)) + 1, f'{function} has no doc comment in a .c file')
tree.finish('comments')
