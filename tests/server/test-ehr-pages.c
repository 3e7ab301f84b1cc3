/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages of a search that do not give what they should. */
#include "fhir-kit.h"

#include <string.h>

#define N_REPORTS 5

typedef FhirKit Fixture;

static void
set_up (Fixture *kit, gconstpointer data)
{
  fhir_kit_set_up_wil (kit);
  fhir_kit_put (kit, "Practitioner", "anna", NULL, LONG_AGO, "'name':[{'text':'Anna de Wit'}]");
  kit->without_history = TRUE;
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

/* An entry of a page of reports of which r000 is the first. */
typedef struct
{
  const char *name;
  const char *entry;
  gboolean known; /* it tells where the resource is */
} Lost;

static const Lost lost[] = {
  { "without-resource", "{'search':{'mode':'match'}}", FALSE },
  { "with-null", "{'fullUrl':'urn:uuid:0f9d7a3e-0000-4000-8000-000000000001','resource':null}", FALSE },
  { "without-type", "{'resource':{'id':'r001'}}", TRUE },
  { "without-id", "{'resource':{'resourceType':'Observation','status':'final'}}", FALSE },
  { "with-strange-id", "{'resource':{'resourceType':'Observation','id':'r 1','status':'final'}}", FALSE },
  { "with-address", "{'fullUrl':'http://ecd.example/fhir/Observation/r001'}", TRUE },
  { "with-address-for-id",
    "{'fullUrl':'http://ecd.example/fhir/Observation/r001','resource':{'resourceType':'Observation'}}", TRUE },
  { "with-other-address", "{'fullUrl':'http://ecd.example/fhir/Patient/r001'}", FALSE },
};

/* What a page does not give is not taken for read: it is asked for by its id when that is known, else the type has
 * failed and all since is read again. What the page does give is stored. */
static void
check_lost (Fixture *kit, const Lost *one, const char *question)
{
  g_autofree char *body = g_strdup_printf (
      "{'resourceType':'Bundle','type':'searchset','entry':[{'resource':{'resourceType':'Observation','id':'r000',"
      "'meta':{'lastUpdated':'2026-02-01T12:00:00Z'},'status':'final','code':{'coding':[{'system':"
      "'http://snomed.info/sct','code':'11591000146107'}]},'subject':{'reference':'Patient/wil'},"
      "'effectiveDateTime':'2026-02-01','valueString':'Een'}},%s]}",
      one->entry);
  const FhirFault fault = { question, 1, FHIR_ANSWER, 200, NULL, body };
  g_autofree char *error = NULL;

  fhir_kit_reports (kit, N_REPORTS);
  fhir_kit_fault (kit, &fault);
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_cmpstr (error, ==, one->known ? NULL : "not everything on a page could be read");
  g_assert_cmpint (fhir_kit_shown (kit), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_quarantine WHERE fhir_id = 'r001'"), ==,
                   one->known);
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE removed IS NULL AND fhir_id = 'r001'"),
                   ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_quarantine"), ==, 0);
}

static void
test_lost (Fixture *kit, gconstpointer data)
{
  check_lost (kit, data, "18776-5&_sort=_lastUpdated&_count=200");
}

static void
test_lost_whole (Fixture *kit, gconstpointer data)
{
  kit->ignores_updated = TRUE;
  check_lost (kit, data, "18776-5&_count=200");
}

/* A page in the middle lacks something: later pages are stored, and the next run begins before it once more. */
static void
test_lost_in_the_middle (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "_lastUpdated=ge2026-02-01T12:01:00.000Z&_sort",
                            1,
                            FHIR_ANSWER,
                            200,
                            NULL,
                            "{'resourceType':'Bundle','type':'searchset','entry':[{},{'resource':{'resourceType':"
                            "'Observation','id':'r002','meta':{'lastUpdated':'2026-02-01T12:02:00Z'},'status':'final',"
                            "'subject':{'reference':'Patient/wil'}}}],'link':[{'relation':'next','url':'x'}]}" };
  g_autofree char *error = NULL;

  kit->page = 2;
  fhir_kit_reports (kit, N_REPORTS);
  fhir_kit_fault (kit, &fault);
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_cmpstr (error, ==, "not everything on a page could be read");
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS);
  fhir_kit_forget_requests (kit);
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpuint (fhir_kit_requests (kit, "18776-5&_lastUpdated=ge2026-02-01T11:51:00.000Z&_sort"), ==, 1);
}

/* What is there when everything is read, and how the server ends. */
typedef struct
{
  int reports;
  gboolean gives_total;
  gboolean without_next;
  gboolean well;
} LastPage;

static void
assert_whole (Fixture *kit, const LastPage *cases, gsize n)
{
  kit->ignores_updated = TRUE;
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *error = NULL;

      fhir_kit_reports (kit, cases[i].reports);
      kit->gives_total = cases[i].gives_total;
      kit->without_next = cases[i].without_next;
      store_kit_set_now (FHIR_NOW + i * CP_TIME_HOUR);
      error = fhir_kit_run_error (kit, "Observation");
      g_assert_cmpstr (error, ==, cases[i].well ? NULL : "a full page leads to no other: there may be more");
    }
}

/* Where everything of a type is read, a server that stops at a full page and leads to no other has not given
 * everything, unless the total says so. */
static void
test_full_page_whole (Fixture *kit, gconstpointer data)
{
  static const LastPage cases[] = {
    { 199, FALSE, TRUE, TRUE }, { 200, TRUE, TRUE, TRUE },   { 201, FALSE, TRUE, FALSE },
    { 201, TRUE, TRUE, FALSE }, { 201, FALSE, FALSE, TRUE },
  };

  assert_whole (kit, cases, G_N_ELEMENTS (cases));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 201);
}

typedef struct
{
  const char *name;
  void (*change) (FhirKit *kit); /* between the first page and the second, when the reports are read */
  FhirFault fault;
  int shown;
} Moved;

static void
delete_first (FhirKit *kit)
{
  fhir_kit_delete (kit, "Observation", "r000", FHIR_NOW);
}

/* It goes from the first page to the end. */
static void
update_first (FhirKit *kit)
{
  fhir_kit_report (kit, "r000", "wil", FHIR_NOW, "veranderd");
}

/* It goes from the last page to the first, which was read. */
static void
date_back_last (FhirKit *kit)
{
  fhir_kit_report (kit, "r011", "wil", LONG_AGO - CP_TIME_DAY, "r011");
}

#define REFUSED "{'resourceType':'OperationOutcome','issue':[{'severity':'error','code':'not-supported'}]}"

/* A deleted one that was read shows until the next run: what is gone is looked for among what was read. */
static const Moved moved[] = {
  { "deleted", delete_first, { NULL }, 12 },
  { "updated", update_first, { NULL }, 12 },
  { "dated-back", date_back_last, { NULL }, 12 },
  { "deleted-no-elements", delete_first, { "_elements=id", 100, FHIR_ANSWER, 400, NULL, REFUSED }, 12 },
};

static const Moved *moving;

static void
move_once (gpointer fixture, guint request, const char *line)
{
  FhirKit *kit = fixture;

  if (moving == NULL || strstr (line, "/Observation?") == NULL || strstr (line, "_offset=5") == NULL)
    return;
  moving->change (kit);
  moving = NULL;
}

/* Of a server that is read whole no row is lost when rows change between two pages. */
static void
test_moved_whole (Fixture *kit, gconstpointer data)
{
  moving = data;
  kit->page = 5;
  kit->ignores_updated = kit->by_time = TRUE;
  fhir_kit_reports (kit, 12);
  if (moving->fault.match != NULL)
    fhir_kit_fault (kit, &moving->fault);
  kit->hook = move_once;
  g_assert_true (fhir_kit_run (kit));
  g_assert_null (moving);
  for (int i = 0; i < 12; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM item WHERE fhir_id = 'r%03d'", i);

      g_assert_cmpint (ehr_kit_count (&kit->ehr, sql), ==, 1);
    }
  g_assert_cmpint (fhir_kit_shown (kit), ==, ((const Moved *) data)->shown);
}

/* What fits on a page is asked for once. */
static void
test_one_page_whole (Fixture *kit, gconstpointer data)
{
  kit->ignores_updated = TRUE;
  fhir_kit_reports (kit, 12);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpuint (fhir_kit_requests (kit, "_elements"), ==, 0);
}

static void
add_another (gpointer fixture, guint request, const char *line)
{
  FhirKit *kit = fixture;

  if (strstr (line, "/Observation?") != NULL && strstr (line, "_elements") != NULL)
    {
      g_autofree char *id = g_strdup_printf ("n%u", request);

      fhir_kit_report (kit, id, "wil", FHIR_NOW, id);
    }
}

/* A server that never stops changing: what came is kept, but nothing is concluded from it, until it stands still. */
static void
test_never_still (Fixture *kit, gconstpointer data)
{
  g_autofree char *error = NULL;

  kit->page = 5;
  kit->ignores_updated = TRUE;
  fhir_kit_reports (kit, 12);
  g_assert_true (fhir_kit_run (kit));
  fhir_kit_delete (kit, "Observation", "r003", FHIR_NOW);
  kit->hook = add_another;
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_cmpstr (error, ==, "what there is differs each time that it is asked for");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE removed IS NOT NULL"), ==, 0);
  g_assert_cmpint (fhir_kit_shown (kit), >, 12);
  kit->hook = NULL;
  store_kit_set_now (FHIR_NOW + 2 * CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE removed IS NOT NULL"), ==, 1);
}

/* That is one client's: who is asked for in a later question is read all the same. */
static void
test_never_still_of_one (Fixture *kit, gconstpointer data)
{
  g_autofree char *error = NULL;

  kit->page = 5;
  kit->ignores_updated = TRUE;
  for (int i = 0; i < 50; i++)
    {
      g_autofree char *id = g_strdup_printf ("x%02d", i);
      g_autofree char *value = g_strdup_printf ("9%02d", i);
      g_autofree char *identifier = g_strconcat ("s|", value, NULL);

      ehr_kit_enrol (&kit->ehr, identifier, "H. Bruin");
      fhir_kit_patient (kit, id, value, "Henk Bruin");
    }
  fhir_kit_reports (kit, 12);
  fhir_kit_report (kit, "last", "x49", LONG_AGO, "van de laatste");
  kit->hook = add_another;
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_cmpstr (error, ==, "what there is differs each time that it is asked for");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE fhir_id = 'last'"), ==, 1);
}

#define MOMENT "a full page that changed in one moment leads to no other: there may be more"

static void
put_of_moment (Fixture *kit, const char *prefix, const char *subject, int n)
{
  for (int i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s%03d", prefix, i);

      fhir_kit_report (kit, id, subject, LONG_AGO, id);
    }
}

static void
enrol_henk (Fixture *kit)
{
  ehr_kit_enrol (&kit->ehr, "s|222", "H. Bruin");
  fhir_kit_patient (kit, "henk", "222", "Henk Bruin");
}

/* More than a page changed in one moment, and the server does not say so: what comes after it is read, of others all;
 * it is asked for again from there. */
static void
test_one_moment_without_link (Fixture *kit, gconstpointer data)
{
  g_autofree char *error = NULL;

  enrol_henk (kit);
  put_of_moment (kit, "r", "wil", 450);
  put_of_moment (kit, "h", "henk", 100);
  fhir_kit_report (kit, "later", "wil", LONG_AGO + CP_TIME_DAY, "later");
  fhir_kit_report (kit, "h-later", "henk", LONG_AGO + CP_TIME_DAY, "later");
  kit->without_next = TRUE;
  for (int run = 0; run < 2; run++)
    {
      g_clear_pointer (&error, g_free);
      error = fhir_kit_run_error (kit, "Observation");
      g_assert_cmpstr (error, ==, MOMENT);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE patient = 2"), ==, 101);
      g_assert_cmpint (fhir_kit_is_shown (kit, "later"), ==, 1);
      g_assert_cmpint (fhir_kit_shown (kit), ==, 200 + 1 + 101);
      g_assert_cmpint (
          ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_type WHERE type = 'Observation' AND last_success > 0"),
          ==, 0);
      store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
    }
  kit->without_next = FALSE;
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 450 + 1 + 101);
}

/* The moment after it is the same to a server that knows seconds only. */
static void
test_one_moment_by_second (Fixture *kit, gconstpointer data)
{
  g_autofree char *error = NULL;

  put_of_moment (kit, "r", "wil", 450);
  fhir_kit_report (kit, "later", "wil", LONG_AGO + CP_TIME_DAY, "later");
  kit->without_next = kit->by_second = TRUE;
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_cmpstr (error, ==, MOMENT);
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation"), <, 20);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_problem WHERE type = 'Observation'"), <, 5);
  g_assert_cmpint (fhir_kit_shown (kit), >=, 200);
}

/* More than a page of several together is no more than a page of each; the same where all is read each time. */
static void
test_one_moment_of_several (Fixture *kit, gconstpointer data)
{
  enrol_henk (kit);
  put_of_moment (kit, "r", "wil", 150);
  put_of_moment (kit, "h", "henk", 150);
  kit->without_next = TRUE;
  kit->ignores_updated = data != NULL;
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 300);
}

/* A server that stops at fewer than it is asked for, and neither leads on nor says how many there are, is asked for
 * what comes after the last moment of each page. */
static void
test_limit_of_its_own (Fixture *kit, gconstpointer data)
{
  kit->page = 20;
  kit->without_next = TRUE;
  fhir_kit_reports (kit, 90);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 90);
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  fhir_kit_forget_requests (kit);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation?"), <=, 4);
}

/* More of one moment than that is told as what it is. */
static void
test_limit_of_one_moment (Fixture *kit, gconstpointer data)
{
  g_autofree char *error = NULL;

  kit->page = 20;
  kit->without_next = TRUE;
  put_of_moment (kit, "r", "wil", 45);
  fhir_kit_report (kit, "later", "wil", LONG_AGO + CP_TIME_DAY, "later");
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_cmpstr (error, ==, MOMENT);
  g_assert_cmpint (fhir_kit_is_shown (kit, "later"), ==, 1);
}

/* Where all is read each time it cannot be asked for the rest, but that is told. What fits is fine, also when it is as
 * many as such a limit may be, if the server leads on elsewhere or says how many there are. */
static void
test_limit_whole (Fixture *kit, gconstpointer data)
{
  static const LastPage cases[] = {
    { 19, FALSE, TRUE, TRUE },  { 20, TRUE, TRUE, TRUE },  { 20, FALSE, FALSE, TRUE },
    { 45, FALSE, TRUE, FALSE }, { 45, TRUE, TRUE, FALSE }, { 45, FALSE, FALSE, TRUE },
  };

  kit->page = 20;
  assert_whole (kit, cases, G_N_ELEMENTS (cases));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 45);
}

/* Of more clients than it gives at a time each is met and read, in both ways. */
static void
test_limit_of_many (Fixture *kit, gconstpointer data)
{
  kit->page = 20;
  kit->without_next = TRUE;
  kit->ignores_updated = data != NULL;
  for (int i = 0; i < 40; i++)
    {
      g_autofree char *id = g_strdup_printf ("x%02d", i);
      g_autofree char *value = g_strdup_printf ("9%02d", i);
      g_autofree char *identifier = g_strconcat ("s|", value, NULL);

      ehr_kit_enrol (&kit->ehr, identifier, "H. Bruin");
      fhir_kit_patient (kit, id, value, "Henk Bruin");
      fhir_kit_report (kit, id, id, LONG_AGO + i * CP_TIME_MINUTE, id);
    }
  for (int run = 0; run < 2; run++)
    {
      g_assert_true (fhir_kit_run (kit));
      g_assert_cmpint (fhir_kit_shown (kit), ==, 40);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM profile"), ==, 41);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM patient WHERE read_at = (SELECT max (read_at)"
                                                 " FROM patient)"),
                       ==, 41);
      store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
    }
}

static void
limit_names (gpointer fixture, guint request, const char *line)
{
  ((FhirKit *) fixture)->page = strstr (line, "/Practitioner?") != NULL ? 10 : 1000;
}

/* Each name comes of more than it gives at a time. */
static void
test_limit_of_names (Fixture *kit, gconstpointer data)
{
  kit->without_next = data != NULL;
  for (int i = 0; i < 35; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%02d", i);
      g_autofree char *name = g_strdup_printf ("'name':[{'text':'Naam %02d'}]", i);
      g_autofree char *members = g_strdup_printf (
          "'status':'final','code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]},"
          "'subject':{'reference':'Patient/wil'},'effectiveDateTime':'2026-03-01T09:00:00+01:00',"
          "'performer':[{'reference':'Practitioner/%s'}],'valueString':'Een'",
          id);

      fhir_kit_put (kit, "Practitioner", id, NULL, LONG_AGO, name);
      fhir_kit_put (kit, "Observation", id, "wil", LONG_AGO + i * CP_TIME_MINUTE, members);
    }
  /* All is on one page, so that the names are asked for together. */
  kit->hook = limit_names;
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE author = 'Naam ' || substr (fhir_id, 2)"),
                   ==, 35);
}

#define BESIDE(mode, resource) ",{'search':{'mode':'" mode "'},'resource':{'resourceType':" resource "}}"
#define PAGE(first)                                                                                                    \
  "{'resourceType':'Bundle','type':'searchset','entry':[" first BESIDE ("include", "'Patient','id':'henk'")            \
      BESIDE ("match", "'Encounter','id':'x','subject':{'reference':'Patient/henk'}")                                  \
          BESIDE ("include", "'Observation','id':'y','subject':{'reference':'Patient/wil'}")                           \
              BESIDE ("include", "'Organization','id':'z','name':'Huis'") "]}"
#define WIL                                                                                                            \
  "{'resource':{'resourceType':'Patient','id':'wil','identifier':[{'system':'s','value':'123456782'}],"                \
  "'name':[{'text':'Wil Bruin'}]}}"

/* What comes along with the answer to who is who, or to what somebody is called, and is about somebody else. */
static void
test_beside (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *question;
    const char *page;
    int patient; /* 0: of several */
  } cases[] = {
    { "Patient/_search", PAGE (WIL), 1 },
    { "Patient?_id=wil", PAGE (WIL), 0 },
    { "Practitioner?_count", PAGE ("{'resource':{'resourceType':'Practitioner','id':'anna'}}"), 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const FhirFault fault = { cases[i].question, 1, FHIR_ANSWER, 200, NULL, cases[i].page };
      g_autofree char *sql = g_strdup_printf ("SELECT sum (count) FROM audit WHERE action = 14 AND"
                                              " coalesce (patient, 0) = %d",
                                              cases[i].patient);

      g_test_message ("%s", cases[i].question);
      ehr_kit_exec (&kit->ehr, "DELETE FROM audit");
      fhir_kit_fault (kit, &fault);
      /* Only now there is somebody whose name is asked for. */
      if (i == 2)
        fhir_kit_report (kit, "r", "wil", FHIR_NOW + 2 * CP_TIME_HOUR, "Een");
      fhir_kit_run (kit);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, sql), ==, 2);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT sum (count) FROM audit WHERE action = 14"), ==, 2);
      store_kit_set_now (FHIR_NOW + (i + 1) * CP_TIME_HOUR);
    }
  g_assert_cmpint (fhir_kit_shown (kit), ==, 1);
}

#define ADD(name, func) g_test_add ("/ehr/pages/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (lost); i++)
    {
      g_autofree char *path = g_strconcat ("/ehr/pages/lost/", lost[i].name, NULL);
      g_autofree char *whole = g_strconcat ("/ehr/pages/lost-whole/", lost[i].name, NULL);

      g_test_add (path, Fixture, &lost[i], set_up, test_lost, tear_down);
      g_test_add (whole, Fixture, &lost[i], set_up, test_lost_whole, tear_down);
    }
  ADD ("lost-in-the-middle", test_lost_in_the_middle);
  ADD ("full-page-whole", test_full_page_whole);
  for (gsize i = 0; i < G_N_ELEMENTS (moved); i++)
    {
      g_autofree char *path = g_strconcat ("/ehr/pages/moved-whole/", moved[i].name, NULL);

      g_test_add (path, Fixture, &moved[i], set_up, test_moved_whole, tear_down);
    }
  ADD ("one-page-whole", test_one_page_whole);
  ADD ("never-still", test_never_still);
  ADD ("never-still-of-one", test_never_still_of_one);
  ADD ("one-moment-without-link", test_one_moment_without_link);
  ADD ("one-moment-by-second", test_one_moment_by_second);
  ADD ("one-moment-of-several", test_one_moment_of_several);
  g_test_add ("/ehr/pages/full-page-of-several", Fixture, "whole", set_up, test_one_moment_of_several, tear_down);
  ADD ("beside", test_beside);
  ADD ("limit-of-its-own", test_limit_of_its_own);
  ADD ("limit-of-one-moment", test_limit_of_one_moment);
  ADD ("limit-whole", test_limit_whole);
  ADD ("limit-of-many", test_limit_of_many);
  g_test_add ("/ehr/pages/limit-of-many-whole", Fixture, "whole", set_up, test_limit_of_many, tear_down);
  ADD ("limit-of-names", test_limit_of_names);
  g_test_add ("/ehr/pages/limit-of-names-without-link", Fixture, "without", set_up, test_limit_of_names, tear_down);
  return g_test_run ();
}
