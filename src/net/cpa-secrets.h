/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The device token of a person at an organisation, in the keyring of the desktop. Without a keyring, or when it stays
 * locked, there is simply no token: the server then asks for a code. */
void cpa_secrets_lookup_async (const char *organisation_id,
                               const char *username,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* (transfer full) (nullable): to be freed with cpa_wipe_free (). */
char *cpa_secrets_lookup_finish (GAsyncResult *result);
/* Nothing waits for it. */
void cpa_secrets_store (const char *organisation_id,
                        const char *username,
                        const char *organisation_name,
                        const char *token);

G_END_DECLS
