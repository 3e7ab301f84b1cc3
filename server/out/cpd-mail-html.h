/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"
#include "cpd-templates.h"

G_BEGIN_DECLS

/* (transfer full): the HTML of a mail: the words of its text, with a button for the link. No pictures and nothing that
 * is fetched, so nobody learns that it was read. */
char *cpd_mail_html (const CpOrganisation *organisation, CpdLanguage language, const char *subject, const char *words,
                     const char *signature, GHashTable *values);

G_END_DECLS
