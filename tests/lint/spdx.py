#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each file says its licence in its first three lines, or REUSE.toml says it (for files that have no comments), and
LICENSES has the text of each licence that is named, and no other. reuse lint (from version 4 on) agrees."""
import fnmatch
import re

import tree

# In two parts, so that reuse does not take it for this file's own.
LINE = re.compile(r'SPDX-License-' r'Identifier: (GPL-3\.0-or-later|CC0-1\.0|CC-BY-SA-4\.0)\b')


def declared():
    """The path patterns of REUSE.toml that come with a licence, and those licences."""
    paths, licences = [], set()
    for block in tree.read('REUSE.toml').split('[[annotations]]')[1:]:
        licence = re.search(r'^SPDX-License-Identifier = "(.*)"', block, re.M)
        if licence:
            paths += re.findall(r'"([^"]+)"', re.search(r'^path\s*=\s*(\[.*?\]|".*?")', block, re.M | re.S).group(1))
            licences.add(licence.group(1))
    return paths, licences


patterns, used = declared()
texts = {name for name in tree.files() if name.startswith('LICENSES/')}
names = [name for name in tree.files() if name not in texts]
for pattern in patterns:
    if not fnmatch.filter(names, pattern):
        tree.complain('REUSE.toml', 0, f'no file is called {pattern}')
for name in names:
    if any(fnmatch.fnmatch(name, pattern) for pattern in patterns):
        continue
    lines = tree.read(name).splitlines()[:4] if tree.is_text(name) else []
    said = [found.group(1) for found in map(LINE.search, lines) if found]
    used.update(said)
    if not said:
        tree.complain(name, 1, 'no SPDX-License-Identifier on top, nor a row in REUSE.toml')
for name in sorted(texts ^ {f'LICENSES/{licence}.txt' for licence in used}):
    tree.complain(name, 0, 'not there, though the licence is used' if name not in texts else 'nothing has this licence')
tree.finish('spdx')
