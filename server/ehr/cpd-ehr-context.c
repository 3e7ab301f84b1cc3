/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-context.h"

#include "cpd-store-ehr-place.h"
#include "cpd-store-ehr-server.h"

/* To be raised when something else is made of the same resource than before, or another tag of the same line: what is
 * here is read again then. A card that comes out differently is put right without a word: its report is what it was, as
 * the tag of its line or the times of its server tell. It is told as a correction all the same when what it asked for
 * by key stands for something else: that may be the EHR's doing too. And where a plan is put together in another way,
 * the migration that says so sets patient.plans_dirty to 2 (cpd-store-plan.c). */
#define MAPPING "16"

/**
 * cpd_ehr_context:
 *
 * Returns: (transfer full)
 */
GBytes *
cpd_ehr_context (const CpdConfig *config)
{
  const GStrv lists[] = { config->report_codes, config->evaluation_codes, config->document_codes };
  g_autoptr (GString) text = g_string_new (CLIENTPORTAAL_VERSION "\n" MAPPING "\n");
  guchar hash[CPD_HASH_SIZE];

  g_string_append_printf (text, "%s\n", config->organisation->time_zone);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *list = lists[i] != NULL ? g_strjoinv (" ", lists[i]) : NULL;

      g_string_append_printf (text, "%s\n", list != NULL ? list : "");
    }
  cpd_hash (text->str, text->len, hash);
  return g_bytes_new (hash, sizeof hash);
}

typedef struct
{
  const char *source;
  GBytes *context;
} Renewal;

static gboolean
write_renewal (CpdDb *db, gpointer data, GError **error)
{
  const Renewal *renewal = data;

  return cpd_store_ehr_renew (db, renewal->source, renewal->context, error);
}

/**
 * cpd_ehr_context_renew:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_context_renew (CpdEhrRun *run, GError **error)
{
  g_autoptr (GBytes) context = cpd_ehr_context (run->sync->config);
  Renewal renewal = { run->sync->config->source_name, context };
  gboolean same;

  if (!cpd_store_ehr_is_context (run->db, renewal.source, context, &same, error))
    return FALSE;
  return same || cpd_writer_run (run->sync->writer, write_renewal, &renewal, error);
}

/* (transfer full): a server by its address, which the configuration has without a slash at its end. A directory is told
 * by what its lines say: wherever they lie, what is the same is left alone. */
static char *
place_of (const CpdConfig *config)
{
  return config->ehr_server != NULL ? g_strconcat ("server ", config->ehr_server, NULL) : g_strdup ("directory");
}

typedef struct
{
  const char *source;
  const char *place;
  gboolean moved;
} Place;

static gboolean
write_place (CpdDb *db, gpointer data, GError **error)
{
  const Place *place = data;

  return (!place->moved || cpd_store_ehr_forget_server (db, place->source, error)) &&
         cpd_store_ehr_put_place (db, place->source, place->place, error);
}

/**
 * cpd_ehr_context_place:
 *
 * Where nothing is noted, by a program that did not note it, the source is taken to be where it was.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_context_place (CpdEhrRun *run, GError **error)
{
  const char *source = run->sync->config->source_name;
  g_autofree char *now = place_of (run->sync->config);
  g_autofree char *before = NULL;
  Place place = { source, now };

  if (!cpd_store_ehr_place (run->db, source, &before, error))
    return FALSE;
  place.moved = before != NULL && g_strcmp0 (before, now) != 0;
  return g_strcmp0 (before, now) == 0 || cpd_writer_run (run->sync->writer, write_place, &place, error);
}

static gboolean
write_anew (CpdDb *db, gpointer data, GError **error)
{
  return cpd_store_ehr_begin_anew (db, data, "", error);
}

/**
 * cpd_ehr_context_anew:
 * @begins: what is kept of the lines is all of the run before, which read them in another way
 * @anew: (out):
 *
 * Noted before anything is written, so that the run that goes on where this one broke off knows it too.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_context_anew (CpdEhrRun *run, gboolean begins, gboolean *anew, GError **error)
{
  char *source = run->sync->config->source_name;
  CpTime since;

  if (!cpd_store_ehr_is_anew (run->db, source, "", anew, &since, error))
    return FALSE;
  if (*anew || !begins)
    return TRUE;
  *anew = TRUE;
  return cpd_writer_run (run->sync->writer, write_anew, source, error);
}
