/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* What a link in a mail is for: CpLinkKind and one, stored as numbers. */
typedef enum
{
  CPD_LINK_RESET = 1,      /* choose a new password */
  CPD_LINK_INVITATION = 2, /* choose the first password; object: row id of the invitation */
  CPD_LINK_CONFIRM = 3,    /* object: what is confirmed */
} CpdLinkKind;

typedef struct
{
  gint64 id; /* 0: none */
  CpdLinkKind kind;
  gint64 account;
  gint64 object;
  CpTime created;
  CpTime expires; /* never later than its invitation */
  CpTime used;    /* 0: not yet */
} CpdLink;

gboolean cpd_store_link_add (CpdDb *db, CpdLinkKind kind, gint64 account, gint64 object, const guchar *token_hash,
                             CpTime now, CpTime expires, GError **error);
/* The link of a token, over or not: auth/ judges. An invitation that is not open any more, or whose account has a
 * password of its own, and an address that waits no more or is somebody else's, has used set. link->id is 0 when there
 * is none. */
gboolean cpd_store_link_find (CpdDb *db, const guchar *token_hash, CpdLink *link, GError **error);
/* FALSE in used when somebody was first. */
gboolean cpd_store_link_use (CpdDb *db, gint64 id, CpTime now, gboolean *used, GError **error);
/* Ends all of that kind of the account that are not used. */
gboolean cpd_store_link_end_all (CpdDb *db, CpdLinkKind kind, gint64 account, CpTime now, GError **error);

G_END_DECLS
