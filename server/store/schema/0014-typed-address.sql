-- SPDX-License-Identifier: GPL-3.0-or-later
-- The address by which somebody who had an account already was added. Until the person is named here it is all that
-- shows: where they moved to since is theirs to tell. NULL: named, the account's own address shows.

ALTER TABLE membership ADD COLUMN email TEXT;
UPDATE membership SET email = (SELECT email FROM account WHERE account.id = membership.account) WHERE named = 0;
