# SPDX-License-Identifier: GPL-3.0-or-later
"""A port that is free stays free: tests run side by side, and the kernel gives what is free to whoever asks."""
import socket


class HeldPort:
    """A port of 127.0.0.1 that nobody else is given for as long as this lives. A socket is bound to it and never listens:
    who connects is refused, and a server that is told the number (and sets SO_REUSEADDR) can take it, leave it and take it again."""

    def __init__(self, host="127.0.0.1"):
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind((host, 0))
        self.number = self.socket.getsockname()[1]

    def close(self):
        self.socket.close()
