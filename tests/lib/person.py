# SPDX-License-Identifier: GPL-3.0-or-later
"""A person at the screen: finds things by role and name through AT-SPI, clicks and types through X.

Needs the system's python3 with pyatspi, and lib/desktop-session around it. GTK 4.8 offers the Action interface for buttons
only, refuses grabFocus and knows coordinates of the window only, so a click goes to a position, as a person's does.
"""
import ctypes
import subprocess
import time

import pyatspi

# What is said of a thing that went away, by the library (also while its program is there) and by the program.
GONE = ("The application no longer exists", "does not exist at path", "No such interface")
EDGE = 10  # of a window: a press there takes hold of the window
PATIENCE = 40  # seconds; what takes that long on a machine with more to do is slow, and not wrong


def clipboard_is_taken():
    """Whether some program has put something on the clipboard."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = x11.XGetSelectionOwner.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    clipboard = ctypes.c_ulong(x11.XInternAtom(display, b"CLIPBOARD", 0))
    owner = x11.XGetSelectionOwner(display, clipboard)
    x11.XCloseDisplay(display)
    return owner != 0


class Person:
    def __init__(self, name, pid=None):
        """pid: which of that name; else the one that there is."""
        self.pid = pid
        self.app = None
        self.app = self.until(lambda: self._find_app(name), f"program {name}")
        self.pid = self.app.get_process_id()

    def _find_app(self, name):
        desktop = pyatspi.Registry.getDesktop(0)
        for i in range(desktop.childCount):
            try:
                app = desktop[i]
                if app.name == name and self.pid in (None, app.get_process_id()):
                    return app
            except Exception:          # one that goes away
                continue
        return None

    def until(self, look, what="it", wait=0):
        """wait: seconds that it takes on any machine."""
        timeout = wait + PATIENCE
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            try:
                found = look()
            except Exception:          # a widget that goes away while we look
                found = None
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError(f"not within {timeout} s: {what}\n" + self.screen())

    @staticmethod
    def children(node, strict=False):
        """Each thing that is asked is a message to the program and one back; node[i] would ask twice. strict: no answer is
        an error, unless it is because the thing went away."""
        try:
            found = [node.getChildAtIndex(i) for i in range(node.childCount)]
        except Exception as error:     # it went away, or changed while we looked
            if strict and not Person.is_gone(error):
                raise
            return []
        return [child for child in found if child is not None]

    def walk(self, node=None, strict=False):
        """All that is in it, each thing before what is in that."""
        ahead = self.children(node or self.app, strict)[::-1]
        while ahead:
            node = ahead.pop()
            yield node
            ahead += self.children(node, strict)[::-1]

    def ask_again(self, nodes):
        """What is in each, of those that one was told of before: as a screen reader, which goes on asking of what has gone."""
        for node in nodes:
            node.clear_cache()
            self.children(node)

    @staticmethod
    def is_gone(error):
        """Whether there is no such thing any more, or it never had that side; not when the program says nothing."""
        return isinstance(error, NotImplementedError) or any(words in str(error) for words in GONE)

    def all(self, judge, inside=None):
        """All things (in a node) that judge(node) is true of, for who must not miss one: where the program does not answer the walk begins
        again, and after PATIENCE that is the failure. A thing that is gone is not there."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                found = [node for node in self.walk(inside, strict=True) if self.is_so(judge, node)]
                self.app.get_process_id()  # raises when it is the whole program that went away: then nothing was seen
                return found
            except Exception as error:
                if time.monotonic() >= end:
                    raise AssertionError(f"what is on the screen was not told within {PATIENCE} s") from error
                time.sleep(0.05)

    def is_so(self, judge, node):
        try:
            return judge(node)
        except Exception as error:
            if not self.is_gone(error):
                raise
            return False

    def names(self):
        """Of all that is there; what goes away while we look has none any more."""
        for node in self.walk():
            try:
                yield node.name or ""
            except Exception:
                continue

    def glance(self):
        """The same things, level by level: a notice lies over a page of hundreds of them, for twenty seconds only."""
        level = [self.app]
        while level:
            level = [child for node in level for child in self.children(node)]
            yield from level

    def shows(self, node):
        # GTK 4.8 reports SHOWING for windows only; its size tells of the rest
        size = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        return size.width > 0 and size.height > 0 and node.getState().contains(pyatspi.STATE_VISIBLE)

    def is_it(self, node, name, role):
        roles = (role,) if isinstance(role, str) else role
        return node.name == name and (roles is None or node.getRoleName() in roles) and self.shows(node)

    def look(self, name, role=None):
        """The thing of that name (and role) that is on the screen now, or None, which is sure."""
        return next(iter(self.all(lambda node: self.is_it(node, name, role))), None)

    def spot(self, name, role):
        """As look(), for who looks again when it is None."""
        for node in self.walk():
            try:
                if self.is_it(node, name, role):
                    return node
            except Exception:
                continue
        return None

    def find(self, name, role=None, wait=0):
        return self.until(lambda: self.spot(name, role), f"{role or 'anything'} '{name}'", wait)

    def gone(self, name, role=None):
        self.until(lambda: self.look(name, role) is None, f"'{name}' to go away")

    def reads(self, words, wait=0):
        """Waits for a text that holds these words; returns all of it."""
        def look():
            return next((n.name for n in self.glance() if self.holds(n, words) and self.shows(n)), None)
        return self.until(look, f"the words '{words}'", wait)

    @staticmethod
    def holds(node, words):
        try:
            return words in (node.name or "")
        except Exception:              # it went away while we looked
            return False

    def sees(self, words):
        """Whether a text that holds these words is there now, also where it does not show."""
        return bool(self.all(lambda node: words in (node.name or "")))

    def screen(self):
        lines = []
        if self.app is None:
            return ""
        for node in self.walk():
            try:
                if node.name and self.shows(node):
                    lines.append(f"  {node.getRoleName()} {node.name!r}")
            except Exception:
                continue
        return "\n".join(lines)

    def windows(self):
        """Bottom to top: the main window first, then its dialogs and menus."""
        return subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.pid)], capture_output=True, text=True).stdout.split()

    def click(self, name, role=None, wait=0):
        node = self.find(name, role, wait)
        self.click_on(node)
        return node

    def place(self, node):
        """The X window that a thing is in, and where in it. A menu is a surface of its own, but GTK 4.8 tells its place as if
        it stood at the corner of its button; a dialog is a window with a place of its own."""
        e = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        x, y, windows = e.x + e.width // 2, e.y + e.height // 2, self.windows()
        while node is not None and node.getRoleName() not in ("frame", "application"):
            if node.name == "GtkPopover":
                corner = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
                # it is told of before its window is there
                return self.until(lambda: self.windows()[1:], "the window of a menu")[-1], x - corner.x, y - corner.y
            if node.getRoleName() == "dialog":
                return windows[-1], x, y
            node = node.parent
        return windows[0], x, y

    def height(self, window):
        told = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window], capture_output=True, text=True, check=True).stdout
        return int(dict(line.split("=") for line in told.split())["HEIGHT"])

    def bring_into_sight(self, node, edge=EDGE):
        """Turns the wheel over the middle of the window, as a person does for what is below. edge: how far from the window's."""
        for _ in range(60):
            window, x, y = self.place(node)
            height = self.height(window)
            if edge <= y < height - edge:
                return
            subprocess.run(["xdotool", "mousemove", "--window", window, str(x), str(height // 2), "click", "5" if y >= edge else "4"], check=True)
            time.sleep(0.1)

    def click_on(self, node):
        self.bring_into_sight(node)
        # where it is now: pages slide and fold while they open
        before = None
        for _ in range(40):
            now = self.place(node)
            if now == before:
                break
            before = now
            time.sleep(0.05)
        window, x, y = now
        subprocess.run(["xdotool", "mousemove", "--window", window, str(x), str(y), "click", "1"], check=True)
        time.sleep(0.1)

    def press(self, name, about=None):
        """A button, also where it is below the edge: as a screen reader does. about: its description."""
        button = self.until(lambda: next((n for n in self.walk() if n.name == name and n.getRoleName() in ("push button", "button")
                                          and about in (None, n.description)), None), name)
        button.queryAction().doAction(0)

    def pick(self, name):
        """In the menu that is open, of a page that has a button of the same name above it. Also where it is below the edge."""
        def look():
            found = [node for node in self.walk() if self.is_it(node, name, ("push button", "button"))]
            return found[1:] and found[-1]
        self.until(look, f"'{name}' in a menu").queryAction().doAction(0)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "8", text], check=True)
        time.sleep(0.1)

    def key(self, *keys):
        subprocess.run(["xdotool", "key", *keys], check=True)
        time.sleep(0.1)

    def fill(self, label, text):
        self.click(label, ("text", "password text", "entry"))
        self.key("ctrl+a")
        self.type(text)

    def dictate(self, label, text):
        """All of it at once, for what looks while one types: how long a key takes is not told."""
        self.find(label, ("text", "password text", "entry")).queryEditableText().setTextContents(text)

    def text_of(self, label):
        node = self.find(label, ("text", "password text", "entry"))
        query = node.queryText()
        return query.getText(0, query.characterCount)

    def description(self, name, role=None):
        return self.find(name, role).description

    def focus(self):
        return next((n.name for n in self.walk() if n.getState().contains(pyatspi.STATE_FOCUSED)), None)

    def take_focus(self, window=0):
        """What a window manager does when a dialog is closed; there is none here. -1: the topmost that is left."""
        subprocess.run(["xdotool", "windowfocus", "--sync", self.windows()[window]], check=True)

    def resize(self, width, height):
        subprocess.run(["xdotool", "windowsize", "--sync", self.windows()[0], str(width), str(height)], check=True)
        time.sleep(0.4)

    def photo(self, path):
        time.sleep(0.4)
        e = subprocess.run(["xdotool", "getwindowgeometry", "--shell", self.windows()[0]], capture_output=True, text=True, check=True).stdout
        at = dict(line.split("=") for line in e.splitlines())
        subprocess.run(["import", "-window", "root", "-crop", f"{at['WIDTH']}x{at['HEIGHT']}+{at['X']}+{at['Y']}", "+repage", path], check=True)
