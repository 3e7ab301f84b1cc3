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

/* What is named at one address. */
typedef struct
{
  GHashTable *keys; /* (owned) key ("Patient/1") -> (owned) guint: how often */
  gboolean more;    /* others too */
} Named;

struct _CpdEhrBases
{
  GHashTable *named; /* address -> Named; "": named without one */
  gboolean more;     /* at other addresses too */
  /* The key without an address that was noted last, and the quote behind it. */
  char newest[sizeof PATIENT + CPD_EHR_ID_MAX + 1];
};

/* What they come to. */
typedef struct
{
  guint addresses;  /* that name somebody who is here, or may */
  const char *only; /* (borrowed) (nullable): the last of them by which somebody is named for certain */
  gboolean without; /* somebody who is here is named without one */
} Found;

static Named *
named_new (void)
{
  Named *named = g_new0 (Named, 1);

  named->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return named;
}

static void
named_free (gpointer data)
{
  Named *named = data;

  g_hash_table_unref (named->keys);
  g_free (named);
}

/**
 * cpd_ehr_bases_new:
 *
 * Returns: (transfer full)
 */
CpdEhrBases *
cpd_ehr_bases_new (void)
{
  CpdEhrBases *bases = g_new0 (CpdEhrBases, 1);

  bases->named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, named_free);
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

/* The string that follows a name and a colon, into value; FALSE: it is none. Of what JSON escapes an address mostly has
 * slashes only: with anything else, or longer than an address, it is not as_is. */
static gboolean
take_string (const char *at, const char *end, char *value, gboolean *as_is)
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
  *as_is = at < end && *at == '"' && strchr (value, '\\') == NULL;
  return TRUE;
}

/* (nullable): of an address more than are looked at there is none. */
static Named *
named_at (CpdEhrBases *bases, const char *base)
{
  Named *named = g_hash_table_lookup (bases->named, base);

  if (named != NULL)
    return named;
  if (g_hash_table_size (bases->named) == BASES_MAX)
    {
      bases->more = TRUE;
      return NULL;
    }
  named = named_new ();
  g_hash_table_insert (bases->named, g_strdup (base), named);
  return named;
}

static void
note (CpdEhrBases *bases, char *value)
{
  char *history = strstr (value, "/_history/");
  char *key;
  Named *named;
  guint *often;

  if (history != NULL)
    *history = '\0';
  key = g_strrstr (value, PATIENT);
  if (key == NULL || (key > value && key[-1] != '/') || !cpd_ehr_is_id (key + strlen (PATIENT)))
    return;
  if (key > value)
    key[-1] = '\0';
  named = named_at (bases, key > value ? value : "");
  if (named == NULL)
    return;
  often = g_hash_table_lookup (named->keys, key);
  if (often == NULL && g_hash_table_size (named->keys) == KEYS_MAX)
    {
      named->more = TRUE;
      return;
    }
  if (often == NULL)
    {
      often = g_new0 (guint, 1);
      g_hash_table_insert (named->keys, g_strdup (key), often);
    }
  (*often)++;
  if (key == value)
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
  gboolean as_is;

  if (says_nothing_new (bases, text, length))
    return;
  for (const char *at = text; (at = memmem (at, end - at, REFERENCE, strlen (REFERENCE))) != NULL;)
    {
      at += strlen (REFERENCE);
      if (!take_string (at, end, value, &as_is))
        continue;
      if (as_is)
        note (bases, value);
      else
        bases->more |= strlen (value) == LENGTH_MAX || strstr (value, "Patient") != NULL;
    }
}

static gboolean
names_somebody (CpdEhrNames *names, const Named *named)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, named->keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (cpd_ehr_names_knows (names, key))
      return TRUE;
  return FALSE;
}

static Found
find (const CpdEhrBases *bases, CpdEhrNames *names)
{
  Found found = { 0 };
  GHashTableIter iter;
  gpointer base;
  gpointer named;

  g_hash_table_iter_init (&iter, bases->named);
  while (g_hash_table_iter_next (&iter, &base, &named))
    {
      gboolean certain = names_somebody (names, named);

      found.addresses += certain || ((const Named *) named)->more;
      found.without |= certain && *(const char *) base == '\0';
      found.only = certain ? base : found.only;
    }
  return found;
}

/* How often somebody who is here is named by an address. */
static guint
references (const CpdEhrBases *bases, CpdEhrNames *names)
{
  guint n = 0;
  GHashTableIter of_bases;
  gpointer named;

  g_hash_table_iter_init (&of_bases, bases->named);
  while (g_hash_table_iter_next (&of_bases, NULL, &named))
    {
      GHashTableIter of_keys;
      gpointer key;
      gpointer often;

      g_hash_table_iter_init (&of_keys, ((const Named *) named)->keys);
      while (g_hash_table_iter_next (&of_keys, &key, &often))
        n += cpd_ehr_names_knows (names, key) ? *(const guint *) often : 0;
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

/* Where somebody is named as a source names its own, the others are elsewhere. Else its own are left out, and a person
 * must look. */
static void
tell (CpdEhrRun *run, const CpdEhrBases *bases, const Found *found)
{
  if (found->only == NULL || found->without)
    return;
  cpd_ehr_run_problem (run, cpd_ehr_problem_new (CPD_EHR_ODD, ".", NULL, NULL,
                                                 "clients are named at %s%u addresses: which one is that of the source "
                                                 "is not told, and %u references by one are left out",
                                                 bases->more ? "more than " : "", found->addresses,
                                                 references (bases, run->mapper.names)));
}

/**
 * cpd_ehr_bases_settle:
 *
 * An address counts when it is the only one by which somebody is named who is here. It stays that when another one
 * comes beside it. Where not all of it was looked at, what is left may name them too.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_bases_settle (CpdEhrBases *bases, CpdEhrRun *run, GError **error)
{
  g_autofree char *before = NULL;
  Found found;

  if (cpd_ehr_names_has_base (run->mapper.names))
    return TRUE;
  if (!cpd_store_ehr_base (run->db, run->sync->config->source_name, &before, error))
    return FALSE;
  /* Of more than are looked at it may be one. */
  if (before != NULL && (bases->more || g_hash_table_contains (bases->named, before)))
    return adopt (run, before, before, error);
  found = find (bases, run->mapper.names);
  if (found.addresses == 1 && found.only != NULL && !bases->more)
    return adopt (run, found.only, before, error);
  tell (run, bases, &found);
  return TRUE;
}
