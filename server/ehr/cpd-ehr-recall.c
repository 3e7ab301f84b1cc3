/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-recall.h"

#include <string.h>

#include "cpd-ehr-context.h"
#include "cpd-ehr-later.h"
#include "cpd-ehr-recall-old.h"
#include "cpd-ehr-recall-pages.h"
#include "cpd-ehr-told.h"
#include "cpd-quick-tag.h"
#include "cpd-store-recall.h"

#define WHOLE_AFTER (7 * CP_TIME_DAY)
#define PAGE_LINES 4000

typedef struct
{
  guint type;
  gsize key;
} Lost;

struct _CpdEhrRecall
{
  CpdEhrRun *run; /* (borrowed) */
  CpdQuickTag quick;
  CpdStoreRecall before;
  GBytes *context;     /* (owned): what everything depends on */
  gboolean trusted;    /* before counts */
  gboolean anew;       /* only its lines do: see cpd_ehr_context_anew() */
  CpdEhrLater *later;  /* (owned): lines that only give names */
  gboolean naming;     /* such a line is being read, */
  guint64 name_tag;    /* with this tag */
  GHashTable *told;    /* of cpd-ehr-told.h */
  GHashTable *changed; /* set of hashes of keys that stand for something else than before */
  /* The file that is being read. */
  char *path;
  GHashTable *paths; /* set of those that were read */
  CpdEhrOld old;     /* its lines of the run before */
  CpdEhrOldDraft page;
  gboolean known; /* the run before read a file of that name */
  guint pages;    /* before it */
  CpdEhrRecallPages *sent;
  /* The line that is being read. */
  gboolean open;
  CpdEhrOldLine line;
  GArray *keys;  /* of gsize */
  GArray *asked; /* of guint32 */
  /* What the run is told at its end. */
  GHashTable *doubled; /* set of gsize: rows that more than one line names */
  GArray *lost;        /* of Lost: was named before, by a line that is not there or is read anew */
  guint settled;       /* a bit for each type */
  int appointment;     /* the number of that type */
  GError *error;       /* (nullable) */
};

static gboolean
may_be_trusted (const CpdEhrRecall *recall)
{
  CpTime age = recall->run->started - recall->before.whole;

  return recall->before.trusted && g_bytes_equal (recall->context, recall->before.context) && age >= 0 &&
         age < WHOLE_AFTER;
}

/* CpdEhrOldLoad */
static gboolean
load_page_cb (guint number, GByteArray *body, gpointer data)
{
  CpdEhrRecall *recall = data;
  GError **error = recall->error == NULL ? &recall->error : NULL;

  return cpd_store_recall_page (recall->run->db, recall->run->sync->config->source_name, recall->path, number, body,
                                error);
}

/**
 * cpd_ehr_recall_new:
 *
 * Returns: (transfer full) (nullable)
 */
CpdEhrRecall *
cpd_ehr_recall_new (CpdEhrRun *run, GError **error)
{
  g_autoptr (CpdEhrRecall) recall = g_new0 (CpdEhrRecall, 1);

  recall->run = run;
  recall->appointment = cpd_ehr_run_type ("Appointment");
  cpd_quick_tag_init (&recall->quick, run->sync->keys, CPD_EHR_RECALL_TAG);
  recall->told = g_hash_table_new (NULL, NULL);
  recall->changed = g_hash_table_new (NULL, NULL);
  recall->paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  cpd_ehr_old_init (&recall->old, load_page_cb, recall);
  cpd_ehr_old_draft_init (&recall->page);
  recall->keys = g_array_new (FALSE, FALSE, sizeof (gsize));
  recall->asked = g_array_new (FALSE, FALSE, sizeof (guint32));
  recall->doubled = g_hash_table_new (NULL, NULL);
  recall->lost = g_array_new (FALSE, FALSE, sizeof (Lost));
  recall->sent = cpd_ehr_recall_pages_new (run->sync->writer, run->sync->config->source_name);
  recall->context = cpd_ehr_context (run->sync->config);
  if (!cpd_store_recall_read (run->db, run->sync->config->source_name, &recall->before, error))
    return NULL;
  recall->trusted = run->trusts = may_be_trusted (recall);
  if (recall->before.context != NULL && !recall->trusted &&
      !cpd_ehr_context_anew (run, recall->before.trusted && !g_bytes_equal (recall->context, recall->before.context),
                             &recall->anew, error))
    return NULL;
  run->later = recall->later = cpd_ehr_later_new (recall->trusted ? recall->before.named : NULL, cpd_ehr_names_members,
                                                  run->sync->config->source_directory, &recall->quick);
  cpd_ehr_names_set_later (run->mapper.names, cpd_ehr_later_find, recall->later);
  return g_steal_pointer (&recall);
}

/**
 * cpd_ehr_recall_free:
 * @recall: (nullable):
 */
void
cpd_ehr_recall_free (CpdEhrRecall *recall)
{
  if (recall == NULL)
    return;
  cpd_ehr_recall_pages_free (recall->sent);
  cpd_ehr_names_set_later (recall->run->mapper.names, NULL, NULL);
  recall->run->later = NULL;
  cpd_ehr_later_free (recall->later);
  g_bytes_unref (recall->context);
  cpd_store_recall_clear (&recall->before);
  g_hash_table_unref (recall->told);
  g_hash_table_unref (recall->changed);
  g_hash_table_unref (recall->paths);
  g_hash_table_unref (recall->doubled);
  cpd_ehr_old_clear (&recall->old);
  cpd_ehr_old_draft_clear (&recall->page);
  g_array_unref (recall->keys);
  g_array_unref (recall->asked);
  g_array_unref (recall->lost);
  g_clear_error (&recall->error);
  g_free (recall->path);
  g_free (recall);
}

/**
 * cpd_ehr_recall_tell:
 *
 * A key may stand for more than one thing.
 */
void
cpd_ehr_recall_tell (CpdEhrRecall *recall, const char *key, const char *text)
{
  cpd_ehr_told_add (recall->told, g_str_hash (key), cpd_quick_tag (&recall->quick, text, strlen (text)));
}

/**
 * cpd_ehr_recall_name_line:
 *
 * Of two lines with one key the first counts, so the second is read.
 */
gboolean
cpd_ehr_recall_name_line (CpdEhrRecall *recall, const char *path, goffset offset, const char *text, gsize length,
                          gboolean *people)
{
  guint64 tag = cpd_quick_tag (&recall->quick, text, length);
  const CpdEhrNamed *named = cpd_ehr_later_known (recall->later, tag);

  recall->naming = named == NULL || g_hash_table_contains (recall->told, GUINT_TO_POINTER (named->hash)) ||
                   !cpd_ehr_later_put (recall->later, named, path, offset, length);
  recall->name_tag = tag;
  if (recall->naming)
    return FALSE;
  cpd_ehr_told_add (recall->told, named->hash, named->sum);
  *people = named->people;
  return TRUE;
}

/**
 * cpd_ehr_recall_named:
 * @resource: (nullable):
 *
 * What it told may be enough for the next run; not when it told something of another key too.
 */
void
cpd_ehr_recall_named (CpdEhrRecall *recall, const CpdEhrResource *resource)
{
  static const char *const more[] = { "PractitionerRole", "Questionnaire", NULL };
  static const char *const people[] = { "Patient", "RelatedPerson", NULL };

  if (resource != NULL)
    {
      g_autofree char *key = g_strconcat (resource->type, "/", resource->id, NULL);
      g_autofree char *text = cpd_ehr_names_describe (recall->run->mapper.names, key);
      CpdEhrNamed named = { recall->name_tag, cpd_quick_tag (&recall->quick, text, strlen (text)), g_str_hash (key),
                            g_strv_contains (people, resource->type) };

      cpd_ehr_told_add (recall->told, named.hash, named.sum);
      if (recall->naming && !g_strv_contains (more, resource->type))
        cpd_ehr_later_keep (recall->later, &named);
    }
  recall->naming = FALSE;
}

static void
tell_name_cb (const char *key, const char *text, gpointer data)
{
  cpd_ehr_recall_tell (data, key, text);
}

static void
tell_patient_cb (const char *fhir_id, gint64 patient, gpointer data)
{
  g_autofree char *key = g_strconcat ("Patient/", fhir_id, NULL);
  g_autofree char *text = g_strdup_printf ("is %" G_GINT64_FORMAT, patient);

  cpd_ehr_recall_tell (data, key, text);
}

/**
 * cpd_ehr_recall_begin:
 *
 * From here on the names note what is asked of them.
 */
void
cpd_ehr_recall_begin (CpdEhrRecall *recall)
{
  CpdEhrRun *run = recall->run;

  cpd_ehr_names_each (run->mapper.names, tell_name_cb, recall);
  cpd_ehr_link_each (run->link, tell_patient_cb, recall);
  if (recall->trusted || recall->anew)
    cpd_ehr_told_compare (recall->told, recall->before.known, recall->changed);
  recall->settled = recall->trusted ? recall->before.settled : 0;
  run->anew_since = recall->anew;
  cpd_ehr_names_listen (run->mapper.names, recall->asked);
}

/* CpdEhrOldFunc */
static void
lose (const CpdEhrOldLine *line, gpointer data)
{
  CpdEhrRecall *recall = data;

  for (guint i = 0; recall->trusted && i < line->head.n_keys; i++)
    {
      Lost lost = { line->head.type, cpd_ehr_old_key (line, i) };
      g_array_append_val (recall->lost, lost);
    }
}

static gboolean
asked_what_changed (const CpdEhrRecall *recall, const CpdEhrOldLine *line)
{
  for (guint i = 0; i < line->head.n_asked && g_hash_table_size (recall->changed) > 0; i++)
    if (g_hash_table_contains (recall->changed, GUINT_TO_POINTER (cpd_ehr_old_asked (line, i))))
      return TRUE;
  return FALSE;
}

/* FALSE for a row that a line named which was read before: which of them counts is told when they are read. Two lines
 * that are taken over never name one row: each is a line of its own of the run before, which marked those that did. */
static gboolean
name_all (const CpdEhrRecall *recall, const CpdEhrOldLine *line)
{
  CpdEhrSeen *seen = recall->run->seen;

  for (guint i = 0; i < line->head.n_keys; i++)
    if (cpd_ehr_seen_was_added (seen, cpd_ehr_old_key (line, i)))
      return FALSE;
  for (guint i = 0; i < line->head.n_keys; i++)
    cpd_ehr_seen_take_over (seen, cpd_ehr_old_key (line, i));
  return TRUE;
}

static void
end_page (CpdEhrRecall *recall)
{
  GByteArray *page;

  if (cpd_ehr_old_draft_lines (&recall->page) == 0)
    return;
  if (recall->error != NULL || (recall->anew && !cpd_ehr_run_flush (recall->run, &recall->error)))
    return;
  page = cpd_ehr_old_draft_take (&recall->page, &recall->old, recall->pages);
  if (page != NULL)
    cpd_ehr_recall_pages_send (recall->sent, recall->path, recall->pages, page);
  recall->pages++;
}

/* What is cut off is read before. */
static void
end_file (CpdEhrRecall *recall)
{
  gboolean more;

  if (recall->path == NULL)
    return;
  end_page (recall);
  more = !recall->trusted || cpd_ehr_old_has_page (&recall->old, recall->pages);
  cpd_ehr_old_end (&recall->old, lose, recall);
  if (more && recall->error == NULL)
    cpd_ehr_recall_pages_send (recall->sent, recall->path, recall->pages, NULL);
  g_clear_pointer (&recall->path, g_free);
}

static void
begin_file (CpdEhrRecall *recall, const char *path)
{
  end_file (recall);
  recall->path = g_strdup (path);
  recall->pages = 0;
  cpd_ehr_old_begin (&recall->old, recall->trusted || recall->anew);
  recall->known = recall->anew && cpd_ehr_old_has_page (&recall->old, 0);
}

static void
end_page_when_full (CpdEhrRecall *recall)
{
  if (cpd_ehr_old_draft_lines (&recall->page) == PAGE_LINES)
    end_page (recall);
}

/* How many rows the line names: of an appointment its own key comes before them. */
static guint
rows_of (const CpdEhrRecall *recall, const CpdEhrOldLine *line)
{
  return line->head.n_keys - (line->head.type == recall->appointment);
}

/* What it made is there. */
static void
take_over (CpdEhrRecall *recall, const CpdEhrOldLine *line)
{
  if (line->head.type < CPD_EHR_N_TYPES)
    recall->run->report->types[line->head.type].read += rows_of (recall, line);
  recall->run->report->recalled++;
  cpd_ehr_old_draft_copy (&recall->page, &recall->old, line);
  end_page_when_full (recall);
}

/* *odd: (out) (nullable): what was told of the line. */
static gboolean
may_be_left (const CpdEhrRecall *recall, const CpdEhrOldLine *line, const CpdQuarantined **odd)
{
  if (line->head.again == CPD_EHR_OLD_ODD && rows_of (recall, line) == 1)
    *odd = cpd_ehr_run_was_odd (recall->run, cpd_ehr_old_key (line, line->head.n_keys - 1));
  return line->head.again == CPD_EHR_OLD_NEVER || *odd != NULL;
}

/**
 * cpd_ehr_recall_line:
 * @odd: (out) (nullable) (transfer none):
 *
 * Returns: TRUE when the line need not be read.
 */
gboolean
cpd_ehr_recall_line (CpdEhrRecall *recall, const char *path, guint64 tag, const CpdQuarantined **odd)
{
  CpdEhrOldLine line;
  gboolean found;

  if (g_strcmp0 (path, recall->path) != 0)
    {
      begin_file (recall, path);
      g_hash_table_add (recall->paths, g_strdup (path));
    }
  recall->line = (CpdEhrOldLine){ .tag = tag, .head = { .type = CPD_EHR_NO_TYPE } };
  found = cpd_ehr_old_find (&recall->old, tag, &line, lose, recall);
  *odd = NULL;
  /* What is kept of a line that was odd by itself is older than it. */
  recall->run->anew =
      recall->anew && found && line.head.again != CPD_EHR_OLD_ODD && !asked_what_changed (recall, &line);
  recall->run->anew_since = recall->anew && !recall->known;
  if (recall->trusted && found && may_be_left (recall, &line, odd) && !asked_what_changed (recall, &line) &&
      name_all (recall, &line))
    {
      take_over (recall, &line);
      return TRUE;
    }
  if (found)
    lose (&line, recall);
  recall->open = TRUE;
  g_array_set_size (recall->keys, 0);
  g_array_set_size (recall->asked, 0);
  return FALSE;
}

/**
 * cpd_ehr_recall_names:
 *
 * The line that is being read names a row. What is not of a line (a Bundle) is compared with all rows in the next run.
 */
void
cpd_ehr_recall_names (CpdEhrRecall *recall, int type, gsize key)
{
  if (recall->open && recall->keys->len < G_MAXUINT8)
    {
      recall->line.head.type = type >= 0 ? type : CPD_EHR_NO_TYPE;
      g_array_append_val (recall->keys, key);
    }
  else if (type >= 0)
    {
      recall->settled &= ~(1u << type);
      recall->run->types[type].loose = TRUE;
    }
}

/**
 * cpd_ehr_recall_doubled:
 *
 * The line that is being read names a row that another line named before it. Which of them counts may be another one as
 * soon as one goes, and it may be about somebody else: each is to be read in the next run.
 */
void
cpd_ehr_recall_doubled (CpdEhrRecall *recall, gsize key)
{
  g_hash_table_add (recall->doubled, GSIZE_TO_POINTER (key));
}

/**
 * cpd_ehr_recall_again:
 *
 * The line that is being read is to be read in each run: it is reported, or what it says depends on the time.
 */
void
cpd_ehr_recall_again (CpdEhrRecall *recall)
{
  recall->line.head.again = CPD_EHR_OLD_ALWAYS;
}

/**
 * cpd_ehr_recall_odd:
 *
 * The line that is being read is odd whatever else is there, and what is told of it goes into quarantine.
 */
void
cpd_ehr_recall_odd (CpdEhrRecall *recall)
{
  if (recall->line.head.again == CPD_EHR_OLD_NEVER)
    recall->line.head.again = CPD_EHR_OLD_ODD;
}

/**
 * cpd_ehr_recall_keep:
 *
 * Keeps what the line that was read has shown.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_recall_keep (CpdEhrRecall *recall, GError **error)
{
  if (recall->open)
    {
      cpd_ehr_old_line_set (&recall->line, recall->keys, recall->asked);
      recall->open = recall->run->anew = FALSE;
      recall->run->anew_since = recall->anew;
      cpd_ehr_old_draft_add (&recall->page, &recall->old, &recall->line);
      end_page_when_full (recall);
    }
  g_array_set_size (recall->asked, 0);
  if (recall->error == NULL && cpd_ehr_later_check (recall->later, &recall->error))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&recall->error));
  return FALSE;
}

/* The first line that named such a row may lie in a page that was kept as it is, long before the second came. */
static gboolean
doubt_doubled (CpdEhrRecall *recall, GError **error)
{
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, recall->paths);
  while (g_hash_table_size (recall->doubled) > 0 && g_hash_table_iter_next (&iter, &path, NULL))
    if (!cpd_ehr_recall_pages_doubt (recall->sent, recall->run->db, path, cpd_ehr_old_names_any, recall->doubled,
                                     error))
      return FALSE;
  return cpd_ehr_recall_pages_settle (recall->sent, error);
}

/* Files that are not there any more, or hold no line that counts. */
static gboolean
lose_files (CpdEhrRecall *recall, GError **error)
{
  const char *source = recall->run->sync->config->source_name;
  g_autoptr (GPtrArray) paths = cpd_store_recall_paths (recall->run->db, source, error);

  if (paths == NULL)
    return FALSE;
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);

      if (g_hash_table_contains (recall->paths, path))
        continue;
      begin_file (recall, path);
      end_file (recall);
    }
  return TRUE;
}

/**
 * cpd_ehr_recall_end:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_recall_end (CpdEhrRecall *recall, GError **error)
{
  end_file (recall);
  cpd_ehr_names_listen (recall->run->mapper.names, NULL);
  if (!lose_files (recall, error))
    return FALSE;
  if (!cpd_ehr_recall_pages_settle (recall->sent, error) || !doubt_doubled (recall, error))
    return FALSE;
  for (guint i = 0; i < recall->lost->len; i++)
    {
      const Lost *lost = &g_array_index (recall->lost, Lost, i);

      if (lost->type < CPD_EHR_N_TYPES && !cpd_ehr_seen_has (recall->run->seen, lost->key))
        recall->settled &= ~(1u << lost->type);
    }
  return cpd_ehr_recall_keep (recall, error);
}

/**
 * cpd_ehr_recall_must_sweep:
 *
 * Returns: FALSE when everything of the type that is shown stood in the directory at the end of the run before, and
 * what stood there still does.
 */
gboolean
cpd_ehr_recall_must_sweep (const CpdEhrRecall *recall, int type)
{
  return (recall->settled & 1u << type) == 0;
}

/**
 * cpd_ehr_recall_swept:
 *
 * The type was compared with all rows.
 */
void
cpd_ehr_recall_swept (CpdEhrRecall *recall, int type, gboolean settled)
{
  recall->settled &= ~(1u << type);
  if (settled && !recall->run->types[type].loose)
    recall->settled |= 1u << type;
}

/**
 * cpd_ehr_recall_kept:
 *
 * Returns: (transfer none) (array length=n) (nullable)
 */
const gint64 *
cpd_ehr_recall_kept (const CpdEhrRecall *recall, gsize *n)
{
  gsize size = 0;
  const gint64 *kept =
      recall->trusted && recall->before.kept != NULL ? g_bytes_get_data (recall->before.kept, &size) : NULL;

  *n = size / sizeof *kept;
  return kept;
}

typedef struct
{
  const CpdEhrRun *run;
  CpdStoreRecall recall;
} Trust;

static gboolean
write_trust (CpdDb *db, gpointer data, GError **error)
{
  const Trust *trust = data;

  return cpd_store_recall_write (db, trust->run->sync->config->source_name, trust->run->started, &trust->recall, error);
}

/**
 * cpd_ehr_recall_trust:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_recall_trust (CpdEhrRecall *recall, GError **error)
{
  const CpdEhrRun *run = recall->run;
  g_autoptr (GBytes) told = cpd_ehr_told_pack (recall->told);
  g_autoptr (GBytes) named = cpd_ehr_later_pack (recall->later);
  g_autoptr (GBytes) kept = g_bytes_new (run->kept->data, run->kept->len * sizeof (gint64));
  Trust trust = { run,
                  { TRUE, recall->trusted ? recall->before.whole : run->started, recall->settled, recall->context, told,
                    named, kept } };

  return cpd_writer_run (run->sync->writer, write_trust, &trust, error);
}
