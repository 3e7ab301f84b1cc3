#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of at most 600 lines, functions of at most 100 (from 80 on it says so)."""
import re

import tree

FILE_LINES = 600
FUNCTION_LINES = 100
FUNCTION_WARN = 80
CODE = ('.c', '.cc', '.h', '.py', '.sh', '.ui', '.sql', 'meson.build', 'dev', '.ci/run')
# Begins at a brace in the first column after a line that ends a parameter list.
START = re.compile(r'^(\w[\w ]*?) \(', re.M)


def functions(code):
    lines = code.split('\n')
    name, start = None, 0
    for number, line in enumerate(lines, 1):
        match = START.match(line)
        if match:
            name = match.group(1).split()[-1]
        if line == '{' and name:
            start = number
        elif line.startswith('}') and start:
            yield name, start, number - start + 1
            name, start = None, 0


for name in tree.files(*CODE):
    text = tree.read(name)
    count = text.count('\n')
    if count > FILE_LINES:
        tree.complain(name, 0, f'{count} lines; at most {FILE_LINES}')
    if not name.endswith(('.c', '.cc', '.h')):
        continue
    for function, line, length in functions(tree.strip_c(text)):
        if length > FUNCTION_LINES:
            tree.complain(name, line, f'{function} has {length} lines; at most {FUNCTION_LINES}')
        elif length > FUNCTION_WARN:
            print(f'{name}:{line}: {function} has {length} lines; look whether it is two')
tree.finish('sizes')
