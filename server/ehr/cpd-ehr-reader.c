/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-reader.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "cp-json-scan.h"
#include "cp-json.h"
#include "cpd-ehr-files.h"
#include "cpd-ehr-lines.h"
#include "cpd-ehr-wanted.h"
#include "cpd-fhir.h"

struct _CpdEhrReader
{
  char *directory; /* (owned) */
  CpdEhrWanted wanted;
  const char *const *members; /* (borrowed) (nullable): all that is wanted of a line */
  CpdEhrReaderLine func;      /* (nullable) */
  gpointer data;
  CpdEhrReaderSkip skip; /* (nullable) */
  gpointer skip_data;
  CpdEhrReaderText text_func; /* (nullable) */
  gpointer text_data;
  GHashTable *only;   /* (borrowed) (nullable) */
  GPtrArray *paths;   /* (owned) of char * */
  GPtrArray *waiting; /* (owned) of CpdEhrProblem *: of the listing, given out first */
  guint next_path;
  const char *path;   /* (borrowed) of paths: the file being read */
  CpdEhrLines *lines; /* (owned) (nullable): of an .ndjson file */
  guint line;
  goffset offset;   /* of the newest line */
  JsonNode *bundle; /* (owned) (nullable): of a .json file */
  guint entry;
};

/**
 * cpd_ehr_reader_new:
 *
 * Returns: (transfer full) (nullable)
 */
CpdEhrReader *
cpd_ehr_reader_new (const char *directory, const char *const *types, GError **error)
{
  g_autoptr (CpdEhrReader) reader = g_new0 (CpdEhrReader, 1);

  reader->directory = g_strdup (directory);
  reader->wanted.types = types;
  reader->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_problem_free);
  reader->paths = cpd_ehr_files_list (directory, reader->waiting, error);
  if (reader->paths == NULL)
    return NULL;
  if (reader->paths->len == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "the directory has no .ndjson or .json file");
      return NULL;
    }
  return g_steal_pointer (&reader);
}

/**
 * cpd_ehr_reader_free:
 * @reader: (nullable):
 */
void
cpd_ehr_reader_free (CpdEhrReader *reader)
{
  if (reader == NULL)
    return;
  g_free (reader->directory);
  g_clear_pointer (&reader->paths, g_ptr_array_unref);
  g_ptr_array_unref (reader->waiting);
  cpd_ehr_lines_free (reader->lines);
  g_clear_pointer (&reader->bundle, json_node_unref);
  g_free (reader);
}

/**
 * cpd_ehr_reader_set_line:
 */
void
cpd_ehr_reader_set_line (CpdEhrReader *reader, CpdEhrReaderLine func, gpointer data)
{
  reader->func = func;
  reader->data = data;
}

/**
 * cpd_ehr_reader_set_skip:
 */
void
cpd_ehr_reader_set_skip (CpdEhrReader *reader, CpdEhrReaderSkip func, gpointer data)
{
  reader->skip = func;
  reader->skip_data = data;
}

/**
 * cpd_ehr_reader_set_text:
 */
void
cpd_ehr_reader_set_text (CpdEhrReader *reader, CpdEhrReaderText func, gpointer data)
{
  reader->text_func = func;
  reader->text_data = data;
}

/**
 * cpd_ehr_reader_set_members:
 */
void
cpd_ehr_reader_set_members (CpdEhrReader *reader, const char *const *members)
{
  reader->members = members;
}

/**
 * cpd_ehr_reader_set_paths:
 * @paths: a set with g_str_hash
 */
void
cpd_ehr_reader_set_paths (CpdEhrReader *reader, GHashTable *paths)
{
  reader->only = paths;
}

/**
 * cpd_ehr_reader_path:
 *
 * Returns: (transfer none) (nullable)
 */
const char *
cpd_ehr_reader_path (const CpdEhrReader *reader)
{
  return reader->path;
}

/**
 * cpd_ehr_reader_is_type:
 *
 * Returns: FALSE also when that is not told in front.
 */
gboolean
cpd_ehr_reader_is_type (const char *text, gsize length, const char *type)
{
  const char *found;
  gsize size = cpd_ehr_wanted_peek (text, length, &found);

  return size > 0 && strncmp (found, type, size) == 0 && type[size] == '\0';
}

/* (transfer full) (nullable) */
static char *
dup_type (const char *text, gsize length)
{
  const char *type;
  gsize size = cpd_ehr_wanted_peek (text, length, &type);

  return size > 0 ? g_strndup (type, size) : NULL;
}

static CpdEhrProblem *
file_problem (CpdEhrReader *reader, CpdEhrSeverity severity, const char *reason)
{
  g_autofree char *type = cpd_ehr_files_type (reader->path);

  return cpd_ehr_problem_new (severity, reader->path, type, NULL, "%s", reason);
}

/* (transfer full): the root of text, or NULL with a problem that names the byte. rest: it is all that is left of the
 * file, and what that holds beside it is not known; else one resource is broken. */
static JsonNode *
parse (CpdEhrReader *reader, const char *text, gsize length, const char *const *members, const char *place,
       gboolean rest, CpdEhrProblem **problem)
{
  CpdEhrSeverity severity = rest ? CPD_EHR_CUT : CPD_EHR_HOLE;
  const char *reason = NULL;
  gsize offset = 0;
  JsonNode *node = cp_json_scan_members (text, length, CP_JSON_DEPTH_FHIR, members, &offset, &reason);
  g_autofree char *type = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return node;
  type = rest ? NULL : dup_type (text, length);
  if (type == NULL && reader != NULL)
    type = cpd_ehr_files_type (reader->path);
  if (node != NULL)
    *problem = cpd_ehr_problem_new (severity, place, type, NULL, "not a JSON object");
  else
    *problem = cpd_ehr_problem_new (severity, place, type, NULL, "not valid JSON at byte %" G_GSIZE_FORMAT ": %s",
                                    offset, reason);
  g_clear_pointer (&node, json_node_unref);
  return NULL;
}

/* (transfer node) */
static CpdEhrRead
give_resource (JsonNode *node, const char *full_url, const char *place, CpdEhrResource **resource,
               CpdEhrProblem **problem)
{
  *resource = cpd_ehr_resource_take (node, full_url, place, problem);
  return *resource != NULL ? CPD_EHR_READ_RESOURCE : CPD_EHR_READ_PROBLEM;
}

/* What a document points at is read again: a Binary, the lines of a report. */
static void
set_spot (CpdEhrResource *resource, const char *path, goffset offset, guint entry)
{
  if (resource != NULL && (g_str_equal (resource->type, "Binary") || g_str_equal (resource->type, "Observation")))
    resource->spot = cpd_ehr_spot_new (path, offset, entry);
}

/**
 * cpd_ehr_reader_place:
 *
 * Returns: (transfer full): the newest line.
 */
char *
cpd_ehr_reader_place (const CpdEhrReader *reader)
{
  return g_strdup_printf ("%s:%u", reader->path, reader->line);
}

/**
 * cpd_ehr_reader_offset:
 *
 * Returns: bytes of the file in front of the newest line.
 */
goffset
cpd_ehr_reader_offset (const CpdEhrReader *reader)
{
  return reader->offset;
}

static void
skip_lines (CpdEhrReader *reader)
{
  goffset bytes = 0;
  gsize length;

  if (reader->skip == NULL)
    return;
  for (reader->line++; reader->skip (reader->path, reader->line, &length, reader->skip_data); reader->line++)
    bytes += (goffset) length + 1;
  reader->line--;
  cpd_ehr_lines_skip (reader->lines, bytes);
}

/* FALSE: the file is at its end. */
static gboolean
next_line (CpdEhrReader *reader, CpdEhrRead *result, CpdEhrResource **resource, CpdEhrProblem **problem)
{
  for (;;)
    {
      const char *text = NULL;
      gsize length = 0;
      CpdEhrLinesResult got;
      g_autofree char *place = NULL;
      g_autofree char *type = NULL;
      JsonNode *node;

      skip_lines (reader);
      reader->offset = cpd_ehr_lines_offset (reader->lines);
      got = cpd_ehr_lines_next (reader->lines, &text, &length);
      reader->line++;
      *result = CPD_EHR_READ_PROBLEM;
      switch (got)
        {
        case CPD_EHR_LINES_END:
          return FALSE;
        case CPD_EHR_LINES_FAILED:
          *problem = file_problem (reader, CPD_EHR_CUT, "the file cannot be read to its end");
          g_clear_pointer (&reader->lines, cpd_ehr_lines_free);
          return TRUE;
        case CPD_EHR_LINES_TOO_LONG:
          type = cpd_ehr_files_type (reader->path);
          place = cpd_ehr_reader_place (reader);
          *problem = cpd_ehr_problem_new (CPD_EHR_HOLE, place, type, NULL, "the line is longer than 4 MB");
          return TRUE;
        case CPD_EHR_LINES_LINE:
        case CPD_EHR_LINES_LAST:
          break;
        }
      if (reader->text_func != NULL)
        reader->text_func (text, length, reader->text_data);
      if (cpd_ehr_wanted_leaves (&reader->wanted, text, length))
        continue;
      if (reader->func != NULL && reader->func (reader->path, text, length, reader->data))
        continue;
      place = cpd_ehr_reader_place (reader);
      /* A last line without newline that is no JSON: the file is still being written, or was cut off. */
      node = parse (reader, text, length, reader->members, place, got == CPD_EHR_LINES_LAST, problem);
      if (node != NULL)
        *result = give_resource (node, NULL, place, resource, problem);
      set_spot (*resource, reader->path, reader->offset, 0);
      return TRUE;
    }
}

/* (nullable): the whole of a .json file, not longer than it may be. */
static GByteArray *
read_whole (int fd, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 chunk[65536];
  gssize got;

  while ((got = read (fd, chunk, sizeof chunk)) != 0)
    {
      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the file cannot be read to its end");
          return NULL;
        }
      g_byte_array_append (bytes, chunk, got);
      if (bytes->len > CPD_EHR_FILE_MAX)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the file is larger than 16 MB");
          return NULL;
        }
    }
  return g_steal_pointer (&bytes);
}

/* FALSE: nothing to give out yet. */
static gboolean
open_json (CpdEhrReader *reader, int fd, CpdEhrRead *result, CpdEhrResource **resource, CpdEhrProblem **problem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) bytes = read_whole (fd, &error);
  g_autoptr (JsonNode) node = NULL;
  const char *text;
  const char *type;

  close (fd);
  *result = CPD_EHR_READ_PROBLEM;
  if (bytes == NULL)
    {
      *problem = file_problem (reader, CPD_EHR_CUT, error->message);
      return TRUE;
    }
  text = (const char *) bytes->data;
  if (reader->text_func != NULL)
    reader->text_func (text, bytes->len, reader->text_data);
  if (cpd_ehr_wanted_is_blank (text, bytes->len))
    {
      *problem = file_problem (reader, CPD_EHR_CUT, "the file is empty");
      return TRUE;
    }
  node =
      parse (reader, text, bytes->len, NULL, reader->path, cpd_ehr_wanted_peek (text, bytes->len, &type) == 0, problem);
  if (node == NULL)
    return TRUE;
  if (g_strcmp0 (cpd_fhir_string (json_node_get_object (node), "resourceType"), "Bundle") == 0)
    {
      reader->bundle = g_steal_pointer (&node);
      return FALSE;
    }
  *result = give_resource (g_steal_pointer (&node), NULL, reader->path, resource, problem);
  set_spot (*resource, reader->path, 0, 0);
  return TRUE;
}

/* FALSE: the Bundle is at its end. */
static gboolean
next_entry (CpdEhrReader *reader, CpdEhrRead *result, CpdEhrResource **resource, CpdEhrProblem **problem)
{
  JsonArray *entries = cpd_fhir_array (json_node_get_object (reader->bundle), "entry");

  while (reader->entry < cpd_fhir_length (entries))
    {
      JsonObject *entry = cpd_fhir_nth (entries, reader->entry++);
      JsonObject *object = cpd_fhir_object (entry, "resource");
      const char *mode = cpd_fhir_string (cpd_fhir_object (entry, "search"), "mode");
      const char *method = cpd_fhir_string (cpd_fhir_object (entry, "request"), "method");
      g_autofree char *place = g_strdup_printf ("%s:entry %u", reader->path, reader->entry);

      *result = CPD_EHR_READ_PROBLEM;
      if (g_strcmp0 (mode, "outcome") == 0)
        *problem = cpd_ehr_problem_new (CPD_EHR_ODD, place, NULL, NULL, "the source reports a warning");
      else if (object == NULL && g_strcmp0 (method, "DELETE") == 0)
        continue;
      else if (object == NULL)
        *problem = cpd_ehr_problem_new (CPD_EHR_HOLE, place, NULL, NULL, "an entry without a resource");
      else
        *result = give_resource (json_node_ref (json_object_get_member (entry, "resource")),
                                 cpd_fhir_string (entry, "fullUrl"), place, resource, problem);
      set_spot (*resource, reader->path, 0, reader->entry);
      return TRUE;
    }
  return FALSE;
}

/* FALSE: nothing to give out yet. */
static gboolean
open_next (CpdEhrReader *reader, CpdEhrRead *result, CpdEhrResource **resource, CpdEhrProblem **problem)
{
  g_autoptr (GError) error = NULL;
  int fd;

  reader->path = g_ptr_array_index (reader->paths, reader->next_path++);
  if (reader->only != NULL && !g_hash_table_contains (reader->only, reader->path))
    return FALSE;
  reader->line = 0;
  reader->entry = 0;
  fd = cpd_ehr_files_open (reader->directory, reader->path, &error);
  if (fd < 0)
    {
      *problem = file_problem (reader, CPD_EHR_CUT, error->message);
      *result = CPD_EHR_READ_PROBLEM;
      return TRUE;
    }
  if (g_str_has_suffix (reader->path, ".json"))
    return open_json (reader, fd, result, resource, problem);
  reader->lines = cpd_ehr_lines_new (fd, CPD_EHR_LINE_MAX);
  return FALSE;
}

/**
 * cpd_ehr_reader_next:
 *
 * Returns: what came next.
 */
CpdEhrRead
cpd_ehr_reader_next (CpdEhrReader *reader, CpdEhrResource **resource, CpdEhrProblem **problem)
{
  CpdEhrRead result = CPD_EHR_READ_END;

  *resource = NULL;
  *problem = NULL;
  if (reader->waiting->len > 0)
    {
      *problem = g_ptr_array_steal_index (reader->waiting, 0);
      return CPD_EHR_READ_PROBLEM;
    }
  for (;;)
    {
      if (reader->lines != NULL)
        {
          if (next_line (reader, &result, resource, problem))
            return result;
          g_clear_pointer (&reader->lines, cpd_ehr_lines_free);
        }
      else if (reader->bundle != NULL)
        {
          if (next_entry (reader, &result, resource, problem))
            return result;
          g_clear_pointer (&reader->bundle, json_node_unref);
        }
      else if (reader->next_path == reader->paths->len)
        return CPD_EHR_READ_END;
      else if (open_next (reader, &result, resource, problem))
        return result;
    }
}

/* TRUE: reader stands in front of the resource. */
static gboolean
move_to (CpdEhrReader *reader, const CpdEhrSpot *spot, CpdEhrRead *result, CpdEhrResource **resource,
         CpdEhrProblem **problem)
{
  int fd = cpd_ehr_files_open (reader->directory, spot->path, NULL);

  *result = CPD_EHR_READ_PROBLEM;
  if (fd < 0 || lseek (fd, spot->offset, SEEK_SET) < 0)
    {
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  if (!g_str_has_suffix (spot->path, ".json"))
    {
      reader->lines = cpd_ehr_lines_new (fd, CPD_EHR_LINE_MAX);
      return next_line (reader, result, resource, problem);
    }
  if (open_json (reader, fd, result, resource, problem))
    return TRUE;
  reader->entry = MAX (spot->entry, 1) - 1;
  return next_entry (reader, result, resource, problem);
}

/**
 * cpd_ehr_reader_again:
 *
 * Returns: (transfer full) (nullable)
 */
CpdEhrResource *
cpd_ehr_reader_again (const char *directory, const CpdEhrSpot *spot)
{
  g_autoptr (CpdEhrReader) reader = g_new0 (CpdEhrReader, 1);
  g_autoptr (CpdEhrProblem) problem = NULL;
  CpdEhrResource *resource = NULL;
  CpdEhrRead result;

  reader->directory = g_strdup (directory);
  reader->waiting = g_ptr_array_new ();
  reader->path = spot->path;
  move_to (reader, spot, &result, &resource, &problem);
  return resource;
}

/**
 * cpd_ehr_reader_line:
 *
 * Returns: (transfer full) (nullable)
 */
CpdEhrResource *
cpd_ehr_reader_line (const char *text, gsize length, const char *const *members)
{
  g_autoptr (CpdEhrProblem) problem = NULL;
  CpdEhrResource *resource = NULL;
  JsonNode *node = parse (NULL, text, length, members, ".", FALSE, &problem);

  if (node != NULL)
    give_resource (node, NULL, ".", &resource, &problem);
  return resource;
}
