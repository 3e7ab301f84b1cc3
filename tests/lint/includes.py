#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A library is spoken to in one folder. Include paths of the project keep layers apart; the system's headers they cannot."""
import re

import tree

# Header: the folders that may include it. Tests may include what they test with.
HOMES = {
    r'sqlite3\.h': ('server/store/', 'src/cache/'),
    r'curl/': ('server/out/',),
    r'gmime/': ('server/out/',),
    r'sodium\.h': ('server/crypto/',),
    r'xxhash\.h': ('server/crypto/',),
    r'microhttpd\.h': ('server/http/',),
    r'libsoup/': ('src/net/',),
    r'libsecret/': ('src/net/',),
    r'gtk/': ('src/ui/',),
    r'adwaita\.h': ('src/ui/',),
    r'qrencode\.h': ('server/auth/',),
    r'phonenumbers/': ('server/phone/',),
    r'gnutls/': ('server/http/', 'server/crypto/'),
}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)

for name in tree.files('.c', '.cc', '.h'):
    if name.startswith('tests/'):
        continue
    text = tree.read(name)
    for match in INCLUDE.finditer(text):
        header = match.group(1)
        line = text.count('\n', 0, match.start(1)) + 1
        if '..' in header:
            tree.complain(name, line, f'{header} climbs out of its folder')
        for pattern, homes in HOMES.items():
            if re.match(pattern, header) and not name.startswith(homes):
                tree.complain(name, line, f'{header} belongs to {" and ".join(homes)} alone')
tree.finish('includes')
