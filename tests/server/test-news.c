/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mail that there is something new: to whom, how often, and when. */
#include "cpd-ehr-news.h"
#include "cpd-store-account.h"
#include "cpd-store-news.h"
#include "cpd-store-session.h"
#include "ehr-kit.h"

#define ABOUT "'subject':{'reference':'Patient/wil'}"
#define REPORT                                                                                                         \
  "{'resourceType':'Observation','id':'%s','status':'final','code':{'coding':[{'system':'http://snomed.info/sct',"     \
  "'code':'11591000146107'}]}," ABOUT ",'effectiveDateTime':'2026-03-01T09:00:00+01:00','valueString':'%s'}\n"
#define WAITING "SELECT count(*) FROM outbox WHERE template = 'something-new' AND sent IS NULL AND failed IS NULL"
#define WRITTEN "SELECT count(*) FROM outbox WHERE template = 'something-new'"

/* Marijke reads the dossier and the appointments of Wil, and was in an hour before the first run. */
static const char marijke[] =
    "INSERT INTO account (id, public_id, username, name, given_name, email, created, last_login)"
    " VALUES (1, 'a', 'm', 'Marijke', 'Marijke', 'm@x.example', 1, 1772535600000000);"
    "INSERT INTO membership (id, public_id, account, patient, state, created, accepted)"
    " VALUES (1, 'm', 1, 1, 2, 1, 2);"
    "INSERT INTO membership_part (membership, part, given) VALUES (1, 2, 1), (1, 4, 1);"
    "INSERT INTO session (id, public_id, token_hash, account, kind, shared, created, last_used, expires)"
    " VALUES (1, 's', x'01', 1, 3, 0, 1, 1, 1999999999000000);";

typedef EhrKit Fixture;

static void
add (Fixture *kit, const char *id)
{
  g_autofree char *name = g_strdup_printf ("Observation-%s.ndjson", id);
  g_autofree char *text = g_strdup_printf (REPORT, id, id);

  ehr_kit_file (kit, name, text);
}

/* After the first run: what is in the directory by then is the history of the dossier. */
static void
set_up (Fixture *kit, gconstpointer data)
{
  store_kit_set_now (1772539200 * CP_TIME_SECOND); /* 2026-03-03 12:00 UTC */
  ehr_kit_set_up_wil (kit);
  ehr_kit_exec (kit, marijke);
  add (kit, "history");
  ehr_kit_run_well (kit);
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  ehr_kit_tear_down (kit);
}

static gboolean
visit_in_writer (CpdDb *db, gpointer data, GError **error)
{
  return cpd_store_account_visited (db, 1, cp_time_now (), error);
}

static void
later (int minutes)
{
  store_kit_set_now (cp_time_now () + minutes * CP_TIME_MINUTE);
}

static void
visit (Fixture *kit)
{
  later (1);
  store_kit_write (&kit->store, visit_in_writer, NULL);
  ehr_kit_exec (kit, "UPDATE membership SET visited = (SELECT last_login FROM account WHERE id = account)");
}

typedef enum
{
  NOTHING, /* no row was due */
  SENT,
  HELD
} Outcome;

typedef struct
{
  const CpdConfig *config;
  Outcome outcome;
} Handing;

static gboolean
hand_in_writer (CpdDb *db, gpointer data, GError **error)
{
  Handing *handing = data;
  CpTime now = cp_time_now ();
  g_autoptr (CpdOutboxRow) row = cpd_store_outbox_take (db, CPD_OUTBOX_MAIL, now, now + CP_TIME_MINUTE, error);
  gboolean held, ours;

  handing->outcome = NOTHING;
  if (row == NULL)
    return TRUE;
  if (!cpd_store_news_hold (db, handing->config, row, now, &held, error))
    return FALSE;
  handing->outcome = held ? HELD : SENT;
  return held || cpd_store_outbox_sent (db, row, now, &ours, error);
}

static Outcome
hand_over (Fixture *kit)
{
  Handing handing = { kit->store.config, NOTHING };

  store_kit_write (&kit->store, hand_in_writer, &handing);
  return handing.outcome;
}

static void
test_calm (Fixture *kit, gconstpointer data)
{
  /* The first load is no news. */
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 0);
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 0);
  add (kit, "a");
  add (kit, "b");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 1);
  g_assert_cmpint (hand_over (kit), ==, SENT);
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 1);
  /* More, and nobody has been in. */
  add (kit, "c");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 1);
  visit (kit);
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 1);
  add (kit, "d");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WAITING), ==, 1);
  g_assert_cmpint (hand_over (kit), ==, SENT);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 2);
}

/* What somebody corrects stands on the start screen, and is no reason for a mail. */
static void
test_corrected (Fixture *kit, gconstpointer data)
{
  g_autofree char *text = g_strdup_printf (REPORT, "history", "In andere woorden");

  ehr_kit_file (kit, "Observation-history.ndjson", text);
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE version = 2"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 0);
}

static gboolean
touch_in_writer (CpdDb *db, gpointer data, GError **error)
{
  const CpdActor actor = { .session = 1, .kind = *(CpdSessionKind *) data, .account = 1 };

  return cpd_store_session_touch (db, &actor, cp_time_now (), error);
}

/* Somebody who is in when the mail goes has been in since, without another login; who only began to log in has not. */
static void
test_in_a_session (Fixture *kit, gconstpointer data)
{
  CpdSessionKind kind = CPD_SESSION_PENDING_SMS;

  add (kit, "a");
  ehr_kit_run_well (kit);
  g_assert_cmpint (hand_over (kit), ==, SENT);
  later (5);
  store_kit_write (&kit->store, touch_in_writer, &kind);
  add (kit, "b");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 1);
  kind = CPD_SESSION_FULL;
  later (5);
  store_kit_write (&kit->store, touch_in_writer, &kind);
  /* b was there by then. */
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 1);
  add (kit, "c");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 2);
  g_assert_cmpint (hand_over (kit), ==, SENT);
}

/* Each takes away why somebody would be told. */
static const struct
{
  const char *name, *sql;
} losses[] = {
  { "ended", "UPDATE membership SET ended = 3" },
  { "declined", "UPDATE membership SET state = 3, accepted = NULL" },
  { "invited", "UPDATE membership SET state = 1, accepted = NULL" },
  { "not-accepted", "UPDATE membership SET accepted = NULL" },
  { "over", "UPDATE membership SET until = 1772539200000000" },
  { "withdrawn", "UPDATE membership_part SET ended = 3" },
  { "other-parts", "UPDATE membership_part SET part = part * 4" },
  { "died", "UPDATE patient SET deceased = 1" },
  { "off", "UPDATE account SET news_mail = 0" },
  { "account-ended", "UPDATE account SET ended = 3" },
  { "never-in", "UPDATE account SET last_login = NULL" },
};

/* Something is there that was not told; sql is done, and a run ends. */
static gint64
told_after (Fixture *kit, const char *sql)
{
  ehr_kit_exec (kit, "UPDATE account SET news_waiting = 1");
  add (kit, "a");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE fhir_id = 'a'"), ==, 1);
  ehr_kit_exec (kit, "UPDATE account SET news_waiting = 0");
  ehr_kit_exec (kit, sql);
  ehr_kit_run_well (kit);
  return ehr_kit_count (kit, WRITTEN);
}

static void
test_told (Fixture *kit, gconstpointer data)
{
  g_assert_cmpint (told_after (kit, "SELECT 1"), ==, 1);
}

static void
test_not_told (Fixture *kit, gconstpointer data)
{
  g_assert_cmpint (told_after (kit, data), ==, 0);
}

/* Lost between the run and the moment at which the mail would go: it goes nowhere, and no operator is asked to look. */
static void
test_not_sent (Fixture *kit, gconstpointer data)
{
  const char *sql = data;

  add (kit, "a");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WAITING), ==, 1);
  ehr_kit_exec (kit, sql);
  g_assert_cmpint (hand_over (kit), ==, HELD);
  g_assert_cmpint (hand_over (kit), ==, NOTHING);
  later (7 * 24 * 60);
  g_assert_cmpint (hand_over (kit), ==, NOTHING);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM outbox WHERE sent IS NOT NULL"), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM outbox WHERE reason = 'dropped'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT news_waiting FROM account"), ==, 0);
}

/* With what is left of the right: the part that it is in. */
static void
test_right_part (Fixture *kit, gconstpointer data)
{
  ehr_kit_exec (kit, "UPDATE membership_part SET ended = 3 WHERE part = 4");
  add (kit, "a");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 0);
  ehr_kit_file (kit, "Appointment.ndjson",
                "{'resourceType':'Appointment','id':'v','status':'booked','start':'2026-03-09T10:00:00+01:00',"
                "'participant':[{'actor':{'reference':'Patient/wil'},'status':'accepted'}]}\n"
                "{'resourceType':'Appointment','id':'w','status':'fulfilled','start':'2026-02-09T10:00:00+01:00',"
                "'participant':[{'actor':{'reference':'Patient/wil'},'status':'accepted'}]}\n");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM appointment"), ==, 2);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 1);
  /* Cancelled before the mail goes. */
  ehr_kit_exec (kit, "UPDATE appointment SET status = 3");
  g_assert_cmpint (hand_over (kit), ==, HELD);
}

/* What was there before the right was given comes with the right. */
static void
test_given_later (Fixture *kit, gconstpointer data)
{
  ehr_kit_exec (kit, "UPDATE membership_part SET ended = 3");
  add (kit, "a");
  ehr_kit_run_well (kit);
  later (5);
  ehr_kit_exec (kit, "INSERT INTO membership_part (membership, part, given) VALUES (1, 4, 1772550000000000)");
  store_kit_set_now (1772550001 * CP_TIME_SECOND);
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 0);
  add (kit, "b");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 1);
}

static void
test_removed (Fixture *kit, gconstpointer data)
{
  add (kit, "a");
  ehr_kit_run_well (kit);
  ehr_kit_file (kit, "Observation-a.ndjson", NULL);
  ehr_kit_run_well (kit);
  g_assert_cmpint (hand_over (kit), ==, HELD);
}

static void
test_not_shared (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    CpFreshKind kind;
    const char *file, *text;
  } kinds[] = {
    { CP_FRESH_REPORTS, "DocumentReference.ndjson",
      "{'resourceType':'DocumentReference','id':'d','status':'current','date':'2026-01-15T10:00:00+01:00'," ABOUT
      ",'type':{'coding':[{'system':'http://loinc.org','code':'34746-8'}]},"
      "'content':[{'attachment':{'contentType':'text/plain','data':'SGFsbG8='}}]}\n" },
    { CP_FRESH_FORMS, "QuestionnaireResponse.ndjson",
      "{'resourceType':'QuestionnaireResponse','id':'q','status':'completed'," ABOUT ",'authored':'2026-02-01',"
      "'item':[{'linkId':'1','text':'En verder?','answer':[{'valueString':'Niets'}]}]}\n" },
    { CP_FRESH_PLANS, "CarePlan.ndjson",
      "{'resourceType':'CarePlan','id':'p','status':'active'," ABOUT ",'intent':'plan','title':'Zorgplan'}\n" },
    { CP_FRESH_APPOINTMENTS, "Appointment.ndjson",
      "{'resourceType':'Appointment','id':'v','status':'booked','start':'2026-04-09T10:00:00+01:00',"
      "'participant':[{'actor':{'reference':'Patient/wil'},'status':'accepted'}]}\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gint64 before = ehr_kit_count (kit, WRITTEN);

      visit (kit);
      kit->store.config->unshared = 1u << kinds[i].kind;
      ehr_kit_file (kit, kinds[i].file, kinds[i].text);
      ehr_kit_run_well (kit);
      g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, before);
      kit->store.config->unshared = 0;
      ehr_kit_run_well (kit);
      g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, before + 1);
      kit->store.config->unshared = 1u << kinds[i].kind;
      g_assert_cmpint (hand_over (kit), ==, HELD);
      kit->store.config->unshared = 0;
    }
}

static void
test_another_client (Fixture *kit, gconstpointer data)
{
  ehr_kit_enrol (kit, "s|2", "Vries");
  ehr_kit_exec (kit, "UPDATE membership SET patient = 2");
  ehr_kit_file (kit, "Patient-2.ndjson",
                "{'resourceType':'Patient','id':'henk','identifier':[{'system':'s','value':'2'}],"
                "'name':[{'text':'Henk Vries'}]}\n");
  add (kit, "a");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 0);
}

/* The history of whoever the client is linked to from now on is no news either. */
static void
test_linked_anew (Fixture *kit, gconstpointer data)
{
  ehr_kit_exec (kit, "UPDATE patient SET fhir_id = NULL, loaded = NULL; UPDATE account SET last_login = 3");
  add (kit, "a");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT loaded IS NOT NULL FROM patient"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 0);
}

/* Half a first load is followed by the rest of it; a run that breaks off later is made good by the next one. */
static void
test_broken_off (Fixture *kit, gconstpointer data)
{
  g_auto (CpdEhrSyncReport) first = { 0 };
  g_auto (CpdEhrSyncReport) second = { 0 };

  ehr_kit_exec (kit, "UPDATE patient SET loaded = NULL");
  add (kit, "a");
  ehr_kit_run (kit, &first, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT loaded IS NULL FROM patient"), ==, 1);
  add (kit, "b");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 0);
  add (kit, "c");
  later (60);
  ehr_kit_run (kit, &second, 1);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE fhir_id = 'c'"), ==, 1);
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 1);
}

/* A type that does not go well has its history still to come; one that never does keeps nobody waiting for long. */
static void
test_half_a_load (Fixture *kit, gconstpointer data)
{
  g_auto (CpdEhrSyncReport) report = { 0 };

  ehr_kit_exec (kit, "UPDATE patient SET loaded = NULL, created = 1772539200000000");
  ehr_kit_file (kit, "Appointment.ndjson", "{'resourceType':'Appointment','id':'v','status':");
  later (60);
  g_assert_true (ehr_kit_run (kit, &report, 0));
  g_assert_false (cpd_ehr_sync_report_is_fine (&report));
  g_assert_cmpint (ehr_kit_count (kit, "SELECT loaded IS NULL FROM patient"), ==, 1);
  later (8 * 24 * 60);
  cpd_ehr_sync_report_clear (&report);
  g_assert_true (ehr_kit_run (kit, &report, 0));
  g_assert_false (cpd_ehr_sync_report_is_fine (&report));
  g_assert_cmpint (ehr_kit_count (kit, "SELECT loaded IS NOT NULL FROM patient"), ==, 1);
}

static gboolean
tell_and_fail (CpdDb *db, gpointer data, GError **error)
{
  g_assert_true (cpd_store_news_tell (db, data, 1, cp_time_now (), error));
  g_set_error_literal (error, CP_ERROR, CP_ERROR_INTERNAL, "as if the power went");
  return FALSE;
}

/* The mail and that it was told are one: undone together, and the next run tells once. */
static void
test_stopped_in_between (Fixture *kit, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  ehr_kit_exec (kit, "UPDATE account SET news_mail = 0");
  add (kit, "a");
  ehr_kit_run_well (kit);
  ehr_kit_exec (kit, "UPDATE account SET news_mail = 1");
  g_assert_false (cpd_writer_run (kit->store.writer, tell_and_fail, kit->store.config, &error));
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT news_waiting + news_told FROM account"), ==, 0);
  ehr_kit_run_well (kit);
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 1);
}

static gboolean
choose_in_writer (CpdDb *db, gpointer data, GError **error)
{
  return cpd_store_news_choose (db, 1, data, cp_time_now (), error);
}

/* Turned on again: from then on. */
static void
test_turned_on (Fixture *kit, gconstpointer data)
{
  CpdNewsChoice choice = { FALSE, -1, -1 };

  store_kit_write (&kit->store, choose_in_writer, &choice);
  add (kit, "a");
  ehr_kit_run_well (kit);
  choice.mail = TRUE;
  later (5);
  store_kit_write (&kit->store, choose_in_writer, &choice);
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 0);
  add (kit, "b");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 1);
}

static CpTime
local (const char *date, const char *clock, GTimeZone *zone)
{
  return cp_time_of_local (date, cp_time_minute_of_day (clock), zone);
}

static void
test_quiet_hours (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *from, *until, *date, *now, *end_date; /* end_date NULL: it goes at once */
    int later;                                        /* minutes after now, for the second of two equal times */
  } cases[] = {
    { "21:00", "08:00", "2026-03-05", "20:59", NULL },
    { "21:00", "08:00", "2026-03-05", "21:00", "2026-03-06" },
    { "21:00", "08:00", "2026-03-05", "23:59", "2026-03-06" },
    { "21:00", "08:00", "2026-03-06", "00:00", "2026-03-06" },
    { "21:00", "08:00", "2026-03-06", "07:59", "2026-03-06" },
    /* The run of eight o'clock. */
    { "21:00", "08:00", "2026-03-06", "08:00", NULL },
    { "12:30", "14:00", "2026-03-06", "12:29", NULL },
    { "12:30", "14:00", "2026-03-06", "12:30", "2026-03-06" },
    { "12:30", "14:00", "2026-03-06", "14:00", NULL },
    { "00:00", "06:00", "2026-03-06", "05:00", "2026-03-06" },
    { "22:00", "00:00", "2026-03-06", "22:00", "2026-03-07" },
    { "08:00", "08:00", "2026-03-06", "08:00", NULL },
    { NULL, NULL, "2026-03-06", "03:00", NULL },
    /* The nights in which the clock changes: 23 and 25 hours. */
    { "21:00", "08:00", "2026-03-28", "23:30", "2026-03-29" },
    { "21:00", "08:00", "2026-03-29", "01:30", "2026-03-29" },
    { "21:00", "08:00", "2026-10-24", "23:30", "2026-10-25" },
    { "21:00", "08:00", "2026-10-25", "00:30", "2026-10-25" },
    { "21:00", "02:30", "2026-10-25", "01:30", NULL, 105 },
  };
  GTimeZone *zone = kit->store.config->zone;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = g_strdup_printf ("q%zu", i);
      g_autofree char *choose = g_strdup_printf (
          "UPDATE account SET news_waiting = 0, news_told = 0, last_login = 3, quiet_from = nullif (%d, -1),"
          " quiet_until = nullif (%d, -1); DELETE FROM outbox",
          cp_time_minute_of_day (cases[i].from), cp_time_minute_of_day (cases[i].until));
      CpTime now = local (cases[i].date, cases[i].now, zone) + cases[i].later * CP_TIME_MINUTE;
      CpTime end = cases[i].end_date != NULL ? local (cases[i].end_date, cases[i].until, zone) : 0;

      g_test_message ("from %s until %s at %s", cases[i].from, cases[i].until, cases[i].now);
      ehr_kit_exec (kit, choose);
      add (kit, id);
      store_kit_set_now (now - CP_TIME_HOUR);
      ehr_kit_run_well (kit);
      g_assert_cmpint (ehr_kit_count (kit, WAITING), ==, 1);
      g_assert_cmpint (hand_over (kit), ==, end != 0 ? HELD : SENT);
      if (end == 0)
        continue;
      g_assert_cmpint (ehr_kit_count (kit, "SELECT next_try FROM outbox"), ==, end);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT tries FROM outbox"), ==, 0);
      store_kit_set_now (end - 1);
      g_assert_cmpint (hand_over (kit), ==, NOTHING);
      store_kit_set_now (end);
      g_assert_cmpint (hand_over (kit), ==, SENT);
    }
}

/* In at night, and more came after that: at the end of the quiet hours one mail goes, and not that of before. */
static void
test_two_wait (Fixture *kit, gconstpointer data)
{
  GTimeZone *zone = kit->store.config->zone;

  store_kit_set_now (local ("2026-03-04", "20:00", zone));
  add (kit, "a");
  ehr_kit_run_well (kit);
  g_assert_cmpint (hand_over (kit), ==, HELD);
  visit (kit);
  add (kit, "b");
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WAITING), ==, 2);
  g_assert_cmpint (hand_over (kit), ==, HELD);
  store_kit_set_now (local ("2026-03-05", "08:00", zone));
  g_assert_cmpint (hand_over (kit), ==, HELD);
  g_assert_cmpint (hand_over (kit), ==, SENT);
  g_assert_cmpint (hand_over (kit), ==, NOTHING);
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 2);
}

/* More than one batch of them: each once. */
static void
test_many (Fixture *kit, gconstpointer data)
{
  ehr_kit_exec (kit,
                "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 230)"
                " INSERT INTO account (id, public_id, username, name, given_name, email, created, last_login)"
                " SELECT i, 'a' || i, 'm' || i, 'M', 'M', i || '@x.example', 1, 3 FROM n;"
                "INSERT INTO membership (id, public_id, account, patient, state, created, accepted)"
                " SELECT id, 'm' || id, id, 1, 2, 1, 2 FROM account WHERE id > 1;"
                "INSERT INTO membership_part (membership, part, given) SELECT id, 4, 1 FROM membership WHERE id > 1");
  add (kit, "a");
  ehr_kit_run_well (kit);
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRITTEN), ==, 230);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(DISTINCT account) FROM outbox"), ==, 230);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/news/calm", test_calm },
    { "/news/told", test_told },
    { "/news/corrected", test_corrected },
    { "/news/in-a-session", test_in_a_session },
    { "/news/right-part", test_right_part },
    { "/news/given-later", test_given_later },
    { "/news/removed", test_removed },
    { "/news/not-shared", test_not_shared },
    { "/news/another-client", test_another_client },
    { "/news/linked-anew", test_linked_anew },
    { "/news/broken-off", test_broken_off },
    { "/news/half-a-load", test_half_a_load },
    { "/news/stopped-in-between", test_stopped_in_between },
    { "/news/turned-on", test_turned_on },
    { "/news/quiet-hours", test_quiet_hours },
    { "/news/two-wait", test_two_wait },
    { "/news/many", test_many },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (losses); i++)
    {
      g_autofree char *not_told = g_strconcat ("/news/not-told/", losses[i].name, NULL);
      g_autofree char *not_sent = g_strconcat ("/news/not-sent/", losses[i].name, NULL);

      g_test_add (not_told, Fixture, losses[i].sql, set_up, test_not_told, tear_down);
      g_test_add (not_sent, Fixture, losses[i].sql, set_up, test_not_sent, tear_down);
    }
  return g_test_run ();
}
