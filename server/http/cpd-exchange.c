/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-http"

#include "cpd-exchange.h"

#include <pthread.h>
#include <string.h>

#include <gnutls/crypto.h>

#include "cp-part.h"
#include "cpd-head.h"
#include "cpd-response.h"
#include "cpd-target.h"

typedef enum
{
  STATE_READING,
  STATE_RUNNING,   /* the handler has not returned */
  STATE_SUSPENDED, /* it has; the connection waits for done */
  STATE_ANSWERED,  /* reply is there, to be sent by the thread of the connection */
  STATE_ABANDONED, /* nobody waits for an answer any more */
} State;

typedef struct
{
  gsize size; /* as announced */
  gsize filled;
  char data[];
} Body;

struct _CpdExchange
{
  int references;              /* atomic: of the connection, and of the handler until done */
  CpdExchangeContext *context; /* (borrowed): while the connection is there */
  struct MHD_Connection *mhd;  /* (borrowed): while not ended or abandoned */
  CpdConnection *connection;   /* (borrowed): the same */

  char id[CPD_REQUEST_ID_LENGTH + 1];
  gint64 start; /* monotonic, microseconds */
  const char *target_place;
  gsize target_length;
  char *target;    /* (owned) (nullable): NULL when it is too long */
  CpRouteId route; /* CP_N_ROUTES: none */
  CpdRouteLimits limits;
  CpdRequest *request; /* (owned) (nullable): until the handler takes it */
  CpdPage *page;       /* (owned) (nullable): it is a browser that asks */
  Body *body;          /* (owned) (nullable) */
  char *allow;         /* (owned) (nullable) */
  char *counted_block; /* (owned) (nullable) */
  CpdRefusal refusal;
  gboolean head_is_read;
  gboolean no_body; /* of the answer: HEAD */
  gboolean begun;
  int status; /* of the answer; 0: none */

  pthread_mutex_t lock;
  State state;
  CpdReply *reply; /* (owned) (nullable) */
};

static void
free_body (gpointer data)
{
  Body *body = data;

  if (body == NULL)
    return;
  explicit_bzero (body->data, body->filled);
  g_free (body);
}

static CpdExchange *
exchange_ref (CpdExchange *self)
{
  g_atomic_int_inc (&self->references);
  return self;
}

static void
exchange_unref (CpdExchange *self)
{
  if (!g_atomic_int_dec_and_test (&self->references))
    return;
  free_body (self->body);
  cpd_request_free (self->request);
  cpd_page_free (self->page);
  cpd_reply_free (self->reply);
  g_free (self->target);
  g_free (self->allow);
  g_free (self->counted_block);
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}

static void
make_id (char id[CPD_REQUEST_ID_LENGTH + 1])
{
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  guchar bytes[CPD_REQUEST_ID_LENGTH] = { 0 };

  gnutls_rnd (GNUTLS_RND_NONCE, bytes, sizeof bytes);
  for (gsize i = 0; i < CPD_REQUEST_ID_LENGTH; i++)
    id[i] = digits[bytes[i] % 64];
  id[CPD_REQUEST_ID_LENGTH] = '\0';
}

/**
 * cpd_exchange_new:
 *
 * Returns: (transfer full): given back with cpd_exchange_end.
 */
CpdExchange *
cpd_exchange_new (CpdExchangeContext *context, struct MHD_Connection *mhd, CpdConnection *connection,
                  const char *target)
{
  CpdExchange *self = g_new0 (CpdExchange, 1);

  self->references = 1;
  pthread_mutex_init (&self->lock, NULL);
  self->context = context;
  self->mhd = mhd;
  self->connection = connection;
  self->start = g_get_monotonic_time ();
  self->route = CP_N_ROUTES;
  self->target_place = target;
  self->target_length = target != NULL ? strlen (target) : 0;
  if (self->target_length <= CPD_TARGET_MAX)
    self->target = g_strdup (target);
  make_id (self->id);
  self->begun = cpd_connections_begin (context->connections, connection, self);
  cpd_connections_set_deadline (context->connections, connection,
                                cpd_connections_get_limits (context->connections)->header_ms);
  return self;
}

/* Moves from one state to the other; FALSE when it was not in that one. */
static gboolean
change_state (CpdExchange *self, State from, State to)
{
  gboolean was;

  pthread_mutex_lock (&self->lock);
  was = self->state == from;
  if (was)
    self->state = to;
  pthread_mutex_unlock (&self->lock);
  return was;
}

static gboolean
body_follows (const CpdExchange *self)
{
  const CpdReply *reply = self->reply;

  return !self->no_body && (reply->error != NULL || (reply->body != NULL && g_bytes_get_size (reply->body) > 0));
}

/* A document of 10 MB takes minutes on a slow line. */
static void
give_time (CpdExchange *self)
{
  CpdConnections *connections = self->context->connections;
  const CpdLimits *limits = cpd_connections_get_limits (connections);
  gsize size = self->reply->body != NULL ? g_bytes_get_size (self->reply->body) : 0;

  if (size >= CPD_PIECE && !self->no_body)
    cpd_connections_set_deadline (connections, self->connection,
                                  limits->answer_ms + (gint64) (size / CPD_PIECE) * limits->piece_ms);
}

static enum MHD_Result
send_reply (CpdExchange *self)
{
  const CpdResponseContext context = {
    .id = self->id,
    .allow = self->allow,
    .zone = self->context->zone,
    .refusal = self->refusal,
    .tls = self->context->tls,
    .close = g_atomic_int_get (&self->context->quiescing),
  };
  struct MHD_Response *response;
  enum MHD_Result result;

  cpd_reply_write (self->reply);
  give_time (self);
  response = cpd_response_new (self->reply, &context, &self->status);
  result = MHD_queue_response (self->mhd, self->status, response);

  self->connection->push.body_follows = body_follows (self);
  MHD_destroy_response (response);
  return result;
}

static char *
methods_of_path (const char *path)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  char params[CP_ROUTE_MAX_PARAMS][CP_ID_LENGTH + 1];
  CpRouteId route;

  for (int method = 0; method < CP_N_METHODS; method++)
    if (cp_route_match (cp_method_name (method), path, &route, params) == CP_ROUTE_MATCH)
      g_ptr_array_add (names, (gpointer) cp_method_name (method));
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

/* Takes request: what is asked is found out when the form is there. */
static CpdRefusal
match_page (CpdExchange *self, const CpdHead *head, CpdRequest *request)
{
  CpdRefusal refusal = cpd_page_check (self->page, head);

  self->request = request;
  if (refusal == CPD_REFUSAL_NO_METHOD)
    self->allow = g_strdup (cpd_page_methods ());
  return refusal;
}

static CpdRefusal
match_route (CpdExchange *self, const CpdHead *head)
{
  g_autoptr (CpdRequest) request = cpd_request_new (CP_N_ROUTES);
  g_autofree char *path = NULL;

  if (self->target_length > CPD_TARGET_MAX)
    return CPD_REFUSAL_URI_LONG;
  path = cpd_target_split (self->target, request->query);
  if (path == NULL)
    return CPD_REFUSAL_FORM;
  self->page = cpd_page_new (self->context->pages, path, head, self->id);
  if (self->page != NULL)
    return match_page (self, head, g_steal_pointer (&request));
  switch (cp_route_match (head->method, path, &request->route, request->ids))
    {
    case CP_ROUTE_MATCH:
      self->route = request->route;
      self->limits = self->context->answerer.limits (self->route);
      self->request = g_steal_pointer (&request);
      return CPD_REFUSAL_NONE;
    case CP_ROUTE_NO_METHOD:
      self->allow = methods_of_path (path);
      return CPD_REFUSAL_NO_METHOD;
    case CP_ROUTE_NO_PATH:
    default:
      return CPD_REFUSAL_NO_PATH;
    }
}

static CpdRefusal
check_body (CpdExchange *self, const CpdHead *head)
{
  if (head->body_length == 0)
    return CPD_REFUSAL_NONE;
  if (self->page == NULL && head->body_length > self->limits.body)
    return CPD_REFUSAL_BODY_LARGE;
  if (self->page == NULL && !cpd_head_body_is_json (head))
    return CPD_REFUSAL_MEDIA_TYPE;
  self->body = g_malloc (sizeof (Body) + head->body_length);
  self->body->size = head->body_length;
  self->body->filled = 0;
  return CPD_REFUSAL_NONE;
}

/* What cannot be read of it is not left out, for then more would be seen than was meant. */
static void
take_view (CpdRequest *request, const CpdHead *head)
{
  gboolean sound = head->view_as != NULL && cp_validate_is_id (head->view_as);

  if (head->view_as == NULL && head->view_parts == NULL)
    return;
  if (head->view_parts != NULL)
    {
      request->view_parts = cp_parts_read (head->view_parts);
      sound = sound && request->view_parts != 0;
    }
  request->view_as = g_strdup (sound ? head->view_as : "");
}

static CpdRefusal
fill_request (CpdExchange *self, const CpdHead *head)
{
  char block[CPD_BLOCK_SIZE];
  const char *forwarded = head->forwarded != NULL ? head->forwarded->str : NULL;

  if (cpd_connections_client_block (self->context->connections, self->connection, forwarded, block))
    {
      if (!cpd_connections_count (self->context->connections, block))
        return CPD_REFUSAL_THROTTLED;
      self->counted_block = g_strdup (block);
    }
  g_strlcpy (self->request->id, self->id, sizeof self->request->id);
  self->request->address = g_strdup (block);
  self->request->bearer = g_strdup (cpd_head_bearer (head));
  self->request->refresh = g_strcmp0 (head->cause, "refresh") == 0;
  take_view (self->request, head);
  if (head->if_none_match != NULL && strlen (head->if_none_match) <= CPD_TAG_MAX)
    self->request->if_none_match = g_strdup (head->if_none_match);
  /* A condition that is too long is not left out, for it cannot hold. */
  if (head->if_match != NULL)
    self->request->if_match = g_strdup (strlen (head->if_match) <= CPD_TAG_MAX ? head->if_match : "");
  return check_body (self, head);
}

/* What is wrong with the form closes the connection, for where the next request begins is then not certain. What is
 * wrong with an orderly request is answered after it has been read, unless it has a body that nobody wants. */
static enum MHD_Result
refuse (CpdExchange *self, CpdRefusal refusal, gboolean at_once)
{
  self->refusal = refusal;
  self->reply = cpd_reply_new_error (cpd_http_refusal_error (refusal));
  if (!change_state (self, STATE_READING, STATE_ANSWERED))
    return MHD_NO;
  return at_once ? send_reply (self) : MHD_YES;
}

/**
 * cpd_exchange_read_head:
 *
 * Checks request line and fields, and makes the request of them.
 *
 * Returns: MHD_NO to close the connection.
 */
enum MHD_Result
cpd_exchange_read_head (CpdExchange *self, const char *method, const char *version)
{
  CpdConnections *connections = self->context->connections;
  const CpdLimits *limits = cpd_connections_get_limits (connections);
  CpdHead head = {
    .method = method, .version = version, .target = self->target_place, .target_length = self->target_length
  };
  CpdRefusal refusal;
  gboolean at_once;
  gint64 time;

  self->head_is_read = TRUE;
  self->no_body = strcmp (method, "HEAD") == 0;
  if (!self->begun || self->target_place == NULL)
    return MHD_NO;
  refusal = cpd_head_read (&head, self->mhd);
  at_once = refusal != CPD_REFUSAL_NONE || head.body_length > 0;
  if (refusal == CPD_REFUSAL_NONE && g_atomic_int_get (&self->context->quiescing))
    refusal = CPD_REFUSAL_CLOSING;
  if (refusal == CPD_REFUSAL_NONE)
    refusal = match_route (self, &head);
  if (refusal == CPD_REFUSAL_NONE)
    refusal = fill_request (self, &head);
  at_once = at_once || refusal == CPD_REFUSAL_FORM || refusal == CPD_REFUSAL_URI_LONG;
  time = head.body_length > 0 ? limits->body_ms + (gint64) (head.body_length / CPD_PIECE) * limits->piece_ms
                              : limits->answer_ms;
  cpd_connections_set_deadline (connections, self->connection, time);
  cpd_head_clear (&head);
  return refusal == CPD_REFUSAL_NONE ? MHD_YES : refuse (self, refusal, at_once);
}

/**
 * cpd_exchange_read_body:
 *
 * Takes the next bytes of the body. The library gives no more than were announced.
 */
void
cpd_exchange_read_body (CpdExchange *self, const char *data, gsize size)
{
  if (self->body == NULL)
    return;
  size = MIN (size, self->body->size - self->body->filled);
  memcpy (self->body->data + self->body->filled, data, size);
  self->body->filled += size;
}

/* CpdReplyFunc */
static void
done_cb (CpdReply *reply, gpointer data)
{
  CpdExchange *self = data;

  pthread_mutex_lock (&self->lock);
  if (self->state == STATE_RUNNING || self->state == STATE_SUSPENDED)
    {
      /* What pages are made with is gone once everything was given up. */
      if (self->page != NULL)
        reply = cpd_page_answer (self->page, reply);
      self->reply = g_steal_pointer (&reply);
      if (self->state == STATE_SUSPENDED)
        MHD_resume_connection (self->mhd);
      self->state = STATE_ANSWERED;
    }
  pthread_mutex_unlock (&self->lock);
  cpd_reply_free (reply);
  exchange_unref (self);
}

/* The request becomes the question of the page. FALSE: the page is answered without one. */
static gboolean
ask_for_page (CpdExchange *self)
{
  g_autoptr (CpdRequest) before = g_steal_pointer (&self->request);
  CpdReply *reply;
  CpdRequest *question = cpd_page_ask (self->page, self->body != NULL ? self->body->data : NULL,
                                       self->body != NULL ? self->body->filled : 0, &reply);

  g_clear_pointer (&self->body, free_body);
  if (question == NULL)
    {
      self->reply = reply;
      return FALSE;
    }
  memcpy (question->id, before->id, sizeof question->id);
  question->address = g_steal_pointer (&before->address);
  self->request = question;
  self->route = question->route;
  return TRUE;
}

static void
run_handler (CpdExchange *self)
{
  CpdExchangeContext *context = self->context;
  gboolean suspended;

  if (self->page != NULL && !ask_for_page (self))
    {
      change_state (self, STATE_RUNNING, STATE_ANSWERED);
      return;
    }
  if (self->body != NULL)
    {
      Body *body = g_steal_pointer (&self->body);
      self->request->body = g_bytes_new_with_free_func (body->data, body->filled, free_body, body);
    }
  context->answerer.handler (g_steal_pointer (&self->request), done_cb, exchange_ref (self),
                             context->answerer.user_data);

  pthread_mutex_lock (&self->lock);
  suspended = self->state == STATE_RUNNING;
  if (suspended)
    {
      MHD_suspend_connection (self->mhd);
      self->connection->pull.unwatched = TRUE;
      self->state = STATE_SUSPENDED;
    }
  pthread_mutex_unlock (&self->lock);
  /* The library does not look at a connection that is suspended. */
  if (suspended && self->limits.wait_ms > 0)
    cpd_connections_watch (context->connections, self->connection);
}

/**
 * cpd_exchange_answer:
 *
 * The request is complete, or its connection goes on after it was suspended: runs the handler once, then sends the
 * answer, or suspends the connection until there is one.
 *
 * Returns: MHD_NO to close the connection.
 */
enum MHD_Result
cpd_exchange_answer (CpdExchange *self)
{
  CpdConnections *connections = self->context->connections;
  int answer_ms = cpd_connections_get_limits (connections)->answer_ms;
  State state;

  if (change_state (self, STATE_READING, STATE_RUNNING))
    {
      cpd_connections_set_deadline (connections, self->connection, answer_ms + self->limits.wait_ms);
      run_handler (self);
    }
  pthread_mutex_lock (&self->lock);
  state = self->state;
  pthread_mutex_unlock (&self->lock);
  if (state == STATE_ANSWERED && self->limits.wait_ms > 0)
    {
      cpd_connections_unwatch (connections, self->connection);
      cpd_connections_set_deadline (connections, self->connection, answer_ms);
    }
  if (state == STATE_ANSWERED)
    return send_reply (self);
  return state == STATE_SUSPENDED ? MHD_YES : MHD_NO;
}

/**
 * cpd_exchange_head_is_read:
 *
 * Returns: whether cpd_exchange_read_head was called.
 */
gboolean
cpd_exchange_head_is_read (const CpdExchange *self)
{
  return self->head_is_read;
}

static void
log_request (const CpdExchange *self)
{
  const CpRoute *route = self->route < CP_N_ROUTES ? cp_route_get (self->route) : NULL;

  if (g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN))
    return; /* GLib would put the words together first, for each request */
  g_debug ("%s %s %s %d %" G_GINT64_FORMAT " ms", self->id, route != NULL ? cp_method_name (route->method) : "-",
           route != NULL ? route->path : "-", self->status, (g_get_monotonic_time () - self->start) / 1000);
}

/**
 * cpd_exchange_end:
 *
 * Logs the request and gives the connection's reference back.
 */
void
cpd_exchange_end (CpdExchange *self)
{
  log_request (self);
  if (self->counted_block != NULL)
    cpd_connections_uncount (self->context->connections, self->counted_block);
  if (self->begun)
    cpd_connections_end (self->context->connections, self->connection);
  pthread_mutex_lock (&self->lock);
  if (self->state != STATE_ANSWERED)
    self->state = STATE_ABANDONED;
  pthread_mutex_unlock (&self->lock);
  exchange_unref (self);
}

/**
 * cpd_exchange_abandon:
 *
 * An answer that has begun to be sent is not stopped by this.
 */
void
cpd_exchange_abandon (CpdExchange *self)
{
  CpdAnswerer *answerer = &self->context->answerer;
  gboolean waits;

  pthread_mutex_lock (&self->lock);
  waits = self->state == STATE_SUSPENDED && self->limits.wait_ms > 0;
  if (self->state == STATE_SUSPENDED)
    MHD_resume_connection (self->mhd);
  if (self->state != STATE_ANSWERED)
    self->state = STATE_ABANDONED;
  pthread_mutex_unlock (&self->lock);
  if (waits && answerer->left != NULL)
    answerer->left (self, answerer->user_data);
}
