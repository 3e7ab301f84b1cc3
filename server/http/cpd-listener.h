/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"
#include "cpd-exchange.h"

G_BEGIN_DECLS

/* The HTTPS server: the only door of the daemon to the network. Checks the form of every request and gives it to a
 * handler; what an HTTP request may look like is decided in this folder and nowhere else. */
typedef struct _CpdListener CpdListener;

/* Listens at once. config is (borrowed) until cpd_listener_stop; answerer is copied. */
CpdListener *cpd_listener_new (const CpdConfig *config, const CpdAnswerer *answerer, GError **error);
CpdListener *cpd_listener_new_full (const CpdConfig *config, const CpdLimits *limits, const CpdAnswerer *answerer,
                                    GError **error);
/* How many connections one has at most, as this process may have descriptors. */
int cpd_listener_capacity (void);

int cpd_listener_get_port (CpdListener *listener); /* 0: a Unix socket */

/* Whether a new connection is answered within so many milliseconds. In any thread that may wait. */
gboolean cpd_listener_answers (CpdListener *listener, int timeout_ms);

/* Reads the certificate's files again, for the connections from now on. FALSE with error: the old one stays. */
gboolean cpd_listener_reload_certificate (CpdListener *listener, GError **error);

/* Takes no new connection; every answer from now on is the last one of its connection, and a new request gets 503. */
void cpd_listener_quiesce (CpdListener *listener);

/* Takes listener. Quiesces, waits at most grace_seconds for the requests in progress, closes what is left and frees.
 * A handler may call done afterwards; it is then without effect. */
void cpd_listener_stop (CpdListener *listener, int grace_seconds);

G_END_DECLS
