# SPDX-License-Identifier: GPL-3.0-or-later
"""Each page in other colours: dark, and with high contrast."""
import guise
import tap


class Dark(guise.Reader):
    guise = "donker"
    environment = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}


class Contrast(guise.Guise):
    guise = "contrast"
    environment = {"ADW_DEBUG_HIGH_CONTRAST": "1"}


if __name__ == "__main__":
    tap.main()
