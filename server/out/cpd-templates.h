/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "cpd-language.h"
#include "cpd-store-outbox.h"

G_BEGIN_DECLS

typedef enum
{
  CPD_SECRET_NONE,
  CPD_SECRET_CODE,    /* six digits, bound to the attempt */
  CPD_SECRET_PASSWORD /* a temporary password */
} CpdSecretKind;

/* Which moment {date}, {time} and {when} tell. */
typedef enum
{
  CPD_MOMENT_CREATED,    /* when it happened that is told */
  CPD_MOMENT_CODE,       /* until when the code works */
  CPD_MOMENT_RESET,      /* until when the link works that sets the password again */
  CPD_MOMENT_PASSWORD,   /* until when the temporary password works that was asked for */
  CPD_MOMENT_CONFIRM,    /* until when the link works that confirms an address */
  CPD_MOMENT_INVITATION, /* until when it can be accepted; the row is of no use any more when it cannot */
  CPD_MOMENT_ACCESS,     /* until when the access lasts */
  CPD_MOMENT_ENDED       /* when the access ended, which may be noticed later */
} CpdMoment;

/* One thing that leaves the server. Its words lie in texts/nl and texts/en, in a file of its name. */
typedef struct
{
  const char *name;
  CpdOutboxKind kind;
  CpdSecretKind secret;
  CpdMoment moment;
  const char *by_organization; /* (nullable): the template in its place when nobody but the organisation invites */
  const char *with_rights;     /* (nullable): the one when parts were ticked already */
  const char *with_password;   /* (nullable): the one, without a secret, for who has a password of their own */
} CpdTemplate;

const CpdTemplate *cpd_template_get (const char *name);
/* All of them. */
const CpdTemplate *cpd_template_list (gsize *n);

/* name is of a template, or of words that stand in others: "signature", "device-unnamed". The words
 * with {placeholders}, each sentence that belongs together on one line; (transfer full). Of a mail *subject
 * (transfer full) is its first line, of a text message NULL. */
char *cpd_template_words (const char *name, CpdLanguage language, char **subject);

/* (transfer full): text with each {key} replaced by its value. */
char *cpd_template_fill (const char *text, GHashTable *values);

G_END_DECLS
