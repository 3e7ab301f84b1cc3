/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-context.h"
#include "fixture-members.h"
#include "fixture-reading.h"
#include "fixture-timeline.h"

G_BEGIN_DECLS

/* The door to a server that is not there: answers come from the JSON of tests/data/app, read as answers are. A scenario
 * ("empty", "long", ...) takes the file of that name where there is one. Besides: "failed" answers with an error,
 * "full" with that of a server that can record nothing, "loading" never, "many" gives the dossier 600 reports in pages,
 * and each plan too, "no-more" only the first page of a list, "period" what is printed, "flood" without an end, "years"
 * a timeline of 100,000, "seasons" one of 400; "removed" no longer has the item that one opens, "silent" says nothing
 * where something is expected, "unmarked" cannot be told what was read, "login-upright" and "login-wide" have such a
 * picture beside the login, "with-logo" has a logo. */
#define FIXTURE_TYPE_API (fixture_api_get_type ())
G_DECLARE_FINAL_TYPE (FixtureApi, fixture_api, FIXTURE, API, CpaApi)

CpaApi *fixture_api_new (const char *scenario);
void fixture_api_set_scenario (FixtureApi *self, const char *scenario);
/* (transfer none): what the timeline is answered from. */
FixtureTimeline *fixture_api_get_timeline (FixtureApi *self);
/* (transfer none): what lists of reports and searches are answered from. */
FixtureReading *fixture_api_get_reading (FixtureApi *self);
/* When a kind was fetched, as the timeline and lists of reports tell it from now on. */
void fixture_api_set_fetched (FixtureApi *self, CpFreshKind kind, CpTime at);
/* (nullable): of the last list or search. */
const char *fixture_api_get_query (FixtureApi *self);
/* The body of the last call that had one, as JSON. */
const char *fixture_api_get_sent (FixtureApi *self);
/* Answers of a route are that failure from now on; CP_N_ROUTES: of none any more. The question for changes that is open
 * is answered so at once. */
void fixture_api_fail (FixtureApi *self, CpRouteId route, CpErrorCode code);
/* That item can not be opened any more; lists still have it. */
void fixture_api_withdraw (FixtureApi *self, const char *item);
/* Answers of a route wait from now on, until each is released, the newest or the oldest of them, or cancelled. */
void fixture_api_hold (FixtureApi *self, CpRouteId route);
void fixture_api_release (FixtureApi *self, gboolean newest);
/* Those that still wait, if any. */
void fixture_api_release_all (FixtureApi *self);
/* (transfer none): what user management is answered from. */
FixtureMembers *fixture_api_get_members (FixtureApi *self);
/* (transfer none) (nullable): as whom the last call looked. */
const char *fixture_api_get_view_as (FixtureApi *self);
guint fixture_api_get_view_parts (FixtureApi *self);
/* How many calls came for a route; and of them those that the app made by itself. */
guint fixture_api_count (FixtureApi *self, CpRouteId route);
guint fixture_api_count_refreshes (FixtureApi *self, CpRouteId route);

/* Answers the question for changes, now or when it comes. */
void fixture_api_tell (FixtureApi *self, guint topics);

/* (transfer full): session is "session", "session-one", "session-long"; patient is its place in it, -1 for none. */
CpaContext *fixture_context_new (CpaApi *api, const char *session, int patient);

/* Tuesday 3 March 2026, 13:40 in Amsterdam, for the whole process. */
void fixture_set_time (void);

G_END_DECLS
