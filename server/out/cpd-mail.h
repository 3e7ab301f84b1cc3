/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-compose.h"

G_BEGIN_DECLS

/* (transfer full): an address as it may stand in a header and go to a mail server, its domain in ASCII (RFC 5891); NULL
 * with CP_ERROR_INVALID_FIELD when it is none. */
char *cpd_mail_address (const char *address, GError **error);
/* (transfer full): the address that mails come from. */
char *cpd_mail_from (const CpdConfig *config);

/* (transfer full): the mail as RFC 5322 and MIME have it, text and HTML of the same words; free with cpd_secret_free().
 * NULL with CP_ERROR_INVALID_FIELD when an address may not stand in it. */
char *cpd_mail_write (const CpdConfig *config, const CpdMessage *message, CpTime now, GError **error);

G_END_DECLS
