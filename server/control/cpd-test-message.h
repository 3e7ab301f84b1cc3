/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"
#include "cpd-store-outbox.h"

G_BEGIN_DECLS

/* Hands one message over as the server would, for the operator who wants to see whether the settings are right. Without
 * the outbox. (transfer full): what to print, NULL with error. */
char *cpd_test_message (const CpdConfig *config, CpdOutboxKind kind, const char *to, GError **error);

G_END_DECLS
