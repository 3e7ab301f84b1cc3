/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehr-kit.h"

#include "cpd-demo-ehr.h"
#include "cpd-ehr-compose.h"
#include "cpd-store-care-plan.h"

/* Plans put together in runs that follow each other: when there is a version more, and when there is none. */

#define PLAN_OF "{'resourceType':'CarePlan','id':'%s','status':'active','subject':{'reference':'Patient/wil'},"
#define GOAL_OF                                                                                                        \
  "{'resourceType':'Goal','id':'g','meta':{'lastUpdated':'%s'},'lifecycleStatus':'active','description':"              \
  "{'text':'%s'},'subject':{'reference':'Patient/wil'}%s}\n"
#define NO_NOTE ""
#define NOTE(day) ",'note':[{'time':'2026-02-" day "T10:00:00+01:00','text':'Gaat goed op de " day "e'}]"

typedef EhrKit Fixture;

static void
plan (Fixture *kit, const char *id, const char *rest)
{
  g_autofree char *file = g_strdup_printf ("CarePlan-%s.ndjson", id);
  g_autofree char *head = g_strdup_printf (PLAN_OF, id);
  g_autofree char *text = g_strconcat (head, rest, "}\n", NULL);

  ehr_kit_file (kit, file, text);
}

static void
goal (Fixture *kit, const char *updated, const char *words, const char *note)
{
  g_autofree char *text = g_strdup_printf (GOAL_OF, updated, words, note);

  ehr_kit_file (kit, "Goal.ndjson", text);
}

static gint64
version (Fixture *kit)
{
  return ehr_kit_count (kit, "SELECT version FROM care_plan WHERE fhir_id = 'p'");
}

static void
says (Fixture *kit, const char *path, const char *text)
{
  g_autofree char *sql = g_strdup_printf ("SELECT body ->> '%s' = '%s' FROM care_plan WHERE fhir_id = 'p'", path, text);

  g_assert_cmpint (ehr_kit_count (kit, sql), ==, 1);
}

#define ONE_GOAL "'title':'Plan','goal':[{'reference':'Goal/g','display':'Wordt nog geschreven'}]"

static void
test_versions (Fixture *kit, gconstpointer data)
{
  plan (kit, "p", ONE_GOAL);
  goal (kit, "2026-01-01T00:00:00Z", "Lopen", NO_NOTE);
  ehr_kit_run_whole (kit);
  g_assert_cmpint (version (kit), ==, 1);
  /* Other words: a version more, the one before kept with when it was seen. */
  goal (kit, "2026-01-02T00:00:00Z", "Veilig lopen", NO_NOTE);
  ehr_kit_run_whole (kit);
  g_assert_cmpint (version (kit), ==, 2);
  says (kit, "$.goals[0].text", "Veilig lopen");
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM care_plan_version v JOIN care_plan c ON c.id = care_plan"
                                       " WHERE v.version = 1 AND v.body ->> '$.goals[0].text' = 'Lopen'"
                                       " AND v.seen < c.seen"),
                   ==, 1);
  /* An older one that comes late does not undo it. */
  goal (kit, "2026-01-01T12:00:00Z", "Lopen", NO_NOTE);
  ehr_kit_run_whole (kit);
  g_assert_cmpint (version (kit), ==, 2);
  says (kit, "$.goals[0].text", "Veilig lopen");
}

/* Since when a goal is one shows nowhere: who compares two versions would find nothing. */
static void
test_start_of_goal_makes_no_version (Fixture *kit, gconstpointer data)
{
  plan (kit, "p", ONE_GOAL);
  goal (kit, "2026-01-01T00:00:00Z", "Lopen", ",'startDate':'2026-01-01'");
  ehr_kit_run_whole (kit);
  goal (kit, "2026-01-02T00:00:00Z", "Lopen", ",'startDate':'2026-01-05'");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (version (kit), ==, 1);
  says (kit, "$.goals[0].start", "2026-01-05");
}

static void
test_evaluations_make_no_version (Fixture *kit, gconstpointer data)
{
  gint64 seen;

  plan (kit, "p", ONE_GOAL);
  goal (kit, "2026-01-01T00:00:00Z", "Lopen", NOTE ("01"));
  ehr_kit_run_whole (kit);
  seen = ehr_kit_count (kit, "SELECT seen FROM care_plan WHERE fhir_id = 'p'");
  goal (kit, "2026-01-02T00:00:00Z", "Lopen", NOTE ("02"));
  ehr_kit_run_whole (kit);
  g_assert_cmpint (version (kit), ==, 1);
  says (kit, "$.evaluations[0].text", "Gaat goed op de 02e");
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM care_plan_version"), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT seen FROM care_plan WHERE fhir_id = 'p'"), ==, seen);
}

/* What must not be done, by the plan or by what it refers to, is not the same as the same work that is done. */
static void
test_do_not (Fixture *kit, gconstpointer data)
{
  plan (kit, "p",
        "'title':'Plan','activity':[{'detail':{'status':'in-progress','code':{'text':'Tillen'},"
        "'doNotPerform':true}},{'reference':{'reference':'ServiceRequest/s'}},"
        "{'detail':{'status':'in-progress','code':{'text':'Wassen'},'doNotPerform':false}}]");
  ehr_kit_file (kit, "ServiceRequest.ndjson",
                "{'resourceType':'ServiceRequest','id':'s','status':'active','intent':'order','doNotPerform':true,"
                "'code':{'text':'Draaien in bed'},'subject':{'reference':'Patient/wil'}}\n");
  ehr_kit_file (kit, "Procedure.ndjson",
                "{'resourceType':'Procedure','id':'d','status':'completed','code':{'text':'Tillen'},"
                "'basedOn':[{'reference':'CarePlan/p'}],'subject':{'reference':'Patient/wil'}}\n");
  ehr_kit_run_whole (kit);
  says (kit, "$.activities[1].text", "Draaien in bed");
  g_assert_cmpint (ehr_kit_count (kit, "SELECT body ->> '$.activities[0].do_not' + body ->> '$.activities[1].do_not'"
                                       " FROM care_plan"),
                   ==, 2);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT body ->> '$.activities[2].do_not' IS NULL"
                                       " AND body ->> '$.activities[3].do_not' IS NULL FROM care_plan"),
                   ==, 1);
  says (kit, "$.activities[3].text", "Tillen");
}

static void
test_author (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Practitioner.ndjson",
                "{'resourceType':'Practitioner','id':'i','name':[{'text':'Ineke Bos'}]}\n"
                "{'resourceType':'PractitionerRole','id':'r','practitioner':{'reference':'Practitioner/i'},"
                "'code':[{'text':'wijkverpleegkundige'}]}\n");
  plan (kit, "p", "'title':'Plan','author':{'reference':'PractitionerRole/r'}");
  ehr_kit_run_whole (kit);
  says (kit, "$.author", "Ineke Bos");
  says (kit, "$.author_role", "wijkverpleegkundige");
}

/* Whatever comes first: the plan, or what it is made of. */
static void
test_pieces_come_later (Fixture *kit, gconstpointer data)
{
  plan (kit, "p", ONE_GOAL ",'activity':[{'reference':{'reference':'Task/t'}}]");
  ehr_kit_run_whole (kit);
  says (kit, "$.goals[0].text", "Wordt nog geschreven");
  goal (kit, "2026-01-01T00:00:00Z", "Lopen", NO_NOTE);
  ehr_kit_file (
      kit, "Task.ndjson",
      "{'resourceType':'Task','id':'t','status':'requested','description':'Samen wandelen','for':{'reference':"
      "'Patient/wil'}}\n");
  ehr_kit_run_whole (kit);
  says (kit, "$.goals[0].text", "Lopen");
  says (kit, "$.activities[0].text", "Samen wandelen");
  g_assert_cmpint (version (kit), ==, 2);
  /* Gone: the plan goes back to the words of the reference. */
  ehr_kit_file (kit, "Task.ndjson", NULL);
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT json_array_length (body, '$.activities') IS NULL FROM care_plan"
                                       " WHERE fhir_id = 'p'"),
                   ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM plan_piece WHERE type = 'Task' AND removed IS NOT NULL"),
                   ==, 1);
}

static void
test_parent_comes_later (Fixture *kit, gconstpointer data)
{
  plan (kit, "p", "'title':'Kousen','partOf':[{'reference':'CarePlan/heel'}]");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT part_of IS NULL FROM care_plan WHERE fhir_id = 'p'"), ==, 1);
  plan (kit, "heel", "'title':'Het hele plan'");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT c.part_of = p.id AND p.body ->> '$.activities[0].text' = 'Kousen'"
                                       " FROM care_plan c, care_plan p WHERE c.fhir_id = 'p' AND p.fhir_id = 'heel'"),
                   ==, 1);
  /* What was part of a plan is no plan of its own when that one is withdrawn. */
  ehr_kit_file (kit, "CarePlan-heel.ndjson", NULL);
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT part_of IS NULL FROM care_plan WHERE fhir_id = 'p'"), ==, 0);
  plan (kit, "heel", "'title':'Het hele plan'");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT body ->> '$.activities[0].text' = 'Kousen' FROM care_plan"
                                       " WHERE fhir_id = 'heel' AND removed IS NULL"),
                   ==, 1);
}

/* Of the list that the app shows, the newest first: "Nieuw plan current". */
static void
lists (Fixture *kit, const char *first, const char *second)
{
  g_autoptr (CpdDb) db = cpd_db_open (kit->store.database, CPD_DB_READER, NULL);
  const CpdGrant grant = { .patient = 1, .shared = ~0u };
  g_autoptr (GPtrArray) plans = cpd_store_care_plans (db, &grant, "2026-03-03", NULL);
  const char *const expected[] = { first, second };

  g_assert_cmpint (plans->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < plans->len; i++)
    {
      const CpCarePlan *plan = g_ptr_array_index (plans, i);
      g_autofree char *text = g_strdup_printf ("%s %s", plan->title, cp_care_plan_state_names[plan->state]);

      g_assert_cmpstr (text, ==, expected[i]);
    }
}

/* A plan whose place another took is over, and so is a part of a plan; of two that say so of each other neither is. */
static void
test_replaced (Fixture *kit, gconstpointer data)
{
  static const char state[] = "SELECT body ->> 'state' = 'expired' FROM care_plan WHERE fhir_id = 'p'";

  plan (kit, "p", "'title':'Oud plan'");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, state), ==, 0);
  plan (kit, "q", "'title':'Nieuw plan','replaces':[{'reference':'CarePlan/p'}]");
  plan (kit, "r", "'title':'Kousen','partOf':[{'reference':'CarePlan/q'}]");
  plan (kit, "s", "'title':'Zwachtels','partOf':[{'reference':'CarePlan/q'}],'replaces':[{'reference':'CarePlan/r'}]");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, state), ==, 1);
  lists (kit, "Nieuw plan current", "Oud plan expired");
  g_assert_cmpint (ehr_kit_count (kit, "SELECT json_array_length (body, '$.activities') = 1"
                                       " AND body ->> '$.activities[0].text' = 'Zwachtels'"
                                       " AND body ->> 'state' = 'current' FROM care_plan WHERE fhir_id = 'q'"),
                   ==, 1);
  plan (kit, "p", "'title':'Oud plan','replaces':[{'reference':'CarePlan/q'}]");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, state), ==, 0);
  lists (kit, "Nieuw plan current", "Oud plan current");
}

static void
requests (Fixture *kit, const char *of_old, const char *of_new)
{
  static const char request[] = "{'resourceType':'ServiceRequest','id':'%s','status':'active','intent':'order',"
                                "'code':{'text':'%s'},'subject':{'reference':'Patient/wil'}%s}\n";
  g_autofree char *old = g_strdup_printf (request, "old", "Wassen", of_old);
  g_autofree char *new = g_strdup_printf (request, "new", "Douchen", of_new);
  g_autofree char *both = g_strconcat (new, old, NULL);

  ehr_kit_file (kit, "ServiceRequest.ndjson", both);
}

static void
assert_activities (Fixture *kit, const char *texts)
{
  g_autofree char *found = ehr_kit_text (kit, "SELECT group_concat (value ->> 'text', ', ') FROM care_plan,"
                                              " json_each (body, '$.activities') WHERE fhir_id = 'p'");

  g_assert_cmpstr (found, ==, texts);
}

/* A request that has the place of another stands once where that stood, whether the plan names one or both. */
static void
test_replaced_request (Fixture *kit, gconstpointer data)
{
#define REFERS(id) "{'reference':{'reference':'ServiceRequest/" id "'}}"
#define REPLACES(id) ",'replaces':[{'reference':'ServiceRequest/" id "'}]"
  plan (kit, "p", "'title':'Plan','activity':[" REFERS ("old") "]");
  requests (kit, "", "");
  ehr_kit_run_whole (kit);
  assert_activities (kit, "Wassen");
  requests (kit, "", REPLACES ("old"));
  ehr_kit_run_whole (kit);
  assert_activities (kit, "Douchen");
  plan (kit, "p", "'title':'Plan','activity':[" REFERS ("old") "," REFERS ("new") "]");
  ehr_kit_run_whole (kit);
  assert_activities (kit, "Douchen");
  plan (kit, "p", "'title':'Plan'");
  requests (kit, ",'basedOn':[{'reference':'CarePlan/p'}]", REPLACES ("old") ",'basedOn':[{'reference':'CarePlan/p'}]");
  ehr_kit_run_whole (kit);
  assert_activities (kit, "Douchen");
  /* Each says so of the other. */
  plan (kit, "p", "'title':'Plan','activity':[" REFERS ("old") "," REFERS ("new") "]");
  requests (kit, REPLACES ("new"), REPLACES ("old"));
  ehr_kit_run_whole (kit);
  assert_activities (kit, "Wassen, Douchen");
}

/* An intervention stands under the plan that it is based on; another plan is one of its own. */
static void
test_based_on (Fixture *kit, gconstpointer data)
{
#define BASED "'basedOn':[{'reference':'CarePlan/p'}]"
  plan (kit, "p", "'title':'Plan'");
  plan (kit, "q",
        "'title':'Kousen','category':[{'coding':[{'system':'http://snomed.info/sct','code':'9632001'}]}]," BASED);
  plan (kit, "r", "'title':'Ander plan'," BASED);
  ehr_kit_run_whole (kit);
  assert_activities (kit, "Kousen");
  g_assert_cmpint (
      ehr_kit_count (kit, "SELECT count(*) FROM care_plan WHERE part_of IS NULL AND fhir_id IN ('p', 'r')"), ==, 2);
}

/* Who carries it out is told, and makes no version. */
static void
test_teams (Fixture *kit, gconstpointer data)
{
  plan (kit, "p", "'title':'Plan','careTeam':[{'reference':'CareTeam/t'},{'display':'Wijkteam'}]");
  ehr_kit_run_whole (kit);
  ehr_kit_file (kit, "CareTeam.ndjson",
                "{'resourceType':'CareTeam','id':'t','name':'Team Noord','subject':{'reference':'Patient/wil'}}\n");
  ehr_kit_run_whole (kit);
  says (kit, "$.teams[0]", "Team Noord");
  says (kit, "$.teams[1]", "Wijkteam");
  g_assert_cmpint (version (kit), ==, 1);
}

/* One that says so itself, and then is replaced: its words stay the same all the while. */
static void
test_replaced_when_expired (Fixture *kit, gconstpointer data)
{
  plan (kit, "p", "'title':'Oud plan','period':{'end':'2026-01-01'}");
  plan (kit, "q", "'title':'Nieuw plan'");
  ehr_kit_run_whole (kit);
  lists (kit, "Nieuw plan current", "Oud plan expired");
  plan (kit, "q", "'title':'Nieuw plan','replaces':[{'reference':'CarePlan/p'}]");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT replaced FROM care_plan WHERE fhir_id = 'p'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT replaced FROM care_plan WHERE fhir_id = 'q'"), ==, 0);
  plan (kit, "p", "'title':'Oud plan'");
  ehr_kit_run_whole (kit);
  lists (kit, "Nieuw plan current", "Oud plan expired");
}

/* Plans that are part of each other, and of themselves. */
static void
test_circle (Fixture *kit, gconstpointer data)
{
  plan (kit, "p", "'title':'A','partOf':[{'reference':'CarePlan/q'}]");
  plan (kit, "q", "'title':'B','partOf':[{'reference':'CarePlan/p'}]");
  plan (kit, "r", "'title':'C','partOf':[{'reference':'CarePlan/r'}]");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM care_plan WHERE part_of IS NULL AND body IS NOT NULL"), ==,
                   3);
}

/* A goal of somebody else is never shown, whatever the plan says. */
static void
test_goal_of_another (Fixture *kit, gconstpointer data)
{
  ehr_kit_enrol (kit, "s|2", "Henk");
  ehr_kit_file (kit, "Patient-henk.ndjson",
                "{'resourceType':'Patient','id':'henk','identifier':[{'system':'s','value':'2'}],"
                "'name':[{'text':'Henk'}]}\n");
  plan (kit, "p", "'title':'Plan','goal':[{'reference':'Goal/h'}]");
  ehr_kit_file (kit, "Goal.ndjson",
                "{'resourceType':'Goal','id':'h','lifecycleStatus':'active','description':{'text':'Van Henk'},"
                "'subject':{'reference':'Patient/henk'}}\n");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM plan_piece WHERE patient = 2"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM care_plan WHERE body LIKE '%Van Henk%'"), ==, 0);
}

static void
test_appointment_of_plan (Fixture *kit, gconstpointer data)
{
  static const char appointment[] = "{'resourceType':'Appointment','id':'a','status':'booked','description':'%s',"
                                    "'participant':[{'actor':{'reference':'Patient/wil'}}]}\n";
  g_autofree char *first = g_strdup_printf (appointment, "Pedicure");
  g_autofree char *second = g_strdup_printf (appointment, "Medische pedicure");

  plan (kit, "p", "'title':'Plan','activity':[{'reference':{'reference':'Appointment/a'}}]");
  ehr_kit_file (kit, "Appointment.ndjson", first);
  ehr_kit_run_whole (kit);
  says (kit, "$.activities[0].text", "Pedicure");
  ehr_kit_file (kit, "Appointment.ndjson", second);
  ehr_kit_run_whole (kit);
  says (kit, "$.activities[0].text", "Medische pedicure");
}

#define APPOINTMENT(id, status, words, participants)                                                                   \
  "{'resourceType':'Appointment','id':'" id "','status':'" status                                                      \
  "','start':'2026-03-05T10:00:00Z','description':'" words "','participant':[" participants "]}\n"
#define GOES(who) "{'actor':{'reference':'Patient/" who "'}}"
#define ACTIVITY(id) "{'reference':{'reference':'Appointment/" id "','display':'Gesprek over opname'}}"

static gint64
activities (Fixture *kit)
{
  return ehr_kit_count (kit, "SELECT json_array_length (body, '$.activities') FROM care_plan WHERE fhir_id = 'p'");
}

/* What the plan of one client says of an appointment of another is left out and told, also when that appointment comes
 * later; of one that both have it is not. */
static void
test_appointment_of_other (Fixture *kit, gconstpointer data)
{
  ehr_kit_enrol (kit, "s|2", "Henk");
  ehr_kit_file (kit, "Patient-2.ndjson", EHR_KIT_PATIENT ("henk", "2", "Henk"));
  plan (kit, "p", "'title':'Plan','activity':[" ACTIVITY ("h") "," ACTIVITY ("s") "," ACTIVITY ("none") "]");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (activities (kit), ==, 3);
  ehr_kit_file (kit, "Appointment.ndjson",
                APPOINTMENT ("h", "booked", "Opname van Henk", GOES ("henk"))
                    APPOINTMENT ("s", "booked", "Samen", GOES ("wil") "," GOES ("henk")));
  ehr_kit_run_whole (kit);
  g_assert_cmpint (activities (kit), ==, 2);
  says (kit, "$.activities[0].text", "Samen");
  says (kit, "$.activities[1].text", "Gesprek over opname");
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_problem WHERE fhir_id = 'p' AND reason LIKE"
                                       " '%of another client%'"),
                   ==, 1);
}

/* An activity that is an appointment follows that: it goes when it is cancelled or withdrawn, and comes back. */
static void
test_appointment_cancelled (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *participants;
    const char *status;
    gboolean shown;
  } runs[] = {
    { GOES ("wil"), "booked", TRUE },
    { GOES ("wil"), "cancelled", FALSE },
    { GOES ("wil"), "booked", TRUE },
    { GOES ("wil"), "entered-in-error", FALSE },
    { GOES ("wil") "," GOES ("henk"), "booked", TRUE },
    { GOES ("wil") "," GOES ("henk"), "cancelled", FALSE },
    { GOES ("wil") "," GOES ("henk"), "booked", TRUE },
    { GOES ("wil") "," GOES ("henk"), "entered-in-error", FALSE },
  };

  plan (kit, "p", "'title':'Plan','activity':[" ACTIVITY ("a") "]");
  for (gsize i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autofree char *text =
          g_strdup_printf (APPOINTMENT ("a", "%s", "Pedicure", "%s"), runs[i].status, runs[i].participants);

      ehr_kit_file (kit, "Appointment.ndjson", text);
      ehr_kit_run_whole (kit);
      g_assert_cmpint (activities (kit), ==, runs[i].shown);
      if (runs[i].shown)
        says (kit, "$.activities[0].text", "Pedicure");
    }
}

/* Also the words of one that several have. */
static void
test_shared_appointment_of_plan (Fixture *kit, gconstpointer data)
{
  plan (kit, "p", "'title':'Plan','activity':[" ACTIVITY ("s") "]");
  ehr_kit_file (kit, "Appointment.ndjson", APPOINTMENT ("s", "booked", "Pedicure", GOES ("wil") "," GOES ("henk")));
  ehr_kit_run_whole (kit);
  says (kit, "$.activities[0].text", "Pedicure");
  ehr_kit_file (kit, "Appointment.ndjson", APPOINTMENT ("s", "booked", "Koffie", GOES ("wil") "," GOES ("henk")));
  ehr_kit_run_whole (kit);
  says (kit, "$.activities[0].text", "Koffie");
}

/* What cannot be asked of the database is not taken for a no: the run fails, and the plan says what it said. */
static void
test_database_fails (Fixture *kit, gconstpointer data)
{
  static const char *const columns[] = { "description", "type" };
  CpdEhrSync sync = { kit->store.config, kit->store.keys, kit->store.writer, NULL, FALSE, NULL };

  plan (kit, "p", "'title':'Plan','activity':[" ACTIVITY ("a") "," ACTIVITY ("none") "]");
  ehr_kit_file (kit, "Appointment.ndjson", APPOINTMENT ("a", "booked", "Pedicure", GOES ("wil")));
  ehr_kit_run_whole (kit);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GPtrArray) crossed = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (CpdDb) db = cpd_db_open (kit->store.config->database, CPD_DB_READER, NULL);
      g_autofree char *broken = g_strdup_printf ("UPDATE patient SET plans_dirty = 1;"
                                                 "ALTER TABLE appointment RENAME COLUMN %s TO was",
                                                 columns[i]);
      g_autofree char *mended = g_strdup_printf ("ALTER TABLE appointment RENAME COLUMN was TO %s", columns[i]);

      ehr_kit_exec (kit, broken);
      g_assert_false (cpd_ehr_compose_dirty (&sync, db, cp_time_now (), NULL, crossed, NULL));
      ehr_kit_exec (kit, mended);
      g_assert_cmpint (activities (kit), ==, 2);
      says (kit, "$.activities[0].text", "Pedicure");
      says (kit, "$.activities[1].text", "Gesprek over opname");
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM patient WHERE plans_dirty"), ==, 1);
    }
  ehr_kit_run_whole (kit);
}

/* "Something changed in the plan" is told of a new version, and not of more evaluations. */
static void
test_summary (Fixture *kit, gconstpointer data)
{
  gint64 first;

  plan (kit, "p", ONE_GOAL);
  goal (kit, "2026-01-01T00:00:00Z", "Lopen", NO_NOTE);
  ehr_kit_run_whole (kit);
  first = ehr_kit_count (kit, "SELECT plan_changed FROM summary");
  goal (kit, "2026-01-02T00:00:00Z", "Lopen", NOTE ("02"));
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT plan_changed FROM summary"), ==, first);
  goal (kit, "2026-01-03T00:00:00Z", "Veilig lopen", NOTE ("02"));
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT plan_changed FROM summary"), >, first);
}

/* A removed goal that comes late in an older version stays removed; a newer one brings it back. */
static void
test_tombstone (Fixture *kit, gconstpointer data)
{
  plan (kit, "p", "'title':'Plan','goal':[{'reference':'Goal/g'}]");
  goal (kit, "2026-01-01T00:00:00Z", "Lopen", NO_NOTE);
  ehr_kit_run_whole (kit);
  ehr_kit_file (kit, "Goal.ndjson",
                "{'resourceType':'Goal','id':'g','meta':{'lastUpdated':'2026-01-03T00:00:00Z'},'lifecycleStatus':"
                "'entered-in-error','subject':{'reference':'Patient/wil'}}\n");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (version (kit), ==, 2);
  goal (kit, "2026-01-02T00:00:00Z", "Lopen", NO_NOTE);
  ehr_kit_run_whole (kit);
  g_assert_cmpint (version (kit), ==, 2);
  goal (kit, "2026-01-04T00:00:00Z", "Lopen", NO_NOTE);
  ehr_kit_run_whole (kit);
  says (kit, "$.goals[0].text", "Lopen");
}

/* The invented EHR of two days of one year: what the plan said in spring is kept when it says other things in summer.
 */
static void
test_demo_over_days (Fixture *kit, gconstpointer data)
{
  CpdDemoEhrOptions options = { .patients = 2, .days = 60, .seed = 1, .today = "2026-03-03" };

  ehr_kit_file (kit, "Patient.ndjson", NULL);
  options.output = kit->store.config->source_directory;
  ehr_kit_enrol (kit, CPD_DEMO_EHR_SYSTEM "|DL-000001", "W. de Bruin");
  for (int i = 0; i < 2; i++)
    {
      g_auto (CpdEhrSyncReport) report = { 0 };

      store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
      options.today = i == 0 ? "2026-03-03" : "2026-08-20";
      g_assert_true (cpd_demo_ehr_write (&options, NULL));
      g_assert_true (ehr_kit_run (kit, &report, 0));
    }
  g_assert_cmpint (ehr_kit_count (kit, "SELECT version FROM care_plan WHERE fhir_id = 'plan-1-2026'"), ==, 2);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT json_array_length (c.body, '$.evaluations') > 0"
                                       " AND v.body ->> '$.evaluations' IS NULL AND c.body ->> 'description' LIKE"
                                       " '%bijgesteld%' AND v.body ->> 'description' NOT LIKE '%bijgesteld%'"
                                       " FROM care_plan c JOIN care_plan_version v ON v.care_plan = c.id"
                                       " WHERE fhir_id = 'plan-1-2026'"),
                   ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/ehr-compose/" #name, Fixture, NULL, ehr_kit_begin_wil, test_##name, ehr_kit_end)
  ADD (versions);
  ADD (start_of_goal_makes_no_version);
  ADD (evaluations_make_no_version);
  ADD (author);
  ADD (do_not);
  ADD (pieces_come_later);
  ADD (parent_comes_later);
  ADD (replaced);
  ADD (replaced_request);
  ADD (based_on);
  ADD (teams);
  ADD (replaced_when_expired);
  ADD (circle);
  ADD (goal_of_another);
  ADD (appointment_of_plan);
  ADD (appointment_of_other);
  ADD (appointment_cancelled);
  ADD (shared_appointment_of_plan);
  ADD (database_fails);
  ADD (summary);
  ADD (tombstone);
  ADD (demo_over_days);
  return g_test_run ();
}
