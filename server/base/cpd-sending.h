/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-error.h"

G_BEGIN_DECLS

/* How many files are on their way to each account. One stays in memory until who asked for it has taken all of it, or
 * is gone: without a limit whoever asks on many connections and reads none of them would fill it. Any thread may ask.
 */
typedef struct _CpdSending CpdSending;

CpdSending *cpd_sending_new (void);
/* After all that it counts is freed. */
void cpd_sending_free (CpdSending *self);
/* A place for a file of that account. FALSE with CP_ERROR_BUSY when it has as many as it may. Each place needs its
 * bytes, or is given back. */
gboolean cpd_sending_begin (CpdSending *self, gint64 account, GError **error);
void cpd_sending_give_back (CpdSending *self, gint64 account);
/* (transfer full): the same bytes, which give their place back when nobody has them any more. Takes bytes. */
GBytes *cpd_sending_bytes (CpdSending *self, gint64 account, GBytes *bytes);

G_END_DECLS
