/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-listener.h"

G_BEGIN_DECLS

/* A listener on a free port of loopback with a handler that shows what it was given:
 *   GET /version                200, answered before the handler returns
 *   GET /organisation           200, answered by another thread, before or after
 *   GET /organisation/logo      200 with ETag, cacheable; 304 for that ETag
 *   POST /login                 200 with the length of the body, at most HTTP_KIT_BODY bytes
 *   POST /login/code            an error of the kit's choice (error)
 *   GET /session                200 with what the request says
 *   DELETE /session             204
 *   GET /invitations            an error of another domain
 *   GET /patients/{}/profile    200 with kit->big bytes
 *   POST /links, /forgot        link_error, or a link that resets; asked is the question
 *   GET /patients/{}/start      not answered until http_kit_release; with kit->big bytes, if any
 *   GET /changes                the same, for HTTP_KIT_WAIT_MS longer than an answer may take */
#define HTTP_KIT_BODY (64 * 1024)
#define HTTP_KIT_ID "AAAAAAAAAAAAAAAAAAAAAA"
#define HTTP_KIT_HELD "/api/v1/patients/" HTTP_KIT_ID "/start"
#define HTTP_KIT_BIG "/api/v1/patients/" HTTP_KIT_ID "/profile"
#define HTTP_KIT_WAITING "/api/v1/changes"
#define HTTP_KIT_WAIT_MS 1000
#define HTTP_KIT_SECRET "spoiled soup"

typedef struct
{
  CpdConfig config;
  CpdLimits limits;
  CpdListener *listener; /* (owned) (nullable) */
  GError *error;         /* (owned) (nullable): answer of /login/code */
  GError *link_error;    /* (owned) (nullable) */
  char *asked;           /* (owned) (nullable) */
  gsize big;
  int port;
  int n_requests;    /* atomic: that reached the handler */
  int n_held;        /* atomic */
  int n_left;        /* atomic: clients that left while theirs was held */
  GAsyncQueue *held; /* (owned): what is not answered yet */
} HttpKit;

HttpKit *http_kit_new (void); /* not started: limits and config may still be changed */
void http_kit_start (HttpKit *kit);
void http_kit_release (HttpKit *kit); /* answers all that is held */
void http_kit_stop (HttpKit *kit, int grace_seconds);
void http_kit_free (HttpKit *kit); /* stops */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HttpKit, http_kit_free)

/* Waits, at most 5 s, until *number is value. */
void http_kit_wait_for (int *number, int value);

long http_kit_descriptors (void); /* open now, in this process */
/* Waits, at most 5 s, until no more are open than most. */
void http_kit_wait_for_descriptors (long most);

G_END_DECLS
