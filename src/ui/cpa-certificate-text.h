/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): what is wrong with a certificate, in words with the short names behind them that a help desk looks
 * for. reason: the nicks of GTlsCertificateFlags ("unknown-ca, expired"), or anything else, which stays as it is. */
char *cpa_certificate_text (const char *reason);

G_END_DECLS
