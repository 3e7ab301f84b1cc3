/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-dossier.h"

#include "cp-file-type.h"
#include "cp-timeline.h"
#include "cpd-content.h"
#include "cpd-cursor.h"
#include "cpd-dossier-query.h"
#include "cpd-ehr-content.h"
#include "cpd-seal-file.h"
#include "cpd-store-attachment.h"
#include "cpd-store-search.h"
#include "cpd-store-timeline.h"
#include "cpd-store-unread.h"

#define PAGE 50
#define PAGE_OF_MONTH 200

/**
 * cpd_service_timeline:
 */
gboolean
cpd_service_timeline (CpdCall *call, GError **error)
{
  g_autoptr (CpTimeline) timeline = cp_timeline_new ();
  gint64 count = 0;

  timeline->freshness = cpd_content_freshness (call, CP_PART_DOSSIER, error);
  if (timeline->freshness == NULL ||
      !cpd_store_timeline (call->db, &call->grant, cpd_content_cards (call), timeline, error))
    return FALSE;
  for (guint i = 0; i < timeline->months->len; i++)
    count += ((const CpTimelineMonth *) timeline->months->pdata[i])->count;
  timeline->state = cpd_content_state_of_cards (call, timeline->freshness, cpd_content_cards (call), count > 0);
  g_strfreev (timeline->allowed);
  timeline->allowed = cpd_content_allowed (call);
  cpd_call_read (call, CP_PART_DOSSIER, CPD_AUDIT_TIMELINE, 0, 0, count);
  cpd_call_answer (call, &cp_timeline_record, timeline);
  return TRUE;
}

static CpTime
item_time (const GPtrArray *items, guint at)
{
  return at < items->len ? ((const CpDossierItem *) items->pdata[at])->at : 0;
}

/**
 * cpd_service_dossier:
 */
gboolean
cpd_service_dossier (CpdCall *call, GError **error)
{
  g_autoptr (CpDossierPage) page = cp_dossier_page_new ();
  CpdDossierFilter filter;
  CpdCursor cursor;
  CpdCursor next;
  GPtrArray *items;

  page->freshness = cpd_content_freshness (call, CP_PART_DOSSIER, error);
  if (page->freshness == NULL || !cpd_dossier_query_read (call, &filter, error) ||
      !cpd_cursor_read (call, &cursor, error))
    return FALSE;
  items = cpd_store_dossier (call->db, &call->grant, &filter, call->grant.previous_visit, &cursor,
                             filter.month != 0 ? PAGE_OF_MONTH : PAGE, &next, error);
  if (items == NULL)
    return FALSE;
  g_ptr_array_unref (page->items);
  page->items = items;
  page->state = cpd_content_state_of_cards (call, page->freshness, filter.kinds, items->len > 0);
  page->next_cursor = cpd_cursor_write (call, &next);
  g_strfreev (page->allowed);
  page->allowed = cpd_content_allowed (call);
  cpd_call_read (call, CP_PART_DOSSIER, 0, item_time (items, 0), item_time (items, items->len - 1), items->len);
  cpd_call_answer (call, &cp_dossier_page_record, page);
  return TRUE;
}

/**
 * cpd_service_dossier_item:
 *
 * One card in full, as it stands or as it stood.
 */
gboolean
cpd_service_dossier_item (CpdCall *call, GError **error)
{
  g_autoptr (CpDossierItemAnswer) answer = cp_dossier_item_answer_new ();
  g_autoptr (GError) local = NULL;
  gint64 version;
  gint64 id = 0;

  if (!cpd_dossier_query_version (call, &version, error))
    return FALSE;
  answer->item = cpd_store_dossier_item (call->db, &call->grant, cpd_content_cards (call), call->request->ids[1],
                                         version, call->grant.previous_visit, &id, &local);
  if (answer->item == NULL)
    {
      if (local == NULL)
        g_set_error_literal (&local, CP_ERROR, CP_ERROR_NOT_FOUND, "no such item of this patient");
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_strfreev (answer->allowed);
  answer->allowed = cpd_content_allowed (call);
  cpd_call_read_version (call, CP_PART_DOSSIER, id, answer->item->at, version);
  cpd_call_answer (call, &cp_dossier_item_answer_record, answer);
  return TRUE;
}

/**
 * cpd_service_dossier_authors:
 */
gboolean
cpd_service_dossier_authors (CpdCall *call, GError **error)
{
  g_autoptr (CpAuthorList) list = cp_author_list_new ();
  GStrv authors;
  guint kinds;

  if (!cpd_dossier_query_kinds (call, &kinds, error))
    return FALSE;
  authors = cpd_store_authors (call->db, &call->grant, kinds, error);
  if (authors == NULL)
    return FALSE;
  g_strfreev (list->authors);
  list->authors = authors;
  g_strfreev (list->allowed);
  list->allowed = cpd_content_allowed (call);
  cpd_call_read (call, CP_PART_DOSSIER, CPD_AUDIT_AUTHORS, 0, 0, g_strv_length (authors));
  cpd_call_answer (call, &cp_author_list_record, list);
  return TRUE;
}

/**
 * cpd_service_dossier_item_read:
 *
 * What the app asks by itself is nobody's reading: it marks nothing. Nor does a moment to come mark more than there is.
 */
gboolean
cpd_service_dossier_item_read (CpdCall *call, GError **error)
{
  const CpReadRequest *request = call->body;

  if (call->request->refresh)
    return TRUE;
  return cpd_store_unread_read (call->db, &call->grant, call->actor.account, cpd_content_cards (call),
                                call->request->ids[1], MIN (request->until, call->now), error);
}

/**
 * cpd_service_dossier_read:
 *
 * A moment to come would hide what nobody has seen yet.
 */
gboolean
cpd_service_dossier_read (CpdCall *call, GError **error)
{
  const CpReadRequest *request = call->body;

  if (call->request->refresh)
    return TRUE;
  return cpd_store_unread_read_all (call->db, &call->grant, call->actor.account, MIN (request->until, call->now),
                                    error);
}

/* What the person typed; NULL with CP_ERROR_BAD_REQUEST about text. */
static CpdSought *
read_text (CpdCall *call, GError **error)
{
  const char *text = cpd_request_query (call->request, "text");
  g_autoptr (GError) local = NULL;
  CpdSought *sought = NULL;

  if (text == NULL)
    cpd_dossier_query_refuse ("text", "is what to look for", error);
  else if ((sought = cpd_sought_new (call->db, text, &local)) == NULL)
    {
      if (g_error_matches (local, CP_ERROR, CP_ERROR_BAD_REQUEST))
        cp_error_details (local)->field = g_strdup ("text");
      g_propagate_error (error, g_steal_pointer (&local));
    }
  return sought;
}

/**
 * cpd_service_dossier_search:
 */
gboolean
cpd_service_dossier_search (CpdCall *call, GError **error)
{
  g_autoptr (CpSearchPage) page = cp_search_page_new ();
  g_autoptr (CpdSought) sought = NULL;
  CpdDossierFilter filter;
  CpdCursor cursor;
  CpdCursor next;

  page->freshness = cpd_content_freshness (call, CP_PART_DOSSIER, error);
  if (page->freshness == NULL || !cpd_dossier_query_read (call, &filter, error) ||
      !cpd_cursor_read (call, &cursor, error) || (sought = read_text (call, error)) == NULL)
    return FALSE;
  if (filter.month != 0)
    return cpd_dossier_query_refuse ("month", "is not for searching", error);
  if (!cpd_store_search (call->db, &call->grant, sought, &filter, call->grant.previous_visit, &cursor, PAGE, page,
                         &next, error))
    return FALSE;
  page->state = cpd_content_state_of_cards (call, page->freshness, filter.kinds, page->items->len > 0);
  page->next_cursor = cpd_cursor_write (call, &next);
  g_strfreev (page->allowed);
  page->allowed = cpd_content_allowed (call);
  cpd_call_read (call, CP_PART_DOSSIER, CPD_AUDIT_SEARCH, item_time (page->items, 0),
                 item_time (page->items, page->items->len - 1), page->items->len);
  cpd_call_answer (call, &cp_search_page_record, page);
  return TRUE;
}

/* (transfer full): NULL with error. It stays in memory until it has been sent. */
static GBytes *
read_file (CpdCall *call, const char *file, GError **error)
{
  g_autofree char *directory = cpd_store_attachments_directory (call->services->config->database);
  GBytes *bytes;

  if (!cpd_sending_begin (call->services->sending, call->actor.account, error))
    return NULL;
  bytes = cpd_seal_file_read (call->services->keys, directory, file, CPD_EHR_ATTACHMENT_MAX, error);
  if (bytes != NULL)
    return cpd_sending_bytes (call->services->sending, call->actor.account, bytes);
  cpd_sending_give_back (call->services->sending, call->actor.account);
  return NULL;
}

/**
 * cpd_service_attachment:
 *
 * A file is looked at by itself, also right after its card: it has a row of its own in the log.
 */
gboolean
cpd_service_attachment (CpdCall *call, GError **error)
{
  g_auto (CpdAttachmentFound) found = { 0 };
  g_autoptr (GBytes) bytes = NULL;

  if (!cpd_store_attachment_find (call->db, &call->grant, cpd_content_cards (call), call->request->ids[1],
                                  call->request->ids[2], &found, error))
    return FALSE;
  if (found.id == 0)
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_NOT_FOUND, "no such file of this patient");
      return FALSE;
    }
  bytes = read_file (call, found.file, error);
  if (bytes == NULL)
    return FALSE;
  cpd_call_read (call, CP_PART_DOSSIER, found.id, found.at, found.at, 1);
  call->audit.refresh = FALSE; /* having opened its card is not having opened it */
  call->reply = cpd_reply_new_bytes (bytes, cp_file_type_to_send (found.media_type));
  call->reply->download = TRUE;
  return TRUE;
}
