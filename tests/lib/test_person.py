# SPDX-License-Identifier: GPL-3.0-or-later
"""Who looks whether something is not there: what is gone is not there, and who gets no answer has not seen that."""
import sys
import types
import unittest

import tap

# What stands in for the screen: only the names are needed.
sys.modules["pyatspi"] = types.SimpleNamespace(WINDOW_COORDS=1, STATE_VISIBLE=1, STATE_FOCUSED=2)

import person  # noqa: E402

SILENT = "atspi_error: Did not receive a reply. (1)"
GONE = "atspi_error: The application no longer exists (0)"


class Node:
    def __init__(self, name, *nodes, fault=None, times=0):
        """The first so many times that it is asked what is in it the fault is the answer."""
        self.name, self.nodes, self.fault, self.times = name, nodes, fault, times

    @property
    def childCount(self):
        self.times -= 1
        if self.times >= 0:
            raise RuntimeError(self.fault)
        return len(self.nodes)

    def getChildAtIndex(self, index):
        return self.nodes[index]

    def get_process_id(self):
        return 1


class Looking(unittest.TestCase):
    def looking_at(self, *nodes, **fault):
        someone = object.__new__(person.Person)
        someone.app = Node("app", Node("window", *nodes, **fault))
        return someone

    def setUp(self):
        self.addCleanup(setattr, person, "PATIENCE", person.PATIENCE)
        person.PATIENCE = 0.3

    def test_what_is_there_is_seen(self):
        self.assertTrue(self.looking_at(Node("the words")).sees("word"))
        self.assertFalse(self.looking_at(Node("others")).sees("word"))

    def test_no_answer_is_asked_again(self):
        self.assertTrue(self.looking_at(Node("the words"), fault=SILENT, times=2).sees("word"))

    def test_never_an_answer_is_not_nothing(self):
        for look in (lambda someone: someone.sees("word"), lambda someone: someone.look("word")):
            with self.assertRaisesRegex(AssertionError, "not told"):
                look(self.looking_at(Node("the words"), fault=SILENT, times=10**9))

    def test_never_an_answer_is_not_gone(self):
        someone = self.looking_at(Node("the words"), fault=SILENT, times=10**9)
        with self.assertRaisesRegex(AssertionError, "to go away"):
            someone.gone("the words")

    def test_what_is_gone_is_not_there(self):
        self.assertFalse(self.looking_at(Node("the words"), fault=GONE, times=10**9).sees("word"))


if __name__ == "__main__":
    tap.main()
