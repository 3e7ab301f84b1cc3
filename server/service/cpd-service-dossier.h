/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"

G_BEGIN_DECLS

/* The dossier as it is read: by month, filtered, searched, one card of it, marked as read, its files. */
gboolean cpd_service_timeline (CpdCall *call, GError **error);
gboolean cpd_service_dossier (CpdCall *call, GError **error);
gboolean cpd_service_dossier_item (CpdCall *call, GError **error);
gboolean cpd_service_dossier_search (CpdCall *call, GError **error);
gboolean cpd_service_dossier_authors (CpdCall *call, GError **error);
gboolean cpd_service_dossier_read (CpdCall *call, GError **error);
gboolean cpd_service_dossier_item_read (CpdCall *call, GError **error);
gboolean cpd_service_attachment (CpdCall *call, GError **error);

G_END_DECLS
