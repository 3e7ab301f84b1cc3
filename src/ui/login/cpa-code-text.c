/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-code-text.h"

#include <glib/gi18n.h>

#include "cp-error.h"
#include "cpa-error-text.h"
#include "cpa-fill.h"
#include "cpa-language.h"

/* What is wrong with a code of a method; the first row that fits counts. A text message has the sentences of all
 * errors, which are about it. */
static const struct
{
  guint methods;
  CpErrorCode code;
  const char *text;
} rows[] = {
  { 1u << CP_STEP_TOTP, CP_ERROR_CODE_WRONG,
    N_ ("This code is not right or has been used already. Wait for the next code in your app and check the clock of "
        "your phone.") },
  { ~(1u << CP_STEP_SMS), CP_ERROR_CODE_WRONG,
    N_ ("This code is not right or has been used already. Look at the code again.") },
  { 1u << CP_STEP_DESK, CP_ERROR_CODE_USED_UP,
    N_ ("A wrong code was filled in too often. Nothing is lost. Ask {desk} for a new code, or choose another way.") },
  { ~(1u << CP_STEP_SMS), CP_ERROR_CODE_USED_UP,
    N_ ("A wrong code was filled in too often. Nothing is lost. Choose another way, or go back and log in again.") },
  { ~(1u << CP_STEP_SMS), CP_ERROR_CODE_EXPIRED, N_ ("The time of this code is over. Ask {desk} for a new one.") },
};

char *
cpa_code_text_number (const char *masked)
{
  g_autoptr (GString) unbroken = g_string_new (masked);

  g_string_replace (unbroken, "-", "\u2011", 0);
  return g_string_free (g_steal_pointer (&unbroken), FALSE);
}

/* Every code works until its own time is over, however often a wrong one was filled in before the newest was sent. */
const char *
cpa_code_text_again (void)
{
  return _ ("A new code is on its way to {masked}. Do you still have an earlier code? That also works, until its time "
            "is over.");
}

char *
cpa_code_text_failure (CpStepMethod method, const GError *error, const CpOrganisation *organisation)
{
  g_autoptr (CpaErrorText) text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if ((rows[i].methods & (1u << method)) != 0 && g_error_matches (error, CP_ERROR, (int) rows[i].code))
      return cpa_fill (_ (rows[i].text), "desk", cpa_language_text (organisation->desk), NULL);
  text = cpa_error_text_new (error, organisation);
  return g_strdup (text->text);
}

/* The same of a text message while no new code can be asked. */
static const struct
{
  CpErrorCode code;
  const char *login, *window;
} at_limit[] = {
  { CP_ERROR_CODE_USED_UP,
    N_ ("A wrong code was filled in too often. Choose another way, or wait until you can ask for a new code. You can "
        "also call {desk}: {phone}."),
    N_ ("A wrong code was filled in too often. Nothing has been changed. Wait until you can ask for a new code, or try "
        "again later.") },
  { CP_ERROR_CODE_EXPIRED,
    N_ ("The time of this code is over. Choose another way, or wait until you can ask for a new code. You can also "
        "call {desk}: {phone}."),
    N_ ("The time of this code is over. Nothing has been changed. Wait until you can ask for a new code, or try again "
        "later.") },
};

char *
cpa_code_text_at_limit (const GError *error, gboolean login, const CpOrganisation *organisation)
{
  for (gsize i = 0; i < G_N_ELEMENTS (at_limit); i++)
    if (g_error_matches (error, CP_ERROR, (int) at_limit[i].code))
      return cpa_fill (_ (login ? at_limit[i].login : at_limit[i].window), "desk",
                       cpa_language_text (organisation->desk), "phone", organisation->phone, NULL);
  return cpa_code_text_failure (CP_STEP_SMS, error, organisation);
}
