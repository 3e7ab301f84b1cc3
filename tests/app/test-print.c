/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is printed, read back with pdftotext. Needs a display for the print operation and the dialog. */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "cp-timeline.h"
#include "cpa-print-dialog.h"
#include "cpa-print-fetch.h"
#include "cpa-print-operation.h"
#include "fixture-api.h"
#include "print-kit.h"
#include "screen-kit.h"

#define FETCHED "2026-03-03T08:00:00+01:00"
#define CLIENT "Wil de Bruin, geboren op 14 mei 1938"
#define SOURCE "Gegevens van Zorggroep De Linde, stand van dinsdag 3 maart 2026 08:00"
#define PRINTED "Afgedrukt op dinsdag 3 maart 2026 door Marijke de Bruin"

static char *folder; /* for what is printed */

typedef struct
{
  CpaApi *api;
  CpaContext *context;
} Portal;

static Portal
portal_new (const char *scenario)
{
  Portal portal = { .api = fixture_api_new (scenario) };

  portal.context = fixture_context_new (portal.api, "session", 0);
  return portal;
}

static void
portal_clear (Portal *portal)
{
  g_assert_finalize_object (portal->context);
  g_assert_finalize_object (portal->api);
}

static void
got_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gpointer *record = user_data;

  *record = cpa_api_call_finish (CPA_API (source), result, &error);
  g_assert_no_error (error);
}

static gpointer
get (Portal *portal, CpRouteId route, const char *id, const CpRecordType *type)
{
  CpaCall call = { .route = route, .ids = { "patient", id }, .answer_type = type };
  gpointer record = NULL;

  cpa_api_call_async (portal->api, &call, NULL, got_cb, &record);
  while (record == NULL)
    g_main_context_iteration (NULL, TRUE);
  return record;
}

static CpTime
fetched_at (void)
{
  CpTime time;

  g_assert_true (cp_time_parse (FETCHED, &time));
  return time;
}

static GStrv
print_to_pdf (CpaPrintDoc *doc, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (CpaPrintPaper) paper = print_kit_lay_out (doc);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = print_kit_pdf (paper);
  GStrv pages;

  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  pages = print_kit_read (path);
  g_assert_cmpint (g_strv_length (pages), ==, cpa_print_paper_get_n_pages (paper));
  return pages;
}

static void
assert_edges (GStrv pages)
{
  guint n = g_strv_length (pages);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("Bladzijde %u van %u", i + 1, n);

      g_assert_nonnull (strstr (pages[i], CLIENT));
      g_assert_nonnull (strstr (pages[i], SOURCE));
      g_assert_nonnull (strstr (pages[i], PRINTED));
      g_assert_nonnull (strstr (pages[i], number));
    }
}

static void
assert_words (GStrv pages, const char *const *words)
{
  g_autofree char *text = g_strjoinv ("\n", pages);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) == NULL)
      g_error ("not on paper: %s\n%s", words[i], text);
}

static void
test_report (void)
{
  static const char *const words[] = { "Rapportage Algemeen", "Dinsdag 3 maart 2026 09:40",
                                       "Geschreven door Fatima El Amrani, verzorgende", "138 over 76", NULL };
  Portal portal = portal_new ("period");
  g_autoptr (CpDossierItemAnswer) answer =
      get (&portal, CP_ROUTE_DOSSIER_ITEM, "item1AAAAAAAAAAAAAAAAA", &cp_dossier_item_answer_record);
  g_autoptr (CpaPrintJob) job = cpa_print_job_new_item (portal.context, answer->item, fetched_at ());
  g_autoptr (CpaPrintDoc) doc = cpa_print_job_to_doc (job, portal.context);
  g_auto (GStrv) pages = print_to_pdf (doc, "report.pdf");
  g_autoptr (CpaPrintJob) undated = cpa_print_job_new_item (portal.context, answer->item, 0);
  g_autoptr (CpaPrintDoc) never_fetched = cpa_print_job_to_doc (undated, portal.context);

  g_assert_cmpstr (job->what, ==, "Deze rapportage");
  g_assert_cmpstr (never_fetched->source, ==, "Cliëntportaal van Zorggroep De Linde");
  g_assert_cmpint (g_strv_length (pages), ==, 1);
  assert_edges (pages);
  assert_words (pages, words);
  portal_clear (&portal);
}

static void
test_form (void)
{
  static const char *const words[] = { "Afspraak = afspraak",       "Formulier",
                                       "Verteld door Wil de Bruin", "Nog niet af",
                                       "Hoe laat wilt u opstaan?",  "Rug wassen",
                                       "Steunkousen aantrekken",    "Niet ingevuld",
                                       "Vraag zonder tekst",        NULL };
  Portal portal = portal_new ("period");
  g_autoptr (CpDossierItemAnswer) answer =
      get (&portal, CP_ROUTE_DOSSIER_ITEM, "item4AAAAAAAAAAAAAAAAA", &cp_dossier_item_answer_record);
  g_autoptr (CpaPrintJob) job = cpa_print_job_new_item (portal.context, answer->item, fetched_at ());
  g_autoptr (CpaPrintDoc) doc = cpa_print_job_to_doc (job, portal.context);
  g_auto (GStrv) pages = print_to_pdf (doc, "form.pdf");

  g_assert_cmpstr (job->what, ==, "Dit formulier");
  g_assert_cmpstr (doc->title, ==, "Formulier 2026-03-01");
  assert_edges (pages);
  assert_words (pages, words);
  portal_clear (&portal);
}

/* Of a document the paper says what belongs to it and is not printed. */
static void
test_attachments (void)
{
  static const char *const words[] = { "Menukaart van de feestdagen.",
                                       "Woensdag 24 december 2025",
                                       "Bijlage, niet op dit papier: Menukaart (foto)",
                                       "Bijlage, niet op dit papier: Medicatieoverzicht (pdf)",
                                       "Bijlage, niet op dit papier: Brief (tekst)",
                                       "Bijlage, niet op dit papier: Archief",
                                       NULL };
  Portal portal = portal_new ("period");
  g_autoptr (CpDossierItemAnswer) answer =
      get (&portal, CP_ROUTE_DOSSIER_ITEM, "item7AAAAAAAAAAAAAAAAA", &cp_dossier_item_answer_record);
  g_autoptr (CpaPrintJob) job = cpa_print_job_new_item (portal.context, answer->item, fetched_at ());
  g_autoptr (CpaPrintDoc) doc = cpa_print_job_to_doc (job, portal.context);
  g_auto (GStrv) pages = print_to_pdf (doc, "document.pdf");

  assert_words (pages, words);
  portal_clear (&portal);
}

static CpaPrintDoc *
plan_doc (Portal *portal)
{
  g_autoptr (CpCarePlanAnswer) answer =
      get (portal, CP_ROUTE_CARE_PLAN, "plan1AAAAAAAAAAAAAAAAA", &cp_care_plan_answer_record);
  g_autoptr (CpaPrintJob) job = cpa_print_job_new_plan (portal->context, answer->plan, fetched_at ());

  return cpa_print_job_to_doc (job, portal->context);
}

static const char *const plan_words[] = { "Zorgleefplan 2026",
                                          "Besproken op 12 januari 2026 met Marijke de Bruin",
                                          "Doel 2. Veilig lopen in huis",
                                          "Gaat vooruit",
                                          "Streven: vóór 1 juni 2026",
                                          "Op dinsdag en vrijdag",
                                          "Wie: Tom Schouten",
                                          "’s avonds",
                                          "Als het nodig is",
                                          "Lopen gaat goed, doel blijft staan.",
                                          "Het plan is besproken.",
                                          NULL };

static void
test_plan (void)
{
  Portal portal = portal_new ("period");
  g_autoptr (CpaPrintDoc) doc = plan_doc (&portal);
  g_auto (GStrv) pages = print_to_pdf (doc, "plan.pdf");
  g_autofree char *path = g_build_filename (folder, "plan.pdf", NULL);
  const char *arguments[] = { "pdfinfo", path, NULL };
  g_autofree char *information = print_kit_run (arguments);

  assert_edges (pages);
  assert_words (pages, plan_words);
  g_assert_nonnull (strstr (information, "A4"));
  g_assert_nonnull (strstr (information, "Tagged:          yes"));
  /* A file's title is seen in lists of files: it names no client. */
  g_assert_null (strstr (information, "Bruin"));
  portal_clear (&portal);
}

static void
printed_cb (int *printed, GtkPrintOperationResult result)
{
  *printed = (int) result;
}

/* The same by way of the print operation, as a printer gets it. */
static void
test_operation (void)
{
  Portal portal = portal_new ("period");
  g_autoptr (CpaPrintDoc) doc = plan_doc (&portal);
  g_autoptr (GtkPrintOperation) operation = cpa_print_operation_new (doc);
  g_autofree char *path = g_build_filename (folder, "operation.pdf", NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) pages = NULL;
  int printed = -1;

  g_signal_connect_swapped (operation, "done", G_CALLBACK (printed_cb), &printed);
  gtk_print_operation_set_export_filename (operation, path);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error);
  g_assert_no_error (error);
  while (printed < 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (printed, ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  pages = print_kit_read (path);
  g_assert_cmpint (g_strv_length (pages), ==, print_kit_count (doc));
  assert_edges (pages);
  assert_words (pages, plan_words);
  portal_clear (&portal);
}

typedef struct
{
  guint progress, steps;
  gboolean done;
  GError *error;
} Fetched;

static void
progress_cb (Fetched *fetched, guint reports)
{
  fetched->progress = reports;
  fetched->steps++;
}

static void
done_cb (Fetched *fetched, const GError *error)
{
  fetched->done = TRUE;
  fetched->error = error != NULL ? g_error_copy (error) : NULL;
}

static CpaPrintJob *
fetch_period (Portal *portal, const char *author, Fetched *fetched)
{
  CpaPrintJob *job = cpa_print_job_new_period (portal->context, "report=general&from=2026-02-01", "Rapportage Algemeen",
                                               "1 februari 2026 t/m 3 maart 2026", author);
  g_autoptr (CpaPrintFetch) fetch = cpa_print_fetch_new (portal->context, job);

  g_signal_connect_swapped (fetch, "progress", G_CALLBACK (progress_cb), fetched);
  g_signal_connect_swapped (fetch, "done", G_CALLBACK (done_cb), fetched);
  cpa_print_fetch_start (fetch);
  while (!fetched->done)
    g_main_context_iteration (NULL, TRUE);
  return job;
}

static void
test_period (void)
{
  static const char *const words[] = { "Rapportage Algemeen", "1 februari 2026 t/m 3 maart 2026",
                                       "Dinsdag 3 maart 2026", "Verslag nummer 0.", "Verslag nummer 59.",
                                       /* The form among them, whose answers a list does not have. */
                                       "Steunkousen aantrekken", NULL };
  Portal portal = portal_new ("period");
  Fetched fetched = { 0 };
  g_autoptr (CpaPrintJob) job = fetch_period (&portal, NULL, &fetched);
  g_autoptr (CpaPrintDoc) doc = NULL;
  g_auto (GStrv) pages = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (fetched.error);
  g_assert_cmpint (fetched.progress, ==, 61);
  g_assert_cmpint (fetched.steps, ==, 3);
  doc = cpa_print_job_to_doc (job, portal.context);
  pages = print_to_pdf (doc, "period.pdf");
  text = g_strjoinv ("\n", pages);
  g_assert_cmpint (g_strv_length (pages), >, 5);
  assert_edges (pages);
  assert_words (pages, words);
  for (int i = 0; i < 60; i++)
    {
      g_autofree char *number = g_strdup_printf ("Verslag nummer %d.", i);

      /* pdftotext turns right-to-left lines around. */
      if (i % 4 != 2 && strstr (text, number) == NULL)
        g_error ("not on paper: %s", number);
    }
  g_assert_nonnull (strstr (text, "الشاي"));
  g_assert_null (strstr (text, "Schrijver:"));
  /* In the order in which it happened. */
  g_assert_true (strstr (text, "Verslag nummer 59.") < strstr (text, "Verslag nummer 0."));
  portal_clear (&portal);
}

/* Who reads the paper does not see what was chosen on the screen. */
static void
test_period_of_one_writer (void)
{
  static const char *const words[] = { "1 februari 2026 t/m 3 maart 2026",
                                       "Schrijver: Tom Schouten. Wat anderen schreven, staat er niet bij.", NULL };
  Portal portal = portal_new ("period");
  Fetched fetched = { 0 };
  g_autoptr (CpaPrintJob) job = fetch_period (&portal, "Tom Schouten", &fetched);
  g_autoptr (CpaPrintDoc) doc = cpa_print_job_to_doc (job, portal.context);
  g_auto (GStrv) pages = print_to_pdf (doc, "writer.pdf");

  assert_words (pages, words);
  portal_clear (&portal);
}

/* That too says why there is nothing. */
static void
test_period_without_reports (void)
{
  static const char *const words[] = { "Er staan hier geen rapportages van Tom Schouten in deze periode.", NULL };
  Portal portal = portal_new ("period");
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (CpaPrintJob) job =
      cpa_print_job_new_period (portal.context, NULL, "Rapportage Algemeen", "2025", "Tom Schouten");
  g_autoptr (CpaPrintDoc) doc = NULL;
  g_auto (GStrv) pages = NULL;

  cpa_print_job_take_items (job, portal.context, none, fetched_at ());
  doc = cpa_print_job_to_doc (job, portal.context);
  pages = print_to_pdf (doc, "none.pdf");
  assert_words (pages, words);
  portal_clear (&portal);
}

static void
test_period_fails (void)
{
  Portal portal = portal_new ("failed");
  Fetched fetched = { 0 };
  g_autoptr (CpaPrintJob) job = fetch_period (&portal, NULL, &fetched);

  g_assert_error (fetched.error, CP_ERROR, CP_ERROR_UNREACHABLE);
  g_assert_false (cpa_print_job_is_ready (job));
  g_clear_error (&fetched.error);
  portal_clear (&portal);
}

static void
test_period_is_bounded (void)
{
  Portal portal = portal_new ("flood");
  Fetched fetched = { 0 };
  g_autoptr (CpaPrintJob) job = fetch_period (&portal, NULL, &fetched);

  g_assert_error (fetched.error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpint (fetched.progress, <=, CPA_PRINT_MOST + 100);
  g_assert_false (cpa_print_job_is_ready (job));
  g_clear_error (&fetched.error);
  portal_clear (&portal);
}

/* The dialog */

static void
present_period_of (Screen *screen, const char *author)
{
  cpa_print_dialog_present (
      screen->page, screen->context,
      cpa_print_job_new_period (screen->context, "report=general", "Rapportage Algemeen", NULL, author));
  settle ();
}

static void
present_period (Screen *screen)
{
  present_period_of (screen, NULL);
}

static void
test_dialog (void)
{
  Screen screen = open_screen ("start", "period", "session", 1000);

  present_period (&screen);
  g_assert_true (print_kit_is_enabled ("print"));
  g_assert_true (print_kit_is_enabled ("save"));
  g_assert_nonnull (strstr (print_kit_body (), "Een periode. Dit zijn "));
  g_assert_nonnull (strstr (print_kit_body (), "Op dit papier staan persoonlijke gegevens."));
  g_assert_nonnull (strstr (print_kit_body (), "In het bestand staan persoonlijke gegevens."));
  g_assert_null (strstr (print_kit_body (), "Schrijver:"));
  print_kit_answer ("Annuleren");
  g_assert_null (print_kit_dialog ());
  close_screen (&screen);
}

static void
test_dialog_of_one_writer (void)
{
  Screen screen = open_screen ("start", "period", "session", 1000);

  present_period_of (&screen, "Tom Schouten");
  g_assert_nonnull (strstr (print_kit_body (), "Schrijver: Tom Schouten. Wat anderen schreven, staat er niet bij."));
  print_kit_answer ("Annuleren");
  close_screen (&screen);
}

static void
test_dialog_waits (void)
{
  Screen screen = open_screen ("start", "period", "session", 1000);

  fixture_api_set_scenario (FIXTURE_API (screen.api), "loading");
  present_period (&screen);
  g_assert_cmpstr (print_kit_body (), ==, "Wordt opgehaald…");
  g_assert_false (print_kit_is_enabled ("print"));
  g_assert_false (print_kit_is_enabled ("save"));
  print_kit_answer ("Annuleren");
  close_screen (&screen);
}

static void
test_dialog_fails_and_retries (void)
{
  Screen screen = open_screen ("start", "period", "session", 1000);

  fixture_api_set_scenario (FIXTURE_API (screen.api), "failed");
  present_period (&screen);
  g_assert_nonnull (strstr (print_kit_body (), "Wij kregen geen antwoord"));
  fixture_api_set_scenario (FIXTURE_API (screen.api), "period");
  print_kit_answer ("Opnieuw proberen");
  g_assert_nonnull (strstr (print_kit_body (), "Dit zijn "));
  print_kit_answer ("Annuleren");
  close_screen (&screen);
}

static void
test_dialog_too_much (void)
{
  Screen screen = open_screen ("start", "period", "session", 1000);

  fixture_api_set_scenario (FIXTURE_API (screen.api), "flood");
  present_period (&screen);
  g_assert_cmpstr (print_kit_body (), ==, "Kies een kortere periode.");
  print_kit_answer ("Sluiten");
  close_screen (&screen);
}

static GtkWidget *
find_print_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (g_str_equal (G_OBJECT_TYPE_NAME (item->data), "GtkPrintUnixDialog") && gtk_widget_get_visible (item->data))
      return item->data;
  return NULL;
}

/* What prints is asked for its own widgets when its dialog comes. */
static gboolean
operation_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer operation)
{
  *(GtkPrintOperation **) operation = g_value_get_object (values);
  return FALSE;
}

/* On a shared computer: no question, no file, not even one of the print dialog; and that the paper may come later. */
static void
test_shared (void)
{
  g_autoptr (GTypeClass) type = g_type_class_ref (GTK_TYPE_PRINT_OPERATION);
  GtkPrintOperation *operation = NULL;
  Screen screen = open_screen ("start", "period", "session-shared", 1000);
  g_autoptr (CpDossierItemAnswer) report = NULL;
  Portal portal = { screen.api, screen.context };
  g_autofree char *backends = NULL;

  g_signal_add_emission_hook (g_signal_lookup ("create-custom-widget", G_TYPE_FROM_CLASS (type)), 0, operation_cb,
                              &operation, NULL);
  report = get (&portal, CP_ROUTE_DOSSIER_ITEM, "item1AAAAAAAAAAAAAAAAA", &cp_dossier_item_answer_record);
  cpa_print_dialog_present (screen.page, screen.context,
                            cpa_print_job_new_item (screen.context, report->item, fetched_at ()));
  settle ();
  g_assert_null (print_kit_dialog ());
  g_assert_nonnull (find_print_dialog ());
  g_object_get (gtk_settings_get_default (), "gtk-print-backends", &backends, NULL);
  g_assert_null (strstr (backends, "file"));
  g_signal_emit_by_name (operation, "done", GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_nonnull (strstr (print_kit_body (), "Komt er geen papier? Vraag een medewerker om hulp voordat u uitlogt."));
  print_kit_answer ("Sluiten");
  gtk_dialog_response (GTK_DIALOG (find_print_dialog ()), GTK_RESPONSE_CANCEL);
  settle ();
  g_assert_null (find_print_dialog ());
  close_screen (&screen);
}

/* What is chosen to be saved is written whole, for nobody else to read, and in no list of recent files. */
static void
test_save (void)
{
  Screen screen = open_screen ("start", "period", "session", 1000);
  g_autofree char *path = g_build_filename (folder, "saved.pdf", NULL);
  gboolean recent = TRUE;
  g_auto (GStrv) pages = NULL;
  GStatBuf information;

  g_unlink (path);
  present_period (&screen);
  print_kit_answer ("Opslaan als pdf…");
  print_kit_save (path);
  pages = print_kit_read (path);
  assert_edges (pages);
  g_assert_cmpint (g_stat (path, &information), ==, 0);
  g_assert_cmpint (information.st_mode & 0077, ==, 0);
  g_object_get (gtk_settings_get_default (), "gtk-recent-files-enabled", &recent, NULL);
  g_assert_false (recent);
  close_screen (&screen);
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

int
main (int argc, char **argv)
{
  const char *kept = g_getenv ("PRINT_TEST_DIR");
  int result;

  if (!screen_init (&argc, &argv, "nl"))
    return 0;
  /* PRINT_TEST_DIR keeps the pages, to be looked at. */
  folder = kept != NULL ? g_strdup (kept) : g_dir_make_tmp ("print-XXXXXX", NULL);
  g_test_add_func ("/print/report", test_report);
  g_test_add_func ("/print/form", test_form);
  g_test_add_func ("/print/attachments", test_attachments);
  g_test_add_func ("/print/plan", test_plan);
  g_test_add_func ("/print/operation", test_operation);
  g_test_add_func ("/print/period", test_period);
  g_test_add_func ("/print/period-of-one-writer", test_period_of_one_writer);
  g_test_add_func ("/print/period-without-reports", test_period_without_reports);
  g_test_add_func ("/print/period-fails", test_period_fails);
  g_test_add_func ("/print/period-is-bounded", test_period_is_bounded);
  g_test_add_func ("/print/dialog", test_dialog);
  g_test_add_func ("/print/dialog-of-one-writer", test_dialog_of_one_writer);
  g_test_add_func ("/print/dialog-waits", test_dialog_waits);
  g_test_add_func ("/print/dialog-fails-and-retries", test_dialog_fails_and_retries);
  g_test_add_func ("/print/dialog-too-much", test_dialog_too_much);
  g_test_add_func ("/print/save", test_save);
  g_test_add_func ("/print/shared", test_shared);
  result = g_test_run ();
  if (kept == NULL)
    remove_folder ();
  return result;
}
