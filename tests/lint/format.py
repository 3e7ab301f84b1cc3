#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""./dev format would change nothing."""
import re
import shutil
import subprocess

import tree

if shutil.which('clang-format') is None:
    print('clang-format is not here')
    raise SystemExit(77)
# All in one run: it takes longer to begin than to read a file.
told = subprocess.run(['clang-format', '--dry-run', *tree.files('.c', '.cc', '.h')], check=True, capture_output=True, text=True, cwd=tree.ROOT).stderr
for name in sorted(set(re.findall(r'^(.+):\d+:\d+: warning: ', told, re.M))):
    tree.complain(name, 0, 'is not as clang-format writes it; ./dev format')
tree.finish('format')
