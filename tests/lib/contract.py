# SPDX-License-Identifier: GPL-3.0-or-later
"""Which answers docs/openapi.yaml says that a route has."""
import functools
import os
import re

# "Any other failure": what any route may answer, to a request that is none or when the server cannot.
ANYWHERE = {400, 405, 413, 431, 500, 503}


@functools.cache
def routes():
    """[(pattern of a path, {method: statuses})], a path without ids before those with."""
    with open(os.path.join(os.environ["SOURCE_ROOT"], "docs", "openapi.yaml"), encoding="utf-8") as file:
        paths = file.read().partition("\npaths:\n")[2].partition("\ncomponents:\n")[0]
    found = []
    for path, block in sorted(re.findall(r"^  (/\S+):\n(.*?)(?=^  /|\Z)", paths, re.M | re.S), key=lambda row: row[0].count("{")):
        methods = {method.upper(): {int(status) for status in re.findall(r"^        '(\d+)':", body, re.M)}
                   for method, body in re.findall(r"^    (get|post|put|delete):\n(.*?)(?=^    \w|\Z)", block, re.M | re.S)}
        found.append((re.compile(re.sub(r"\{\w+\}", "[A-Za-z0-9_-]{22}", path)), methods))
    return found


def check(method, path, status):
    """AssertionError when the file does not say that this status comes; of what is no route it says nothing."""
    path = path.partition("?")[0]
    methods = next((methods for pattern, methods in routes() if pattern.fullmatch(path)), {})
    if method in methods and status not in methods[method] | ANYWHERE:
        raise AssertionError(f"docs/openapi.yaml does not say that {method} {path} answers {status}")
