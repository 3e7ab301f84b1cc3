/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-record.h"

G_BEGIN_DECLS

/* What somebody's screen may have to look at again. Flags; the server stores the numbers: never renumber. */
typedef enum
{
  CP_TOPIC_RIGHTS = 1 << 0,      /* whose portals one may open, and which parts of them */
  CP_TOPIC_INVITATIONS = 1 << 1, /* one's own */
  CP_TOPIC_MEMBERS = 1 << 2,     /* who has access to a client whose access one manages */
  CP_TOPIC_SESSION = 1 << 3      /* one's own sessions and account */
} CpTopic;
#define CP_TOPIC_ALL (CP_TOPIC_RIGHTS | CP_TOPIC_INVITATIONS | CP_TOPIC_MEMBERS | CP_TOPIC_SESSION)
extern const char *const cp_topic_names[];

/* The answer of the change feed: what changed since the cursor that was sent, without saying how. */
typedef struct
{
  char *cursor;   /* opaque: for the next question */
  gboolean reset; /* what changed is not known: everything may have */
  guint topics;   /* CpTopic */
} CpChanges;
CP_DECLARE_RECORD (CpChanges, cp_changes)

G_END_DECLS
