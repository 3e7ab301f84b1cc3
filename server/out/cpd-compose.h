/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"
#include "cpd-keys.h"
#include "cpd-store-outbox.h"

G_BEGIN_DECLS

/* A message with everything filled in; wiped when freed, because codes, passwords and links are in it. */
typedef struct
{
  CpdOutboxKind kind;
  char *id;      /* the same for the same row and secret: who gets it twice can tell */
  char *to;      /* E.164 number or e-mail address */
  char *subject; /* (nullable): of a mail */
  char *text;
  char *html; /* (nullable): of a mail */
} CpdMessage;

void cpd_message_free (CpdMessage *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdMessage, cpd_message_free)

/* Makes the message of a row, in the language of its account, with a fresh secret whose hash is stored: runs in the
 * writer, so that the hash is on disk before the message is handed over. NULL with CP_ERROR_NOT_FOUND when it is of no
 * use any more (the attempt is over, the account is gone): then the row has failed. */
CpdMessage *cpd_compose (CpdDb *db, const CpdConfig *config, const CpdKeys *keys, const CpdOutboxRow *row, CpTime now,
                         GError **error);

G_END_DECLS
