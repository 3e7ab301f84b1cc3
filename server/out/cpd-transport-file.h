/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-compose.h"

G_BEGIN_DECLS

/* Hands a message over by writing a file: an .eml for a mail, a .json for a text message. Each appears whole, under a
 * name that tells the order. The name is made of the row, so that handing over the same row again replaces its file. */
gboolean cpd_transport_file_send (const CpdConfig *config, const CpdOutboxRow *row, const CpdMessage *message,
                                  CpTime now, GError **error);

G_END_DECLS
