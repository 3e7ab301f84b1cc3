# SPDX-License-Identifier: GPL-3.0-or-later
"""./dev soak: the figures that take long, in the form of bench.py."""
import sys

import bench
import load


def first_load():
    load.measure(bench.line, patients=1000, reports=1000, rounds=1)


def sizes():
    bench.sizes(many=9_999)


FIGURES = {"first-load": first_load, "sizes": sizes}

if __name__ == "__main__":
    if sys.argv[1:] == ["--names"]:  # ./dev asks before it builds
        print(*FIGURES)
        sys.exit()
    for name in sys.argv[1:] or FIGURES:
        FIGURES[name]()
