# SPDX-License-Identifier: GPL-3.0-or-later
"""An authenticator app of our own (RFC 6238), written apart from the server."""
import base64
import hashlib
import hmac


def code(key, seconds):
    """The six digits that the app of this key shows at that moment."""
    digest = hmac.new(base64.b32decode(key), int(seconds // 30).to_bytes(8, "big"), hashlib.sha1).digest()
    at = digest[-1] & 15
    return "%06d" % ((int.from_bytes(digest[at:at + 4], "big") & 0x7FFFFFFF) % 1000000)
