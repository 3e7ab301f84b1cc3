/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-secret.h"

G_BEGIN_DECLS

char *cpd_token_new (void);    /* (transfer full): 256 random bits in base64url, CP_TOKEN_LENGTH characters */
char *cpd_token_new_id (void); /* (transfer full): 128 random bits, CP_ID_LENGTH characters: a public id */
/* (transfer full): one that begins as id does, with 104 random bits of its own. What is written together is then
 * together in an index too, instead of on a page each. */
char *cpd_token_new_id_beside (const char *id);
char *cpd_token_new_password (void); /* (transfer full): 80 random bits in groups that can be typed over */
char *cpd_token_new_digits (int n);  /* (transfer full): so many uniform digits, 9 at most */

G_END_DECLS
