/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"
#include "cpd-store-member.h"

G_BEGIN_DECLS

#define CPD_INVITE_WAIT                                                                                                \
  (60 * CP_TIME_SECOND)     /* from the first right until the invitation goes out: it can be undone                    \
                             */
#define CPD_WARNING_DAYS 14 /* before an end both are told */

/* Invites an account to its membership: the invitation is there, and its mail goes out, at when. open: an invitation
 * that nobody answered and that begins again; 0: a new one. */
gboolean cpd_invite (CpdCall *call, gint64 membership, gint64 account, gint64 open, CpTime when, GError **error);

G_END_DECLS
