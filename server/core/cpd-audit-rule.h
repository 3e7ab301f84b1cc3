/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"

G_BEGIN_DECLS

/* Decides what of a reading is recorded: as what, and whether at all. In the transaction that read. */
gboolean cpd_audit_rule (CpdCall *call, GError **error);
/* In the writer: adds the row that was decided on, and notes a visit that it is the first of. */
gboolean cpd_audit_rule_write (CpdDb *db, const CpdCall *call, GError **error);

G_END_DECLS
