# SPDX-License-Identifier: GPL-3.0-or-later
"""Each page where there is little room: in a narrow window, and with large text."""
import guise
import tap


class Large(guise.Reader):
    guise = "tekst-200"
    dpi = 192


class Narrow(guise.Reader):
    guise = "smal"
    size = (360, 720)


class NarrowLarge(guise.Reader):
    guise = "smal-200"
    size = (360, 720)
    dpi = 192


if __name__ == "__main__":
    tap.main()
