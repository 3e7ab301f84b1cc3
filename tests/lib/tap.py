# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the tests of a module and prints TAP (https://testanything.org), one line per test method."""
import sys
import traceback
import unittest


def _name(test):
    return test.id().replace("__main__.", "").replace("test_", "").replace("_", " ")


class _Result(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.number = 0
        self.printed = False

    def _print(self, ok, test, more=""):
        self.number += 1
        self.printed = True
        print(f"{'ok' if ok else 'not ok'} {self.number} - {_name(test)}{more}", flush=True)

    def _explain(self, error):
        for line in "".join(traceback.format_exception(*error)).splitlines():
            print("# " + line, flush=True)

    def startTest(self, test):
        super().startTest(test)
        self.printed = False

    def addSuccess(self, test):
        super().addSuccess(test)
        self._print(True, test)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._explain(error)
        self._print(False, test)

    def addError(self, test, error):
        super().addError(test, error)
        self._explain(error)
        self._print(False, test)

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            print("# in " + str(subtest), flush=True)
            self._explain(error)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._print(True, test, " # SKIP " + reason)

    def stopTest(self, test):
        super().stopTest(test)
        if not self.printed:  # unittest calls nothing for a test of which only a subtest failed
            self._print(False, test)


def main():
    """The tests of the calling program; arguments name classes or methods, as with unittest."""
    names = sys.argv[1:]
    module = sys.modules["__main__"]
    loader = unittest.defaultTestLoader
    suite = loader.loadTestsFromNames(names, module) if names else loader.loadTestsFromModule(module)
    result = _Result()
    suite.run(result)
    print(f"1..{result.number}")
    sys.exit(0 if result.wasSuccessful() else 1)
