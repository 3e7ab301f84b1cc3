/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-ehr"
#include "cpd-ehr-lease.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cp-time.h"
#include "cpd-store-lease.h"
#include "cpd-token.h"

#define LASTS (5 * CP_TIME_MINUTE)
#define RENEW (CP_TIME_MINUTE)

struct _CpdEhrLease
{
  CpdWriter *writer; /* (borrowed) */
  char *owner;
  CpTime renewed;
};

/* What one writer job does. */
typedef struct
{
  CpdEhrLease *lease;
  CpTime now;
  gboolean done;
} Job;

/* "host:process:chance": the last tells two lives of one process number apart. */
static char *
owner_new (void)
{
  g_autofree char *chance = cpd_token_new_id ();

  return g_strdup_printf ("%s:%d:%s", g_get_host_name (), (int) getpid (), chance);
}

/* TRUE when owner is a process of this machine that is not there any more. */
static gboolean
is_dead (const char *owner, const char *own)
{
  g_auto (GStrv) parts = g_strsplit (owner, ":", 3);
  g_auto (GStrv) mine = g_strsplit (own, ":", 3);
  int process = g_strv_length (parts) == 3 ? atoi (parts[1]) : 0;

  if (process <= 0 || strcmp (parts[0], mine[0]) != 0)
    return FALSE;
  return process != getpid () && kill (process, 0) != 0 && errno == ESRCH;
}

static gboolean
take (CpdDb *db, gpointer data, GError **error)
{
  Job *job = data;
  g_autofree char *owner = NULL;
  CpTime expires;

  if (!cpd_store_lease_look (db, &owner, &expires, error))
    return FALSE;
  /* A clock that was set back must not make it last for years. */
  if (owner != NULL && expires > job->now && expires - job->now <= LASTS && !is_dead (owner, job->lease->owner))
    return TRUE;
  job->done = TRUE;
  return cpd_store_lease_take (db, job->lease->owner, job->now + LASTS, error);
}

static gboolean
keep (CpdDb *db, gpointer data, GError **error)
{
  Job *job = data;

  return cpd_store_lease_keep (db, job->lease->owner, job->now + LASTS, &job->done, error);
}

static gboolean
end (CpdDb *db, gpointer data, GError **error)
{
  const CpdEhrLease *lease = data;

  return cpd_store_lease_end (db, lease->owner, error);
}

static void
forget (CpdEhrLease *lease)
{
  g_free (lease->owner);
  g_free (lease);
}

/**
 * cpd_ehr_lease_take:
 *
 * Returns: (transfer full) (nullable)
 */
CpdEhrLease *
cpd_ehr_lease_take (CpdWriter *writer, GError **error)
{
  CpdEhrLease *lease = g_new0 (CpdEhrLease, 1);
  Job job = { lease, cp_time_now (), FALSE };

  lease->writer = writer;
  lease->owner = owner_new ();
  lease->renewed = job.now;
  if (cpd_writer_run (writer, take, &job, error) && job.done)
    return lease;
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, CP_ERROR, CP_ERROR_CONFLICT, "another run over the EHR is going on");
  forget (lease);
  return NULL;
}

/**
 * cpd_ehr_lease_keep:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_lease_keep (CpdEhrLease *lease, GError **error)
{
  Job job = { lease, cp_time_now (), FALSE };

  if (ABS (job.now - lease->renewed) < RENEW)
    return TRUE;
  if (!cpd_writer_run (lease->writer, keep, &job, error))
    return FALSE;
  lease->renewed = job.now;
  if (!job.done)
    g_set_error_literal (error, CP_ERROR, CP_ERROR_CONFLICT, "another run over the EHR has begun");
  return job.done;
}

/**
 * cpd_ehr_lease_free:
 * @lease: (nullable):
 */
void
cpd_ehr_lease_free (CpdEhrLease *lease)
{
  g_autoptr (GError) error = NULL;

  if (lease == NULL)
    return;
  if (!cpd_writer_run (lease->writer, end, lease, &error))
    g_warning ("the end of a run over the EHR could not be kept: %s", error->message);
  forget (lease);
}
