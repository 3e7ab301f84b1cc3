/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-error.h"
#include "cp-organisation.h"

G_BEGIN_DECLS

/* The sentence for each rule that what is typed may break. */

/* (transfer full): what is wrong with text, before it is sent; NULL when nothing is. field: "email", "name",
 * "username", "mobile" or "relation" of somebody else, "own-email", "own-name", "own-username" or "own-password",
 * "device-name". */
char *cpa_field_check (const char *field, const char *text);

/* What breaks a rule that the server judges, by the field as above and the reason (nullable) that the server gives. */
const char *cpa_field_rule (const char *field, const char *reason);

/* (transfer full): what the server says about a field of user management; NULL when error is about none. */
char *cpa_field_error (const GError *error, const CpOrganisation *organisation);

G_END_DECLS
