#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""./dev format would change nothing."""
import os
import shutil
import subprocess

import tree

if shutil.which('clang-format') is None:
    print('clang-format is not here')
    raise SystemExit(77)
for name in tree.files('.c', '.cc', '.h'):
    path = os.path.join(tree.ROOT, name)
    formatted = subprocess.run(['clang-format', path], check=True, capture_output=True, cwd=tree.ROOT).stdout
    with open(path, 'rb') as file:
        if file.read() != formatted:
            tree.complain(name, 0, 'is not as clang-format writes it; ./dev format')
tree.finish('format')
