/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-core"
#include "cpd-dispatch.h"

#include <string.h>

#include "cp-json.h"
#include "cpd-audit-rule.h"
#include "cpd-feed.h"
#include "cpd-policy.h"
#include "cpd-reply-tag.h"
#include "cpd-routes.h"
#include "cpd-service-login.h"
#include "cpd-session.h"
#include "cpd-store-audit.h"
#include "cpd-store-membership.h"
#include "cpd-store-session.h"

/* last_used is written at most this often. */
#define TOUCH_EVERY CP_TIME_MINUTE
/* One app asks once at a time; a person may have it on a few computers. */
#define WAITING_PER_ACCOUNT 4

struct _CpdDispatch
{
  const CpdServices *services; /* (borrowed) */
  CpdWriter *writer;           /* (borrowed) */
  CpdPool *hashing;            /* (borrowed) */
  CpdPool *reading;            /* (borrowed) */
  CpdFeed *feed;               /* (owned) */
  CpdWriterWatch watch;
  CpdWakeFunc wake;
  gpointer wake_data;
  guchar tag_key[CPD_TAG_KEY_SIZE];
  CpdReplyTagger tagger;
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
  gboolean placed;   /* it has a place to be hashed in */
  CpdCall call;      /* of the running step */
  gboolean touch;    /* last_used is to be written */
  gboolean shows;    /* the answer has data of a patient, also when it needs no new audit row */
  gint64 wait_end;   /* monotonic: it waits no longer than this */
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

static gboolean
refuse (CpErrorCode code, GError **error)
{
  g_set_error (error, CP_ERROR, code, "refused by the policy");
  return FALSE;
}

/* "Bekijk als...": what is shown, and to nobody but who could see it anyway. */
static gboolean
look_through (CpdJob *job, CpdDb *db, GError **error)
{
  CpdCall *call = &job->call;
  CpdViewed viewed;
  CpErrorCode refused;

  if (!cpd_routes_is_viewable (job->row) || *job->request->view_as == '\0')
    return refuse (CP_ERROR_BAD_REQUEST, error);
  return cpd_store_membership_viewed (db, &call->grant, job->request->view_as, call->now, &viewed, error) &&
         (cpd_policy_view_as (job->row, &call->actor, &viewed, job->request->view_parts, call->now, &call->grant,
                              &refused) ||
          refuse (refused, error));
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
  memset (&facts, 0, sizeof facts);
  if (job->row->sessions != CPD_ANYBODY &&
      !cpd_session_find (db, services->keys, services->config, services->log_outs, job->request->bearer,
                         has_patient ? job->request->ids[0] : NULL, call->now, &call->actor, &facts, error))
    return FALSE;
  if (!cpd_policy_decide (job->row, &call->actor, has_patient ? &facts : NULL, services->config->unshared, call->now,
                          &call->grant, &refused))
    return refuse (refused, error);
  return job->request->view_as == NULL || look_through (job, db, error);
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

/* A record is written by who sends it, unless the asker may have it already: then it may be no reading. */
static void
tag_reply (CpdJob *job)
{
  CpdReply *reply = job->call.reply;

  if (reply == NULL)
    return;
  cpd_reply_tag_with (reply, &job->dispatch->tagger);
  if (reply->record == NULL || job->request->if_none_match != NULL)
    cpd_reply_write (reply);
  if (reply->etag == NULL || g_strcmp0 (job->request->if_none_match, reply->etag) != 0)
    return;
  g_clear_pointer (&reply->body, g_bytes_unref);
  reply->not_modified = TRUE;
  job->call.audit.action = 0;
}

/* A route of a patient that records nothing shows nothing. */
static gboolean
says_what_was_read (const CpdJob *job, GError **error)
{
  if (job->row->parts == CPD_NO_PATIENT || job->call.audit.action != 0)
    return TRUE;
  g_set_error_literal (error, CP_ERROR, CP_ERROR_INTERNAL, "the service did not say what was read");
  return FALSE;
}

static gboolean
read_rows (CpdJob *job, CpdDb *db, GError **error)
{
  if (!run_service (job, db, job->row->service, error) || !says_what_was_read (job, error))
    return FALSE;
  job->shows = job->call.audit.action != 0;
  tag_reply (job);
  return cpd_audit_rule (&job->call, error);
}

static gboolean
read_in_transaction (CpdJob *job, CpdDb *db, GError **error)
{
  gboolean done;

  if (!cpd_db_begin_read (db, error))
    return FALSE;
  done = read_rows (job, db, error);
  cpd_db_end_read (db);
  return done;
}

/* Without an audit log nothing of a patient is shown, also when this very reading needs no new row. */
static gboolean
needs_writing (const CpdJob *job)
{
  return job->call.audit.action != 0 || job->touch || (job->shows && !cpd_writer_is_healthy (job->dispatch->writer));
}

static gboolean
record_reading (CpdDb *db, gpointer data, GError **error)
{
  CpdJob *job = data;

  if (job->touch && !cpd_store_session_touch (db, &job->call.actor, job->call.now, error))
    return FALSE;
  if (job->call.audit.action == 0)
    return job->touch || cpd_store_audit_try (db, job->call.now, error);
  return cpd_audit_rule_write (db, &job->call, error);
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

  if (db == NULL || !read_in_transaction (job, db, &error))
    {
      finish_error (job, error);
      return;
    }
  if (!needs_writing (job))
    finish_call (job);
  else if (!cpd_writer_submit_reading (job->dispatch->writer, record_reading, reading_recorded_cb, job, &error))
    finish_error (job, error);
}

static gboolean
glance_in_writer (CpdDb *db, gpointer data, GError **error)
{
  CpdJob *job = data;

  return read_rows (job, db, error) && (!needs_writing (job) || record_reading (db, job, error));
}

/* Each commit of audit rows makes the readers forget their pages, the writer keeps its own: what reads but a few rows
 * goes to where its audit row is written. */
static void
run_glance (CpdJob *job)
{
  GError *error = NULL;

  if (!cpd_writer_submit_reading (job->dispatch->writer, glance_in_writer, reading_recorded_cb, job, &error))
    finish_error (job, error);
}

static void
read_in_pool (gpointer data)
{
  run_read (data);
}

static void
run_read_slow (CpdJob *job)
{
  GError *error = NULL;

  if (!cpd_pool_submit (job->dispatch->reading, read_in_pool, job, &error))
    finish_error (job, error);
}

static gboolean
write_in_writer (CpdDb *db, gpointer data, GError **error)
{
  CpdJob *job = data;

  return run_service (job, db, job->row->service, error) &&
         (!job->touch || cpd_store_session_touch (db, &job->call.actor, job->call.now, error));
}

/* The outbox is woken before the answer leaves: whoever waits for the last answer may take the outbox down after it. */
static void
written_cb (gpointer data, const GError *error)
{
  CpdJob *job = data;

  if (error != NULL)
    {
      finish_error (job, g_error_copy (error));
      return;
    }
  job->dispatch->wake (job->dispatch->wake_data);
  finish_call (job);
}

static void
run_write (CpdJob *job)
{
  GError *error = NULL;

  if (!cpd_writer_submit (job->dispatch->writer, write_in_writer, written_cb, job, &error))
    finish_error (job, error);
}

/* The session has ended, whether that could be written or not. What waits in it is told again: a look that began before
 * the commit may have seen neither the row nor that it was under way. */
static void
logged_out_cb (gpointer data, const GError *error)
{
  CpdJob *job = data;

  cpd_feed_wake (job->dispatch->feed, &job->call.actor.account, 1);
  finish_call (job);
}

static void
run_log_out (CpdJob *job)
{
  GError *error = NULL;
  CpdDb *db = reader (job->dispatch, &error);

  if (db == NULL || !run_service (job, db, job->row->service, &error))
    finish_error (job, error);
  else
    {
      cpd_feed_wake (job->dispatch->feed, &job->call.actor.account, 1);
      cpd_log_outs_write (job->dispatch->services->log_outs, job->call.actor.session, logged_out_cb, job);
    }
}

static void
hash_in_pool (gpointer data)
{
  CpdJob *job = data;

  cpd_hash_work_run (job->work, job->dispatch->services);
  run_write (job);
}

/* A place to be hashed in is taken by who may try, not by who is told to wait for a while: or a flood of those would
 * keep everybody out. Before they are told so, they leave places to who is no stranger. Who finds none has not tried:
 * their count is undone with the rest. */
static gboolean
begin_in_writer (CpdDb *db, gpointer data, GError **error)
{
  CpdJob *job = data;

  if (!run_service (job, db, job->row->begin, error))
    return FALSE;
  job->placed = job->call.failed == NULL && cpd_pool_reserve (job->dispatch->hashing, !job->work->stranger, error);
  return job->placed || job->call.failed != NULL;
}

static void
begun_cb (gpointer data, const GError *failed)
{
  CpdJob *job = data;
  GError *error = NULL;

  if (failed != NULL)
    {
      if (job->placed)
        cpd_pool_give_back (job->dispatch->hashing);
      finish_error (job, g_error_copy (failed));
    }
  else if (!job->placed)
    finish_call (job);
  else if (!cpd_pool_submit_reserved (job->dispatch->hashing, hash_in_pool, job, &error))
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

/* One look at whether there is something to answer; otherwise *until is when to look again (monotonic). */
static gboolean
look_for_news (gpointer data, gboolean last, gint64 *until)
{
  CpdJob *job = data;
  CpdCall *call = &job->call;
  CpdDb *db = reader (job->dispatch, &call->failed);
  gint64 now = g_get_monotonic_time ();
  gboolean fine;

  call->must_answer = last || now >= job->wait_end;
  fine = db != NULL && cpd_db_begin_read (db, &call->failed);
  if (fine)
    {
      fine = run_service (job, db, job->row->service, &call->failed);
      cpd_db_end_read (db);
    }
  if (!fine || call->wait_until == 0)
    return TRUE;
  *until = MIN (job->wait_end, now + MAX (call->wait_until - call->now, 0));
  return FALSE;
}

static void
answer_news (gpointer data)
{
  finish_call (data);
}

static void
changed_cb (const gint64 *accounts, guint n, gpointer data)
{
  cpd_feed_wake (((CpdDispatch *) data)->feed, accounts, n);
}

static void
run_wait (CpdJob *job)
{
  CpdFeed *feed = job->dispatch->feed;
  guint64 place = cpd_feed_place (feed);
  gint64 until;
  GError *error = NULL;

  job->wait_end = g_get_monotonic_time () + CPD_WAIT_MS * G_GINT64_CONSTANT (1000);
  if (look_for_news (job, FALSE, &until))
    finish_call (job);
  else if (!cpd_feed_hold (feed, job->call.actor.account, job->done_data, job, until, place, &error))
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
 * @waiting: more requests that wait for news are refused
 * @wake: called after each change, for the outbox
 *
 * Returns: (transfer full): the gate.
 */
CpdDispatch *
cpd_dispatch_new (const CpdServices *services, CpdWriter *writer, CpdPool *hashing, CpdPool *reading, guint waiting,
                  CpdWakeFunc wake, gpointer wake_data)
{
  const CpdFeedKind kind = {
    .in_all = waiting, .per_account = WAITING_PER_ACCOUNT, .look = look_for_news, .answer = answer_news
  };
  CpdDispatch *dispatch = g_new0 (CpdDispatch, 1);

  cpd_routes_check ();
  dispatch->services = services;
  dispatch->writer = writer;
  dispatch->hashing = hashing;
  dispatch->reading = reading;
  dispatch->wake = wake;
  dispatch->wake_data = wake_data;
  cpd_keys_tag_key (services->keys, dispatch->tag_key);
  cpd_reply_tagger_init (&dispatch->tagger, services->keys);
  dispatch->feed = cpd_feed_new (&kind);
  dispatch->watch = (CpdWriterWatch){ changed_cb, dispatch };
  cpd_writer_set_watch (writer, &dispatch->watch);
  return dispatch;
}

/**
 * cpd_dispatch_free:
 * @dispatch: (nullable)
 */
void
cpd_dispatch_free (CpdDispatch *dispatch)
{
  if (dispatch == NULL)
    return;
  cpd_feed_free (dispatch->feed);
  g_free (dispatch);
}

/**
 * cpd_dispatch_left:
 * @done_data: of a request of CPD_RUN_WAIT, or of any other: then nothing happens
 */
void
cpd_dispatch_left (CpdDispatch *dispatch, gpointer done_data)
{
  cpd_feed_leave (dispatch->feed, done_data);
}

/**
 * cpd_dispatch_stop_waiting:
 *
 * From any thread; does not wait for the answers.
 */
void
cpd_dispatch_stop_waiting (CpdDispatch *dispatch)
{
  cpd_feed_stop (dispatch->feed);
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
  job->call.tag_key = dispatch->tag_key;
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
    case CPD_RUN_GLANCE:
      run_glance (job);
      break;
    case CPD_RUN_READ_SLOW:
      run_read_slow (job);
      break;
    case CPD_RUN_WRITE:
      run_write (job);
      break;
    case CPD_RUN_LOG_OUT:
      run_log_out (job);
      break;
    case CPD_RUN_WAIT:
      run_wait (job);
      break;
    case CPD_RUN_HASH:
    default:
      run_hash (job);
      break;
    }
}
