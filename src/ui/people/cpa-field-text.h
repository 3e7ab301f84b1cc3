/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-error.h"
#include "cp-organisation.h"

G_BEGIN_DECLS

/* The sentence for each rule that a field of user management may break. Both (transfer full) (nullable). */

/* What is wrong with text for the field of that name on the wire ("email", "name", "username", "mobile"), before it is
 * sent; NULL when nothing is. */
char *cpa_field_check (const char *field, const char *text);

/* What the server says about a field; NULL when error is about none. */
char *cpa_field_error (const GError *error, const CpOrganisation *organisation);

G_END_DECLS
