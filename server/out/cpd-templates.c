/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-templates.h"

#include <string.h>

/* Text messages are at most 160 characters of GSM-7 when filled in. Lines of mails are at most 72. */
static const CpdTemplate templates[] = {
  { "login-code",
    CPD_OUTBOX_SMS,
    CPD_SECRET_CODE,
    { NULL, NULL },
    { "{sms_name}: uw code is {code}. De code werkt tot {time}. Deel deze code nooit met iemand, ook niet met ons.",
      "{sms_name}: your code is {code}. The code works until {time}. Never share this code with anybody, not even with "
      "us." } },
  { "invitation-with-password",
    CPD_OUTBOX_MAIL,
    CPD_SECRET_PASSWORD,
    { "Uw inloggegevens voor het cliëntportaal van {organization}",
      "Your login details for the client portal of {organization}" },
    { "Geachte heer, mevrouw,\n\n"
      "{organization} geeft u toegang tot het cliëntportaal.\n\n"
      "Gebruikersnaam: {username}\n"
      "Tijdelijk wachtwoord: {password}\n\n"
      "Zo begint u:\n"
      "1. Open het programma Cliëntportaal.\n"
      "   Het adres van de zorgorganisatie is: {address}\n"
      "2. Log in met de gebruikersnaam en het tijdelijke wachtwoord hierboven.\n"
      "3. Kies een eigen wachtwoord. Dat vragen wij u vanzelf.\n"
      "4. U krijgt een sms met een code op uw mobiele telefoon. Vul die code in.\n"
      "5. Klik op Uitnodigingen en daarna op Accepteren.\n\n"
      "Let op! Het tijdelijke wachtwoord werkt één keer,\n"
      "en tot en met {date}.\n\n"
      "Verwacht u dit niet? Dan hoeft u niets te doen.\n\n"
      "{signature}",
      "Dear Sir or Madam,\n\n"
      "{organization} gives you access to the client portal.\n\n"
      "Username: {username}\n"
      "Temporary password: {password}\n\n"
      "This is how you start:\n"
      "1. Open the program Client Portal.\n"
      "   The address of the care organization is: {address}\n"
      "2. Log in with the username and the temporary password above.\n"
      "3. Choose a password of your own. We will ask you for it.\n"
      "4. You will get a text message with a code on your mobile phone.\n"
      "   Fill in that code.\n"
      "5. Click Invitations and then Accept.\n\n"
      "Please note: the temporary password works once,\n"
      "and until {date}.\n\n"
      "Did you not expect this? Then you do not have to do anything.\n\n"
      "{signature}" } },
  { "invitation-known",
    CPD_OUTBOX_MAIL,
    CPD_SECRET_NONE,
    { "U heeft een nieuwe uitnodiging in het cliëntportaal", "You have a new invitation in the client portal" },
    { "Geachte heer, mevrouw,\n\n"
      "{organization} nodigt u uit voor nog een cliëntportaal.\n\n"
      "Log in zoals u gewend bent, met uw eigen gebruikersnaam en wachtwoord.\n"
      "Klik op Uitnodigingen en daarna op Accepteren.\n\n"
      "U kunt accepteren tot en met {date}.\n\n"
      "Verwacht u dit niet? Dan hoeft u niets te doen.\n\n"
      "{signature}",
      "Dear Sir or Madam,\n\n"
      "{organization} invites you to one more client portal.\n\n"
      "Log in as you are used to, with your own username and password.\n"
      "Click Invitations and then Accept.\n\n"
      "You can accept until {date}.\n\n"
      "Did you not expect this? Then you do not have to do anything.\n\n"
      "{signature}" } },
};

static const char *const signatures[2] = {
  "Met vriendelijke groet,\n"
  "{organization}\n\n"
  "Vragen? Bel {desk}: {phone} ({hours}).\n"
  "Dit is een automatische e-mail. U kunt er niet op antwoorden.\n"
  "Wij vragen nooit via e-mail, telefoon of sms om uw wachtwoord of code.\n",
  "Kind regards,\n"
  "{organization}\n\n"
  "Questions? Call {desk}: {phone} ({hours}).\n"
  "This is an automatic e-mail. You cannot reply to it.\n"
  "We never ask for your password or code by e-mail, phone or text message.\n",
};

/**
 * cpd_template_get:
 *
 * Returns: (transfer none) (nullable): the template of that name.
 */
const CpdTemplate *
cpd_template_get (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (templates); i++)
    if (strcmp (templates[i].name, name) == 0)
      return &templates[i];
  return NULL;
}

/**
 * cpd_template_signature:
 * @language: 0 Dutch, 1 English
 */
const char *
cpd_template_signature (int language)
{
  return signatures[language];
}

static const char *
look_up (const char *key, gsize length, va_list pairs)
{
  const char *name;

  while ((name = va_arg (pairs, const char *)) != NULL)
    {
      const char *value = va_arg (pairs, const char *);
      if (strlen (name) == length && strncmp (name, key, length) == 0)
        return value;
    }
  return NULL;
}

/**
 * cpd_template_fill:
 *
 * A placeholder without a value stays as it is, so that a mistake can be seen. Values are not filled in again.
 */
char *
cpd_template_fill (const char *text, ...)
{
  GString *filled = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *end = *text == '{' ? strchr (text, '}') : NULL;
      const char *value = NULL;
      if (end != NULL)
        {
          va_list pairs;
          va_start (pairs, text);
          value = look_up (text + 1, end - text - 1, pairs);
          va_end (pairs);
        }
      if (value != NULL)
        {
          g_string_append (filled, value);
          text = end + 1;
        }
      else
        g_string_append_c (filled, *text++);
    }
  return g_string_free (filled, FALSE);
}
