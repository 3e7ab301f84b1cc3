/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"

G_BEGIN_DECLS

/* An address that a manager types tells whether somebody uses the portal with it: so many a day, for each asker, and
 * each has its row. Both stay when what is asked is refused after them. */
gboolean cpd_member_count_lookup (CpdCall *call, const char *email, GError **error);
/* Adding and correcting tell as much, so they count too, unless this address was looked up in the last day. */
gboolean cpd_member_count_address (CpdCall *call, const char *email, GError **error);

/* The row of the list that an address is for. */
typedef struct
{
  gint64 membership;   /* that is to have it; 0: none yet */
  gboolean is_contact; /* of the EHR, who may have the address of another until one of them is a member */
} CpdAddressFor;

/* Whose address it is: *account (transfer full) (out), NULL: nobody's yet. FALSE with a field error when it is the
 * asker's own, or in the list already, with the name of the row. Only by what the list shows: where somebody moved to
 * whom it does not name yet is not told. rows: (element-type CpdMemberRow). */
gboolean cpd_member_find_address (CpdCall *call, GPtrArray *rows, const char *email, const CpdAddressFor *whose,
                                  CpdAccount **account, GError **error);

G_END_DECLS
