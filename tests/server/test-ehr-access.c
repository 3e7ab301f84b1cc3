/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir-kit.h"

#include <glib/gstdio.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>

#include "cp-json.h"
#include "cpd-fhir.h"
#include "cpd-signer.h"

typedef struct
{
  FhirKit kit; /* first: the kit's hook gets it */
  char *key_path;
  gnutls_privkey_t key;
} Fixture;

static void
write_private (const char *path, const char *text, gsize size)
{
  g_assert_true (g_file_set_contents_full (path, text, size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/* A private key in a file of its own. */
static void
make_key (Fixture *fixture, gnutls_pk_algorithm_t algorithm, unsigned int bits)
{
  gnutls_x509_privkey_t key;
  gnutls_datum_t pem;

  gnutls_x509_privkey_init (&key);
  g_assert_cmpint (gnutls_x509_privkey_generate (key, algorithm, bits, 0), ==, 0);
  gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &pem);
  write_private (fixture->key_path, (const char *) pem.data, pem.size);
  gnutls_free (pem.data);
  if (fixture->key != NULL)
    gnutls_privkey_deinit (fixture->key);
  gnutls_privkey_init (&fixture->key);
  gnutls_privkey_import_x509 (fixture->key, key, GNUTLS_PRIVKEY_IMPORT_AUTO_RELEASE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  FhirKit *kit = &fixture->kit;
  CpdConfig *config;

  fhir_kit_set_up_wil (kit);
  fhir_kit_report (kit, "r1", "wil", LONG_AGO, "verslag");
  kit->asks_token = TRUE;
  config = kit->ehr.store.config;
  fixture->key_path = g_build_filename (kit->ehr.store.directory, "ehr.pem", NULL);
  make_key (fixture, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP384R1));
  config->ehr_auth = CPD_EHR_AUTH_PRIVATE_KEY;
  config->ehr_client_id = g_strdup ("portal");
  config->ehr_key_id = g_strdup ("kid-1");
  config->ehr_signing_key = g_strdup (fixture->key_path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gnutls_privkey_deinit (fixture->key);
  g_free (fixture->key_path);
  fhir_kit_tear_down (&fixture->kit);
}

/* Whose clock runs ahead is not asked for data: what changes in that time would be passed over. */
static void
test_clock_of_tokens (Fixture *fixture, gconstpointer data)
{
  FhirKit *kit = &fixture->kit;

  kit->token_ahead = CP_TIME_HOUR;
  kit->ahead = -3 * CP_TIME_MINUTE;
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT max (mark) FROM ehr_mark"), ==, FHIR_NOW - 3 * CP_TIME_MINUTE);
}

static gint64
shown (Fixture *fixture)
{
  return ehr_kit_count (&fixture->kit.ehr, "SELECT count(*) FROM item");
}

static GBytes *
decode (const char *base64url)
{
  g_autofree char *text = g_strdelimit (g_strdup (base64url), "-", '+');
  g_autofree char *padded = NULL;
  guchar *data;
  gsize size;

  g_strdelimit (text, "_", '/');
  padded = g_strconcat (text, &"==="[3 - (4 - strlen (text) % 4) % 4], NULL);
  data = g_base64_decode (padded, &size);
  return g_bytes_new_take (data, size);
}

static JsonNode *
decode_json (const char *base64url)
{
  g_autoptr (GBytes) bytes = decode (base64url);
  JsonNode *node = cp_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 4, NULL);

  g_assert_nonnull (node);
  return node;
}

/* Verifies as a server does: with the public key, and for ES384 with the 96 bytes of r and s. */
static void
verify (Fixture *fixture, const char *text, const char *signature, gboolean ecdsa)
{
  g_autoptr (GBytes) raw = decode (signature);
  const gnutls_datum_t data = { (unsigned char *) text, strlen (text) };
  gnutls_datum_t given = { (unsigned char *) g_bytes_get_data (raw, NULL), g_bytes_get_size (raw) };
  gnutls_pubkey_t public;

  gnutls_pubkey_init (&public);
  gnutls_pubkey_import_privkey (public, fixture->key, 0, 0);
  if (ecdsa)
    {
      const gnutls_datum_t r = { given.data, 48 };
      const gnutls_datum_t s = { given.data + 48, 48 };

      g_assert_cmpuint (given.size, ==, 96);
      g_assert_cmpint (gnutls_encode_rs_value (&given, &r, &s), ==, 0);
    }
  g_assert_cmpint (
      gnutls_pubkey_verify_data2 (public, ecdsa ? GNUTLS_SIGN_ECDSA_SHA384 : GNUTLS_SIGN_RSA_SHA384, 0, &data, &given),
      >=, 0);
  if (ecdsa)
    gnutls_free (given.data);
  gnutls_pubkey_deinit (public);
}

/* (transfer full): the jti of the newest assertion, after looking at all of it. */
static char *
check_assertion (Fixture *fixture, const char *algorithm)
{
  g_autofree char *form = fhir_kit_token_form (&fixture->kit);
  const char *at = strstr (form, "client_assertion=");
  g_autofree char *jwt =
      g_strndup (at + strlen ("client_assertion="), strcspn (at + strlen ("client_assertion="), "&"));
  g_auto (GStrv) parts = g_strsplit (jwt, ".", 3);
  g_autofree char *signed_text = g_strconcat (parts[0], ".", parts[1], NULL);
  g_autofree char *endpoint = g_strdup_printf ("http://127.0.0.1:%d/token", fhir_kit_port (&fixture->kit));
  g_autoptr (JsonNode) header = decode_json (parts[0]);
  g_autoptr (JsonNode) claims = decode_json (parts[1]);
  JsonObject *said = json_node_get_object (claims);
  gint64 now = cp_time_now () / CP_TIME_SECOND;

  g_assert_nonnull (strstr (form, "grant_type=client_credentials&scope=system%2F%2A.rs&client_assertion_type="
                                  "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
  g_assert_cmpstr (cpd_fhir_string (json_node_get_object (header), "alg"), ==, algorithm);
  g_assert_cmpstr (cpd_fhir_string (json_node_get_object (header), "kid"), ==, "kid-1");
  g_assert_cmpstr (cpd_fhir_string (said, "iss"), ==, "portal");
  g_assert_cmpstr (cpd_fhir_string (said, "sub"), ==, "portal");
  g_assert_cmpstr (cpd_fhir_string (said, "aud"), ==, endpoint);
  g_assert_cmpint (json_object_get_int_member (said, "exp"), >, now);
  g_assert_cmpint (json_object_get_int_member (said, "exp"), <=, now + 300);
  verify (fixture, signed_text, parts[2], g_str_equal (algorithm, "ES384"));
  return g_strdup (cpd_fhir_string (said, "jti"));
}

static void
test_es384 (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_true (fhir_kit_run (&fixture->kit));
  g_assert_cmpint (shown (fixture), ==, 1);
  first = check_assertion (fixture, "ES384");
  g_assert_true (fhir_kit_run (&fixture->kit));
  second = check_assertion (fixture, "ES384");
  g_assert_cmpstr (first, !=, second);
}

/* Numbers of r and s with zeros in front, too: their halves stay 48 bytes. */
static void
test_es384_often (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdSigner) signer = cpd_signer_load (fixture->key_path, &error);

  g_assert_no_error (error);
  for (int i = 0; i < 600; i++)
    {
      g_autofree char *text = g_strdup_printf ("text %d", i);
      g_autofree char *signature = cpd_signer_sign (signer, text, &error);

      g_assert_no_error (error);
      verify (fixture, text, signature, TRUE);
    }
}

static void
test_rs384 (Fixture *fixture, gconstpointer data)
{
  g_autofree char *jti = NULL;

  make_key (fixture, GNUTLS_PK_RSA, 2048);
  g_assert_true (fhir_kit_run (&fixture->kit));
  g_assert_cmpint (shown (fixture), ==, 1);
  jti = check_assertion (fixture, "RS384");
}

/* Keys that would make another signature than SMART allows. */
static void
test_wrong_keys (Fixture *fixture, gconstpointer data)
{
  g_autofree char *error = NULL;

  make_key (fixture, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1));
  error = fhir_kit_run_error (&fixture->kit, "Patient");
  g_assert_nonnull (strstr (error, "RS384"));
  g_clear_pointer (&error, g_free);
  make_key (fixture, GNUTLS_PK_RSA, 1024);
  error = fhir_kit_run_error (&fixture->kit, "Patient");
  g_assert_nonnull (strstr (error, "RS384"));
  g_clear_pointer (&error, g_free);
  write_private (fixture->key_path, "no key", strlen ("no key"));
  error = fhir_kit_run_error (&fixture->kit, "Patient");
  g_assert_nonnull (error);
  g_assert_cmpuint (fhir_kit_requests (&fixture->kit, "/"), ==, 0);
}

static void
test_readable_by_others (Fixture *fixture, gconstpointer data)
{
  g_autofree char *error = NULL;

  g_chmod (fixture->key_path, 0640);
  error = fhir_kit_run_error (&fixture->kit, "Patient");
  g_assert_nonnull (strstr (error, "others can read it: chmod 600"));
  g_assert_cmpuint (fhir_kit_requests (&fixture->kit, "/"), ==, 0);
}

/* As systemd hands it over: readable by a group in name only. */
static void
test_credential (Fixture *fixture, gconstpointer data)
{
  g_autofree char *directory = g_path_get_dirname (fixture->key_path);

  g_chmod (fixture->key_path, 0440);
  g_setenv ("CREDENTIALS_DIRECTORY", directory, TRUE);
  g_assert_true (fhir_kit_run (&fixture->kit));
  g_chmod (fixture->key_path, 0444);
  g_assert_false (fhir_kit_run (&fixture->kit));
  g_unsetenv ("CREDENTIALS_DIRECTORY");
}

static void
set_secret (Fixture *fixture, CpdEhrAuth auth, const char *secret)
{
  CpdConfig *config = fixture->kit.ehr.store.config;

  config->ehr_auth = auth;
  config->ehr_secret_file = g_build_filename (fixture->kit.ehr.store.directory, "secret", NULL);
  write_private (config->ehr_secret_file, secret, strlen (secret));
}

static void
test_client_secret (Fixture *fixture, gconstpointer data)
{
  g_autofree char *basic = g_base64_encode ((const guchar *) "portal:s%3Acret", strlen ("portal:s%3Acret"));
  g_autofree char *header = g_strconcat ("Authorization: Basic ", basic, "\r\n", NULL);
  g_autofree char *error = NULL;

  set_secret (fixture, CPD_EHR_AUTH_CLIENT_SECRET, "s:cret\n");
  g_assert_true (fhir_kit_run (&fixture->kit));
  g_assert_cmpint (shown (fixture), ==, 1);
  g_assert_cmpuint (fhir_kit_requests (&fixture->kit, header), ==, 1);
  g_chmod (fixture->kit.ehr.store.config->ehr_secret_file, 0604);
  error = fhir_kit_run_error (&fixture->kit, "Patient");
  g_assert_nonnull (strstr (error, "others can read it"));
}

static void
test_static_token (Fixture *fixture, gconstpointer data)
{
  g_autofree char *error = NULL;

  set_secret (fixture, CPD_EHR_AUTH_TOKEN, "fixed");
  fixture->kit.asks_token = FALSE;
  g_assert_true (fhir_kit_run (&fixture->kit));
  g_assert_cmpuint (fhir_kit_requests (&fixture->kit, "/token"), ==, 0);
  g_assert_cmpuint (fhir_kit_requests (&fixture->kit, "Authorization: Bearer fixed\r\n"), >, 5);
  /* There is no other one to be had. */
  fixture->kit.asks_token = TRUE;
  error = fhir_kit_run_error (&fixture->kit, "Patient");
  g_assert_nonnull (strstr (error, "401"));
}

static void
test_narrower_scope (Fixture *fixture, gconstpointer data)
{
  g_autofree char *error = NULL;

  fixture->kit.granted = "system/Patient.rs system/RelatedPerson.cruds system/Observation.read system/Appointment.r";
  error = fhir_kit_run_error (&fixture->kit, "CarePlan");
  g_assert_nonnull (strstr (error, "does not grant it"));
  g_assert_cmpuint (fhir_kit_requests (&fixture->kit, "/fhir/CarePlan"), ==, 0);
  /* Reading without searching is not enough. */
  g_assert_cmpuint (fhir_kit_requests (&fixture->kit, "/fhir/Appointment"), ==, 0);
  g_assert_cmpint (shown (fixture), ==, 1);
}

static void
later_hook (gpointer data, guint request, const char *line)
{
  /* Each request takes a minute: a token of five minutes is renewed after four, before it ends. */
  store_kit_set_now (cp_time_now () + CP_TIME_MINUTE);
}

static void
test_renewed_in_time (Fixture *fixture, gconstpointer data)
{
  fixture->kit.hook = later_hook;
  g_assert_true (fhir_kit_run (&fixture->kit));
  g_assert_cmpuint (fhir_kit_requests (&fixture->kit, "POST /token"), >=, 4);
  g_assert_cmpuint (fhir_kit_requests (&fixture->kit, "well-known"), ==, 1);
}

/* An assertion counts once, and not for longer than five minutes: each try has its own. */
static void
test_tries_of_a_token (Fixture *fixture, gconstpointer data)
{
  static const char member[] = "client_assertion=";
  const FhirFault fault = { "POST /token", 1, FHIR_ANSWER, 503, "Retry-After: 300\r\n", "{}" };
  g_autofree char *form = NULL;
  g_autofree char *assertion = NULL;
  const char *start;

  fixture->kit.token_life = 36000;
  fhir_kit_fault (&fixture->kit, &fault);
  g_assert_true (fhir_kit_run (&fixture->kit));
  form = fhir_kit_token_form (&fixture->kit);
  start = strstr (form, member) + strlen (member);
  assertion = g_strndup (start, strcspn (start, "&"));
  g_assert_cmpuint (fhir_kit_requests (&fixture->kit, "POST /token"), ==, 2);
  g_assert_cmpuint (fhir_kit_requests (&fixture->kit, assertion), ==, 1);
}

static void
test_401 (Fixture *fixture, gconstpointer data)
{
  FhirFault fault = { "GET /fhir/Observation", 1, FHIR_ANSWER, 401, NULL, "{}" };
  g_autofree char *error = NULL;

  fhir_kit_fault (&fixture->kit, &fault);
  g_assert_true (fhir_kit_run (&fixture->kit));
  g_assert_cmpuint (fhir_kit_requests (&fixture->kit, "POST /token"), ==, 2);
  /* With a new token too: it fails, and only that type. */
  fault.times = 100;
  fhir_kit_fault (&fixture->kit, &fault);
  error = fhir_kit_run_error (&fixture->kit, "Observation");
  g_assert_cmpstr (error, ==, "401");
  g_assert_cmpint (ehr_kit_count (&fixture->kit.ehr, "SELECT sum (withheld) FROM sync_type"), ==, 0);
  g_assert_cmpint (ehr_kit_count (&fixture->kit.ehr, "SELECT count(*) FROM sync_type WHERE error IS NOT NULL"), ==, 1);
}

static void
test_no_token (Fixture *fixture, gconstpointer data)
{
  const FhirFault fault = { "POST /token", 100, FHIR_ANSWER, 400, NULL, "{'error':'invalid_client'}" };
  g_autofree char *error = NULL;

  fhir_kit_fault (&fixture->kit, &fault);
  error = fhir_kit_run_error (&fixture->kit, "Patient");
  g_assert_nonnull (strstr (error, "no token: 400"));
}

/* A server that names a token endpoint to which the assertion must not go. */
static void
test_bad_endpoint (Fixture *fixture, gconstpointer data)
{
  const FhirFault fault = { "well-known", 1, FHIR_ANSWER, 200, NULL, "{'token_endpoint':'http://ecd.example/token'}" };
  const FhirFault elsewhere = { "well-known", 1,    FHIR_ANSWER,
                                200,          NULL, "{'token_endpoint':'https://127.0.0.1:1/token'}" };
  g_autofree char *text = g_strdup_printf ("{'token_endpoint':'http://127.0.0.1:%d/token',"
                                           "'token_endpoint_auth_signing_alg_values_supported':['RS384']}",
                                           fhir_kit_port (&fixture->kit));
  const FhirFault other = { "well-known", 1, FHIR_ANSWER, 200, NULL, text };
  g_autofree char *error = NULL;

  fhir_kit_fault (&fixture->kit, &fault);
  error = fhir_kit_run_error (&fixture->kit, "Patient");
  g_assert_nonnull (strstr (error, "names no token endpoint"));
  g_clear_pointer (&error, g_free);
  fhir_kit_fault (&fixture->kit, &elsewhere);
  error = fhir_kit_run_error (&fixture->kit, "Patient");
  g_assert_nonnull (strstr (error, "on another host"));
  g_clear_pointer (&error, g_free);
  fhir_kit_fault (&fixture->kit, &other);
  error = fhir_kit_run_error (&fixture->kit, "Patient");
  g_assert_nonnull (strstr (error, "does not take the signature"));
}

#define ADD(name, func) g_test_add ("/ehr/access/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("es384", test_es384);
  ADD ("es384-often", test_es384_often);
  ADD ("rs384", test_rs384);
  ADD ("wrong-keys", test_wrong_keys);
  ADD ("readable-by-others", test_readable_by_others);
  ADD ("credential", test_credential);
  ADD ("client-secret", test_client_secret);
  ADD ("static-token", test_static_token);
  ADD ("narrower-scope", test_narrower_scope);
  ADD ("renewed-in-time", test_renewed_in_time);
  ADD ("tries-of-a-token", test_tries_of_a_token);
  ADD ("401", test_401);
  ADD ("clock-of-tokens", test_clock_of_tokens);
  ADD ("no-token", test_no_token);
  ADD ("bad-endpoint", test_bad_endpoint);
  return g_test_run ();
}
