/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-cli.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cpd-account-command.h"
#include "cpd-audit-command.h"
#include "cpd-backup-command.h"
#include "cpd-check.h"
#include "cpd-command.h"
#include "cpd-demo-ehr.h"
#include "cpd-demo-people.h"
#include "cpd-enrol.h"
#include "cpd-erase-command.h"
#include "cpd-keys.h"
#include "cpd-outbox-command.h"
#include "cpd-restore-command.h"
#include "cpd-rotate-command.h"
#include "cpd-routes.h"
#include "cpd-serve.h"
#include "cpd-sync-command.h"
#include "cpd-test-message.h"

#define DEFAULT_CONFIG "/etc/clientportaal/clientportaald.conf"
#define MAX_OPTIONS 16

/* A subcommand: its options are strings by name, checked by whoever uses them. */
typedef struct
{
  const char *name;
  const char *summary;
  const char *const *options; /* as those of commands, see cpd-command.h */
  gboolean (*run) (const char *config_path, const char *name, GHashTable *arguments, GError **error);
} CpdSubcommand;

static gboolean
run_serve (const char *config_path, const char *name, GHashTable *arguments, GError **error)
{
  g_autoptr (CpdConfig) config = cpd_config_load (config_path, error);

  return config != NULL && cpd_serve (config, error);
}

static gboolean
run_check_config (const char *config_path, const char *name, GHashTable *arguments, GError **error)
{
  g_autoptr (CpdConfig) config = cpd_config_load (config_path, error);

  if (config == NULL || !cpd_check (config, error))
    return FALSE;
  g_print ("%s is right.\n", config_path);
  return TRUE;
}

static gboolean
run_test_message (const char *config_path, const char *name, GHashTable *arguments, GError **error)
{
  CpdOutboxKind kind = strcmp (name, "test-sms") == 0 ? CPD_OUTBOX_SMS : CPD_OUTBOX_MAIL;
  g_autoptr (CpdConfig) config = cpd_config_load (config_path, error);
  g_autofree char *text =
      config != NULL ? cpd_test_message (config, kind, g_hash_table_lookup (arguments, "to"), error) : NULL;

  if (text == NULL)
    return FALSE;
  g_print ("%s", text);
  return TRUE;
}

static gboolean
run_make_keys (const char *config_path, const char *name, GHashTable *arguments, GError **error)
{
  g_autoptr (CpdConfig) config = cpd_config_load (config_path, error);

  if (config == NULL || !cpd_keys_generate (config->key_file, error))
    return FALSE;
  g_print ("%s is made. Keep a copy of it apart from the backups of the database.\n", config->key_file);
  return TRUE;
}

static gboolean
run_routes (const char *config_path, const char *name, GHashTable *arguments, GError **error)
{
  g_autofree char *text = cpd_routes_print ();

  g_print ("%s", text);
  return TRUE;
}

static gboolean
run_version (const char *config_path, const char *name, GHashTable *arguments, GError **error)
{
  g_print ("clientportaald %s\n", CLIENTPORTAAL_VERSION);
  return TRUE;
}

/* What changes something goes to the server that runs on this database, if there is one. */
static gboolean
run_command (const char *config_path, const char *name, GHashTable *arguments, GError **error)
{
  g_autoptr (CpdConfig) config = cpd_config_load (config_path, error);
  g_autofree char *text = config != NULL ? cpd_command_run (config, name, arguments, error) : NULL;

  if (text == NULL)
    return FALSE;
  g_print ("%s", text);
  return TRUE;
}

static gboolean
print_and_free (char *text)
{
  if (text == NULL)
    return FALSE;
  g_print ("%s", text);
  g_free (text);
  return TRUE;
}

static gboolean
run_make_backup_key (const char *config_path, const char *name, GHashTable *arguments, GError **error)
{
  return print_and_free (cpd_make_backup_key (arguments, error));
}

static gboolean
run_backup (const char *config_path, const char *name, GHashTable *arguments, GError **error)
{
  g_autoptr (CpdConfig) config = cpd_config_load (config_path, error);

  return config != NULL && print_and_free (cpd_backup (config, arguments, error));
}

static gboolean
run_restore (const char *config_path, const char *name, GHashTable *arguments, GError **error)
{
  g_autoptr (CpdConfig) config = cpd_config_load (config_path, error);

  return config != NULL && print_and_free (cpd_restore (config, arguments, error));
}

static gboolean
run_rotate_keys (const char *config_path, const char *name, GHashTable *arguments, GError **error)
{
  g_autoptr (CpdConfig) config = cpd_config_load (config_path, error);

  return config != NULL && print_and_free (cpd_rotate (config, error));
}

static gboolean
run_erase (const char *config_path, const char *name, GHashTable *arguments, GError **error)
{
  g_autoptr (CpdConfig) config = cpd_config_load (config_path, error);

  return config != NULL && print_and_free (cpd_erase_client (config, arguments, error));
}

static gboolean
get_number (GHashTable *arguments, const char *name, gint64 min, gint64 max, guint64 *number, GError **error)
{
  const char *text = g_hash_table_lookup (arguments, name);
  gint64 value;

  if (g_ascii_string_to_signed (text, 10, min, max, &value, NULL))
    {
      *number = value;
      return TRUE;
    }
  g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST,
               "--%s needs a number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, name, min, max);
  return FALSE;
}

static gboolean
run_demo_ehr (const char *config_path, const char *name, GHashTable *arguments, GError **error)
{
  CpdDemoEhrOptions options = { 0 };
  guint64 patients;
  guint64 days;
  guint64 seed;
  guint64 reports = 0;

  if (!get_number (arguments, "patients", 1, CPD_DEMO_EHR_PATIENTS_MAX, &patients, error) ||
      !get_number (arguments, "days", 1, CPD_DEMO_EHR_DAYS_MAX, &days, error) ||
      !get_number (arguments, "seed", 0, G_MAXINT64, &seed, error) ||
      (g_hash_table_contains (arguments, "reports-per-patient") &&
       !get_number (arguments, "reports-per-patient", 1, CPD_DEMO_EHR_REPORTS_MAX, &reports, error)))
    return FALSE;
  options.patients = (int) patients;
  options.days = (int) days;
  options.seed = seed;
  options.reports_per_patient = (int) reports;
  options.output = g_hash_table_lookup (arguments, "output");
  options.today = g_hash_table_lookup (arguments, "today");
  return cpd_demo_ehr_write (&options, error);
}

static const char *const no_options[] = { NULL };

static const char *const test_mail_options[] = { "to!=ADDRESS: who gets it", NULL };

static const char *const test_sms_options[] = { "to!=NUMBER: who gets it, in the international form", NULL };

static const char *const demo_ehr_options[] = {
  "patients!=N: how many clients",
  "days!=D: how many days back",
  "reports-per-patient=N: day reports over all those days; one a day when absent",
  "seed!=S: the same seed gives the same bytes, of today in the same hour",
  "output!=DIR: where the NDJSON files go",
  "today=DATE: the day it is; today when absent",
  NULL,
};

static const CpdSubcommand subcommands[] = {
  { "serve", "run the server", no_options, run_serve },
  { "check-config", "say whether the configuration is right, or file, line and key of what is not", no_options,
    run_check_config },
  { "make-keys", "make the key file that the configuration names", no_options, run_make_keys },
  { "enrol", "enrol a client and invite a portal administrator", cpd_enrol_options, run_command },
  { "account code", "give somebody at the desk a code for once", cpd_account_options, run_command },
  { "account number", "change the mobile number of somebody at the desk", cpd_account_number_options, run_command },
  { "account unlock", "forget the wrong tries of somebody", cpd_account_options, run_command },
  { "account end-sessions", "log somebody out everywhere", cpd_account_options, run_command },
  { "account reset-second-step", "back to codes by text message", cpd_account_options, run_command },
  { "account show", "what is known of an account, without secrets", cpd_account_show_options, run_command },
  { "sync", "fetch from the EHR now", cpd_sync_options, run_command },
  { "audit", "look whether the record of who looked at what is whole", cpd_audit_options, run_command },
  { "make-backup-key", "make the key that backups can be opened with", cpd_make_backup_key_options,
    run_make_backup_key },
  { "backup", "make a backup, also while the server runs", cpd_backup_options, run_backup },
  { "restore", "put a backup back while the server stands still", cpd_restore_options, run_restore },
  { "rotate-keys", "seal everything with a new key while the server stands still", no_options, run_rotate_keys },
  { "erase", "remove a client for good while the server stands still", cpd_erase_options, run_erase },
  { "outbox", "list mails and text messages that wait or have failed", cpd_outbox_options, run_command },
  { "test-mail", "send a mail to see whether [mail] is right", test_mail_options, run_test_message },
  { "test-sms", "send a text message to see whether [sms] is right", test_sms_options, run_test_message },
  { "demo-ehr", "write an invented EHR", demo_ehr_options, run_demo_ehr },
  { "demo-people", "make the invented people of the demo", cpd_demo_people_options, run_command },
  { "routes", "print every route with who may use it", no_options, run_routes },
  { "version", "print the version", no_options, run_version },
};

/* Whether the subcommand is of two words, of which this is the first; every one is when there is none. */
static gboolean
is_of_group (const CpdSubcommand *subcommand, const char *group)
{
  gsize length = group != NULL ? strlen (group) : 0;

  return group == NULL || (strncmp (subcommand->name, group, length) == 0 && subcommand->name[length] == ' ');
}

static gboolean
is_group (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (subcommands); i++)
    if (is_of_group (&subcommands[i], word))
      return TRUE;
  return FALSE;
}

static char *
usage_text (const char *group)
{
  GString *text = g_string_new ("Usage:\n  clientportaald SUBCOMMAND [OPTION…]\n\nSubcommands:\n");

  for (gsize i = 0; i < G_N_ELEMENTS (subcommands); i++)
    if (is_of_group (&subcommands[i], group))
      g_string_append_printf (text, "  %-26s %s\n", subcommands[i].name, subcommands[i].summary);
  g_string_append (text, "\nclientportaald SUBCOMMAND --help tells the options of one.\n");
  return g_string_free (text, FALSE);
}

/* group: (nullable): only what begins with this word. */
static int
usage (const char *group, int status)
{
  g_autofree char *help = usage_text (group);

  if (status == 0)
    g_print ("%s", help);
  else
    g_printerr ("%s", help);
  return status;
}

/* One option of a subcommand while GOption reads it. */
typedef struct
{
  char *name;
  char *placeholder;
  char *help;
  char *value;
  gboolean set;
} ReadOption;

static int
fill_entries (const CpdSubcommand *subcommand, ReadOption *options, GOptionEntry *entries, char **config_path)
{
  int n = 0;

  entries[n++] =
      (GOptionEntry){ "config", 'c', 0, G_OPTION_ARG_FILENAME, config_path, "the configuration (" DEFAULT_CONFIG ")",
                      "FILE" };
  for (int i = 0; subcommand->options[i] != NULL; i++)
    {
      const char *text = subcommand->options[i];
      const char *colon = strchr (text, ':');
      const char *equals = memchr (text, '=', colon - text);
      ReadOption *option = &options[i];
      option->name = g_strndup (text, strcspn (text, "!=:"));
      option->placeholder = equals != NULL ? g_strndup (equals + 1, colon - equals - 1) : NULL;
      option->help = g_strdup (colon + 2);
      entries[n++] = (GOptionEntry){ option->name,
                                     0,
                                     0,
                                     equals != NULL ? G_OPTION_ARG_STRING : G_OPTION_ARG_NONE,
                                     equals != NULL ? (gpointer) &option->value : (gpointer) &option->set,
                                     option->help,
                                     option->placeholder };
    }
  return n;
}

static void
free_options (ReadOption *options)
{
  for (int i = 0; options[i].name != NULL; i++)
    {
      g_free (options[i].name);
      g_free (options[i].placeholder);
      g_free (options[i].help);
      g_free (options[i].value);
    }
}

/* A value of "-" is the next line of the standard input: the list of processes, the history of a shell and the log of
 * sudo keep what stands on the command line. (transfer full) */
static char *
take_value (const ReadOption *option, GError **error)
{
  char *line = NULL;
  size_t size = 0;
  gssize length;

  if (option->set)
    return g_strdup ("yes");
  if (strcmp (option->value, "-") != 0)
    return g_strdup (option->value);
  if (isatty (STDIN_FILENO))
    g_printerr ("%s: ", option->name);
  length = getline (&line, &size, stdin);
  if (length > 0 && line[length - 1] == '\n')
    line[length - 1] = '\0';
  if (length > 0)
    return line;
  free (line);
  g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "--%s: the standard input has no line for it", option->name);
  return NULL;
}

/* (transfer full): NULL with an error. */
static GHashTable *
take_arguments (const ReadOption *options, GError **error)
{
  g_autoptr (GHashTable) arguments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (int i = 0; options[i].name != NULL; i++)
    {
      char *value;

      if (options[i].value == NULL && !options[i].set)
        continue;
      value = take_value (&options[i], error);
      if (value == NULL)
        return NULL;
      g_hash_table_insert (arguments, g_strdup (options[i].name), value);
    }
  return g_steal_pointer (&arguments);
}

static GHashTable *
too_many (GError **error)
{
  g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "too many arguments");
  return NULL;
}

static int
run_subcommand (const CpdSubcommand *subcommand, int argc, char *argv[])
{
  g_autofree char *title = g_strdup_printf ("— %s", subcommand->summary);
  g_autoptr (GOptionContext) context = g_option_context_new (title);
  g_autofree char *config_path = NULL;
  ReadOption options[MAX_OPTIONS] = { { NULL } };
  GOptionEntry entries[MAX_OPTIONS + 2] = { { NULL } };
  g_autoptr (GHashTable) arguments = NULL;
  g_autoptr (GError) error = NULL;

  fill_entries (subcommand, options, entries, &config_path);
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, &argc, &argv, &error))
    arguments = argc > 1 ? too_many (&error) : take_arguments (options, &error);
  free_options (options);
  if (arguments == NULL || !cpd_command_has_required (subcommand->options, arguments, &error))
    {
      g_printerr ("clientportaald %s: %s\n", subcommand->name, error->message);
      return 2;
    }
  if (subcommand->run (config_path != NULL ? config_path : DEFAULT_CONFIG, subcommand->name, arguments, &error))
    return 0;
  g_printerr ("clientportaald %s: %s\n", subcommand->name, error->message);
  return 1;
}

/* Of one word, or of two: "account code". */
static const CpdSubcommand *
find_subcommand (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (subcommands); i++)
    if (strcmp (name, subcommands[i].name) == 0)
      return &subcommands[i];
  return NULL;
}

static gboolean
is_help (const char *word)
{
  return strcmp (word, "--help") == 0 || strcmp (word, "-h") == 0;
}

/**
 * cpd_cli_run:
 */
int
cpd_cli_run (int argc, char *argv[])
{
  if (argc < 2)
    return usage (NULL, 2);
  if (is_help (argv[1]))
    return usage (NULL, 0);
  for (int words = 1; words <= 2 && words < argc; words++)
    {
      g_autofree char *name = words == 1 ? g_strdup (argv[1]) : g_strdup_printf ("%s %s", argv[1], argv[2]);
      const CpdSubcommand *subcommand = find_subcommand (name);
      g_autofree char *program = g_strdup_printf ("clientportaald %s", name);

      if (subcommand == NULL)
        continue;
      g_set_prgname (program);
      return run_subcommand (subcommand, argc - words, argv + words);
    }
  if (is_group (argv[1]))
    return usage (argv[1], argc > 2 && is_help (argv[2]) ? 0 : 2);
  g_printerr ("clientportaald: no subcommand “%s”\n", argv[1]);
  return usage (NULL, 2);
}
