/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-server-private.h"

#include "cpd-store-quarantine.h"

/* How far a run over a server is: written with what was read, so that a run that dies goes on there. */

static const char *
source_of (CpdEhrServer *server)
{
  return server->run->sync->config->source_name;
}

/* (transfer full): under which name the mark of who has died, or lives, is kept; no id has such a sign. */
static char *
mark_of (const CpdEhrSubject *subject, gboolean died)
{
  return g_strconcat (subject->id, died ? "#" : NULL, NULL);
}

/* A mark that is later says of what is yet to come that it is here: it was made of a moment that was wrong, and what
 * came since may not have been read. */
static CpTime
latest_mark (const CpdEhrServer *server)
{
  return server->run->clock + CPD_EHR_AHEAD;
}

/* Of two clocks the one that says the earlier: when the server's runs ahead and is put right, what it writes until then
 * is of before the moment that it said. */
static CpTime
earliest_now (const CpdEhrServer *server)
{
  return MIN (server->run->clock, server->run->started);
}

/**
 * cpd_ehr_server_mark:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_server_mark (CpdEhrServer *server, const CpdEhrSubject *subject, CpTime *mark, GError **error)
{
  *mark = 0;
  for (int died = 0; died <= subject->died; died++)
    {
      g_autofree char *name = mark_of (subject, died);
      CpTime one;

      if (!cpd_store_ehr_mark (server->run->db, source_of (server), server->query->type, name, &one, error))
        return FALSE;
      *mark = MAX (*mark, one <= latest_mark (server) ? one : 0);
    }
  return TRUE;
}

/* What one writer job does. */
typedef struct
{
  CpdEhrServer *server;
  GPtrArray *subjects;
  CpTime mark;
} Progress;

static gboolean
write_quarantine (CpdDb *db, CpdEhrServer *server, GError **error)
{
  for (guint i = 0; i < server->strange->len; i++)
    {
      const CpdEhrProblem *problem = g_ptr_array_index (server->strange, i);
      const CpdQuarantined quarantined = { problem->type, problem->id, problem->place, problem->reason };

      if (!cpd_store_quarantine_put (db, source_of (server), &quarantined, server->run->started, error))
        return FALSE;
    }
  for (guint i = 0; i < server->released->len; i++)
    if (!cpd_store_quarantine_release (db, source_of (server), server->query->type,
                                       g_ptr_array_index (server->released, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
write_lacking (CpdDb *db, CpdEhrServer *server, GError **error)
{
  for (guint i = 0; i < server->complete->len; i++)
    if (!cpd_store_ehr_drop_lacking (db, source_of (server), server->query->type,
                                     g_ptr_array_index (server->complete, i), error))
      return FALSE;
  for (guint i = 0; i < server->lacks->len; i++)
    if (!cpd_store_ehr_put_lacking (db, source_of (server), server->query->type, g_ptr_array_index (server->lacks, i),
                                    server->run->started, error))
      return FALSE;
  return TRUE;
}

static gboolean
write_progress (CpdDb *db, gpointer data, GError **error)
{
  const Progress *progress = data;

  if (!write_quarantine (db, progress->server, error) || !write_lacking (db, progress->server, error))
    return FALSE;
  for (guint i = 0; progress->mark != 0 && i < progress->subjects->len; i++)
    {
      const CpdEhrSubject *subject = g_ptr_array_index (progress->subjects, i);
      g_autofree char *name = mark_of (subject, subject->died);

      if (!cpd_store_ehr_put_mark (db, source_of (progress->server), progress->server->query->type, name,
                                   MIN (progress->mark, earliest_now (progress->server)),
                                   latest_mark (progress->server), error))
        return FALSE;
    }
  return TRUE;
}

/**
 * cpd_ehr_server_keep:
 * @mark: 0: nothing is concluded
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_server_keep (CpdEhrServer *server, GPtrArray *subjects, CpTime mark, GError **error)
{
  Progress progress = { server, subjects, mark };

  if (server->number >= 0 && !cpd_ehr_batch_flush (server->run->types[server->number].batch, error))
    return FALSE;
  if (mark == 0 && server->strange->len + server->released->len + server->lacks->len + server->complete->len == 0)
    return TRUE;
  if (!cpd_writer_run (server->run->sync->writer, write_progress, &progress, error))
    return FALSE;
  g_ptr_array_set_size (server->strange, 0);
  g_ptr_array_set_size (server->released, 0);
  g_ptr_array_set_size (server->lacks, 0);
  g_ptr_array_set_size (server->complete, 0);
  return TRUE;
}
