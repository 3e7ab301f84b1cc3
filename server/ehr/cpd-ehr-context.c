/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-context.h"

#include "cpd-store-ehr-server.h"

/* To be raised when something else is made of the same resource than before, or another tag of the same line: what is
 * here is read again then. */
#define MAPPING "10"

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
