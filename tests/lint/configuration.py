#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""configuration.py DAEMON: the configuration keys of cpd-config.c are those of the manual page and of the example, what
counts without a key is what both of them say, and check-config takes the example as it is shipped once its key file is
there."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

import tree

PAGE = 'server/data/clientportaald.conf.5'
EXAMPLE = 'server/data/clientportaald.conf'
WORDS = 'server/data/words-nl.txt'
LOGO = 'data/demo/logo.svg'


def keys_of_source():
    source = tree.read('server/base/cpd-config.c')
    table = re.findall(r'^  \{ "([a-z-]+)", "([a-z0-9-]+)", KEY_', source, re.M)
    others = re.search(r'other_keys\[\] = \{(.*?)\n\};', source, re.S).group(1)
    return {f'[{group}] {name}' for group, name in table + re.findall(r'\{ "([a-z-]+)", "([a-z0-9-]+)" \}', others)}


def keys_of_example():
    keys, group = set(), ''
    for line in tree.read(EXAMPLE).split('\n'):
        header, key = re.match(r'^\[([a-z-]+)\]', line), re.match(r'^#?([a-z0-9-]+)=', line)
        group = header.group(1) if header else group
        if key:
            keys.add(f'[{group}] {key.group(1)}')
    return keys


def keys_of_page():
    keys, group = set(), ''
    for line in tree.read(PAGE).split('\n'):
        header, key = re.match(r'^\.SH \[([A-Za-z-]+)\]', line), re.match(r'^\.B ([a-z0-9\\-]+)=', line)
        group = header.group(1).lower() if header else group
        if key:
            keys.add(f'[{group}] {key.group(1)}'.replace('\\-', '-'))
    return keys


def compare(name, keys, wanted):
    for key in sorted(wanted - keys):
        tree.complain(name, 0, f'does not explain {key}')
    for key in sorted(keys - wanted):
        tree.complain(name, 0, f'explains {key}, which the server does not know')


def fallbacks_of_source():
    """What counts without a key, of those of which something does."""
    source = tree.read('server/base/cpd-config.c')
    found = {(group, name): value for group, name, value in
             re.findall(r'^  \{ "([a-z-]+)", "([a-z0-9-]+)", KEY_\w+, (?:HERE|WIRE) \(\w+\),\s+"([^"]+)"', source, re.M)}
    if len(found) < 30:
        tree.complain('server/base/cpd-config.c', 0, 'its table is not understood')
    return found


def groups(text, header):
    """The lines of each group."""
    parts = re.split(header, text, flags=re.M)
    return {name.lower(): lines for name, lines in zip(parts[1::2], parts[2::2]) if name}


def check_fallbacks():
    example = groups(tree.read(EXAMPLE), r'^\[([a-z-]+)\]$')
    page = groups(tree.read(PAGE).replace('\\-', '-'), r'^\.SH (?:\[([A-Za-z-]+)\]|.*)$')
    for (group, name), value in fallbacks_of_source().items():
        if not re.search(f'^#?{name}={re.escape(value)}$', example[group], re.M):
            tree.complain(EXAMPLE, 0, f'[{group}] {name} is {value} when it is absent')
        explained = re.search(rf'^\.B {name}=(.*?)(?=^\.TP|\Z)', page[group], re.M | re.S).group(1)
        # Of codes of one system that is told once.
        codes = [code.split('|')[1] for code in value.split(';')] if '|' in value else []
        if not re.search(rf'(^|\s){re.escape(value)}\s+when absent', explained) and not (
                len(codes) > 1 and all(code in explained for code in codes) and 'when absent' in explained):
            tree.complain(PAGE, 0, f'[{group}] {name} is {value} when it is absent')


def run(daemon, command, path):
    return subprocess.run([daemon, command, '--config', path], capture_output=True, text=True)


def check_example(daemon):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'clientportaald.conf')
        shutil.copy(os.path.join(tree.ROOT, EXAMPLE), path)
        # The organisation's own words have the form of those that the program brings.
        shutil.copy(os.path.join(tree.ROOT, WORDS), os.path.join(folder, 'words.txt'))
        for name in ('logo.svg', 'picture.jpg'):
            shutil.copy(os.path.join(tree.ROOT, LOGO), os.path.join(folder, name))
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=localhost',
                        '-keyout', os.path.join(folder, 'server.key'), '-out', os.path.join(folder, 'server.pem')],
                       check=True, capture_output=True)
        with open(path, encoding='utf-8') as file:
            text = file.read().replace('/etc/clientportaal/', '')
        for key, like in (('ca-file|client-certificate', 'server.pem'), ('signing-key|client-key', 'server.key')):
            for name in re.findall(rf'^#?(?:{key})=(.*)$', text, re.M):
                shutil.copy(os.path.join(folder, like), os.path.join(folder, name))
        for name in re.findall(r'^#?(?:secret|password)-file=(.*)$', text, re.M):
            with open(os.open(os.path.join(folder, name), os.O_WRONLY | os.O_CREAT, 0o600), 'w', encoding='utf-8') as file:
                file.write('secret')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        for command in ('make-keys', 'check-config'):
            result = run(daemon, command, path)
            if result.returncode != 0:
                tree.complain(EXAMPLE, 0, f'{command}: {result.stderr.strip()}')
                return
        # What is commented out shows the value that counts without it, so it must be a right one too; a directory and a
        # server exclude each other.
        with open(path, 'w', encoding='utf-8') as file:
            everything = re.sub(r'^#([a-z0-9-]+=)', r'\1', text, flags=re.M)
            file.write(re.sub(r'(\[ehr\].*?)^directory=.*?$', r'\1', everything, flags=re.M | re.S, count=1))
        result = run(daemon, 'check-config', path)
        if result.returncode != 0:
            tree.complain(EXAMPLE, 0, f'with every line in force: {result.stderr.strip()}')


wanted = keys_of_source()
compare(EXAMPLE, keys_of_example(), wanted)
compare(PAGE, keys_of_page(), wanted)
check_fallbacks()
check_example(sys.argv[1])
tree.finish('configuration')
