/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-keys.h"

G_BEGIN_DECLS

typedef struct
{
  int memory_mib;
  int passes;
} CpdPasswordCost;

/* (transfer full): argon2id of the peppered password, as text with its cost; NULL with CP_ERROR_BUSY without memory. */
char *cpd_password_hash (const CpdKeys *keys, CpdPasswordCost cost, const char *password, GError **error);
/* Always costs one argon2, also when hash is NULL (unknown account): then the answer is FALSE, and it costs what hash
 * would have like like (nullable: cost). */
gboolean cpd_password_verify (const CpdKeys *keys, CpdPasswordCost cost, int pepper, const char *hash, const char *like,
                              const char *password);
/* TRUE when hash was made at another cost or with an older pepper. */
gboolean cpd_password_is_old (const CpdKeys *keys, CpdPasswordCost cost, int pepper, const char *hash);

G_END_DECLS
