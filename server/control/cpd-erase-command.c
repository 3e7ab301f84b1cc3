/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-erase-command.h"

#include <glib/gstdio.h>
#include <string.h>

#include "cpd-command.h"
#include "cpd-ehr-keep.h"
#include "cpd-ehr-sync.h"
#include "cpd-erase.h"
#include "cpd-store-membership.h"

const char *const cpd_erase_options[] = {
  "identifier!=SYSTEM|VALUE: the client's identifier in the EHR",
  "source!=NAME: the EHR source",
  "client!=NAME: the client's name as the portal shows it, so that nobody else is erased",
  NULL,
};

typedef struct
{
  const CpdConfig *config; /* (borrowed) */
  GHashTable *arguments;   /* (borrowed) */
  CpdKeys *keys;           /* (owned) */
  CpdWriter *writer;       /* (owned) */
  gint64 patient;
} Erasing;

static gboolean
complain (GError **error, const char *what)
{
  g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST, what);
  return FALSE;
}

static gboolean
find_in_writer (CpdDb *db, gpointer data, GError **error)
{
  Erasing *erasing = data;
  g_auto (CpdPatient) found = { 0 };
  guchar hash[CPD_HASH_SIZE];

  cpd_ehr_identifier_hash (erasing->keys, g_hash_table_lookup (erasing->arguments, "source"),
                           g_hash_table_lookup (erasing->arguments, "identifier"), hash);
  if (!cpd_store_patient_find (db, hash, &found, error))
    return FALSE;
  if (found.id != 0 && strcmp (found.name, g_hash_table_lookup (erasing->arguments, "client")) != 0)
    return complain (error,
                     "the client with that identifier has another name: --client is spelled as the portal shows it");
  erasing->patient = found.id;
  return TRUE;
}

/* Also of one who was erased before, when this part of it did not come to its end. */
static gboolean
clear_disk (Erasing *erasing, GError **error)
{
  g_clear_pointer (&erasing->writer, cpd_writer_free);
  if (cpd_command_remove_left_over (erasing->config, error) && cpd_ehr_keep_sweep (erasing->config, error) &&
      cpd_erase_rewrite (erasing->config->database, error))
    return TRUE;
  g_prefix_error (error, "something of who is erased is left on the disk, run this again when it can be removed: ");
  return FALSE;
}

static char *
erase (Erasing *erasing, GError **error)
{
  static const char nobody[] = "nobody";
  g_autoptr (GBytes) sealed = cpd_keys_seal (erasing->keys, CPD_IDENTIFIER_SEAL, nobody, sizeof nobody);
  CpdErase job = { .nobody = sealed, .now = cp_time_now () };

  if (!cpd_writer_run (erasing->writer, find_in_writer, erasing, error))
    return NULL;
  job.patient = erasing->patient;
  if (job.patient == 0)
    {
      if (clear_disk (erasing, error))
        complain (error,
                  "no client was enrolled with that identifier and source. Nothing is left on the disk of who was"
                  " erased before");
      return NULL;
    }
  if (!cpd_writer_end (cpd_writer_begin (erasing->writer, cpd_erase, &job), error) || !clear_disk (erasing, error))
    return NULL;
  return g_strdup_printf ("The client is erased, and %d people who had to do with nobody else here.\n"
                          "Backups have it until they are removed, and so do copies beside the database.\n",
                          job.n_accounts);
}

/**
 * cpd_erase_client:
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_erase_client (const CpdConfig *config, GHashTable *arguments, GError **error)
{
  Erasing erasing = { .config = config, .arguments = arguments };
  char *text = NULL;

  if (!cpd_command_lock (config, error))
    return NULL;
  erasing.keys = cpd_keys_load (config->key_file, error);
  erasing.writer = erasing.keys != NULL ? cpd_writer_new (config->database, error) : NULL;
  if (erasing.writer != NULL)
    {
      cpd_writer_keep_mark (erasing.writer, erasing.keys);
      text = erase (&erasing, error);
    }
  cpd_writer_free (erasing.writer);
  cpd_keys_free (erasing.keys);
  return text;
}
