/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-field-text.h"

#include <glib/gi18n.h>

#include "cp-validate.h"
#include "cpa-error-text.h"
#include "cpa-fill.h"
#include "cpa-time-text.h"

#define NOT_AN_ADDRESS N_ ("This is not an e-mail address. An e-mail address looks like this: naam@example.org")
#define UNUSABLE_ADDRESS N_ ("This address cannot be used. Choose another one.")
#define NOT_A_NUMBER N_ ("This is not a phone number. A mobile number looks like this: 06 12 34 56 78")

static char *
too_long (const char *text, int max)
{
  g_autofree char *limit = g_strdup_printf ("%d", max);
  glong n = g_utf8_strlen (text, -1) - max;

  return cpa_fill_n (ngettext ("This is {n} character too long. At most {max} fit.",
                               "This is {n} characters too long. At most {max} fit.", n),
                     n, "max", limit, NULL);
}

static char *
check_email (const char *text)
{
  if (cp_validate_email (text, NULL))
    return NULL;
  if (g_utf8_strlen (text, -1) > CP_EMAIL_MAX)
    return too_long (text, CP_EMAIL_MAX);
  if (strpbrk (text, " ,;\t") != NULL)
    return g_strdup (_ ("Fill in one e-mail address, without spaces."));
  return g_strdup (_ (NOT_AN_ADDRESS));
}

static char *
name_wrong (const char *text)
{
  if (g_utf8_strlen (text, -1) > CP_NAME_MAX)
    return too_long (text, CP_NAME_MAX);
  return g_strdup (_ ("There are characters in this text that we cannot keep. Type the text again or leave them out."));
}

static char *
check_name (const char *text)
{
  return cp_validate_name (text, NULL) ? NULL : name_wrong (text);
}

static char *
check_device_name (const char *text)
{
  return cp_validate_device_name (text, NULL) ? NULL : name_wrong (text);
}

static char *
check_username (const char *text)
{
  g_autofree char *min = g_strdup_printf ("%d", CP_USERNAME_MIN);
  g_autofree char *max = g_strdup_printf ("%d", CP_USERNAME_MAX);
  glong length = g_utf8_strlen (text, -1);

  if (cp_validate_username (text, NULL))
    return NULL;
  if (length < CP_USERNAME_MIN || length > CP_USERNAME_MAX)
    return cpa_fill (_ ("A username has {min} to {max} characters."), "min", min, "max", max, NULL);
  return g_strdup (_ ("Use only letters, digits, dots and dashes. No spaces."));
}

/* Which number can get text messages is known to the server. */
static char *
check_mobile (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      return NULL;
  return g_strdup (_ (NOT_A_NUMBER));
}

/* What is asked of a field: of somebody else's by its name on the wire, of one's own with "own-" before it. */
static const struct
{
  const char *field, *empty;
  char *(*check) (const char *text); /* (nullable): anything may stand there */
} fields[] = {
  { "email", N_ ("Fill in the e-mail address. Without it the invitation cannot be sent."), check_email },
  { "name", N_ ("Fill in the name."), check_name },
  { "username", N_ ("Fill in a username."), check_username },
  { "mobile", N_ ("Fill in the mobile number. The text message with the code goes to it."), check_mobile },
  { "relation", N_ ("Choose the relation."), NULL },
  { "own-email", N_ ("Fill in your e-mail address."), check_email },
  { "own-name", N_ ("Fill in your name."), check_name },
  { "own-username", N_ ("Fill in your username."), NULL }, /* whether it is one is not told */
  { "own-password", N_ ("Fill in your password."), NULL },
  { "device-name", N_ ("Give this device a name, for example: laptop at home."), check_device_name },
};

static const char *
empty_text (const char *field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_strcmp0 (fields[i].field, field) == 0)
      return _ (fields[i].empty);
  return _ ("Fill in this field.");
}

char *
cpa_field_check (const char *field, const char *text)
{
  if (*text == '\0')
    return g_strdup (empty_text (field));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].field, field))
      return fields[i].check != NULL ? fields[i].check (text) : NULL;
  return NULL;
}

/* What breaks which rule of which field, as docs/protocol.md lists them. {text} is what the server says beside it. */
static const struct
{
  const char *field, *reason, *text;
} rules[] = {
  { "email", "in-list", N_ ("{text} is already in the list with this address.") },
  { "email", "own", N_ ("This is your own address. You have access already.") },
  { "email", "known",
    N_ ("Somebody uses the portal with this address already. Withdraw this invitation, and add the person with this "
        "address.") },
  { "email", "unusable", UNUSABLE_ADDRESS },
  { "email", NULL, NOT_AN_ADDRESS },
  { "own-email", NULL, UNUSABLE_ADDRESS }, /* whose it is is not told */
  { "username", "taken", N_ ("This username is already in use. Choose another one, for example {text}.") },
  { "username", NULL, N_ ("Use only letters, digits, dots and dashes. No spaces.") },
  { "name", NULL,
    N_ ("There are characters in this text that we cannot keep. Type the text again or leave them out.") },
  { "mobile", NULL, NOT_A_NUMBER },
  { "until", "past", N_ ("This day has passed. Choose a later day.") },
  { "until", "not-a-date", N_ ("This is not a date. Type it like this: 3-3-2026") },
  { "until", "own-end", N_ ("Your own access ends on {date}. You cannot give access for longer.") },
  { "until", "required", N_ ("Your own access ends on {date}. You cannot give access for longer.") },
  { "until", "not-held",
    N_ ("You do not have all rights of this person yourself, so you cannot give longer access. Choose {date} or "
        "earlier.") },
  { "until", "too-late", N_ ("Access can last until {date} at most. You can renew it later.") },
};

const char *
cpa_field_rule (const char *field, const char *reason)
{
  if (g_strcmp0 (reason, "required") == 0 && g_strcmp0 (field, "until") != 0)
    return empty_text (field);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_strcmp0 (rules[i].field, field) == 0 && (rules[i].reason == NULL || g_strcmp0 (rules[i].reason, reason) == 0))
      return _ (rules[i].text);
  return empty_text (field);
}

char *
cpa_field_error (const GError *error, const CpOrganisation *organisation)
{
  const CpErrorDetails *details = error->domain == CP_ERROR ? cp_error_details ((GError *) error) : NULL;
  g_autofree char *date = NULL;

  if (details == NULL || details->field == NULL)
    return NULL;
  if (error->code != CP_ERROR_INVALID_FIELD)
    {
      g_autoptr (CpaErrorText) text = cpa_error_text_new (error, organisation);

      return g_strdup (text->text);
    }
  date = details->text != NULL && cp_time_date_is_valid (details->text) ? cpa_time_date (details->text) : NULL;
  return cpa_fill (cpa_field_rule (details->field, details->reason), "text", details->text, "date", date, NULL);
}
