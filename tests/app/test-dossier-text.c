/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-dossier-text.h"

#include "cpa-language.h"
#include "cpa-plan-text.h"

/* What is printed is called what it is. */
static void
test_this (void)
{
  static const char *const dutch[] = {
    [CP_DOSSIER_REPORT_GENERAL] = "Deze rapportage",
    [CP_DOSSIER_REPORT_PLAN] = "Deze rapportage",
    [CP_DOSSIER_FORM] = "Dit formulier",
    [CP_DOSSIER_EVALUATION] = "Deze evaluatie",
    [CP_DOSSIER_DOCUMENT] = "Dit document",
  };

  for (guint i = 0; i < G_N_ELEMENTS (dutch); i++)
    g_assert_cmpstr (cpa_dossier_this (i), ==, dutch[i]);
}

/* (transfer full) text */
static void
assert_text (char *text, const char *expected)
{
  g_autofree char *owned = text;

  g_assert_cmpstr (owned, ==, expected);
}

#define MARCH (1772319600 * CP_TIME_SECOND) /* 2026-03-01 in Amsterdam */

static CpTime
first_of_march (void)
{
  return MARCH;
}

/* Of a month or a year no day is made up, nor called today. */
static void
test_partial_dates (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  const CpDossierItem day = { .at = MARCH, .date_only = TRUE };
  const CpDossierItem month = { .at = MARCH, .date_only = TRUE, .partial_date = (char *) "2026-03" };
  const CpDossierItem form = { .at = MARCH,
                               .date_only = TRUE,
                               .partial_date = (char *) "2026-03",
                               .kind = CP_DOSSIER_FORM,
                               .author = (char *) "Ineke Bos" };
  const CpDossierItem year = { .at = MARCH, .date_only = TRUE, .partial_date = (char *) "2026" };
  const CpPlanEvaluation evaluation = { .at = MARCH, .date_only = TRUE, .partial_date = (char *) "2026" };
  g_autoptr (CpCarePlan) plan = cp_care_plan_new ();
  char *date = NULL;
  const CpPlanGoal goal = { .before = (char *) "2026-05" };
  const CpPlanGoal goal_of_day = { .before = (char *) "2026-05-31" };

  cp_time_set_source (first_of_march);
  assert_text (cpa_dossier_when (&day, zone), "vandaag");
  assert_text (cpa_dossier_when (&month, zone), "maart 2026");
  assert_text (cpa_dossier_long_when (&month, zone), "maart 2026");
  assert_text (cpa_dossier_by (&form, zone), "Ingevuld in maart 2026 door Ineke Bos");
  /* Beside days of January it would be one of them. */
  assert_text (cpa_dossier_when (&year, zone), "ergens in 2026");
  assert_text (cpa_dossier_day_heading (&year, zone, &date), "Ergens in 2026");
  assert_text (date, "");
  assert_text (cpa_dossier_clock (&month, zone), "");
  assert_text (cpa_dossier_day_heading (&day, zone, &date), "Vandaag");
  assert_text (date, "zo 1 maart");
  assert_text (cpa_dossier_day_heading (&month, zone, &date), "Maart 2026");
  assert_text (date, "");
  g_assert_true (cp_dossier_item_is_same_day (&month, &month, zone));
  g_assert_false (cp_dossier_item_is_same_day (&month, &day, zone));
  assert_text (cpa_plan_evaluation_head (&evaluation, zone), "Evaluatie, ergens in 2026. Schrijver niet bekend");
  assert_text (cpa_plan_goal_aim (&goal), "Streven: vóór eind mei 2026");
  assert_text (cpa_plan_goal_aim (&goal_of_day), "Streven: vóór 31 mei 2026");
  plan->until = g_strdup ("2026-02");
  plan->discussed_on = g_strdup ("2025");
  assert_text (cpa_plan_period (plan), "Geldig tot en met februari 2026");
  assert_text (cpa_plan_discussed (plan), "Besproken in 2025");
  plan->state = CP_CARE_PLAN_EXPIRED;
  assert_text (cpa_plan_period (plan), "Vervallen in februari 2026");
  plan->from = g_strdup ("2026");
  assert_text (cpa_plan_short_period (plan), "2026 t/m februari 2026");
}

/* Evaluations of one visit are told apart by what they are of; a report is not made longer. */
static void
test_names (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  g_autoptr (CpOrganisation) organisation = cp_organisation_new ();
  CpDossierItem item = { .at = MARCH,
                         .date_only = TRUE,
                         .kind = CP_DOSSIER_EVALUATION,
                         .author = (char *) "Ineke Bos",
                         .about = (char *) "Zelf wassen" };

  cp_time_set_source (first_of_march);
  assert_text (cpa_dossier_name (&item, FALSE, organisation, zone), "Evaluatie, vandaag, Ineke Bos, Zelf wassen");
  assert_text (cpa_dossier_name (&item, TRUE, organisation, zone),
               "Evaluatie, vandaag, Ineke Bos, Zelf wassen, ongelezen");
  item.kind = CP_DOSSIER_REPORT_GENERAL;
  assert_text (cpa_dossier_name (&item, FALSE, organisation, zone), "Rapportage Algemeen, vandaag, Ineke Bos");
  cp_time_set_source (NULL);
}

/* Of what is shown the rest is missing; of what is not shown at all, all of it. */
static void
test_unshown (void)
{
  g_autoptr (CpDossierItem) item = cp_dossier_item_new ();

  item->unshown = TRUE;
  assert_text (cpa_dossier_unshown (item), "Deze rapportage kan hier niet worden getoond. Vraag de zorg ernaar.");
  item->text = g_strdup ("Hallo");
  assert_text (cpa_dossier_unshown (item), "Niet alles hiervan kan hier worden getoond. Vraag de zorg naar de rest.");
  item->unshown = FALSE;
  assert_text (cpa_dossier_unshown (item), NULL);
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "nl", TRUE);
  g_test_init (&argc, &argv, NULL);
  cpa_language_setup (BUILT_LOCALE_DIR);
  g_test_add_func ("/dossier-text/this", test_this);
  g_test_add_func ("/dossier-text/names", test_names);
  g_test_add_func ("/dossier-text/unshown", test_unshown);
  g_test_add_func ("/dossier-text/partial-dates", test_partial_dates);
  return g_test_run ();
}
