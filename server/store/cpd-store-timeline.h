/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-timeline.h"
#include "cpd-actor.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* Fills months, unread and asked_at of a timeline, as far as kinds (bits of CpDossierKind) reach. Costs the months and
 * the unread cards. */
gboolean cpd_store_timeline (CpdDb *db, const CpdGrant *grant, guint kinds, CpTimeline *timeline, GError **error);

/* TRUE in *any when there is a card of kinds (bits of CpDossierKind). */
gboolean cpd_store_timeline_any (CpdDb *db, const CpdGrant *grant, guint kinds, gboolean *any, GError **error);

/* Who wrote the cards of kinds, by name; (transfer full), NULL with an error. */
GStrv cpd_store_authors (CpdDb *db, const CpdGrant *grant, guint kinds, GError **error);

G_END_DECLS
