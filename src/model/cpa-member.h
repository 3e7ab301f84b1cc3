/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cp-member.h"
#include "cp-part.h"

G_BEGIN_DECLS

/* One row of user management, as the server told it last, with the ticks that are on their way to it. Signal
 * "changed". */
#define CPA_TYPE_MEMBER (cpa_member_get_type ())
G_DECLARE_FINAL_TYPE (CpaMember, cpa_member, CPA, MEMBER, GObject)

/* The record is copied. */
CpaMember *cpa_member_new (const CpMember *record, GTimeZone *zone);
const CpMember *cpa_member_get (CpaMember *self);
/* Takes over what the server says now. */
void cpa_member_set (CpaMember *self, const CpMember *record);

/* What one's own change that was made of version made it. Somebody who then edits what they saw before it has seen
 * this, for they did it themselves. */
void cpa_member_add_step (CpaMember *self, const char *version, const char *became);
/* (transfer none): the version that seen has become by one's own changes alone. */
const char *cpa_member_follow (CpaMember *self, const char *seen);

/* The boxes that are ticked on the screen: held, counting from acceptance, or asked for. */
guint cpa_member_get_ticked (CpaMember *self);
/* A tick is under way; the box shows already what it will be. */
void cpa_member_set_wanted (CpaMember *self, CpPart part, gboolean held);
/* It is over: the box shows what the server says. */
void cpa_member_clear_wanted (CpaMember *self, CpPart part);

/* Whole seconds until the invitation that waits goes out; 0: it goes now, or none waits. */
int cpa_member_get_seconds_left (CpaMember *self);

/* "send", "end", ... as in the record. */
gboolean cpa_member_allows (CpaMember *self, const char *what);
/* Why the box of part may not be touched: a CpRefusalReason, or -1. */
int cpa_member_get_refusal (CpaMember *self, CpPart part);
/* Whether a ground must be said with a tick at part: with the first of dossier and settings, but for the client. */
gboolean cpa_member_needs_ground (CpaMember *self, CpPart part);

G_END_DECLS
