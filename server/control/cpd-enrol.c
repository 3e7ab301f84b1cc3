/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-enrol.h"

#include <string.h>

#include "cp-part.h"
#include "cp-relation.h"
#include "cp-session.h"
#include "cp-validate.h"
#include "cpd-challenge.h"
#include "cpd-ehr-sync.h"
#include "cpd-enrol-member.h"
#include "cpd-phone.h"
#include "cpd-store-account.h"
#include "cpd-store-membership.h"

const char *const cpd_enrol_options[] = {
  "identifier!=SYSTEM|VALUE: the client's identifier in the EHR",
  "source!=NAME: the EHR source of the configuration",
  "client!=NAME: the client's name until the EHR gives it",
  "username!=NAME: of the portal administrator",
  "name!=NAME: of that person",
  "email!=ADDRESS: the invitation goes to it",
  "mobile!=NUMBER: codes go to it",
  "relation!=CODE: what that person is to the client, such as daughter; clientportaald(1) has all",
  NULL,
};

typedef struct
{
  const CpdCommandContext *context;
  GHashTable *arguments;
  const char *mobile;    /* E.164 */
  gboolean made_account; /* the person had none yet */
  char *kept_mobile;     /* (owned) (nullable): masked; to where codes go as before, when that is another number */
  CpdEnrolled done;
} Enrolment;

static const char *
argument (GHashTable *arguments, const char *name)
{
  return g_hash_table_lookup (arguments, name);
}

static gboolean
complain (GError **error, const char *what)
{
  g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST, what);
  return FALSE;
}

/* Where the family name begins: at the first word in small letters ("van der Kok"), or else it is the last word. */
static guint
family_name_at (GStrv words)
{
  guint n = g_strv_length (words);

  for (guint i = 1; i < n; i++)
    if (g_unichar_islower (g_utf8_get_char (words[i])))
      return i;
  return n > 0 ? n - 1 : 0;
}

/* "Anna Sophie van der Kok" becomes "A. S. van der Kok": all that an invitation shows. The EHR's own name replaces it
 * at the first sync. */
static char *
short_name (const char *name)
{
  g_auto (GStrv) words = g_strsplit (name, " ", -1);
  guint family = family_name_at (words);

  for (guint i = 0; i < family; i++)
    {
      g_autofree char *initial = g_utf8_substring (words[i], 0, MIN (1, g_utf8_strlen (words[i], -1)));
      g_free (words[i]);
      words[i] = g_strconcat (initial, ".", NULL);
    }
  return g_strjoinv (" ", words);
}

/* A mistyped identifier must not open the dossier of whoever has it: initials and family name have to agree. */
static gboolean
is_same_client (const CpdPatient *found, const char *shortened)
{
  g_autofree char *known = short_name (found->name);
  g_autofree char *known_folded = g_utf8_casefold (known, -1);
  g_autofree char *folded = g_utf8_casefold (shortened, -1);

  return strcmp (known_folded, folded) == 0;
}

/**
 * cpd_enrol_patient:
 * @identifier: "system|value"
 * @name: as the portal knows the client, when it does
 * @patient: (out): row id
 */
gboolean
cpd_enrol_patient (CpdDb *db, const CpdCommandContext *context, const char *source, const char *identifier,
                   const char *name, gint64 *patient, GError **error)
{
  g_autofree char *shortened = short_name (name);
  g_autoptr (GBytes) sealed = cpd_keys_seal (context->keys, CPD_IDENTIFIER_SEAL, identifier, strlen (identifier));
  g_auto (CpdPatient) found = { 0 };
  guchar hash[CPD_HASH_SIZE];

  cpd_ehr_identifier_hash (context->keys, source, identifier, hash);
  if (!cpd_store_patient_find (db, hash, &found, error))
    return FALSE;
  if (found.id != 0 && !is_same_client (&found, shortened))
    return complain (error, "the client with this identifier has another name");
  *patient = found.id;
  return found.id != 0 ||
         cpd_store_patient_add (db, source, hash, sealed, name, shortened, cp_time_now (), patient, error);
}

static gboolean
find_or_add_account (CpdDb *db, Enrolment *enrolment, gint64 *id, GError **error)
{
  GHashTable *arguments = enrolment->arguments;
  g_autofree char *username = cpd_account_fold_username (argument (arguments, "username"));
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdAccount) found = cpd_store_account_find (db, username, &local);
  CpdAccount account = {
    .username = username,
    .name = (char *) argument (arguments, "name"),
    .email = (char *) argument (arguments, "email"),
    .mobile = (char *) enrolment->mobile,
    .language = (char *) "nl",
  };
  g_autofree char *given = cp_given_name (account.name);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (found != NULL)
    {
      if (g_ascii_strcasecmp (found->email, account.email) != 0)
        return complain (error, "this user name belongs to an account with another e-mail address");
      *id = found->id;
      if (found->mobile != NULL && strcmp (found->mobile, enrolment->mobile) != 0)
        enrolment->kept_mobile = cpd_challenge_mask (found->mobile);
      return TRUE;
    }
  account.given_name = given;
  if (!cpd_store_account_add (db, &account, cp_time_now (), error))
    {
      g_prefix_error (error, "user name or e-mail address is in use: ");
      return FALSE;
    }
  enrolment->made_account = TRUE;
  *id = account.id;
  return TRUE;
}

static gboolean
make_administrator (CpdDb *db, Enrolment *enrolment, gint64 account, gint64 patient, GError **error)
{
  const CpdMemberNew member = {
    .account = account,
    .patient = patient,
    .relation = argument (enrolment->arguments, "relation"),
    .made_account = enrolment->made_account,
  };

  return cpd_enrol_member (db, enrolment->context->config, &member, cp_time_now (), &enrolment->done, error);
}

static gboolean
enrol_in_writer (CpdDb *db, gpointer data, GError **error)
{
  Enrolment *enrolment = data;
  GHashTable *arguments = enrolment->arguments;
  gint64 patient;
  gint64 account;

  return cpd_enrol_patient (db, enrolment->context, argument (arguments, "source"), argument (arguments, "identifier"),
                            argument (arguments, "client"), &patient, error) &&
         find_or_add_account (db, enrolment, &account, error) &&
         make_administrator (db, enrolment, account, patient, error);
}

/* A system is a URI, or another name without spaces; a value is printed on a card. */
static gboolean
is_identifier (const char *text)
{
  return g_regex_match_simple ("^[^\\s|]{1,200}\\|[^\\s|]([^|]{0,98}[^\\s|])?\\z", text, 0, 0);
}

/* The app has a word for each of these and for no other. */
static gboolean
is_relation (const char *text, GError **error)
{
  g_autofree char *all = NULL;

  if (g_strv_contains (cp_relation_names, text))
    return TRUE;
  all = g_strjoinv (", ", (char **) cp_relation_names);
  g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "--relation must be one of: %s", all);
  return FALSE;
}

static gboolean
check_arguments (const CpdCommandContext *context, GHashTable *arguments, GError **error)
{
  if (!is_identifier (argument (arguments, "identifier")))
    return complain (error, "--identifier needs the form 'system|value'");
  if (strcmp (argument (arguments, "source"), context->config->source_name) != 0)
    return complain (error, "--source is not a source of the configuration");
  return is_relation (argument (arguments, "relation"), error) &&
         cp_validate_username (argument (arguments, "username"), error) &&
         cp_validate_email (argument (arguments, "email"), error) &&
         cp_validate_name (argument (arguments, "name"), error) &&
         cp_validate_name (argument (arguments, "client"), error);
}

static gboolean
check_mobile (const CpdCommandContext *context, GHashTable *arguments, char **mobile, GError **error)
{
  if (cpd_phone_check (argument (arguments, "mobile"), (const char *const *) context->config->sms_countries, mobile,
                       error))
    return TRUE;
  g_prefix_error (error, "--mobile: ");
  return FALSE;
}

/* What was done, in words for the operator. */
static void
append_done (const Enrolment *enrolment, GString *out)
{
  const CpdEnrolled *done = &enrolment->done;
  const char *name = argument (enrolment->arguments, "name");
  g_autofree char *given = cp_parts_write (done->given);

  if (!done->before)
    g_string_append_printf (out, "%s is invited; the mail is on its way.\n", name);
  else if (!done->open)
    g_string_append_printf (
        out, "%s was a member before and is invited anew, to all five parts; the mail is on its way.\n", name);
  else if (done->given == 0 && !done->endless)
    g_string_append_printf (out, "%s holds all five parts already: nothing has changed.\n", name);
  else
    g_string_append_printf (out, "%s is a member and holds all five parts from now on%s%s%s. There is no mail.\n", name,
                            done->given != 0 ? ", new are: " : "", given, done->endless ? "; without an end date" : "");
  if (enrolment->kept_mobile != NULL)
    g_string_append_printf (out, "Codes go to %s as before; `account number` lets them go to another number.\n",
                            enrolment->kept_mobile);
}

/**
 * cpd_enrol_command:
 *
 * What lets the person in goes there by mail; nobody here sees it.
 */
gboolean
cpd_enrol_command (const CpdCommandContext *context, GHashTable *arguments, GString *out, GError **error)
{
  g_autofree char *mobile = NULL;
  Enrolment enrolment = { context, arguments };

  if (!check_arguments (context, arguments, error) || !check_mobile (context, arguments, &mobile, error))
    return FALSE;
  enrolment.mobile = mobile;
  if (!cpd_writer_run (context->writer, enrol_in_writer, &enrolment, error))
    {
      g_free (enrolment.kept_mobile);
      return FALSE;
    }
  append_done (&enrolment, out);
  g_free (enrolment.kept_mobile);
  if (context->wake != NULL)
    context->wake (context->wake_data);
  return TRUE;
}
