/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-config-private.h"

#include <string.h>

#include "cp-error.h"
#include "cp-member.h"
#include "cp-validate.h"

/* Everything that the file may say, once: read, checked and (in the manual page) explained in this order. */
typedef enum
{
  KEY_TEXT,
  KEY_PATH,
  KEY_INT,
  KEY_CHOICE,
  KEY_LIST,
  KEY_COUNTRIES, /* regions of ISO 3166, separated by semicolons */
  KEY_CODES      /* system|code of FHIR, separated by semicolons */
} KeyType;

/* Where the value goes: its own struct, or the organisation that goes over the wire. */
#define HERE(member) G_STRUCT_OFFSET (CpdConfig, member), FALSE
#define WIRE(member) G_STRUCT_OFFSET (CpOrganisation, member), TRUE

#define CODES_MAX 50

typedef struct
{
  const char *group;
  const char *name;
  KeyType type;
  gsize offset;
  gboolean wire;
  const char *fallback; /* NULL: required; "": may be absent */
  int min;
  int max; /* of a number, or of the length of a text */
  const char *const *choices;
} ConfigKey;

static const char *const order_names[] = { "sms-first", "password-first", NULL };

const char *const cpd_config_auth_names[] = { "none", "token", "client-secret", "private-key", NULL };

static const char *const security_names[] = { "starttls", "tls", "none", NULL };

static const char *const body_names[] = { "json", "form", "xml", NULL };

const char *const cpd_sms_method_names[] = { "POST", "PUT", "GET", NULL };

static const ConfigKey keys[] = {
  { "organisation", "id", KEY_TEXT, WIRE (id), NULL, 1, 64 },
  { "organisation", "name", KEY_TEXT, WIRE (name), NULL, 1, 60 },
  { "organisation", "portal-name", KEY_TEXT, WIRE (portal_name), "", 1, 40 },
  { "organisation", "color", KEY_TEXT, WIRE (color), "", 1, 64 },
  { "organisation", "logo", KEY_PATH, HERE (logo), "" },
  { "organisation", "picture", KEY_PATH, HERE (picture), "" },
  { "organisation", "words", KEY_PATH, HERE (words), "" },
  { "organisation", "time-zone", KEY_TEXT, WIRE (time_zone), "Europe/Amsterdam", 1, 64 },
  { "organisation", "plan-word", KEY_CHOICE, WIRE (plan_word), "care-and-life-plan", .choices = cp_plan_word_names },
  { "organisation", "phone", KEY_TEXT, WIRE (phone), NULL, 3, 15 },
  { "organisation", "email", KEY_TEXT, WIRE (email), "", 3, CP_EMAIL_MAX },
  { "organisation", "sms-name", KEY_TEXT, HERE (sms_name), NULL, 1, 20 },
  { "organisation", "first-password-change", KEY_CHOICE, HERE (password_before_sms), "sms-first",
    .choices = order_names },
  { "server", "address", KEY_TEXT, HERE (address), "127.0.0.1", 1, 253 },
  { "server", "port", KEY_INT, HERE (port), "8443", 0, 65535 },
  { "server", "public-address", KEY_TEXT, HERE (public_address), "", 1, 253 },
  { "server", "certificate", KEY_PATH, HERE (certificate), "" },
  { "server", "private-key", KEY_PATH, HERE (private_key), "" },
  { "server", "database", KEY_PATH, HERE (database), NULL },
  { "server", "key-file", KEY_PATH, HERE (key_file), NULL },
  { "server", "proxies", KEY_LIST, HERE (proxies), "" },
  { "server", "connections-per-address", KEY_INT, HERE (connections_per_address), "200", 4, 100000 },
  { "sessions", "idle-seconds", KEY_INT, HERE (idle_seconds), "900", 30, 900 },
  { "sessions", "shared-idle-seconds", KEY_INT, HERE (shared_idle_seconds), "300", 30, 300 },
  { "sessions", "hours", KEY_INT, HERE (session_hours), "8", 1, 12 },
  { "sessions", "device-days", KEY_INT, HERE (device_days), "90", 1, 90 },
  { "sessions", "audit-minutes", KEY_INT, HERE (audit_minutes), "15", 0, 15 },
  { "sessions", "audit-years", KEY_INT, HERE (audit_years), "5", 5, 100 },
  { "password", "argon2-memory-mib", KEY_INT, HERE (argon2_memory_mib), "64", 19, 4096 },
  { "password", "argon2-passes", KEY_INT, HERE (argon2_passes), "3", 2, 20 },
  { "password", "forgotten", KEY_CHOICE, WIRE (forgotten), "link", .choices = cp_forgotten_names },
  { "password", "link-minutes", KEY_INT, HERE (link_minutes), "5", 5, 60 },
  { "password", "temporary-minutes", KEY_INT, HERE (temporary_password_minutes), "60", 5, 1440 },
  { "password", "invitation-days", KEY_INT, HERE (invitation_days), "7", 1, 30 },
  { "people", "invitation-at", KEY_CHOICE, HERE (invitation_at), "adding", .choices = cp_invite_at_names },
  { "people", "invitation-with", KEY_CHOICE, HERE (invitation_with), "link", .choices = cp_invite_with_names },
  { "sms", "per-day", KEY_INT, HERE (sms_per_day), "5", 1, 50 },
  { "sms", "per-hour", KEY_INT, HERE (sms_per_hour), "500", 1, 100000 },
  { "sms", "url", KEY_TEXT, HERE (sms_url), "", 8, 1000 },
  { "sms", "method", KEY_CHOICE, HERE (sms_method), "POST", .choices = cpd_sms_method_names },
  { "sms", "headers", KEY_LIST, HERE (sms_headers), "" },
  { "sms", "body-type", KEY_CHOICE, HERE (sms_body_type), "json", .choices = body_names },
  { "sms", "body", KEY_TEXT, HERE (sms_body), "", 1, 4000 },
  { "sms", "sender", KEY_TEXT, HERE (sms_sender), "", 1, 16 },
  { "sms", "user", KEY_TEXT, HERE (sms_user), "", 1, 200 },
  { "sms", "secret-file", KEY_PATH, HERE (sms_secret_file), "" },
  { "sms", "ca-file", KEY_PATH, HERE (sms_ca_file), "" },
  { "sms", "accepted", KEY_LIST, HERE (sms_accepted), "200;201;202" },
  { "sms", "accepted-answer", KEY_TEXT, HERE (sms_accepted_answer), "", 1, 500 },
  { "sms", "refused", KEY_LIST, HERE (sms_refused), "400;422" },
  { "sms", "refused-answer", KEY_TEXT, HERE (sms_refused_answer), "", 1, 500 },
  { "sms", "countries", KEY_COUNTRIES, HERE (sms_countries), "" },
  { "ehr", "source", KEY_TEXT, HERE (source_name), NULL, 1, 64 },
  { "ehr", "report-codes", KEY_CODES, HERE (report_codes), "http://snomed.info/sct|11591000146107" },
  { "ehr", "evaluation-codes", KEY_CODES, HERE (evaluation_codes), "http://loinc.org|18776-5" },
  { "ehr", "document-codes", KEY_CODES, HERE (document_codes),
    "http://loinc.org|34746-8;http://loinc.org|28623-7;http://loinc.org|34129-7" },
  { "ehr", "directory", KEY_PATH, HERE (source_directory), "" },
  { "ehr", "server", KEY_TEXT, HERE (ehr_server), "", 8, 500 },
  { "ehr", "auth", KEY_CHOICE, HERE (ehr_auth), "none", .choices = cpd_config_auth_names },
  { "ehr", "client-id", KEY_TEXT, HERE (ehr_client_id), "", 1, 200 },
  { "ehr", "secret-file", KEY_PATH, HERE (ehr_secret_file), "" },
  { "ehr", "signing-key", KEY_PATH, HERE (ehr_signing_key), "" },
  { "ehr", "key-id", KEY_TEXT, HERE (ehr_key_id), "", 1, 200 },
  { "ehr", "token-endpoint", KEY_TEXT, HERE (ehr_token_endpoint), "", 8, 500 },
  { "ehr", "scope", KEY_TEXT, HERE (ehr_scope), "system/*.rs", 1, 1000 },
  { "ehr", "ca-file", KEY_PATH, HERE (ehr_ca_file), "" },
  { "ehr", "client-certificate", KEY_PATH, HERE (ehr_client_certificate), "" },
  { "ehr", "client-key", KEY_PATH, HERE (ehr_client_key), "" },
  { "ehr", "export-group", KEY_TEXT, HERE (ehr_export_group), "", 1, 64 },
  { "mail", "server", KEY_TEXT, HERE (mail_server), "", 1, 253 },
  { "mail", "security", KEY_CHOICE, HERE (mail_security), "starttls", .choices = security_names },
  { "mail", "user", KEY_TEXT, HERE (mail_user), "", 1, 200 },
  { "mail", "password-file", KEY_PATH, HERE (mail_password_file), "" },
  { "mail", "ca-file", KEY_PATH, HERE (mail_ca_file), "" },
  { "mail", "from", KEY_TEXT, HERE (mail_from), "", 3, CP_EMAIL_MAX },
  { "outgoing", "directory", KEY_PATH, HERE (outbox_directory), "" },
};

/* Keys that need more than one value to make one field. */
static const struct
{
  const char *group;
  const char *name;
} other_keys[] = {
  { "organisation", "desk-nl" },
  { "organisation", "desk-en" },
  { "organisation", "hours-nl" },
  { "organisation", "hours-en" },
  { "ehr", "times" },
  { "ehr", "not-shared" },
};

/* The line of a key, so that a complaint can point at it; GKeyFile does not keep it. */
static int
line_of (const CpdConfigReader *reader, const char *group, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (reader->text, "\n", -1);
  g_autofree char *header = g_strdup_printf ("[%s]", group);
  gboolean inside = FALSE;

  for (int i = 0; lines[i] != NULL; i++)
    {
      g_strstrip (lines[i]);
      if (lines[i][0] == '[')
        inside = strcmp (lines[i], header) == 0;
      else if (inside && name == NULL)
        return i;
      else if (inside && g_str_has_prefix (lines[i], name) && strchr ("= \t", lines[i][strlen (name)]) != NULL)
        return i + 1;
    }
  return 0;
}

/**
 * cpd_config_complain:
 *
 * Returns: FALSE
 */
gboolean
cpd_config_complain (const CpdConfigReader *reader, const char *group, const char *name, GError **error,
                     const char *format, ...)
{
  g_autofree char *what = NULL;
  int line = reader != NULL ? line_of (reader, group, name) : 0;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  if (line > 0)
    g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "%s:%d: [%s] %s: %s", reader->path, line, group, name, what);
  else
    g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "%s%s[%s] %s: %s", reader != NULL ? reader->path : "",
                 reader != NULL ? ": " : "", group, name, what);
  return FALSE;
}

static char *
get (const CpdConfigReader *reader, const char *group, const char *name)
{
  char *value = g_key_file_get_string (reader->file, group, name, NULL);

  return value != NULL ? g_strstrip (value) : NULL;
}

static gboolean
set_int (const CpdConfigReader *reader, const ConfigKey *key, const char *value, int *field, GError **error)
{
  gint64 number;

  if (!g_ascii_string_to_signed (value, 10, key->min, key->max, &number, NULL))
    return cpd_config_complain (reader, key->group, key->name, error, "“%s” is not a number from %d to %d", value,
                                key->min, key->max);
  *field = (int) number;
  return TRUE;
}

static gboolean
set_choice (const CpdConfigReader *reader, const ConfigKey *key, const char *value, int *field, GError **error)
{
  g_autofree char *allowed = NULL;

  for (int i = 0; key->choices[i] != NULL; i++)
    if (strcmp (value, key->choices[i]) == 0)
      {
        *field = i;
        return TRUE;
      }
  allowed = g_strjoinv (", ", (char **) key->choices);
  return cpd_config_complain (reader, key->group, key->name, error, "“%s” is not one of: %s", value, allowed);
}

static gboolean
set_text (const CpdConfigReader *reader, const ConfigKey *key, const char *value, char **field, GError **error)
{
  glong length = g_utf8_validate (value, -1, NULL) ? g_utf8_strlen (value, -1) : -1;

  if (length < key->min || length > key->max)
    return cpd_config_complain (reader, key->group, key->name, error, "needs %d to %d characters", key->min, key->max);
  *field = g_strdup (value);
  return TRUE;
}

/* (transfer full): what stands between semicolons, without the white space around it; nothing for what is empty. */
static GStrv
split_list (const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, ";", -1);
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();

  for (int i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (kept, parts[i]);
  return g_strv_builder_end (kept);
}

static gboolean
set_countries (const CpdConfigReader *reader, const ConfigKey *key, const char *value, GStrv *field, GError **error)
{
  *field = split_list (value);
  for (int i = 0; (*field)[i] != NULL; i++)
    if (!g_regex_match_simple ("^[A-Z]{2}\\z", (*field)[i], 0, 0))
      return cpd_config_complain (reader, key->group, key->name, error, "needs countries such as NL;BE;DE");
  return TRUE;
}

static gboolean
set_codes (const CpdConfigReader *reader, const ConfigKey *key, const char *value, GStrv *field, GError **error)
{
  GStrv codes = *field = split_list (value);

  for (int i = 0; codes[i] != NULL; i++)
    {
      const char *bar = strchr (codes[i], '|');

      if (i == CODES_MAX || bar == NULL || bar == codes[i] || bar[1] == '\0' || strpbrk (bar + 1, "|\t") != NULL)
        return cpd_config_complain (reader, key->group, key->name, error,
                                    "needs at most %d codes such as http://loinc.org|34746-8, separated by semicolons",
                                    CODES_MAX);
    }
  return TRUE;
}

static gboolean
set_value (const CpdConfigReader *reader, const ConfigKey *key, const char *value, gpointer field, GError **error)
{
  switch (key->type)
    {
    case KEY_TEXT:
      return set_text (reader, key, value, field, error);
    case KEY_PATH:
      *(char **) field = g_canonicalize_filename (value, reader->directory);
      return TRUE;
    case KEY_INT:
      return set_int (reader, key, value, field, error);
    case KEY_CHOICE:
      return set_choice (reader, key, value, field, error);
    case KEY_LIST:
      *(GStrv *) field = split_list (value);
      return TRUE;
    case KEY_COUNTRIES:
      return set_countries (reader, key, value, field, error);
    case KEY_CODES:
      return set_codes (reader, key, value, field, error);
    default:
      g_assert_not_reached ();
    }
}

static gboolean
read_key (const CpdConfigReader *reader, const ConfigKey *key, CpdConfig *config, GError **error)
{
  g_autofree char *value = get (reader, key->group, key->name);
  gpointer record = key->wire ? (gpointer) config->organisation : (gpointer) config;
  gboolean empty = value == NULL || *value == '\0';

  if (empty && key->fallback == NULL)
    return cpd_config_complain (reader, key->group, key->name, error, "is required");
  if (empty && *key->fallback == '\0' && key->type != KEY_LIST)
    return TRUE;
  return set_value (reader, key, empty ? key->fallback : value, G_STRUCT_MEMBER_P (record, key->offset), error);
}

static gboolean
is_known (const char *group, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strcmp (keys[i].group, group) == 0 && (name == NULL || strcmp (keys[i].name, name) == 0))
      return TRUE;
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (other_keys); i++)
    if (strcmp (other_keys[i].group, group) == 0 && strcmp (other_keys[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

/* GKeyFile makes something else of it then. */
static gboolean
has_readable_value (const CpdConfigReader *reader, const char *group, const char *name)
{
  g_autoptr (GError) wrong = NULL;
  G_GNUC_UNUSED g_autofree char *value = g_key_file_get_string (reader->file, group, name, &wrong);

  return wrong == NULL;
}

static gboolean
refuse_unknown (const CpdConfigReader *reader, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (reader->file, NULL);

  for (int i = 0; groups[i] != NULL; i++)
    {
      g_auto (GStrv) names = g_key_file_get_keys (reader->file, groups[i], NULL, NULL);
      for (int n = 0; names != NULL && names[n] != NULL; n++)
        if (!is_known (groups[i], names[n]))
          return cpd_config_complain (reader, groups[i], names[n], error, "no such key; see clientportaald.conf(5)");
        else if (!has_readable_value (reader, groups[i], names[n]))
          return cpd_config_complain (reader, groups[i], names[n], error,
                                      "is not UTF-8, or has a single backslash: write \\\\ for one");
    }
  return TRUE;
}

static gboolean
read_text_pair (const CpdConfigReader *reader, const char *stem, CpText **field, GError **error)
{
  static const char *const languages[] = { "nl", "en" };
  CpText *text = cp_text_new ();

  *field = text;
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%s", stem, languages[i]);
      char *value = get (reader, "organisation", name);
      *(i == 0 ? &text->nl : &text->en) = value;
      if (value == NULL || *value == '\0' || g_utf8_strlen (value, -1) > 100)
        return cpd_config_complain (reader, "organisation", name, error, "is required, at most 100 characters");
    }
  return TRUE;
}

static gboolean
read_times (const CpdConfigReader *reader, CpdConfig *config, GError **error)
{
  g_autofree char *value = get (reader, "ehr", "times");
  g_auto (GStrv) times = split_list (value != NULL ? value : "08:00;20:00");
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; times[i] != NULL; i++)
    {
      int minute = cp_time_minute_of_day (times[i]);
      if (minute < 0 || config->n_slots == CPD_CONFIG_MAX_SLOTS ||
          (config->n_slots > 0 && minute <= config->slots[config->n_slots - 1]))
        return cpd_config_complain (reader, "ehr", "times", error, "needs 1 to %d ascending times such as 08:00;20:00",
                                    CPD_CONFIG_MAX_SLOTS);
      config->slots[config->n_slots++] = minute;
      g_ptr_array_add (texts, cp_time_clock_of_minute (minute));
    }
  if (config->n_slots == 0)
    return cpd_config_complain (reader, "ehr", "times", error, "needs at least one time such as 08:00");
  g_ptr_array_add (texts, NULL);
  g_strfreev (config->organisation->sync_times);
  config->organisation->sync_times = g_strdupv ((char **) texts->pdata);
  return TRUE;
}

static gboolean
read_not_shared (const CpdConfigReader *reader, CpdConfig *config, GError **error)
{
  g_autofree char *value = get (reader, "ehr", "not-shared");
  g_auto (GStrv) kinds = split_list (value != NULL ? value : "");

  for (int i = 0; kinds[i] != NULL; i++)
    {
      int kind = 0;
      while (kind < CP_FRESH_N_KINDS && strcmp (kinds[i], cp_fresh_kind_names[kind]) != 0)
        kind++;
      if (kind == CP_FRESH_N_KINDS)
        {
          g_autofree char *allowed = g_strjoinv (", ", (char **) cp_fresh_kind_names);
          return cpd_config_complain (reader, "ehr", "not-shared", error, "“%s” is not one of: %s", kinds[i], allowed);
        }
      config->unshared |= 1u << kind;
    }
  return TRUE;
}

static gboolean
read_all (const CpdConfigReader *reader, CpdConfig *config, GError **error)
{
  if (!cpd_config_refuse_twice (reader, error) || !refuse_unknown (reader, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!read_key (reader, &keys[i], config, error))
      return FALSE;
  return read_text_pair (reader, "desk", &config->organisation->desk, error) &&
         read_text_pair (reader, "hours", &config->organisation->hours, error) && read_times (reader, config, error) &&
         read_not_shared (reader, config, error) && cpd_config_check (reader, config, error);
}

static CpdConfigReader *
reader_new (const char *path)
{
  CpdConfigReader *reader = g_new0 (CpdConfigReader, 1);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);

  reader->path = g_strdup (path);
  reader->directory = g_path_get_dirname (absolute);
  reader->file = g_key_file_new ();
  return reader;
}

static void
reader_free (CpdConfigReader *reader)
{
  g_free (reader->path);
  g_free (reader->directory);
  g_free (reader->text);
  g_key_file_unref (reader->file);
  g_free (reader);
}

/**
 * cpd_config_load:
 *
 * Returns: (transfer full): the configuration, or NULL; the error names file, line and key, and what is allowed.
 */
CpdConfig *
cpd_config_load (const char *path, GError **error)
{
  g_autoptr (CpdConfig) config = g_new0 (CpdConfig, 1);
  CpdConfigReader *reader = config->reader = reader_new (path);
  g_autoptr (GError) local = NULL;

  config->organisation = cp_organisation_new ();
  if (!g_file_get_contents (path, &reader->text, NULL, error))
    return NULL;
  if (!g_key_file_load_from_data (reader->file, reader->text, -1, G_KEY_FILE_NONE, &local))
    {
      g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "%s: %s", path, local->message);
      return NULL;
    }
  return read_all (reader, config, error) ? g_steal_pointer (&config) : NULL;
}

/**
 * cpd_config_invitation_ends:
 */
CpTime
cpd_config_invitation_ends (const CpdConfig *config, CpTime when)
{
  return cp_time_day_ends (when, 0, config->invitation_days, config->zone);
}

/**
 * cpd_config_shares:
 */
gboolean
cpd_config_shares (const CpdConfig *config, CpFreshKind kind)
{
  return (config->unshared & (1u << kind)) == 0;
}

/**
 * cpd_config_free:
 * @config: (nullable)
 */
void
cpd_config_free (CpdConfig *config)
{
  if (config == NULL)
    return;
  cp_organisation_free (config->organisation);
  g_clear_pointer (&config->zone, g_time_zone_unref);
  g_strfreev (config->proxies);
  g_free (config->logo);
  g_free (config->picture);
  g_free (config->words);
  g_free (config->sms_name);
  g_free (config->address);
  g_free (config->public_address);
  g_free (config->certificate);
  g_free (config->private_key);
  g_free (config->database);
  g_free (config->key_file);
  g_free (config->source_name);
  g_free (config->source_directory);
  g_free (config->sms_url);
  g_strfreev (config->sms_headers);
  g_free (config->sms_body);
  g_free (config->sms_sender);
  g_free (config->sms_user);
  g_free (config->sms_secret_file);
  g_free (config->sms_ca_file);
  g_strfreev (config->sms_accepted);
  g_free (config->sms_accepted_answer);
  g_strfreev (config->sms_refused);
  g_free (config->sms_refused_answer);
  g_strfreev (config->sms_countries);
  g_strfreev (config->report_codes);
  g_strfreev (config->evaluation_codes);
  g_strfreev (config->document_codes);
  g_free (config->ehr_server);
  g_free (config->ehr_client_id);
  g_free (config->ehr_secret_file);
  g_free (config->ehr_signing_key);
  g_free (config->ehr_key_id);
  g_free (config->ehr_token_endpoint);
  g_free (config->ehr_scope);
  g_free (config->ehr_ca_file);
  g_free (config->ehr_client_certificate);
  g_free (config->ehr_client_key);
  g_free (config->ehr_export_group);
  g_free (config->mail_server);
  g_free (config->mail_user);
  g_free (config->mail_password_file);
  g_free (config->mail_ca_file);
  g_free (config->mail_from);
  g_free (config->outbox_directory);
  g_clear_pointer (&config->reader, reader_free);
  g_free (config);
}
