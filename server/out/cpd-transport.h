/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cpd-compose.h"

G_BEGIN_DECLS

/* The way out of one kind of message: a mail server, a gateway for text messages, or files. One thread at a time. */
typedef struct _CpdTransport CpdTransport;

/* Their messages have no address, number, text or secret in them: they are kept in the row and stand in the log. */
typedef enum
{
  CPD_TRANSPORT_ERROR_LATER,  /* not now: it can be tried again */
  CPD_TRANSPORT_ERROR_REFUSED /* never: this message, or where it goes, is not taken */
} CpdTransportError;
#define CPD_TRANSPORT_ERROR (cpd_transport_error_quark ())
GQuark cpd_transport_error_quark (void);

CpdTransport *cpd_transport_new (const CpdConfig *config, CpdOutboxKind kind);
void cpd_transport_free (CpdTransport *transport);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdTransport, cpd_transport_free)

/* Hands one message over; answers within cpd_transport_seconds(). FALSE with CPD_TRANSPORT_ERROR. When an answer was
 * lost it may have arrived nevertheless. */
gboolean cpd_transport_send (CpdTransport *transport, const CpdOutboxRow *row, const CpdMessage *message, CpTime now,
                             GCancellable *cancellable, GError **error);

/* How long handing over may take at most. */
int cpd_transport_seconds (CpdOutboxKind kind);

/* Whether all that the ways out need is there: files of secrets and authorities, templates that can be filled; also
 * of a way out that is not used. */
gboolean cpd_transport_check (const CpdConfig *config, GError **error);

G_END_DECLS
