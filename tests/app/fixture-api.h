/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-context.h"

G_BEGIN_DECLS

/* The door to a server that is not there: answers come from the JSON of tests/data/app, read as answers are. A scenario
 * ("empty", "long", ...) takes the file of that name where there is one. Besides: "failed" answers with an error,
 * "loading" never, "many" gives the dossier 5,000 items in pages. */
#define FIXTURE_TYPE_API (fixture_api_get_type ())
G_DECLARE_FINAL_TYPE (FixtureApi, fixture_api, FIXTURE, API, CpaApi)

CpaApi *fixture_api_new (const char *scenario);
void fixture_api_set_scenario (FixtureApi *self, const char *scenario);
/* How many calls came for a route, and the query of the last one. */
guint fixture_api_count (FixtureApi *self, CpRouteId route);

/* (transfer full): session is "session", "session-one", "session-long"; patient is its place in it, -1 for none. */
CpaContext *fixture_context_new (CpaApi *api, const char *session, int patient);

/* Tuesday 3 March 2026, 13:40 in Amsterdam, for the whole process. */
void fixture_set_time (void);

G_END_DECLS
