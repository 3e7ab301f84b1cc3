/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-organisation.h"
#include "cp-session.h"

G_BEGIN_DECLS

/* (transfer full): a masked number as the server tells it, where it stands in a sentence: no line ends inside it. */
char *cpa_code_text_number (const char *masked);
/* A new text message was asked for: with {masked} in it. */
const char *cpa_code_text_again (void);
/* (transfer full): why a code was not taken, and what to do: a code that was not sent says that otherwise. */
char *cpa_code_text_failure (CpStepMethod method, const GError *error, const CpOrganisation *organisation);
/* (transfer full): the same of a text message while “Send New Code” is not there: what helps then. login: there are
 * other ways in; otherwise something is confirmed in a window. */
char *cpa_code_text_at_limit (const GError *error, gboolean login, const CpOrganisation *organisation);

G_END_DECLS
