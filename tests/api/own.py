# SPDX-License-Identifier: GPL-3.0-or-later
"""A test case about one's own account."""
import email
import email.policy

from case import PortalCase

WRONG = "not the password"
HOSTILE = ["", " ", "\u200b", "a\nb", "a\u202eb", "a\x00b", "x" * 101, "x" * 60000, "'; DROP TABLE\taccount; --"]


class AccountCase(PortalCase):
    def account(self, token):
        return self.expect(self.portal.get("/account", token), 200).json

    def confirmed(self, route, token, username, **more):
        return self.portal.post(route, token, {"password": self.portal.passwords[username], **more})

    def mails(self, before):
        return [email.message_from_file(open(name), policy=email.policy.default) for name in self.portal.settled(".eml") if name not in before]

    def audited(self, action, account):
        return self.portal.value("SELECT count(*) FROM audit WHERE action = ? AND account = ?", action, self.portal.account(account))
