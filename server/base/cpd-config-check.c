/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "cp-error.h"
#include "cp-validate.h"
#include "cpd-address.h"
#include "cpd-config-private.h"
#include "cpd-gsm7.h"
#include "cpd-url.h"
#include "cpd-words.h"

/* Where nobody else listens: a socket in the file system counts. */
static gboolean
is_local (const char *address)
{
  return address[0] == '/' || cpd_url_is_loopback (address);
}

/**
 * cpd_config_host:
 *
 * Returns: (transfer full): an address without its port, an IPv6 one without its brackets.
 */
char *
cpd_config_host (const char *address)
{
  const char *colon = strrchr (address, ':');

  if (address[0] == '[')
    return g_strndup (address + 1, strcspn (address + 1, "]"));
  return colon == NULL || strchr (address, ':') != colon ? g_strdup (address) : g_strndup (address, colon - address);
}

/* Whether who is outside reaches the server at the address on which it listens. */
static gboolean
is_reached_directly (const CpdConfig *config)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (config->address);

  return config->certificate != NULL && config->address[0] != '/' &&
         (inet == NULL || !g_inet_address_get_is_any (inet));
}

static gboolean
settle_public_address (const CpdConfigReader *reader, CpdConfig *config, GError **error)
{
  g_autofree char *given = g_steal_pointer (&config->public_address);

  if (given != NULL)
    {
      config->public_address = cp_validate_address (given, NULL);
      return config->public_address != NULL ||
             cpd_config_complain (reader, "server", "public-address", error,
                                  "is not a host name or IP address with an optional port");
    }
  if (!is_reached_directly (config))
    return cpd_config_complain (
        reader, "server", "public-address", error,
        "is required here: mails tell people that address, and this one is not reached from outside");
  if (config->port == 443)
    config->public_address = g_strdup (config->address);
  else
    config->public_address =
        g_strdup_printf (strchr (config->address, ':') != NULL ? "[%s]:%d" : "%s:%d", config->address, config->port);
  return TRUE;
}

static gboolean
check_words (const CpdConfigReader *reader, const CpdConfig *config, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autoptr (CpWordList) words = cpd_words_load (config->words, &wrong);

  return words != NULL || cpd_config_complain (reader, "organisation", "words", error, "%s", wrong->message);
}

/* https, or http to a loopback address; no user, query or fragment. A slash at its end goes. */
static gboolean
check_address (const CpdConfigReader *reader, const char *name, char *value, GError **error)
{
  g_autoptr (GUri) uri = value != NULL ? g_uri_parse (value, G_URI_FLAGS_HAS_PASSWORD, NULL) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (value == NULL)
    return TRUE;
  if (host == NULL || *host == '\0' || g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL)
    return cpd_config_complain (reader, "ehr", name, error, "needs the form https://host/path");
  if (!cpd_url_may_be_asked (value))
    return cpd_config_complain (reader, "ehr", name, error,
                                "needs https; http is for a loopback address such as 127.0.0.1");
  if (g_str_has_suffix (value, "/"))
    value[strlen (value) - 1] = '\0';
  return TRUE;
}

/* A server as host or host:port; plain only where nobody else listens. */
static gboolean
check_mail_server (const CpdConfigReader *reader, CpdConfig *config, GError **error)
{
  g_autofree char *server = NULL;
  g_autofree char *host = NULL;

  if (config->mail_server == NULL)
    return TRUE;
  if (strchr (config->mail_server, '/') == NULL)
    server = cp_validate_address (config->mail_server, NULL);
  host = server != NULL ? cpd_config_host (server) : NULL;
  if (host == NULL)
    return cpd_config_complain (reader, "mail", "server", error,
                                "is not a host name or IP address with an optional port");
  if (config->mail_security == CPD_MAIL_SECURITY_NONE && !is_local (host))
    return cpd_config_complain (reader, "mail", "security", error, "none is for a loopback address such as 127.0.0.1");
  return TRUE;
}

static gboolean
check_mail (const CpdConfigReader *reader, CpdConfig *config, GError **error)
{
  if (!check_mail_server (reader, config, error))
    return FALSE;
  if ((config->mail_user == NULL) != (config->mail_password_file == NULL))
    return cpd_config_complain (reader, "mail", "user", error, "user and password-file go together");
  if (config->mail_from == NULL && config->mail_server != NULL)
    config->mail_from = g_strdup (config->organisation->email);
  if (config->mail_from != NULL ? !cp_validate_email (config->mail_from, NULL) : config->mail_server != NULL)
    return cpd_config_complain (reader, "mail", "from", error, "needs an e-mail address");
  return TRUE;
}

static gboolean
check_statuses (const CpdConfigReader *reader, const char *name, const GStrv statuses, GError **error)
{
  for (int i = 0; statuses[i] != NULL; i++)
    if (!g_regex_match_simple ("^[2-5][0-9][0-9]\\z", statuses[i], 0, 0))
      return cpd_config_complain (reader, "sms", name, error, "needs HTTP statuses such as 200;201");
  return TRUE;
}

static gboolean
check_pattern (const CpdConfigReader *reader, const char *name, const char *pattern, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  G_GNUC_UNUSED g_autoptr (GRegex) regex = pattern != NULL ? g_regex_new (pattern, 0, 0, &wrong) : NULL;

  return wrong == NULL || cpd_config_complain (reader, "sms", name, error, "%s", wrong->message);
}

/* The templates themselves are checked where they are filled (server/out). */
static gboolean
check_sms (const CpdConfigReader *reader, const CpdConfig *config, GError **error)
{
  if (config->sms_sender != NULL && !cpd_gsm7_check (config->sms_sender))
    return cpd_config_complain (reader, "sms", "sender", error,
                                "has a letter that a plain text message cannot carry, such as ë");
  if (config->sms_url != NULL && config->sms_sender == NULL)
    return cpd_config_complain (reader, "sms", "sender", error, "is required with a gateway");
  return check_statuses (reader, "accepted", config->sms_accepted, error) &&
         check_statuses (reader, "refused", config->sms_refused, error) &&
         check_pattern (reader, "accepted-answer", config->sms_accepted_answer, error) &&
         check_pattern (reader, "refused-answer", config->sms_refused_answer, error);
}

/* Files are for what has no other way out. */
static gboolean
check_outgoing (const CpdConfigReader *reader, CpdConfig *config, GError **error)
{
  if (config->outbox_directory == NULL && (config->mail_server == NULL || config->sms_url == NULL))
    return cpd_config_complain (reader, "outgoing", "directory", error,
                                "is required without a mail server and a gateway for text messages");
  return check_mail (reader, config, error) && check_sms (reader, config, error);
}

/* What each way of showing who one is cannot do without. */
static gboolean
check_auth (const CpdConfigReader *reader, const CpdConfig *config, GError **error)
{
  const struct
  {
    guint needed_by; /* bits of CpdEhrAuth */
    const char *name;
    const char *value;
  } needs[] = {
    { 1 << CPD_EHR_AUTH_CLIENT_SECRET | 1 << CPD_EHR_AUTH_PRIVATE_KEY, "client-id", config->ehr_client_id },
    { 1 << CPD_EHR_AUTH_CLIENT_SECRET | 1 << CPD_EHR_AUTH_TOKEN, "secret-file", config->ehr_secret_file },
    { 1 << CPD_EHR_AUTH_PRIVATE_KEY, "signing-key", config->ehr_signing_key },
    { 1 << CPD_EHR_AUTH_PRIVATE_KEY, "key-id", config->ehr_key_id },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (needs); i++)
    if ((needs[i].needed_by & 1u << config->ehr_auth) != 0 && needs[i].value == NULL)
      return cpd_config_complain (reader, "ehr", needs[i].name, error, "auth=%s needs it",
                                  cpd_config_auth_names[config->ehr_auth]);
  return TRUE;
}

static gboolean
check_ehr (const CpdConfigReader *reader, const CpdConfig *config, GError **error)
{
  if ((config->source_directory == NULL) == (config->ehr_server == NULL))
    return cpd_config_complain (reader, "ehr", config->ehr_server != NULL ? "server" : "directory", error,
                                "needs a directory or a server, and not both");
  if ((config->ehr_client_certificate == NULL) != (config->ehr_client_key == NULL))
    return cpd_config_complain (reader, "ehr", "client-certificate", error,
                                "client-certificate and client-key go together");
  /* What is granted is read for a system: another scope opens nothing (see cpd_ehr_access_allows). */
  if (!g_regex_match_simple ("(^| )system/[^ .]+\\.[^ ]", config->ehr_scope, 0, 0))
    return cpd_config_complain (reader, "ehr", "scope", error,
                                "needs scopes such as system/*.rs or system/Patient.read, separated by spaces");
  return check_address (reader, "server", config->ehr_server, error) &&
         check_address (reader, "token-endpoint", config->ehr_token_endpoint, error) &&
         check_auth (reader, config, error);
}

static gboolean
check_organisation (const CpdConfigReader *reader, CpdConfig *config, GError **error)
{
  const CpOrganisation *organisation = config->organisation;

  config->zone = g_time_zone_new_identifier (organisation->time_zone);
  if (config->zone == NULL)
    return cpd_config_complain (reader, "organisation", "time-zone", error, "“%s” is not a time zone of this system",
                                organisation->time_zone);
  if (organisation->color != NULL && !g_regex_match_simple ("^#[0-9a-fA-F]{6}$", organisation->color, 0, 0))
    return cpd_config_complain (reader, "organisation", "color", error, "needs the form #1e6b52");
  if (!check_words (reader, config, error))
    return FALSE;
  if (!cpd_gsm7_check (config->sms_name))
    return cpd_config_complain (reader, "organisation", "sms-name", error,
                                "has a letter that a plain text message cannot carry, such as ë");
  if (!g_regex_match_simple ("([0-9][^0-9]*){3}", organisation->phone, 0, 0))
    return cpd_config_complain (reader, "organisation", "phone", error, "needs a number such as 088 000 12 00");
  if (organisation->email != NULL && !cp_validate_email (organisation->email, NULL))
    return cpd_config_complain (reader, "organisation", "email", error, "is not an e-mail address");
  return TRUE;
}

static gboolean
check_proxies (const CpdConfigReader *reader, const CpdConfig *config, GError **error)
{
  CpdAddress address;

  for (int i = 0; config->proxies[i] != NULL; i++)
    if (!cpd_address_from_text (config->proxies[i], &address))
      return cpd_config_complain (reader, "server", "proxies", error,
                                  "needs IP addresses, or unix, separated by semicolons");
  return TRUE;
}

static gboolean
check_server (const CpdConfigReader *reader, CpdConfig *config, GError **error)
{
  if (!cpd_address_can_listen (config->address))
    return cpd_config_complain (reader, "server", "address", error,
                                "is not an IP address or the absolute path of a Unix socket");
  if ((config->certificate == NULL) != (config->private_key == NULL))
    return cpd_config_complain (reader, "server", "certificate", error, "certificate and private-key go together");
  if (config->certificate == NULL && !is_local (config->address))
    return cpd_config_complain (reader, "server", "address", error,
                                "without a certificate only a loopback address or a Unix socket is allowed");
  return check_proxies (reader, config, error) && settle_public_address (reader, config, error);
}

/**
 * cpd_config_check:
 */
gboolean
cpd_config_check (const CpdConfigReader *reader, CpdConfig *config, GError **error)
{
  CpOrganisation *organisation = config->organisation;

  if (!check_organisation (reader, config, error) || !check_server (reader, config, error) ||
      !check_ehr (reader, config, error) || !check_outgoing (reader, config, error))
    return FALSE;
  organisation->has_logo = config->logo != NULL;
  organisation->has_picture = config->picture != NULL;
  organisation->password_min = CP_PASSWORD_MIN;
  organisation->forgotten_minutes =
      organisation->forgotten == CP_FORGOTTEN_LINK ? config->link_minutes : config->temporary_password_minutes;
  organisation->invitation_days = config->invitation_days;
  organisation->device_days = config->device_days;
  organisation->idle_seconds = config->idle_seconds;
  organisation->shared_idle_seconds = config->shared_idle_seconds;
  organisation->api_min = organisation->api_max = 1;
  return TRUE;
}
