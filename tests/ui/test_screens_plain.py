# SPDX-License-Identifier: GPL-3.0-or-later
"""Each page as most people see it, in both languages."""
import guise
import tap


class Light(guise.Guise):
    guise = "licht"


class English(guise.Guise):
    guise = "engels"
    language = "en"
    environment = {"LANGUAGE": "en"}


if __name__ == "__main__":
    tap.main()
