#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""hardening.py PROGRAM...: position-independent, its relocations read-only from the start, its stack not to be executed
and guarded, what comes on it touched page by page, and the functions of the C library checked where the compiler knows a
size."""
import json
import os
import shutil
import subprocess
import sys

import tree

if not shutil.which('readelf'):
    sys.exit(77)


def say(option, program):
    return subprocess.run(['readelf', '-W', option, program], check=True, capture_output=True, text=True).stdout


def builds(program):
    """The commands of the build folder that it is in."""
    folder = os.path.dirname(os.path.abspath(program))
    while not os.path.exists(os.path.join(folder, 'compile_commands.json')):
        folder = os.path.dirname(folder)
    with open(os.path.join(folder, 'compile_commands.json'), encoding='utf-8') as file:
        return [entry for entry in json.load(file) if entry['file'].endswith('.c')]


# Of this one nothing is left to see in the program.
for entry in builds(sys.argv[1]):
    if '-fstack-clash-protection' not in entry['command'].split():
        tree.complain(entry['file'], 0, 'is built without protection against a stack clash')
for program in sys.argv[1:]:
    segments = say('--segments', program)
    symbols = say('--symbols', program)
    stack = [line for line in segments.split('\n') if 'GNU_STACK' in line]
    for there, what in (
            ('DYN (Position-Independent' in say('--file-header', program), 'is not position-independent'),
            ('GNU_RELRO' in segments, 'has no read-only relocations'),
            ('BIND_NOW' in say('--dynamic', program), 'binds symbols late'),
            (len(stack) == 1 and 'RWE' not in stack[0], 'has a stack that can be executed'),
            ('__stack_chk_fail' in symbols, 'has no stack protector'),
            ('_chk@' in symbols.replace('__stack_chk', ''), 'is built without _FORTIFY_SOURCE')):
        if not there:
            tree.complain(program, 0, what)
tree.finish('hardening')
