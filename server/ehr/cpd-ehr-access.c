/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-access.h"

#include <string.h>

#include "cp-error.h"
#include "cp-json.h"
#include "cpd-fhir.h"
#include "cpd-private-file.h"
#include "cpd-signer.h"
#include "cpd-token.h"
#include "cpd-transfer.h"
#include "cpd-url.h"

#define ASSERTION_TYPE "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
#define ASSERTION_LIFE (4 * CP_TIME_MINUTE) /* SMART allows five */
#define TOKEN_LIFE 300                      /* seconds, when the server does not say */
#define LIFE_MAX (24 * 3600)
#define SECRET_MAX 8192

struct _CpdEhrAccess
{
  const CpdConfig *config; /* (borrowed) */
  CpdSigner *signer;       /* (owned) (nullable) */
  char *secret;            /* (nullable), wiped */
  char *endpoint;          /* (nullable): where tokens are asked for, once known */
  char *authorization;     /* (nullable), wiped: "Bearer ..." */
  CpTime renew;            /* from when a new one is asked for */
  GStrv granted;           /* (nullable): scopes */
};

/**
 * cpd_ehr_access_new:
 *
 * Returns: (transfer full) (nullable)
 */
CpdEhrAccess *
cpd_ehr_access_new (const CpdConfig *config, GError **error)
{
  g_autoptr (CpdEhrAccess) access = g_new0 (CpdEhrAccess, 1);

  access->config = config;
  if (config->ehr_auth == CPD_EHR_AUTH_PRIVATE_KEY)
    {
      access->signer = cpd_signer_load (config->ehr_signing_key, error);
      return access->signer != NULL ? g_steal_pointer (&access) : NULL;
    }
  if (config->ehr_auth == CPD_EHR_AUTH_NONE)
    return g_steal_pointer (&access);
  access->secret = cpd_private_file_read (config->ehr_secret_file, SECRET_MAX, error);
  if (access->secret == NULL)
    return NULL;
  for (const char *c = access->secret; *c != '\0'; c++)
    if (!g_ascii_isprint (*c))
      {
        g_set_error (error, CP_ERROR, CP_ERROR_INTERNAL, "%s: a secret is one line of ASCII", config->ehr_secret_file);
        return NULL;
      }
  if (config->ehr_auth == CPD_EHR_AUTH_TOKEN)
    access->authorization = g_strconcat ("Bearer ", access->secret, NULL);
  return g_steal_pointer (&access);
}

/**
 * cpd_ehr_access_free:
 * @access: (nullable):
 */
void
cpd_ehr_access_free (CpdEhrAccess *access)
{
  if (access == NULL)
    return;
  cpd_signer_free (access->signer);
  cpd_secret_free (access->secret);
  cpd_secret_free (access->authorization);
  g_free (access->endpoint);
  g_strfreev (access->granted);
  g_free (access);
}

/**
 * cpd_ehr_access_check:
 *
 * Returns: TRUE when there is nothing to use, too.
 */
gboolean
cpd_ehr_access_check (const CpdConfig *config, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autoptr (CpdEhrAccess) access = cpd_ehr_access_new (config, &wrong);
  const char *name = config->ehr_auth == CPD_EHR_AUTH_PRIVATE_KEY ? "signing-key" : "secret-file";

  return access != NULL || cpd_config_complain (config->reader, "ehr", name, error, "%s", wrong->message);
}

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error_literal (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_FAILED, what);
  return FALSE;
}

static gboolean
lists (JsonObject *object, const char *name, const char *wanted)
{
  JsonArray *array = cpd_fhir_array (object, name);

  for (guint i = 0; i < cpd_fhir_length (array); i++)
    if (g_strcmp0 (cpd_fhir_nth_string (array, i), wanted) == 0)
      return TRUE;
  return array == NULL;
}

/* SMART App Launch 2, conformance: where tokens are asked for, and how. */
static gboolean
discover (CpdEhrAccess *access, CpdEhrHttp *http, GError **error)
{
  CpdEhrRequest request = {
    .url = ".well-known/smart-configuration", .accept = "application/json", .without_token = TRUE, .plain = TRUE
  };
  g_autoptr (CpdEhrReply) reply = NULL;
  const char *endpoint;

  if (access->endpoint != NULL)
    return TRUE;
  if (access->config->ehr_token_endpoint != NULL)
    {
      access->endpoint = g_strdup (access->config->ehr_token_endpoint);
      return TRUE;
    }
  reply = cpd_ehr_http_ask (http, &request, error);
  if (reply == NULL)
    return FALSE;
  endpoint = cpd_fhir_string (reply->object, "token_endpoint");
  if (!cpd_url_may_be_asked (endpoint))
    return refuse (error, "the SMART configuration names no token endpoint that may be asked");
  /* Whoever can write that document does not decide who gets to see the secret. */
  if (!cpd_transfer_same_origin (endpoint, access->config->ehr_server))
    return refuse (
        error, "the SMART configuration names a token endpoint on another host or port; when that is right, say so with"
               " token-endpoint");
  if (access->signer != NULL &&
      !lists (reply->object, "token_endpoint_auth_signing_alg_values_supported", cpd_signer_algorithm (access->signer)))
    return refuse (error, "the server does not take the signature that the signing key makes");
  access->endpoint = g_strdup (endpoint);
  return TRUE;
}

static char *
encoded_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  gsize length;
  g_autofree char *text = cp_json_text (node, &length);

  return cpd_base64url (text, length);
}

/* RFC 7523: says who asks, to this endpoint only, for a short while, once. */
static char *
make_assertion (CpdEhrAccess *access, GError **error)
{
  g_autoptr (JsonObject) header = json_object_new ();
  g_autoptr (JsonObject) claims = json_object_new ();
  g_autofree char *jti = cpd_token_new_id ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;
  gint64 now = cp_time_now () / CP_TIME_SECOND;

  json_object_set_string_member (header, "alg", cpd_signer_algorithm (access->signer));
  json_object_set_string_member (header, "kid", access->config->ehr_key_id);
  json_object_set_string_member (header, "typ", "JWT");
  json_object_set_string_member (claims, "iss", access->config->ehr_client_id);
  json_object_set_string_member (claims, "sub", access->config->ehr_client_id);
  json_object_set_string_member (claims, "aud", access->endpoint);
  json_object_set_int_member (claims, "iat", now);
  json_object_set_int_member (claims, "exp", now + ASSERTION_LIFE / CP_TIME_SECOND);
  json_object_set_string_member (claims, "jti", jti);
  first = encoded_object (header);
  second = encoded_object (claims);
  text = g_strconcat (first, ".", second, NULL);
  signature = cpd_signer_sign (access->signer, text, error);
  return signature != NULL ? g_strconcat (text, ".", signature, NULL) : NULL;
}

static char *
form_encoded (const char *text)
{
  return g_uri_escape_string (text, NULL, FALSE);
}

/* RFC 6749, 2.3.1: both encoded as in a form, then Basic. */
static char *
basic_authorization (const CpdEhrAccess *access)
{
  g_autofree char *id = form_encoded (access->config->ehr_client_id);
  g_autofree char *secret = form_encoded (access->secret);
  g_autofree char *pair = g_strconcat (id, ":", secret, NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));

  return g_strconcat ("Basic ", encoded, NULL);
}

/* CpdEhrBodyFunc: an assertion counts once. */
static char *
token_form (gpointer data, GError **error)
{
  CpdEhrAccess *access = data;
  g_autofree char *scope = form_encoded (access->config->ehr_scope);
  g_autofree char *assertion = NULL;

  if (access->signer == NULL)
    return g_strconcat ("grant_type=client_credentials&scope=", scope, NULL);
  assertion = make_assertion (access, error);
  if (assertion == NULL)
    return NULL;
  return g_strconcat ("grant_type=client_credentials&scope=", scope, "&client_assertion_type=" ASSERTION_TYPE,
                      "&client_assertion=", assertion, NULL);
}

/* One line of visible ASCII, so that it can be a header. */
static gboolean
is_token (const char *text)
{
  if (text == NULL || strlen (text) > SECRET_MAX)
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isgraph (*text))
      return FALSE;
  return TRUE;
}

static gint64
life_of (JsonObject *answer)
{
  JsonNode *node = json_object_get_member (answer, "expires_in");

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return TOKEN_LIFE;
  return CLAMP (json_node_get_int (node), 1, LIFE_MAX);
}

static gboolean
keep_token (CpdEhrAccess *access, JsonObject *answer, CpTime asked, GError **error)
{
  const char *token = cpd_fhir_string (answer, "access_token");
  const char *scope = cpd_fhir_string (answer, "scope");
  const char *type = cpd_fhir_string (answer, "token_type");

  if (!is_token (token) || type == NULL || g_ascii_strcasecmp (type, "bearer") != 0)
    return refuse (error, "the token endpoint gives no bearer token");
  cpd_secret_free (access->authorization);
  access->authorization = g_strconcat ("Bearer ", token, NULL);
  /* At four fifths of its life. */
  access->renew = asked + life_of (answer) * CP_TIME_SECOND / 5 * 4;
  g_strfreev (access->granted);
  /* RFC 6749, 5.1: what was asked for when it is not said. */
  access->granted = g_strsplit (scope != NULL ? scope : access->config->ehr_scope, " ", -1);
  return TRUE;
}

static gboolean
fetch_token (CpdEhrAccess *access, CpdEhrHttp *http, GError **error)
{
  CpdEhrRequest request = { .method = "POST",
                            .accept = "application/json",
                            .content_type = "application/x-www-form-urlencoded",
                            .make_body = token_form,
                            .make_data = access,
                            .without_token = TRUE,
                            .elsewhere = access->config->ehr_token_endpoint != NULL,
                            .plain = TRUE };
  g_autoptr (CpdEhrReply) reply = NULL;
  g_autofree char *basic = access->signer == NULL ? basic_authorization (access) : NULL;
  CpTime asked = cp_time_now ();

  if (!discover (access, http, error))
    return FALSE;
  request.url = access->endpoint;
  request.authorization = basic;
  reply = cpd_ehr_http_ask (http, &request, error);
  if (reply == NULL)
    {
      g_prefix_error (error, "no token: ");
      return FALSE;
    }
  return keep_token (access, reply->object, asked, error);
}

/**
 * cpd_ehr_access_authorization:
 * @value: (out) (nullable): until the next call
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_access_authorization (CpdEhrAccess *access, CpdEhrHttp *http, const char **value, GError **error)
{
  gboolean fetches =
      access->config->ehr_auth == CPD_EHR_AUTH_CLIENT_SECRET || access->config->ehr_auth == CPD_EHR_AUTH_PRIVATE_KEY;

  if (fetches && (access->authorization == NULL || cp_time_now () >= access->renew) &&
      !fetch_token (access, http, error))
    return FALSE;
  *value = access->authorization;
  return TRUE;
}

/**
 * cpd_ehr_access_forget:
 *
 * Returns: TRUE when the next request gets a new token.
 */
gboolean
cpd_ehr_access_forget (CpdEhrAccess *access)
{
  if (access->config->ehr_auth != CPD_EHR_AUTH_CLIENT_SECRET && access->config->ehr_auth != CPD_EHR_AUTH_PRIVATE_KEY)
    return FALSE;
  g_clear_pointer (&access->authorization, cpd_secret_free);
  return TRUE;
}

/* system/Observation.rs, or all types with .read, with a query of SMART 2 behind it or not. */
static gboolean
scope_allows (const char *scope, const char *type)
{
  const char *name = g_str_has_prefix (scope, "system/") ? scope + strlen ("system/") : "";
  const char *dot = strchr (name, '.');
  gsize length = dot != NULL ? (gsize) (dot - name) : 0;
  g_autofree char *rights = dot != NULL ? g_strndup (dot + 1, strcspn (dot + 1, "?")) : NULL;

  if (dot == NULL || !((length == 1 && *name == '*') || (strlen (type) == length && strncmp (name, type, length) == 0)))
    return FALSE;
  if (g_str_equal (rights, "read") || g_str_equal (rights, "*"))
    return TRUE;
  return strspn (rights, "cruds") == strlen (rights) && strchr (rights, 'r') != NULL && strchr (rights, 's') != NULL;
}

/**
 * cpd_ehr_access_allows:
 *
 * Returns: TRUE also when nothing was granted because nothing is asked.
 */
gboolean
cpd_ehr_access_allows (const CpdEhrAccess *access, const char *type)
{
  for (int i = 0; access->granted != NULL && access->granted[i] != NULL; i++)
    if (scope_allows (access->granted[i], type))
      return TRUE;
  return access->granted == NULL;
}
