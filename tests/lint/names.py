#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A newcomer finds things by their names: a source and its header, a template and its class, a test and its meson row."""
import os
import re

import tree

names = tree.files()
PREFIXES = {'common/': 'cp-', 'src/': 'cpa-', 'server/': 'cpd-'}

for name in names:
    folder, base = os.path.split(name)
    if base.endswith(('.c', '.cc', '.h')):
        for root, prefix in PREFIXES.items():
            if name.startswith(root) and base != 'main.c' and not base.startswith(prefix):
                tree.complain(name, 0, f'a file of {root} is called {prefix}...')
    if name.startswith('tests/') and re.fullmatch(r'test[-_].*\.(c|cc|py)', base):
        # In quotes: 'test-x', 'test_x.py', or what a list of names has of it.
        stem = base[len('test-'):].rpartition('.')[0]
        build = os.path.join('tests/lint' if folder == 'tests/lib' else folder, 'meson.build')
        if build not in names or not re.search(rf"['/](test[-_])?{re.escape(stem)}(\.py)?'", tree.read(build)):
            tree.complain(name, 0, f'{build} does not run it')
    if base.endswith('.ui'):
        stem = base[:-len('.ui')]
        if not any(os.path.basename(other) == stem + '.c' for other in names):
            tree.complain(name, 0, f'a template has a class of its name: {stem}.c is not there')
        text = tree.read(name)
        wanted = ''.join(word.capitalize() for word in stem.split('-'))
        if '<template' in text and f'class="{wanted}"' not in text:
            tree.complain(name, 0, f'the class of its template is not {wanted}')
tree.finish('names')
