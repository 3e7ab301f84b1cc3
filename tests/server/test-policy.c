/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cpd-login-step.h"
#include "cpd-policy.h"

#define NOW (1000 * CP_TIME_DAY)
#define UNSHARED (1u << CP_FRESH_PLANS)

/* The independent model: what each route needs, written from behaviour and not from the program's table. */
static const struct
{
  CpRouteId id;
  const char *sessions; /* letters: - nobody, p pending, m must change, f full */
  guint any_of;         /* parts of the patient; 0: no patient in the path */
} model[] = {
  { CP_ROUTE_VERSION, "-pmf", 0 },
  { CP_ROUTE_ORGANISATION, "-pmf", 0 },
  { CP_ROUTE_ORGANISATION_LOGO, "-pmf", 0 },
  { CP_ROUTE_ORGANISATION_PICTURE, "-pmf", 0 },
  { CP_ROUTE_LOGIN, "-pmf", 0 },
  { CP_ROUTE_LOGIN_CODE, "p", 0 },
  { CP_ROUTE_LOGIN_CHALLENGE, "p", 0 },
  { CP_ROUTE_PASSWORD, "mf", 0 },
  { CP_ROUTE_FORGOT, "-pmf", 0 },
  { CP_ROUTE_LINK_LOOK, "-pmf", 0 },
  { CP_ROUTE_LINK_PASSWORD, "-pmf", 0 },
  { CP_ROUTE_LINK_CONFIRM, "-pmf", 0 },
  { CP_ROUTE_SESSION, "f", 0 },
  { CP_ROUTE_LOGOUT, "pmf", 0 },
  { CP_ROUTE_INVITATIONS, "f", 0 },
  { CP_ROUTE_INVITATION_ACCEPT, "f", 0 },
  { CP_ROUTE_INVITATION_DECLINE, "f", 0 },
  { CP_ROUTE_START, "f", 1 | 2 | 4 | 8 | 16 },
  { CP_ROUTE_APPOINTMENTS, "f", 2 },
  { CP_ROUTE_TIMELINE, "f", 4 },
  { CP_ROUTE_DOSSIER, "f", 4 },
  { CP_ROUTE_DOSSIER_SEARCH, "f", 4 },
  { CP_ROUTE_DOSSIER_AUTHORS, "f", 4 },
  { CP_ROUTE_DOSSIER_READ, "f", 4 },
  { CP_ROUTE_DOSSIER_ITEM, "f", 4 },
  { CP_ROUTE_DOSSIER_ITEM_READ, "f", 4 },
  { CP_ROUTE_ATTACHMENT, "f", 4 },
  { CP_ROUTE_CARE_PLANS, "f", 4 },
  { CP_ROUTE_CARE_PLAN, "f", 4 },
  { CP_ROUTE_PROFILE, "f", 8 },
  { CP_ROUTE_WORDS, "f", 0 },
  { CP_ROUTE_CHANGES, "f", 0 },
  { CP_ROUTE_MEMBERS, "f", 16 },
  { CP_ROUTE_MEMBER_LOOKUP, "f", 16 },
  { CP_ROUTE_MEMBER_ADD, "f", 16 },
  { CP_ROUTE_MEMBER_PARTS, "f", 16 },
  { CP_ROUTE_MEMBER_UNTIL, "f", 16 },
  { CP_ROUTE_MEMBER_RENEW, "f", 16 },
  { CP_ROUTE_MEMBER_INVITATION, "f", 16 },
  { CP_ROUTE_MEMBER_WITHDRAW, "f", 16 },
  { CP_ROUTE_MEMBER_END, "f", 16 },
  { CP_ROUTE_MEMBER_GROUND, "f", 16 },
  { CP_ROUTE_MEMBER_MOBILE, "f", 16 },
  { CP_ROUTE_MEMBER_EMAIL, "f", 16 },
  { CP_ROUTE_ACCOUNT, "f", 0 },
  { CP_ROUTE_ACCOUNT_CHANGE, "f", 0 },
  { CP_ROUTE_ACCOUNT_NOTIFICATIONS, "f", 0 },
  { CP_ROUTE_ACCOUNT_EMAIL, "f", 0 },
  { CP_ROUTE_ACCOUNT_MOBILE, "f", 0 },
  { CP_ROUTE_ACCOUNT_MOBILE_AGAIN, "f", 0 },
  { CP_ROUTE_ACCOUNT_MOBILE_CODE, "f", 0 },
  { CP_ROUTE_ACCOUNT_TOTP, "f", 0 },
  { CP_ROUTE_ACCOUNT_TOTP_CODE, "f", 0 },
  { CP_ROUTE_ACCOUNT_TOTP_OFF, "f", 0 },
  { CP_ROUTE_ACCOUNT_SHEET, "f", 0 },
  { CP_ROUTE_ACCOUNT_DEVICE_RENAME, "f", 0 },
  { CP_ROUTE_ACCOUNT_DEVICE_END, "f", 0 },
  { CP_ROUTE_ACCOUNT_SESSION_END, "f", 0 },
  { CP_ROUTE_ACCOUNT_SESSIONS_END, "f", 0 },
  { CP_ROUTE_ACCOUNT_END, "f", 0 },
};

/* Memberships that open nothing, each for one reason, and two that do. */
static const struct
{
  const char *name;
  CpdMembershipFacts facts;
  gboolean open;
} memberships[] = {
  { "open", { 1, 7, CPD_MEMBERSHIP_ACTIVE, NOW - 5, 0, 0, 0 }, TRUE },
  { "open until later", { 1, 7, CPD_MEMBERSHIP_ACTIVE, NOW - 5, NOW + 1, 0, 0 }, TRUE },
  { "none", { 0 }, FALSE },
  { "invited", { 1, 7, CPD_MEMBERSHIP_INVITED, 0, 0, 0, 0 }, FALSE },
  { "active without acceptance", { 1, 7, CPD_MEMBERSHIP_ACTIVE, 0, 0, 0, 0 }, FALSE },
  { "declined", { 1, 7, CPD_MEMBERSHIP_DECLINED, 0, 0, 0, 0 }, FALSE },
  { "ended", { 1, 7, CPD_MEMBERSHIP_ENDED, NOW - 5, 0, NOW - 1, 0 }, FALSE },
  { "ended but still active", { 1, 7, CPD_MEMBERSHIP_ACTIVE, NOW - 5, 0, NOW - 1, 0 }, FALSE },
  { "until now", { 1, 7, CPD_MEMBERSHIP_ACTIVE, NOW - 5, NOW, 0, 0 }, FALSE },
  /* The clock was set back: they have accepted, all the same. */
  { "accepted in the future", { 1, 7, CPD_MEMBERSHIP_ACTIVE, NOW + 5, 0, 0, 0 }, TRUE },
};

static const struct
{
  char letter;
  CpdActor actor;
} actors[] = {
  { '-', { 0 } },
  { 'p', { .session = 3, .kind = CPD_SESSION_PENDING_SMS, .account = 9 } },
  { 'm', { .session = 3, .kind = CPD_SESSION_MUST_CHANGE, .account = 9 } },
  { 'f', { .session = 3, .kind = CPD_SESSION_FULL, .account = 9 } },
};

static void
check_one (gsize route, gsize actor, gsize member, guint parts)
{
  CpdMembershipFacts facts = memberships[member].facts;
  CpdGrant grant;
  CpErrorCode code;
  gboolean session_fits = strchr (model[route].sessions, actors[actor].letter) != NULL;
  gboolean has_patient = model[route].any_of != 0;
  gboolean expected =
      session_fits && (!has_patient || (memberships[member].open && (parts & model[route].any_of) != 0));
  gboolean allowed;

  facts.parts = parts;
  allowed = cpd_policy_decide (cpd_routes_get (model[route].id), &actors[actor].actor, has_patient ? &facts : NULL,
                               UNSHARED, NOW, &grant, &code);
  g_assert_cmpint (allowed, ==, expected);
  if (!session_fits)
    g_assert_cmpint (code, ==, CP_ERROR_UNAUTHENTICATED);
  else if (!allowed)
    g_assert_cmpint (code, ==, CP_ERROR_NOT_FOUND);
  g_assert_cmpint (grant.patient, ==, allowed && has_patient ? 7 : 0);
  g_assert_cmpuint (grant.parts, ==, allowed && has_patient ? parts : 0);
  g_assert_cmpuint (grant.shared, ==, allowed && has_patient ? ~UNSHARED : 0);
}

/* Every route x session x membership x set of parts. */
static void
test_all (void)
{
  g_assert_cmpint (G_N_ELEMENTS (model), ==, CP_N_ROUTES);
  for (gsize route = 0; route < G_N_ELEMENTS (model); route++)
    for (gsize actor = 0; actor < G_N_ELEMENTS (actors); actor++)
      for (gsize member = 0; member < G_N_ELEMENTS (memberships); member++)
        for (guint parts = 0; parts < 32; parts++)
          {
            g_assert_cmpint (model[route].id, ==, (CpRouteId) route);
            check_one (route, actor, member, parts);
          }
}

static void
test_allowed_follows_parts (void)
{
  CpdMembershipFacts facts = memberships[0].facts;
  CpdGrant grant;
  CpErrorCode code;

  facts.parts = CP_PART_APPOINTMENTS | CP_PART_MESSAGES;
  g_assert_true (cpd_policy_decide (cpd_routes_get (CP_ROUTE_START), &actors[3].actor, &facts, 0, NOW, &grant, &code));
  g_assert_cmpuint (grant.actions, ==, CPD_ACTION_READ_APPOINTMENTS);
}

/* Then it is not known whether it still is this patient's. */
static void
test_nothing_of_a_backup_is_shown (void)
{
  CpdMembershipFacts facts = memberships[0].facts;
  CpdGrant grant;
  CpErrorCode code;

  facts.parts = CP_PART_ALL;
  g_assert_true (cpd_policy_decide (cpd_routes_get (CP_ROUTE_START), &actors[3].actor, &facts, 0, NOW, &grant, &code));
  g_assert_true (cpd_grant_shares (&grant, CP_FRESH_REPORTS));
  facts.put_back = TRUE;
  g_assert_true (cpd_policy_decide (cpd_routes_get (CP_ROUTE_START), &actors[3].actor, &facts, 0, NOW, &grant, &code));
  for (int kind = 0; kind < CP_FRESH_N_KINDS; kind++)
    g_assert_false (cpd_grant_shares (&grant, kind));
}

/* A visit in which another client was looked at, or from before the invitation was accepted, was none to this one. The
 * visit that goes on began at NOW - 20; previous is the one before it, of the account. */
static void
test_previous_visit (void)
{
  static const struct
  {
    CpTime previous, accepted, visited, before, expected;
    gboolean visits;
  } cases[] = {
    { NOW - 30, NOW - 60, NOW - 30, NOW - 50, NOW - 30, TRUE },
    { NOW - 30, NOW - 60, NOW - 20, NOW - 30, NOW - 30, FALSE },
    { NOW - 30, NOW - 60, NOW - 50, 0, NOW - 50, TRUE },
    { NOW - 30, NOW - 60, NOW - 20, NOW - 50, NOW - 50, FALSE },
    { NOW - 30, NOW - 60, 0, 0, NOW - 60, TRUE },
    { NOW - 30, NOW - 25, NOW - 30, 0, NOW - 25, TRUE },
    { NOW - 30, NOW - 10, 0, 0, 0, TRUE },
    { 0, NOW - 25, 0, 0, 0, TRUE },
  };
  CpdMembershipFacts facts = memberships[0].facts;
  CpdActor actor = actors[3].actor;
  CpdGrant grant;
  CpErrorCode code;

  facts.parts = CP_PART_DOSSIER;
  actor.visit = NOW - 20;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      actor.previous_visit = cases[i].previous;
      facts.accepted = cases[i].accepted;
      facts.visited = cases[i].visited;
      facts.visited_before = cases[i].before;
      g_assert_true (cpd_policy_decide (cpd_routes_get (CP_ROUTE_START), &actor, &facts, 0, NOW, &grant, &code));
      g_assert_cmpint (grant.previous_visit, ==, cases[i].expected);
      g_assert_cmpint (grant.visits, ==, cases[i].visits);
    }
}

static void
test_order_of_steps (void)
{
  static const struct
  {
    gboolean password_first, verified, temporary;
    CpNext next;
  } cases[] = {
    { FALSE, FALSE, FALSE, CP_NEXT_VERIFY_DEVICE },
    { FALSE, FALSE, TRUE, CP_NEXT_VERIFY_DEVICE },
    { FALSE, TRUE, FALSE, CP_NEXT_IN },
    { FALSE, TRUE, TRUE, CP_NEXT_CHANGE_PASSWORD },
    { TRUE, FALSE, FALSE, CP_NEXT_VERIFY_DEVICE },
    { TRUE, FALSE, TRUE, CP_NEXT_CHANGE_PASSWORD },
    { TRUE, TRUE, FALSE, CP_NEXT_IN },
    { TRUE, TRUE, TRUE, CP_NEXT_CHANGE_PASSWORD },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (cpd_login_next (cases[i].password_first, cases[i].verified, cases[i].temporary), ==,
                     cases[i].next);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  cpd_routes_check ();
  g_test_add_func ("/policy/all", test_all);
  g_test_add_func ("/policy/allowed-follows-parts", test_allowed_follows_parts);
  g_test_add_func ("/policy/nothing-of-a-backup-is-shown", test_nothing_of_a_backup_is_shown);
  g_test_add_func ("/policy/previous-visit", test_previous_visit);
  g_test_add_func ("/login/order-of-steps", test_order_of_steps);
  return g_test_run ();
}
