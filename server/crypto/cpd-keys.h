/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include "cp-error.h"

G_BEGIN_DECLS

#define CPD_HASH_SIZE 32
#define CPD_KEYS_IN_RING 16 /* at most, in each group of the key file */
#define CPD_KEY_MAX 255     /* the highest number of a key: it is one byte of what it seals */
#define CPD_TAG_SIZE 16
#define CPD_TAG_KEY_SIZE 16

/* The keys outside the database: peppers of passwords, the key of keyed hashes, the keys that seal values. Immutable.
 */
typedef struct _CpdKeys CpdKeys;

CpdKeys *cpd_keys_load (const char *path, GError **error);
/* Writes a new key file (0600); refuses to replace one. */
gboolean cpd_keys_generate (const char *path, GError **error);
void cpd_keys_free (CpdKeys *keys);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdKeys, cpd_keys_free)

/* Keyed BLAKE2b-256; purpose keeps the uses apart. */
void cpd_keys_hash (const CpdKeys *keys, const char *purpose, const void *data, gsize size, guchar out[CPD_HASH_SIZE]);
/* The number of the pepper for new passwords. */
int cpd_keys_pepper (const CpdKeys *keys);
/* Keyed hash of a password under pepper id. FALSE when the file no longer has that pepper. */
gboolean cpd_keys_pepper_hash (const CpdKeys *keys, int id, const char *password, guchar out[CPD_HASH_SIZE]);

/* The number of the key that seals new values; whether there are older ones. */
int cpd_keys_seal_id (const CpdKeys *keys);
gboolean cpd_keys_has_older_seal (const CpdKeys *keys);

/* XChaCha20-Poly1305 under the newest seal key; purpose is authenticated with it. */
GBytes *cpd_keys_seal (const CpdKeys *keys, const char *purpose, const void *data, gsize size);
/* The same data sealed twice is the same bytes. */
GBytes *cpd_keys_seal_alike (const CpdKeys *keys, const char *purpose, const void *data, gsize size);
/* NULL with CP_ERROR_INTERNAL when it was not sealed by these keys for this purpose. */
GBytes *cpd_keys_unseal (const CpdKeys *keys, const char *purpose, const void *sealed, gsize size, GError **error);

/* A key of its own for one purpose, made of seal key id (0: the newest). Returns the id, 0 when the file has no such
 * key; the caller wipes out. */
int cpd_keys_derive (const CpdKeys *keys, int id, const char *purpose, guchar out[CPD_HASH_SIZE]);

/* Quicker than a hash of 256 bits; tells whether an answer is the one that the asker has already. */
void cpd_keys_tag_key (const CpdKeys *keys, guchar key[CPD_TAG_KEY_SIZE]);
void cpd_tag (const guchar key[CPD_TAG_KEY_SIZE], const void *data, gsize size, guchar out[CPD_TAG_SIZE]);

/* Plain BLAKE2b-256. */
void cpd_hash (const void *data, gsize size, guchar out[CPD_HASH_SIZE]);

G_END_DECLS
