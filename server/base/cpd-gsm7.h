/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What one text message carries at most, in letters of its basic alphabet. */
#define CPD_GSM7_MAX 160

gboolean cpd_gsm7_check (const char *text);

G_END_DECLS
