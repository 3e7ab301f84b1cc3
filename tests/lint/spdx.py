#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each file says its licence in its first three lines, or REUSE.toml says it (for files that have no comments)."""
import fnmatch
import re

import tree

LINE = re.compile(r'SPDX-License-Identifier: (GPL-3\.0-or-later|CC0-1\.0|CC-BY-SA-4\.0)\b')


def declared():
    """The path patterns of REUSE.toml."""
    paths = []
    for block in re.findall(r'^path\s*=\s*(\[.*?\]|".*?")', tree.read('REUSE.toml'), re.M | re.S):
        paths += re.findall(r'"([^"]+)"', block)
    return paths


patterns = declared()
names = tree.files()
for pattern in patterns:
    if not fnmatch.filter(names, pattern):
        tree.complain('REUSE.toml', 0, f'no file is called {pattern}')
for name in names:
    if any(fnmatch.fnmatch(name, pattern) for pattern in patterns):
        continue
    if not tree.is_text(name) or not any(LINE.search(line) for line in tree.read(name).splitlines()[:4]):
        tree.complain(name, 1, 'no SPDX-License-Identifier on top, nor a row in REUSE.toml')
tree.finish('spdx')
