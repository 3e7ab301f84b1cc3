#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""openapi.py SCHEMAS DAEMON [--write]: docs/openapi.yaml says what the programs do.

The schemas are what SCHEMAS prints from the record tables (--write puts them into the file). Paths, methods, who may ask
and for which part are those of "clientportaald routes". Each record and each error code of the sources is there, each
$ref leads somewhere, and docs/protocol.md names each route and code."""
import os
import re
import subprocess
import sys

import tree
import yaml

YAML = 'docs/openapi.yaml'
MARK = '  schemas: # printed by tests/lint/openapi-schemas.c\n'


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def check_schemas(text, schemas):
    head, mark, tail = text.partition(MARK)
    if not mark:
        tree.complain(YAML, 0, f'the line "{MARK.strip()}" is not there')
    elif tail != schemas:
        tree.complain(YAML, 0, 'the schemas are not those of the record tables; openapi.py --write puts them in')
    defined = set(re.findall(r'CP_DEFINE_RECORD \(\w+, \w+, "(\w+)"', ''.join(map(tree.read, tree.files('.c', under='common/')))))
    for name in sorted(defined - set(re.findall(r'^    (\w+):$', tail, re.M))):
        tree.complain('tests/lint/openapi-schemas.c', 0, f'{name} is in no answer or request that it prints')


def routes_of(text):
    """Lines like those of "clientportaald routes", from the paths of the file."""
    paths = text.partition('\npaths:\n')[2].partition('\ncomponents:\n')[0]
    for path, block in re.findall(r'^  (/\S+):\n(.*?)(?=^  /|\Z)', paths, re.M | re.S):
        for method, body in re.findall(r'^    (get|post|put|delete):\n(.*?)(?=^    \w|\Z)', block, re.M | re.S):
            who = re.search(r'^      x-session: (\S+)$', body, re.M)
            part = re.search(r'^      x-part: (\S+)$', body, re.M)
            yield f'{method.upper()} {path} {who.group(1) if who else "?"} {part.group(1) if part else "-"}'


def check_routes(text, printed):
    here, there = set(routes_of(text)), set(printed.split('\n')) - {''}
    for line in sorted(there - here):
        tree.complain(YAML, 0, f'does not say: {line}')
    for line in sorted(here - there):
        tree.complain(YAML, 0, f'says what the server does not: {line}')
    protocol = tree.read('docs/protocol.md')
    for line in sorted(there):
        method, path = line.split()[:2]
        if f'`{method} {path.removeprefix("/api/v1")}`' not in protocol:
            tree.complain('docs/protocol.md', 0, f'does not name {method} {path}')


def check_codes(schemas):
    protocol = tree.read('docs/protocol.md')
    for code in re.findall(r'^        - (\S+)$', schemas, re.M):
        if f'`{code}`' not in protocol:
            tree.complain('docs/protocol.md', 0, f'does not name the error {code}')


def check_whole(text):
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        tree.complain(YAML, 0, ' '.join(str(error).split()))
        return
    names = [operation['operationId'] for path in document['paths'].values() for operation in path.values()]
    for name in sorted(set(names)):
        if names.count(name) > 1:
            tree.complain(YAML, 0, f'two operations are called {name}')


def check_references(text):
    for name in set(re.findall(r"'#/components/(\w+/\w+)'", text)):
        group, item = name.split('/')
        block = re.search(rf'^  {group}:[^\n]*\n(.*?)(?=^  \w|\Z)', text, re.M | re.S)
        if not block or not re.search(rf'^    {item}:', block.group(1), re.M):
            tree.complain(YAML, 0, f'{name} leads nowhere')


def main(schemas_program, daemon, write=''):
    schemas = output(schemas_program)
    text = tree.read(YAML)
    if write == '--write':
        with open(os.path.join(tree.ROOT, YAML), 'w', encoding='utf-8') as file:
            file.write(text.partition(MARK)[0] + MARK + schemas)
        return
    check_schemas(text, schemas)
    check_routes(text, output(daemon, 'routes'))
    check_codes(schemas)
    check_references(text)
    check_whole(text)
    tree.finish('openapi')


main(*sys.argv[1:])
