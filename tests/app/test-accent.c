/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-accent.h"

#include <string.h>

#include "cpa-badge.h"

static void
test_fits (void)
{
  /* Dark enough already: taken as it is. */
  g_autofree char *css = cpa_accent_css ("#1e6b52", FALSE);

  g_assert_nonnull (strstr (css, "accent_bg_color rgb(30,107,82)"));
  g_assert_nonnull (strstr (css, "accent_color rgb(30,107,82)"));
}

static void
test_changed_until_readable (void)
{
  g_autofree char *light = cpa_accent_css ("#e08020", FALSE);
  g_autofree char *dark = cpa_accent_css ("#1e3a8a", TRUE);

  g_assert_nonnull (light);
  g_assert_null (strstr (light, "rgb(224,128,32)"));
  g_assert_nonnull (strstr (dark, "accent_bg_color rgb(30,58,138)"));
  g_assert_null (strstr (dark, "accent_color rgb(30,58,138)"));
}

static void
test_refused (void)
{
  static const char *const refused[] = {
    "", "green", "#12345", "#1234567", "#gggggg", "#ffffc0", "#123456;} * {", NULL
  };

  for (guint i = 0; refused[i] != NULL; i++)
    g_assert_null (cpa_accent_css (refused[i], FALSE));
  g_assert_null (cpa_accent_css (NULL, TRUE));
}

static void
add_patient (CpSession *session, const char *id, gint64 place)
{
  CpPatientAccess *patient = cp_patient_access_new ();

  patient->id = g_strdup (id);
  patient->place = place;
  g_ptr_array_add (session->patients, patient);
}

static guint
index_of (const CpSession *session, guint n)
{
  return cpa_patient_index (session, g_ptr_array_index (session->patients, n));
}

/* Whoever goes takes the colour along; nobody else gets it, and no two have the same one while there are enough. */
static void
test_patients (void)
{
  g_autoptr (CpSession) session = cp_session_new ();

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("patient%u", i);

      add_patient (session, id, i);
      g_assert_cmpuint (index_of (session, i), ==, i);
    }
  g_ptr_array_remove_index (session->patients, 1);
  g_assert_cmpuint (index_of (session, 0), ==, 0);
  g_assert_cmpuint (index_of (session, 1), ==, 2);
  g_assert_cmpuint (index_of (session, 2), ==, 3);
  add_patient (session, "later", 4);
  g_assert_cmpuint (index_of (session, 3), ==, 1);
  add_patient (session, "too many", 5);
  g_assert_cmpuint (index_of (session, 4), <, 4);
  g_assert_cmpuint (cpa_patient_index (session, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/accent/fits", test_fits);
  g_test_add_func ("/accent/changed-until-readable", test_changed_until_readable);
  g_test_add_func ("/accent/refused", test_refused);
  g_test_add_func ("/accent/patients", test_patients);
  return g_test_run ();
}
