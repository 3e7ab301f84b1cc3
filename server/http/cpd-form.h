/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CPD_FORM_MAX (8 * 1024) /* bytes as sent */
#define CPD_FORM_FIELDS_MAX 8

/* The one door of what a browser sends: application/x-www-form-urlencoded (WHATWG URL, chapter 5) of a form of ours.
 * (transfer full): names and values, UTF-8 without control characters, wiped when they are freed. NULL when it is
 * anything else: a name twice or not of our kind, too many fields, a broken escape, what is not UTF-8. */
GHashTable *cpd_form_read (const char *data, gsize size);

G_END_DECLS
