/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-core"
#include "cpd-dispatch.h"

#include <string.h>

#include "cp-json.h"
#include "cpd-policy.h"
#include "cpd-routes.h"
#include "cpd-service-login.h"
#include "cpd-session.h"
#include "cpd-store-audit.h"
#include "cpd-store-membership.h"
#include "cpd-store-session.h"

/* last_used is written at most this often. */
#define TOUCH_EVERY CP_TIME_MINUTE

struct _CpdDispatch
{
  const CpdServices *services; /* (borrowed) */
  CpdWriter *writer;           /* (borrowed) */
  CpdHashPool *pool;           /* (borrowed) */
  CpdWakeFunc wake;
  gpointer wake_data;
};

/* One request on its way. */
typedef struct
{
  CpdDispatch *dispatch;
  const CpdRouteRow *row;
  CpdRequest *request; /* (owned) */
  CpdReplyFunc done;
  gpointer done_data;
  gpointer body;     /* (owned) (nullable) */
  CpdHashWork *work; /* (owned) (nullable) */
  CpdCall call;      /* of the running step */
  gboolean touch;    /* last_used is to be written */
} CpdJob;

/* Each thread that reads has a connection of its own, opened at its first request and closed with the thread. */
static GPrivate reader_key = G_PRIVATE_INIT ((GDestroyNotify) cpd_db_close);

static CpdDb *
reader (CpdDispatch *dispatch, GError **error)
{
  CpdDb *db = g_private_get (&reader_key);

  if (db == NULL)
    {
      db = cpd_db_open (dispatch->services->config->database, CPD_DB_READER, error);
      g_private_set (&reader_key, db);
    }
  return db;
}

static void
finish (CpdJob *job, CpdReply *reply)
{
  CpdReplyFunc done = job->done;
  gpointer done_data = job->done_data;

  if (job->body != NULL)
    cp_record_free (job->row->body, job->body);
  cpd_hash_work_free (job->work);
  cpd_reply_free (job->call.reply);
  g_clear_error (&job->call.failed);
  cpd_request_free (job->request);
  g_free (job);
  done (reply, done_data);
}

static void
finish_error (CpdJob *job, GError *error)
{
  finish (job, cpd_reply_new_error (error));
}

static void
finish_call (CpdJob *job)
{
  CpdReply *reply;

  if (job->call.failed != NULL)
    {
      finish_error (job, g_steal_pointer (&job->call.failed));
      return;
    }
  reply = job->call.reply != NULL ? g_steal_pointer (&job->call.reply) : cpd_reply_new ();
  finish (job, reply);
}

/* Who asks, and whether that is allowed; in the transaction that reads or changes the data. */
static gboolean
pass_gate (CpdJob *job, CpdDb *db, GError **error)
{
  const CpdServices *services = job->dispatch->services;
  CpdCall *call = &job->call;
  CpdMembershipFacts facts;
  gboolean has_patient = job->row->parts != CPD_NO_PATIENT;
  CpErrorCode refused;

  call->db = db;
  call->now = cp_time_now ();
  memset (&call->actor, 0, sizeof call->actor);
  if (job->row->sessions != CPD_ANYBODY &&
      !cpd_session_find (db, services->keys, services->config, job->request->bearer, call->now, &call->actor, error))
    return FALSE;
  if (has_patient && !cpd_store_membership_facts (db, call->actor.account, job->request->ids[0], &facts, error))
    return FALSE;
  if (cpd_policy_decide (job->row, &call->actor, has_patient ? &facts : NULL, call->now, &call->grant, &refused))
    return TRUE;
  g_set_error (error, CP_ERROR, refused, "refused by the policy");
  return FALSE;
}

static gboolean
run_service (CpdJob *job, CpdDb *db, CpdServiceFunc service, GError **error)
{
  if (!pass_gate (job, db, error) || !service (&job->call, error))
    return FALSE;
  job->touch = job->call.actor.session != 0 && !job->request->refresh &&
               job->call.now - job->call.actor.last_used >= TOUCH_EVERY;
  return TRUE;
}

/* The tag of an answer is the hash of its bytes; an answer that the asker has already is not read again. */
static void
tag_reply (CpdJob *job)
{
  CpdReply *reply = job->call.reply;
  guchar hash[CPD_HASH_SIZE];
  g_autofree char *text = NULL;
  gconstpointer data;
  gsize size;

  if (reply == NULL || reply->body == NULL)
    return;
  data = g_bytes_get_data (reply->body, &size);
  cpd_hash (data, size, hash);
  text = g_base64_encode (hash, 15);
  reply->etag = g_strdup_printf ("\"%s\"", text);
  if (g_strcmp0 (job->request->if_none_match, reply->etag) != 0)
    return;
  g_clear_pointer (&reply->body, g_bytes_unref);
  reply->not_modified = TRUE;
  job->call.audit.action = 0;
}

/* The same range in the same session is not recorded again for a while. */
static gboolean
drop_repeated (CpdJob *job, CpdDb *db, GError **error)
{
  CpTime within = job->dispatch->services->config->audit_minutes * CP_TIME_MINUTE;
  gboolean has = FALSE;

  if (job->call.audit.action == 0 || within == 0)
    return TRUE;
  if (!cpd_store_audit_has (db, &job->call.audit, job->call.now - within, &has, error))
    return FALSE;
  if (has)
    job->call.audit.action = 0;
  return TRUE;
}

static gboolean
read_in_transaction (CpdJob *job, CpdDb *db, GError **error)
{
  gboolean done;

  if (!cpd_db_begin_read (db, error))
    return FALSE;
  done = run_service (job, db, job->row->service, error);
  if (done)
    {
      tag_reply (job);
      done = drop_repeated (job, db, error);
    }
  cpd_db_end_read (db);
  return done;
}

static gboolean
record_reading (CpdDb *db, gpointer data, GError **error)
{
  CpdJob *job = data;

  if (job->touch && !cpd_store_session_touch (db, job->call.actor.session, job->call.now, error))
    return FALSE;
  if (job->call.audit.action == 0)
    return job->touch || cpd_store_audit_try (db, job->call.now, error);
  return cpd_store_audit_add (db, &job->call.audit, error);
}

static void
reading_recorded_cb (gpointer data, const GError *error)
{
  CpdJob *job = data;

  if (error != NULL)
    finish_error (job, g_error_copy (error));
  else
    finish_call (job);
}

static void
run_read (CpdJob *job)
{
  GError *error = NULL;
  CpdDb *db = reader (job->dispatch, &error);
  gboolean of_patient = job->row->parts != CPD_NO_PATIENT;

  if (db == NULL || !read_in_transaction (job, db, &error))
    {
      finish_error (job, error);
      return;
    }
  /* Without an audit log nothing of a patient is shown, also when this very reading needs no new row. */
  if (job->call.audit.action == 0 && !job->touch && !(of_patient && !cpd_writer_is_healthy (job->dispatch->writer)))
    finish_call (job);
  else if (!cpd_writer_submit (job->dispatch->writer, record_reading, reading_recorded_cb, job, &error))
    finish_error (job, error);
}

static gboolean
write_in_writer (CpdDb *db, gpointer data, GError **error)
{
  CpdJob *job = data;

  return run_service (job, db, job->row->service, error) &&
         (!job->touch || cpd_store_session_touch (db, job->call.actor.session, job->call.now, error));
}

static void
written_cb (gpointer data, const GError *error)
{
  CpdJob *job = data;
  CpdDispatch *dispatch = job->dispatch;

  if (error != NULL)
    {
      finish_error (job, g_error_copy (error));
      return;
    }
  finish_call (job);
  dispatch->wake (dispatch->wake_data);
}

static void
run_write (CpdJob *job)
{
  GError *error = NULL;

  if (!cpd_writer_submit (job->dispatch->writer, write_in_writer, written_cb, job, &error))
    finish_error (job, error);
}

static void
hash_in_pool (gpointer data)
{
  CpdJob *job = data;

  cpd_hash_work_run (job->work, job->dispatch->services);
  run_write (job);
}

static gboolean
begin_in_writer (CpdDb *db, gpointer data, GError **error)
{
  CpdJob *job = data;

  return run_service (job, db, job->row->begin, error);
}

static void
begun_cb (gpointer data, const GError *failed)
{
  CpdJob *job = data;
  GError *error = NULL;

  if (failed != NULL)
    finish_error (job, g_error_copy (failed));
  else if (!cpd_hash_pool_submit (job->dispatch->pool, hash_in_pool, job, &error))
    finish_error (job, error);
}

static void
run_hash (CpdJob *job)
{
  GError *error = NULL;

  job->work = g_new0 (CpdHashWork, 1);
  job->call.work = job->work;
  if (!cpd_writer_submit (job->dispatch->writer, begin_in_writer, begun_cb, job, &error))
    finish_error (job, error);
}

static gboolean
parse_body (CpdJob *job, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  gconstpointer data;
  gsize size;

  if (job->row->body == NULL)
    return TRUE;
  if (job->request->body == NULL)
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "a body is needed");
      return FALSE;
    }
  data = g_bytes_get_data (job->request->body, &size);
  node = cp_json_parse (data, size, CP_JSON_DEPTH, error);
  if (node != NULL)
    job->body = cp_record_from_json (job->row->body, node, CP_RECORD_STRICT, error);
  job->call.body = job->body;
  return job->body != NULL;
}

/**
 * cpd_dispatch_new:
 * @wake: called after each change, for the outbox
 *
 * Returns: (transfer full): the gate.
 */
CpdDispatch *
cpd_dispatch_new (const CpdServices *services, CpdWriter *writer, CpdHashPool *pool, CpdWakeFunc wake,
                  gpointer wake_data)
{
  CpdDispatch *dispatch = g_new0 (CpdDispatch, 1);

  cpd_routes_check ();
  dispatch->services = services;
  dispatch->writer = writer;
  dispatch->pool = pool;
  dispatch->wake = wake;
  dispatch->wake_data = wake_data;
  return dispatch;
}

/**
 * cpd_dispatch_free:
 * @dispatch: (nullable)
 */
void
cpd_dispatch_free (CpdDispatch *dispatch)
{
  g_free (dispatch);
}

/**
 * cpd_dispatch:
 * @request: (transfer full)
 *
 * Session, facts, policy, service, store in one transaction, audit, reply.
 */
void
cpd_dispatch (CpdDispatch *dispatch, CpdRequest *request, CpdReplyFunc done, gpointer done_data)
{
  CpdJob *job = g_new0 (CpdJob, 1);
  GError *error = NULL;

  job->dispatch = dispatch;
  job->row = cpd_routes_get (request->route);
  job->request = request;
  job->done = done;
  job->done_data = done_data;
  job->call.services = dispatch->services;
  job->call.request = request;
  job->call.judge = cpd_policy_judge;
  if (!parse_body (job, &error))
    {
      finish_error (job, error);
      return;
    }
  switch (job->row->run)
    {
    case CPD_RUN_READ:
      run_read (job);
      break;
    case CPD_RUN_WRITE:
      run_write (job);
      break;
    case CPD_RUN_HASH:
    default:
      run_hash (job);
      break;
    }
}
