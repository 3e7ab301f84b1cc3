/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-api.h"
#include "cp-start.h"
#include "cp-timeline.h"

G_BEGIN_DECLS

/* The dossier of a server that is not there: cards by month, read and unread. Only what is asked for is made, so that a
 * hundred thousand take hardly any memory. */
typedef struct _FixtureTimeline FixtureTimeline;

/* The items of page, whatever their order. */
FixtureTimeline *fixture_timeline_new_of (const CpDossierPage *page);
/* So many cards, spread over the years before today, written like those of page. The newest three are unread. */
FixtureTimeline *fixture_timeline_new_years (const CpDossierPage *page, int years, guint cards);
/* (transfer none): what its answers tell. */
CpFreshness *fixture_timeline_get_freshness (FixtureTimeline *self);
void fixture_timeline_free (FixtureTimeline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FixtureTimeline, fixture_timeline_free)

/* A card like the first comes in. */
void fixture_timeline_add (FixtureTimeline *self, CpTime at);

/* From now on the counts say one card too many in the last month. */
void fixture_timeline_lie (FixtureTimeline *self);

/* (transfer full): answers as the server gives them; a page has 200 cards. */
CpTimeline *fixture_timeline_counts (FixtureTimeline *self);
CpDossierPage *fixture_timeline_month (FixtureTimeline *self, const char *query);
void fixture_timeline_read (FixtureTimeline *self, const char *id);
void fixture_timeline_read_all (FixtureTimeline *self);

G_END_DECLS
