/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "cp-error.h"
#include "cp-record.h"

G_BEGIN_DECLS

typedef struct _CpdReply CpdReply;

/* Sets the etag of a reply of its body. */
typedef void (*CpdReplyTagFunc) (CpdReply *reply, gconstpointer data);

/* What dispatch answers. Exactly one of: an error (http/ makes it a problem+json with its status), a body (200), a
 * record (200: the body is still to be written of it), not_modified (304), or nothing (204). */
struct _CpdReply
{
  GError *error;            /* (owned) (nullable), of the CP_ERROR domain */
  GBytes *body;             /* (owned) (nullable) */
  gpointer record;          /* (owned) (nullable) */
  const CpRecordType *type; /* of record */
  GTimeZone *zone;          /* (owned) (nullable): for record */
  CpdReplyTagFunc tag;      /* (nullable): for the body, once it is written */
  gconstpointer tag_data;   /* (borrowed): for tag; outlives whoever sends replies */
  const char *content_type; /* static; with body */
  int status;               /* with body; 0: 200 */
  const char *policy;       /* (nullable): Content-Security-Policy of a page; lives as long as the listener */
  int retry_after;          /* seconds; 0: not said. An error says it itself */
  char *etag;               /* (owned) (nullable): with its quotes */
  gboolean not_modified;
  gboolean download;  /* a file for the person, whatever its bytes are: nothing may show it in its own place */
  gboolean cacheable; /* public and unchanging: logo and picture; everything else is no-store */
};

CpdReply *cpd_reply_new (void);                /* 204 */
CpdReply *cpd_reply_new_error (GError *error); /* takes error; other domains become internal */
CpdReply *cpd_reply_new_record (const CpRecordType *type, gconstpointer record, GTimeZone *zone);
/* takes record, which cpd_reply_write() writes later */
CpdReply *cpd_reply_new_later (const CpRecordType *type, gpointer record, GTimeZone *zone);
CpdReply *cpd_reply_new_bytes (GBytes *body, const char *content_type); /* takes a reference */
/* In any thread, before anything of it is sent: writes the body of the record, and its tag. */
void cpd_reply_write (CpdReply *reply);
void cpd_reply_free (CpdReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdReply, cpd_reply_free)

/* Called once for each request, in any thread, before or after the handler has returned. Takes reply. */
typedef void (*CpdReplyFunc) (CpdReply *reply, gpointer data);

G_END_DECLS
