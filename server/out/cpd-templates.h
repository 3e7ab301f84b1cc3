/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "cpd-store-outbox.h"

G_BEGIN_DECLS

typedef enum
{
  CPD_SECRET_NONE,
  CPD_SECRET_CODE,    /* six digits, bound to the attempt */
  CPD_SECRET_PASSWORD /* a temporary password */
} CpdSecretKind;

/* The words of one thing that leaves the server, Dutch and English, with {placeholders}. */
typedef struct
{
  const char *name;
  CpdOutboxKind kind;
  CpdSecretKind secret;
  const char *subject[2]; /* nl, en */
  const char *text[2];
} CpdTemplate;

const CpdTemplate *cpd_template_get (const char *name);

/* What every mail ends with, in place of {signature}. */
const char *cpd_template_signature (int language);

/* (transfer full): text with each {key} replaced, from key and value pairs that end with NULL. */
char *cpd_template_fill (const char *text, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
