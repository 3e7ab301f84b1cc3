/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-kit.h"

#include <gio/gio.h>
#include <pthread.h>
#include <string.h>

typedef struct
{
  CpdReplyFunc done;
  gpointer data;
} Held;

static CpdReply *
text_reply (char *text)
{
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));

  return cpd_reply_new_bytes (body, "application/json");
}

static CpdReply *
describe (const CpdRequest *request)
{
  const char *from = cpd_request_query (request, "from");

  return text_reply (
      g_strdup_printf ("{\"address\":\"%s\",\"bearer\":\"%s\",\"refresh\":%d,\"match\":\"%s\",\"edits\":\"%s\","
                       "\"from\":\"%s\",\"parameters\":%u}",
                       request->address, request->bearer != NULL ? request->bearer : "-", request->refresh,
                       request->if_none_match != NULL ? request->if_none_match : "-",
                       request->if_match != NULL ? request->if_match : "-", from != NULL ? from : "-",
                       g_hash_table_size (request->query)));
}

static CpdReply *
logo (const CpdRequest *request)
{
  gboolean same = g_strcmp0 (request->if_none_match, "\"v1\"") == 0;
  CpdReply *reply = same ? cpd_reply_new () : text_reply (g_strdup ("logo"));

  reply->not_modified = same;
  reply->etag = g_strdup ("\"v1\"");
  reply->cacheable = TRUE;
  return reply;
}

static CpdReply *
big (const HttpKit *kit)
{
  return text_reply (g_strnfill (kit->big, 'x'));
}

/* What a page asks is kept. */
static CpdReply *
answer_link (HttpKit *kit, const CpdRequest *request)
{
  gsize size;
  const char *body = g_bytes_get_data (request->body, &size);

  g_free (kit->asked);
  kit->asked = g_strdup_printf ("%s %.*s", cp_route_get (request->route)->path, (int) size, body);
  if (kit->link_error != NULL)
    return cpd_reply_new_error (g_error_copy (kit->link_error));
  if (request->route != CP_ROUTE_LINK_LOOK)
    return cpd_reply_new ();
  return text_reply (g_strdup ("{\"kind\":\"reset\",\"until\":\"2026-03-03T14:05:00Z\",\"seconds_left\":300}"));
}

static CpdReply *
reply_at_once (HttpKit *kit, const CpdRequest *request)
{
  switch ((int) request->route)
    {
    case CP_ROUTE_ORGANISATION_LOGO:
      return logo (request);
    case CP_ROUTE_LOGIN:
      return text_reply (g_strdup_printf ("{\"length\":%" G_GSIZE_FORMAT "}",
                                          request->body != NULL ? g_bytes_get_size (request->body) : 0));
    case CP_ROUTE_LOGIN_CODE:
      return cpd_reply_new_error (g_error_copy (kit->error));
    case CP_ROUTE_LINK_LOOK:
    case CP_ROUTE_LINK_PASSWORD:
    case CP_ROUTE_LINK_CONFIRM:
    case CP_ROUTE_FORGOT:
      return answer_link (kit, request);
    case CP_ROUTE_SESSION:
      return describe (request);
    case CP_ROUTE_LOGOUT:
      return cpd_reply_new ();
    case CP_ROUTE_INVITATIONS:
      return cpd_reply_new_error (g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, HTTP_KIT_SECRET));
    case CP_ROUTE_PROFILE:
      return big (kit);
    default:
      return text_reply (g_strdup ("{\"api_min\":1,\"api_max\":1}"));
    }
}

static void *
answer_elsewhere (void *data)
{
  Held *held = data;

  held->done (text_reply (g_strdup ("{\"id\":\"linde\"}")), held->data);
  g_free (held);
  return NULL;
}

static void
answer_big (const HttpKit *kit, Held *held)
{
  held->done (big (kit), held->data);
  g_free (held);
}

static Held *
hold (CpdReplyFunc done, gpointer done_data)
{
  Held *held = g_new (Held, 1);

  *held = (Held){ done, done_data };
  return held;
}

static void
handle_cb (CpdRequest *request, CpdReplyFunc done, gpointer done_data, gpointer user_data)
{
  HttpKit *kit = user_data;
  pthread_t thread;

  if (request->route == CP_ROUTE_START || request->route == CP_ROUTE_CHANGES)
    {
      g_async_queue_push (kit->held, hold (done, done_data));
      g_atomic_int_inc (&kit->n_held);
    }
  else if (request->route == CP_ROUTE_ORGANISATION)
    {
      g_assert_cmpint (pthread_create (&thread, NULL, answer_elsewhere, hold (done, done_data)), ==, 0);
      pthread_detach (thread);
    }
  else
    done (reply_at_once (kit, request), done_data);
  cpd_request_free (request);
  g_atomic_int_inc (&kit->n_requests);
}

static CpdRouteLimits
limits_cb (CpRouteId route)
{
  return (CpdRouteLimits){
    .body = route == CP_ROUTE_LOGIN || route == CP_ROUTE_LOGIN_CODE ? HTTP_KIT_BODY : 0,
    .wait_ms = route == CP_ROUTE_CHANGES ? HTTP_KIT_WAIT_MS : 0,
  };
}

/* As a handler does: it lets go of the request, and its answer goes nowhere. */
static void
left_cb (gpointer done_data, gpointer user_data)
{
  g_atomic_int_inc (&((HttpKit *) user_data)->n_left);
}

static CpOrganisation *
new_organisation (void)
{
  CpOrganisation *organisation = cp_organisation_new ();

  organisation->name = g_strdup ("Zorg & <Welzijn>");
  organisation->phone = g_strdup ("088 000 12 00");
  organisation->color = g_strdup ("#ffe08a");
  organisation->forgotten_minutes = 5;
  organisation->invitation_days = 7;
  organisation->device_days = 90;
  organisation->desk = cp_text_new ();
  organisation->desk->nl = g_strdup ("de servicedesk");
  organisation->desk->en = g_strdup ("the service desk");
  organisation->hours = cp_text_new ();
  organisation->hours->nl = g_strdup ("8.30 tot 16.30 uur");
  organisation->hours->en = g_strdup ("8:30 to 16:30");
  return organisation;
}

HttpKit *
http_kit_new (void)
{
  HttpKit *kit = g_new0 (HttpKit, 1);

  kit->config.address = (char *) "127.0.0.1";
  kit->config.connections_per_address = 200;
  kit->config.public_address = (char *) "portal.example";
  kit->config.organisation = new_organisation ();
  kit->limits = cpd_limits_default;
  kit->limits.tick_ms = 20;
  kit->error = g_error_new_literal (CP_ERROR, CP_ERROR_CODE_WRONG, HTTP_KIT_SECRET);
  kit->held = g_async_queue_new ();
  return kit;
}

void
http_kit_start (HttpKit *kit)
{
  const CpdAnswerer answerer = { .handler = handle_cb, .limits = limits_cb, .left = left_cb, .user_data = kit };
  g_autoptr (GError) error = NULL;

  kit->listener = cpd_listener_new_full (&kit->config, &kit->limits, &answerer, &error);
  g_assert_no_error (error);
  kit->port = cpd_listener_get_port (kit->listener);
}

void
http_kit_release (HttpKit *kit)
{
  Held *held;

  while ((held = g_async_queue_try_pop (kit->held)) != NULL)
    if (kit->big > 0)
      answer_big (kit, held);
    else
      answer_elsewhere (held);
}

void
http_kit_stop (HttpKit *kit, int grace_seconds)
{
  if (kit->listener != NULL)
    cpd_listener_stop (g_steal_pointer (&kit->listener), grace_seconds);
}

void
http_kit_free (HttpKit *kit)
{
  http_kit_stop (kit, 0);
  http_kit_release (kit);
  g_async_queue_unref (kit->held);
  g_clear_error (&kit->error);
  g_clear_error (&kit->link_error);
  cp_organisation_free (kit->config.organisation);
  g_free (kit->asked);
  g_free (kit);
}

void
http_kit_wait_for (int *number, int value)
{
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (g_atomic_int_get (number) != value && g_get_monotonic_time () < end)
    g_usleep (1000);
  g_assert_cmpint (g_atomic_int_get (number), ==, value);
}

long
http_kit_descriptors (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  long n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

void
http_kit_wait_for_descriptors (long most)
{
  for (int tries = 0; http_kit_descriptors () > most; tries++)
    {
      g_assert_cmpint (tries, <, 5000);
      g_usleep (1000);
    }
}
