/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-reading.h"

#include <stdlib.h>
#include <string.h>

#define PAGE 50
#define UNREAD 10

struct _FixtureReading
{
  CpDossierPage *page; /* (owned) */
  GPtrArray *items;    /* (owned) of CpDossierItem: newest first */
  GTimeZone *zone;     /* (owned) */
  guint added;
};

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const CpDossierItem *first = *(CpDossierItem *const *) a, *second = *(CpDossierItem *const *) b;

  return first->at != second->at ? (first->at > second->at ? -1 : 1) : strcmp (first->id, second->id);
}

FixtureReading *
fixture_reading_new (const CpDossierPage *page, guint count)
{
  FixtureReading *self = g_new0 (FixtureReading, 1);

  self->page = cp_record_copy (&cp_dossier_page_record, page);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_dossier_item_free);
  self->zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  for (guint i = 0; page->items->len > 0 && i < (count > 0 ? count : page->items->len); i++)
    {
      CpDossierItem *item =
          cp_record_copy (&cp_dossier_item_record, g_ptr_array_index (page->items, i % page->items->len));

      item->text = g_strdup (item->preview);
      if (count > 0)
        {
          g_free (item->id);
          item->id = g_strdup_printf ("many%017uA", i);
          item->at = cp_time_now () - (CpTime) (i + 1) * 7 * CP_TIME_HOUR;
          item->kind = CP_DOSSIER_REPORT_GENERAL;
          item->unread = i < UNREAD;
        }
      g_ptr_array_add (self->items, item);
    }
  g_ptr_array_sort (self->items, compare_items);
  return self;
}

CpFreshness *
fixture_reading_get_freshness (FixtureReading *self)
{
  return self->page->freshness;
}

void
fixture_reading_free (FixtureReading *self)
{
  cp_dossier_page_free (self->page);
  g_ptr_array_unref (self->items);
  g_time_zone_unref (self->zone);
  g_free (self);
}

void
fixture_reading_read (FixtureReading *self, const char *id)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (((CpDossierItem *) g_ptr_array_index (self->items, i))->id, id))
      ((CpDossierItem *) g_ptr_array_index (self->items, i))->unread = FALSE;
}

void
fixture_reading_add (FixtureReading *self, const char *text)
{
  CpDossierItem *item = cp_record_copy (&cp_dossier_item_record, g_ptr_array_index (self->items, 0));

  g_free (item->id);
  item->id = g_strdup_printf ("more%017uA", self->added++);
  item->at += CP_TIME_HOUR;
  g_free (item->text);
  item->text = g_strdup (text);
  g_ptr_array_insert (self->items, 0, item);
}

void
fixture_reading_add_file (FixtureReading *self, const char *title)
{
  CpAttachment *attachment = cp_attachment_new ();
  CpDossierItem *item;

  fixture_reading_add (self, "");
  item = g_ptr_array_index (self->items, 0);
  /* As the server does. */
  g_free (item->title);
  item->title = g_strdup (title);
  attachment->id = g_strdup ("pdfAAAAAAAAAAAAAAAAAAA");
  attachment->title = g_strdup (title);
  attachment->type = g_strdup ("application/pdf");
  attachment->size = 9;
  g_ptr_array_add (item->attachments, attachment);
}

void
fixture_reading_say (FixtureReading *self, guint position, const char *text)
{
  CpDossierItem *item = g_ptr_array_index (self->items, position);

  g_free (item->text);
  item->text = g_strdup (text);
}

void
fixture_reading_remove (FixtureReading *self, guint position)
{
  g_ptr_array_remove_index (self->items, position);
}

/* (transfer full) (nullable) */
static char *
get (const CpaCall *call, const char *name)
{
  g_autoptr (GHashTable) query =
      g_uri_parse_params (call->query != NULL ? call->query : "", -1, "&", G_URI_PARAMS_NONE, NULL);

  return g_strdup (g_hash_table_lookup (query, name));
}

static gboolean
fits (FixtureReading *self, const CpaCall *call, const CpDossierItem *item)
{
  g_autofree char *report = get (call, "report");
  g_autofree char *from = get (call, "from");
  g_autofree char *until = get (call, "until");
  g_autofree char *author = get (call, "author");
  g_autofree char *day = cp_time_date (item->at, self->zone);

  if (report != NULL &&
      item->kind != (g_str_equal (report, "plan") ? CP_DOSSIER_REPORT_PLAN : CP_DOSSIER_REPORT_GENERAL))
    return FALSE;
  return (from == NULL || strcmp (day, from) >= 0) && (until == NULL || strcmp (day, until) <= 0) &&
         (author == NULL || g_strcmp0 (author, item->author) == 0);
}

/* How often text stands in words (nullable); marks are added. */
static guint
mark (const char *words, GPtrArray *marks, const char *text)
{
  g_autofree char *sought = g_utf8_casefold (text, -1);
  glong length = g_utf8_strlen (text, -1);
  guint n = 0;

  for (glong at = 0; words != NULL && at + length <= g_utf8_strlen (words, -1); at++)
    {
      g_autofree char *part = g_utf8_substring (words, at, at + length);
      g_autofree char *folded = g_utf8_casefold (part, -1);
      CpTextMark *found;

      if (strcmp (folded, sought) != 0)
        continue;
      found = cp_text_mark_new ();
      found->start = at;
      found->length = length;
      g_ptr_array_add (marks, found);
      n++;
    }
  return n;
}

static guint
mark_all (CpDossierItem *item, const char *text)
{
  return mark (item->text, item->marks, text) + mark (item->title, item->title_marks, text) +
         mark (item->author, item->author_marks, text);
}

/* What fits, of one page: items are added. Returns the next cursor. */
static char *
take_page (FixtureReading *self, const CpaCall *call, GPtrArray *items, gint64 *reports, gint64 *times)
{
  g_autofree char *text = get (call, "text");
  g_autofree char *cursor = get (call, "cursor");
  guint skip = cursor != NULL ? (guint) atoi (cursor) : 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      g_autoptr (CpDossierItem) item = cp_record_copy (&cp_dossier_item_record, g_ptr_array_index (self->items, i));
      guint found = text != NULL ? mark_all (item, text) : 1;

      if (found == 0 || !fits (self, call, item))
        continue;
      *times += found;
      if ((guint) *reports >= skip && items->len < PAGE)
        g_ptr_array_add (items, g_steal_pointer (&item));
      (*reports)++;
    }
  return *reports > skip + PAGE ? g_strdup_printf ("%u", skip + PAGE) : NULL;
}

static gpointer
answer_list (FixtureReading *self, const CpaCall *call)
{
  CpDossierPage *page = cp_record_copy (&cp_dossier_page_record, self->page);
  gint64 reports = 0, times = 0;

  g_ptr_array_set_size (page->items, 0);
  g_free (page->next_cursor);
  page->next_cursor = take_page (self, call, page->items, &reports, &times);
  return page;
}

static gpointer
answer_search (FixtureReading *self, const CpaCall *call)
{
  CpSearchPage *page = cp_search_page_new ();

  page->state = self->page->state;
  page->freshness = cp_record_copy (&cp_freshness_record, self->page->freshness);
  page->next_cursor = take_page (self, call, page->items, &page->reports, &page->times);
  return page;
}

static gpointer
answer_authors (FixtureReading *self)
{
  CpAuthorList *list = cp_author_list_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < self->items->len; i++)
    {
      char *author = ((CpDossierItem *) g_ptr_array_index (self->items, i))->author;

      if (author != NULL && !g_ptr_array_find_with_equal_func (names, author, g_str_equal, NULL))
        g_ptr_array_add (names, author);
    }
  g_ptr_array_add (names, NULL);
  g_strfreev (list->authors);
  list->authors = g_strdupv ((char **) names->pdata);
  return list;
}

/* As it was added. */
static gpointer
answer_item (FixtureReading *self, const char *id)
{
  CpDossierItemAnswer *answer;

  for (guint i = 0; g_str_has_prefix (id, "more") && i < self->items->len; i++)
    if (g_str_equal (((CpDossierItem *) g_ptr_array_index (self->items, i))->id, id))
      {
        answer = cp_dossier_item_answer_new ();
        answer->item = cp_record_copy (&cp_dossier_item_record, g_ptr_array_index (self->items, i));
        return answer;
      }
  return NULL;
}

gpointer
fixture_reading_answer (FixtureReading *self, const CpaCall *call)
{
  if (call->route == CP_ROUTE_DOSSIER)
    return answer_list (self, call);
  if (call->route == CP_ROUTE_DOSSIER_SEARCH)
    return answer_search (self, call);
  if (call->route == CP_ROUTE_DOSSIER_AUTHORS)
    return answer_authors (self);
  if (call->route == CP_ROUTE_DOSSIER_ITEM)
    return answer_item (self, call->ids[1]);
  return NULL;
}
