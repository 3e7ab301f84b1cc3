/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether what is kept on this computer can be reached. */
typedef enum
{
  CPA_KEYRING_OPEN,
  CPA_KEYRING_LOCKED, /* only the person can open it */
  CPA_KEYRING_NONE
} CpaKeyring;

/* The device token of a person at the server of an address, in the keyring of the desktop: what a server says of itself
 * must not be enough to be given the token of another one. Without a keyring, or when it stays
 * locked or does not answer within seconds, there is simply no token, and none can be kept: the server then asks for a
 * code each time. */
void cpa_secrets_lookup_async (const char *address, const char *username, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (nullable): to be freed with cpa_wipe_free (). Only an open *keyring can keep one. */
char *cpa_secrets_lookup_finish (GAsyncResult *result, CpaKeyring *keyring);
/* Nothing waits for it. */
void cpa_secrets_store (const char *address, const char *username, const char *organisation_name, const char *token);

G_END_DECLS
