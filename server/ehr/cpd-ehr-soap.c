/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-soap.h"

#include <string.h>

#include "cp-json.h"
#include "cpd-ehr-about.h"
#include "cpd-ehr-reader.h"
#include "cpd-ehr-recall.h"

#define LINE "Observation/"

typedef struct
{
  CpdEhrRun *run;
  GHashTable *wanted; /* (borrowed) key of a line -> gint64: last_updated of the one that counts, -1: none yet */
} Soap;

typedef void (*SoapTake) (const Soap *soap, const CpdEhrResource *resource);

/* CpdEhrBesideFunc */
static CpdEhrResource *
want_cb (const char *key, gpointer data)
{
  static const gint64 none = -1;
  const Soap *soap = data;

  if (g_str_has_prefix (key, LINE))
    g_hash_table_replace (soap->wanted, g_strdup (key), g_memdup2 (&none, sizeof none));
  return NULL;
}

/* What the mapping asks for is what the report will ask for. */
static void
want_lines_of (const Soap *soap, const CpdEhrResource *composition)
{
  g_autoptr (GPtrArray) all = cpd_ehr_about (soap->run, composition);
  CpdEhrMapper mapper = soap->run->mapper;

  mapper.passing = NULL;
  mapper.other = NULL;
  mapper.beside = want_cb;
  mapper.beside_data = (gpointer) soap;
  for (guint i = 0; i < all->len; i++)
    {
      gpointer content = NULL;
      const char *reason = NULL;

      mapper.patient = ((const CpdEhrAbout *) g_ptr_array_index (all, i))->key;
      cpd_ehr_map (&mapper, composition, &content, &reason);
      cpd_ehr_content_free (cpd_ehr_kind_of (composition->type), content);
    }
}

/* Of two lines with one id the newest counts; without a time of change the first. */
static void
take_line (const Soap *soap, const CpdEhrResource *line)
{
  g_autofree char *key = g_strconcat (line->type, "/", line->id, NULL);
  g_autofree char *text = NULL;
  gint64 *newest = g_hash_table_lookup (soap->wanted, key);

  if (newest == NULL)
    return;
  text = cp_json_text (line->node, NULL);
  cpd_ehr_recall_tell (soap->run->recall, key, text);
  if (line->last_updated <= *newest)
    return;
  *newest = line->last_updated;
  cpd_ehr_spots_set (soap->run->spots, line);
}

static gboolean
may_be_line (const Soap *soap, const CpdEhrProblem *problem)
{
  g_autofree char *key = g_strconcat (LINE, problem->id, NULL);

  if (problem->type != NULL && !g_str_equal (problem->type, "Observation"))
    return FALSE;
  return problem->severity != CPD_EHR_ODD || (problem->id != NULL && g_hash_table_contains (soap->wanted, key));
}

static gboolean
read_all (const Soap *soap, CpdEhrReader *reader, const char *type, SoapTake take, GError **error)
{
  CpdEhrRun *run = soap->run;
  CpdEhrRead read = CPD_EHR_READ_RESOURCE;

  while (read != CPD_EHR_READ_END)
    {
      g_autoptr (CpdEhrResource) resource = NULL;
      g_autoptr (CpdEhrProblem) problem = NULL;

      if (g_cancellable_set_error_if_cancelled (run->cancellable, error) || !cpd_ehr_lease_keep (run->lease, error))
        return FALSE;
      read = cpd_ehr_reader_next (reader, &resource, &problem);
      if (resource != NULL && g_str_equal (resource->type, type))
        take (soap, resource);
      /* Told by the second pass; here it is only known that a line may be missing. */
      run->lines_hole = run->lines_hole || (problem != NULL && may_be_line (soap, problem));
    }
  return TRUE;
}

/* CpdEhrReaderLine: most reports tell all themselves, and are not read twice. A line of a Bundle may have another name.
 */
static gboolean
names_no_line_cb (const char *path, const char *text, gsize length, gpointer data)
{
  return memmem (text, length, "Observation", strlen ("Observation")) == NULL &&
         memmem (text, length, "urn:uuid:", strlen ("urn:uuid:")) == NULL;
}

/* CpdEhrBesideFunc: without a line that cannot be read now a report stays as it is. */
static CpdEhrResource *
find_cb (const char *key, gpointer data)
{
  CpdEhrRun *run = data;
  CpdEhrResource *resource = cpd_ehr_spots_find (key, run->spots);

  if (resource == NULL && g_str_has_prefix (key, LINE) && (run->lines_hole || cpd_ehr_spots_has (run->spots, key)))
    run->waits = TRUE;
  return resource;
}

static gboolean
read_reports (const Soap *soap, GHashTable *paths, GError **error)
{
  static const char *const types[] = { "Composition", NULL };
  g_autoptr (CpdEhrReader) reader = cpd_ehr_reader_new (soap->run->sync->config->source_directory, types, error);

  if (reader == NULL)
    return FALSE;
  cpd_ehr_reader_set_paths (reader, paths);
  cpd_ehr_reader_set_line (reader, names_no_line_cb, NULL);
  return read_all (soap, reader, types[0], want_lines_of, error);
}

static gboolean
read_lines (const Soap *soap, GError **error)
{
  static const char *const types[] = { "Observation", NULL };
  /* What is looked at of a line: a report is read again when that differs. */
  static const char *const members[] = { "resourceType", "id",          "meta",      "status",
                                         "subject",      "valueString", "contained", NULL };
  g_autoptr (CpdEhrReader) reader = cpd_ehr_reader_new (soap->run->sync->config->source_directory, types, error);

  if (reader == NULL)
    return FALSE;
  cpd_ehr_reader_set_members (reader, members);
  return read_all (soap, reader, types[0], take_line, error);
}

/**
 * cpd_ehr_soap_find:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_soap_find (CpdEhrRun *run, GHashTable *paths, GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Soap soap = { run, wanted };

  run->mapper.beside = find_cb;
  run->mapper.beside_data = run;
  if (g_hash_table_size (paths) > 0 && !read_reports (&soap, paths, error))
    return FALSE;
  return g_hash_table_size (wanted) == 0 || read_lines (&soap, error);
}
