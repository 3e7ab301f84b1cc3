/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): the modules of the QR code of text, row after row, '1' where it is dark; as many rows as columns.
 * NULL when the text is too long. Free with cpd_secret_free(). */
char *cpd_qr_modules (const char *text);

G_END_DECLS
