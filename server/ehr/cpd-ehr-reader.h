/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-resource.h"

G_BEGIN_DECLS

#define CPD_EHR_LINE_MAX (4 * 1024 * 1024)
#define CPD_EHR_FILE_MAX (16 * 1024 * 1024)

/* The directory source: every resource of the .ndjson files (a resource a line), of the .json Bundles (each entry) and
 * of the .json files with one resource, in the order of the sorted paths. */
typedef struct _CpdEhrReader CpdEhrReader;

typedef enum
{
  CPD_EHR_READ_RESOURCE,
  CPD_EHR_READ_PROBLEM,
  CPD_EHR_READ_END
} CpdEhrRead;

/* NULL with error when the directory cannot be read or has no such file. types (nullable, NULL-terminated, kept by the
 * caller): other types may be left out. */
CpdEhrReader *cpd_ehr_reader_new (const char *directory, const char *const *types, GError **error);
void cpd_ehr_reader_free (CpdEhrReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrReader, cpd_ehr_reader_free)

/* Each line of an .ndjson file that may be of those types is shown to func first; TRUE: it is left out. */
typedef gboolean (*CpdEhrReaderLine) (const char *path, const char *text, gsize length, gpointer data);
void cpd_ehr_reader_set_line (CpdEhrReader *reader, CpdEhrReaderLine func, gpointer data);
/* Asked before each line of such a file is read: TRUE: it is left out unread, and has so many bytes. line: from 1 on.
 */
typedef gboolean (*CpdEhrReaderSkip) (const char *path, guint line, gsize *length, gpointer data);
void cpd_ehr_reader_set_skip (CpdEhrReader *reader, CpdEhrReaderSkip func, gpointer data);
/* The text of each line of an .ndjson file, of whatever type, and of each .json file is shown to func first. */
typedef void (*CpdEhrReaderText) (const char *text, gsize length, gpointer data);
void cpd_ehr_reader_set_text (CpdEhrReader *reader, CpdEhrReaderText func, gpointer data);
/* Of a line of an .ndjson file only these members are read (NULL-terminated, kept by the caller; with "id" and
 * "resourceType"): when somebody else reads the lines whole. */
void cpd_ehr_reader_set_members (CpdEhrReader *reader, const char *const *members);
/* Only these files are read: a set of paths, kept by the caller. */
void cpd_ehr_reader_set_paths (CpdEhrReader *reader, GHashTable *paths);
/* (borrowed): the file of what was given last. */
const char *cpd_ehr_reader_path (const CpdEhrReader *reader);

/* (transfer full): where the line is that func is shown, "Goal.ndjson:12". */
char *cpd_ehr_reader_place (const CpdEhrReader *reader);
/* Where it begins in its file. */
goffset cpd_ehr_reader_offset (const CpdEhrReader *reader);

/* TRUE when a line is of that type and says so the usual way, as its first member. */
gboolean cpd_ehr_reader_is_type (const char *text, gsize length, const char *type);

/* Reads the resource that stood there; (transfer full), NULL when nothing of the kind stands there now. */
CpdEhrResource *cpd_ehr_reader_again (const char *directory, const CpdEhrSpot *spot);

/* The resource of a line that was understood before, read with the same members; (transfer full) (nullable). */
CpdEhrResource *cpd_ehr_reader_line (const char *text, gsize length, const char *const *members);

/* Exactly one of resource and problem is set, (transfer full), until the end. */
CpdEhrRead cpd_ehr_reader_next (CpdEhrReader *reader, CpdEhrResource **resource, CpdEhrProblem **problem);

G_END_DECLS
