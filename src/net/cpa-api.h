/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cp-record.h"
#include "cp-route.h"

G_BEGIN_DECLS

/* One call of the server: its route, the ids in the path and the records that travel. */
typedef struct
{
  CpRouteId route;
  const char *ids[CP_ROUTE_MAX_PARAMS]; /* in the order of the path; NULL where there are fewer */
  const char *query;                    /* (nullable): "when=coming&cursor=..." already encoded */
  const CpRecordType *body_type;        /* (nullable): with body */
  gconstpointer body;
  const char *version;             /* (nullable): of what is edited, as it was seen; the server refuses another */
  const CpRecordType *answer_type; /* (nullable): nothing is expected back */
  gboolean refresh;                /* asked by the app itself: does not keep the session alive */
  gboolean finishes;               /* a change that was made already: it goes out also when one logs out meanwhile */
  gboolean waits;                  /* its answer may take a minute, in which nothing comes */
  const char *view_as;             /* (nullable): whose view this is, a row of user management; see CpaViewAs */
  guint view_parts;                /* CpPart, with view_as: as if these were ticked; 0: as it is */
} CpaCall;

/* How far an answer of bytes has come; total is 0 when that is not known. Not called after the call was cancelled. */
typedef void (*CpaProgress) (gsize done, gsize total, gpointer user_data);

#define CPA_TYPE_API (cpa_api_get_type ())
G_DECLARE_DERIVABLE_TYPE (CpaApi, cpa_api, CPA, API, GObject)

/* The door to the server. CpaTransport is the real one; a test puts records of its own behind it.
 * Each session has one of its own: CpaSessionDoor. Signals "session-ended" (GError *): an answer said that there is no
 * session any more; "not-understood": an answer cannot be read, or says that what was asked for is not there, as one of
 * a server of another version would. */
struct _CpaApiClass
{
  GObjectClass parent_class;

  void (*call_async) (CpaApi *self, const CpaCall *call, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data);
  gpointer (*call_finish) (CpaApi *self, GAsyncResult *result, GError **error);
  void (*bytes_async) (CpaApi *self, const CpaCall *call, gsize max_bytes, CpaProgress progress, gpointer progress_data,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  GBytes *(*bytes_finish) (CpaApi *self, GAsyncResult *result, GError **error);
  void (*set_token) (CpaApi *self, const char *token);
};

/* Copies what it needs of call. */
void cpa_api_call_async (CpaApi *self, const CpaCall *call, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data);
/* (transfer full): a record of answer_type; NULL without error when the server had nothing to say (204). Errors are of
 * CP_ERROR, or G_IO_ERROR_CANCELLED. */
gpointer cpa_api_call_finish (CpaApi *self, GAsyncResult *result, GError **error);
/* GET of an answer that is no record: a picture, an attachment. More than max_bytes is CP_ERROR_BAD_ANSWER. progress
 * may be NULL. */
void cpa_api_bytes_async (CpaApi *self, const CpaCall *call, gsize max_bytes, CpaProgress progress,
                          gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data);
/* (transfer full) */
GBytes *cpa_api_bytes_finish (CpaApi *self, GAsyncResult *result, GError **error);
/* The session that calls are made in; NULL forgets it. */
void cpa_api_set_token (CpaApi *self, const char *token);

G_END_DECLS
