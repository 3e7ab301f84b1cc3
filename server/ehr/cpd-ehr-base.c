/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-base.h"

#include <string.h>

#include "cpd-store-ehr-place.h"

#define REFERENCE "\"reference\""
#define PATIENT_TYPE "Patient"
#define PATIENT PATIENT_TYPE "/"
#define BASES_MAX 16   /* addresses that are looked at */
#define KEYS_MAX 1000  /* Patients of one, until one of them is here */
#define LENGTH_MAX 500 /* bytes of a reference */

struct _CpdEhrBases
{
  GHashTable *named; /* address -> set of keys ("Patient/1"); "": named without one */
  /* The key without an address that was noted last, and the quote behind it. */
  char newest[sizeof PATIENT + CPD_EHR_ID_MAX + 1];
};

/**
 * cpd_ehr_bases_new:
 *
 * Returns: (transfer full)
 */
CpdEhrBases *
cpd_ehr_bases_new (void)
{
  CpdEhrBases *bases = g_new0 (CpdEhrBases, 1);

  bases->named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  return bases;
}

/**
 * cpd_ehr_bases_free:
 * @bases: (nullable):
 */
void
cpd_ehr_bases_free (CpdEhrBases *bases)
{
  if (bases == NULL)
    return;
  g_hash_table_unref (bases->named);
  g_free (bases);
}

/* The string that follows a name and a colon, into value; FALSE: it is none, or longer than an address. Of what JSON
 * escapes an address has slashes only. */
static gboolean
take_string (const char *at, const char *end, char *value)
{
  gsize n = 0;

  while (at < end && g_ascii_isspace (*at))
    at++;
  if (at == end || *at++ != ':')
    return FALSE;
  while (at < end && g_ascii_isspace (*at))
    at++;
  if (at == end || *at++ != '"')
    return FALSE;
  for (; at < end && *at != '"' && n < LENGTH_MAX; at++)
    if (*at != '\\' || at + 1 == end || at[1] != '/')
      value[n++] = *at;
  value[n] = '\0';
  return at < end && *at == '"';
}

static void
note (CpdEhrBases *bases, char *value)
{
  char *history = strstr (value, "/_history/");
  char *key;
  GHashTable *keys;
  const char *base;

  if (history != NULL)
    *history = '\0';
  key = g_strrstr (value, PATIENT);
  if (key == NULL || (key > value && key[-1] != '/') || !cpd_ehr_is_id (key + strlen (PATIENT)))
    return;
  if (key > value)
    key[-1] = '\0';
  base = key > value ? value : "";
  keys = g_hash_table_lookup (bases->named, base);
  if (keys == NULL && g_hash_table_size (bases->named) < BASES_MAX)
    {
      keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_insert (bases->named, g_strdup (base), keys);
    }
  if (keys != NULL && g_hash_table_size (keys) < KEYS_MAX && !g_hash_table_contains (keys, key))
    g_hash_table_add (keys, g_strdup (key));
  if (*base == '\0')
    g_snprintf (bases->newest, sizeof bases->newest, "%s\"", key);
}

/* TRUE when it names no Patient but the one that was noted last, as nearly every line does. Each Patient that is
 * referred to stands there in these letters, with a slash behind them that may be escaped. */
static gboolean
says_nothing_new (const CpdEhrBases *bases, const char *text, gsize length)
{
  gsize size = strlen (bases->newest);
  const char *end = text + length;

  for (const char *at = text; (at = memchr (at, *PATIENT_TYPE, end - at)) != NULL; at++)
    {
      gsize left = (gsize) (end - at);
      char after = left > strlen (PATIENT_TYPE) ? at[strlen (PATIENT_TYPE)] : '\0';

      if ((after != '/' && after != '\\') || memcmp (at, PATIENT_TYPE, strlen (PATIENT_TYPE)) != 0)
        continue;
      if (size == 0 || left < size || memcmp (at, bases->newest, size) != 0 || at == text || at[-1] != '"')
        return FALSE;
    }
  return TRUE;
}

/**
 * cpd_ehr_bases_look:
 *
 * As text: nearly all of it is not read in the pass that this is for. A reference may be that of a text that only looks
 * like one: then one address more is named, and fewer are certain.
 */
void
cpd_ehr_bases_look (CpdEhrBases *bases, const char *text, gsize length)
{
  const char *end = text + length;
  char value[LENGTH_MAX + 1];

  if (says_nothing_new (bases, text, length))
    return;
  for (const char *at = text; (at = memmem (at, end - at, REFERENCE, strlen (REFERENCE))) != NULL;)
    {
      at += strlen (REFERENCE);
      if (take_string (at, end, value))
        note (bases, value);
    }
}

static gboolean
names_somebody (CpdEhrNames *names, GHashTable *keys)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (cpd_ehr_names_knows (names, key))
      return TRUE;
  return FALSE;
}

/* How many addresses name somebody who is here; *only: the last of them. */
static guint
count (const CpdEhrBases *bases, CpdEhrNames *names, const char **only)
{
  guint n = 0;
  GHashTableIter iter;
  gpointer base;
  gpointer keys;

  g_hash_table_iter_init (&iter, bases->named);
  while (g_hash_table_iter_next (&iter, &base, &keys))
    if (names_somebody (names, keys))
      {
        n++;
        *only = base;
      }
  return n;
}

typedef struct
{
  const char *source;
  const char *base;
} Noted;

static gboolean
write_base (CpdDb *db, gpointer data, GError **error)
{
  const Noted *noted = data;

  return cpd_store_ehr_put_base (db, noted->source, noted->base, error);
}

/* A source that names its own Patients without an address has no reason to name them with one. */
static gboolean
adopt (CpdEhrRun *run, const char *base, const char *before, GError **error)
{
  Noted noted = { run->sync->config->source_name, base };

  if (*base == '\0')
    return TRUE;
  cpd_ehr_names_add_base (run->mapper.names, base);
  return g_strcmp0 (base, before) == 0 || cpd_writer_run (run->sync->writer, write_base, &noted, error);
}

/**
 * cpd_ehr_bases_settle:
 *
 * An address counts when it is the only one by which somebody is named who is here. It stays that when another one
 * comes beside it.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_bases_settle (CpdEhrBases *bases, CpdEhrRun *run, GError **error)
{
  g_autofree char *before = NULL;
  const char *only = NULL;
  guint n;

  if (cpd_ehr_names_has_base (run->mapper.names))
    return TRUE;
  if (!cpd_store_ehr_base (run->db, run->sync->config->source_name, &before, error))
    return FALSE;
  if (before != NULL && g_hash_table_contains (bases->named, before))
    return adopt (run, before, before, error);
  n = count (bases, run->mapper.names, &only);
  if (n > 1)
    cpd_ehr_run_problem (run, cpd_ehr_problem_new (CPD_EHR_ODD, ".", NULL, NULL,
                                                   "clients are named at %u addresses: which one is that of the source "
                                                   "is not told, and what is named by one is left out",
                                                   n));
  return n != 1 || adopt (run, only, before, error);
}
