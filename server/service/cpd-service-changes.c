/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-session.h"

#include "cp-changes.h"
#include "cpd-cursor.h"
#include "cpd-session.h"
#include "cpd-signer.h"
#include "cpd-store-change.h"

#define PURPOSE "changes"

/* A place in the feed, sealed for its account. */
typedef struct
{
  gint64 account;
  gint64 row; /* the last one that was told */
  CpTime at;  /* what had ended by itself by then was told too */
} Place;

static char *
write_place (CpdCall *call, const Place *place)
{
  g_autoptr (GBytes) sealed = cpd_keys_seal (call->services->keys, PURPOSE, place, sizeof *place);

  return cpd_base64url (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
}

/* Whether place was made for this account by this database, and nothing that came after it is forgotten. */
static gboolean
read_place (CpdCall *call, const CpdChangeSpan *span, Place *place)
{
  const char *text = cpd_request_query (call->request, "since");

  return cpd_cursor_open (call->services->keys, PURPOSE, text, place, sizeof *place) &&
         place->account == call->actor.account && place->row <= span->newest && place->row + 1 >= span->oldest;
}

static gboolean
find_topics (CpdCall *call, const Place *since, guint *topics, CpTime *next, GError **error)
{
  guint ended;

  if (!cpd_store_change_since (call->db, call->actor.account, since->row, topics, error) ||
      !cpd_store_change_ends (call->db, call->actor.account, MIN (since->at, call->now), call->now, &ended, next,
                              error))
    return FALSE;
  *topics |= ended;
  return TRUE;
}

/**
 * cpd_service_changes:
 *
 * What changed for the caller since a place. With nothing to tell it says until when.
 */
gboolean
cpd_service_changes (CpdCall *call, GError **error)
{
  CpTime ends = cpd_session_ends (call->services->config, &call->actor);
  g_autofree char *cursor = NULL;
  CpChanges changes = { 0 };
  CpdChangeSpan span;
  CpTime next = 0;
  Place since;

  if (!cpd_store_change_span (call->db, &span, error))
    return FALSE;
  changes.reset = !read_place (call, &span, &since);
  if (!changes.reset && !find_topics (call, &since, &changes.topics, &next, error))
    return FALSE;
  if (!changes.reset && changes.topics == 0 && !call->must_answer)
    {
      call->wait_until = next != 0 ? MIN (next, ends) : ends;
      return TRUE;
    }
  call->wait_until = 0;
  cursor = write_place (call, &(Place){ call->actor.account, span.newest, call->now });
  changes.cursor = cursor;
  cpd_call_answer (call, &cp_changes_record, &changes);
  return TRUE;
}
