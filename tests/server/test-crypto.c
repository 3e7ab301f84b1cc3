/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "cp-validate.h"
#include "cpd-chain.h"
#include "cpd-password.h"
#include "cpd-quick-tag.h"
#include "cpd-token.h"
#include "cpd-totp.h"
#include "store-kit.h"

static const CpdPasswordCost cost = { 19, 2 };

static void
test_password (void)
{
  StoreKit kit;
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;
  int pepper;

  store_kit_set_up (&kit);
  pepper = cpd_keys_pepper (kit.keys);
  hash = cpd_password_hash (kit.keys, cost, "caf\xc3\xa9 met appeltaart", &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (hash, "$argon2id$v=19$m=19456,t=2,"));
  /* The same letters in another form of Unicode are the same password. */
  g_assert_true (cpd_password_verify (kit.keys, cost, pepper, hash, NULL, "cafe\xcc\x81 met appeltaart"));
  g_assert_false (cpd_password_verify (kit.keys, cost, pepper, hash, NULL, "cafe met appeltaart"));
  g_assert_false (cpd_password_verify (kit.keys, cost, pepper, NULL, NULL, "cafe met appeltaart"));
  /* What nobody's costs is what that one does, and not right by it. */
  g_assert_false (cpd_password_verify (kit.keys, cost, pepper, NULL, hash, "caf\xc3\xa9 met appeltaart"));
  g_assert_false (cpd_password_verify (kit.keys, cost, 99, hash, NULL, "caf\xc3\xa9 met appeltaart"));
  g_assert_false (cpd_password_is_old (kit.keys, cost, pepper, hash));
  g_assert_true (cpd_password_is_old (kit.keys, (CpdPasswordCost){ 20, 2 }, pepper, hash));
  g_assert_true (cpd_password_is_old (kit.keys, cost, 99, hash));
  store_kit_tear_down (&kit);
}

/* Without the pepper's file the hash is worth nothing. */
static void
test_pepper_is_needed (void)
{
  StoreKit one;
  StoreKit other;
  g_autofree char *hash = NULL;

  store_kit_set_up (&one);
  store_kit_set_up (&other);
  hash = cpd_password_hash (one.keys, cost, "vier losse fietsbellen", NULL);
  g_assert_false (cpd_password_verify (other.keys, cost, 1, hash, NULL, "vier losse fietsbellen"));
  store_kit_tear_down (&one);
  store_kit_tear_down (&other);
}

static void
test_seal (void)
{
  StoreKit kit;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) opened = NULL;
  g_autofree guchar *broken = NULL;
  gsize size;

  store_kit_set_up (&kit);
  sealed = cpd_keys_seal (kit.keys, "a", "999911120", 9);
  g_assert_null (memmem (g_bytes_get_data (sealed, &size), g_bytes_get_size (sealed), "9999", 4));
  opened = cpd_keys_unseal (kit.keys, "a", g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed), &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened), "999911120", 9);
  g_assert_null (cpd_keys_unseal (kit.keys, "b", g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed), NULL));
  broken = g_memdup2 (g_bytes_get_data (sealed, NULL), size = g_bytes_get_size (sealed));
  for (gsize i = 0; i < size; i++)
    {
      broken[i] ^= 1;
      g_assert_null (cpd_keys_unseal (kit.keys, "a", broken, size, NULL));
      g_assert_null (cpd_keys_unseal (kit.keys, "a", broken, i, NULL));
      broken[i] ^= 1;
    }
  store_kit_tear_down (&kit);
}

static void
test_key_file_is_private (void)
{
  StoreKit kit;
  g_autoptr (GError) error = NULL;

  store_kit_set_up (&kit);
  g_assert_false (cpd_keys_generate (kit.config->key_file, &error));
  g_clear_error (&error);
  g_chmod (kit.config->key_file, 0640);
  g_assert_null (cpd_keys_load (kit.config->key_file, &error));
  g_assert_nonnull (strstr (error->message, "chmod 600"));
  store_kit_tear_down (&kit);
}

static void
test_tokens (void)
{
  char *token = cpd_token_new ();
  char *id = cpd_token_new_id ();
  char *password = cpd_token_new_password ();
  int digits[10] = { 0 };

  g_assert_true (cp_validate_is_token (token));
  g_assert_true (cp_validate_is_id (id));
  g_assert_cmpint (strlen (password), ==, 19);
  for (int i = 0; i < 2000; i++)
    {
      char *code = cpd_token_new_digits (6);
      g_assert_cmpint (strlen (code), ==, 6);
      digits[code[0] - '0']++;
      cpd_secret_free (code);
    }
  for (int i = 0; i < 10; i++)
    g_assert_cmpint (digits[i], >, 120); /* 200 expected, sigma 13: a code that never begins with 0 shows */
  cpd_secret_free (token);
  cpd_secret_free (id);
  cpd_secret_free (password);
}

/* RFC 6238, appendix B, of which an app shows the last six digits. */
static const struct
{
  gint64 seconds;
  const char *code;
} totp_cases[] = {
  { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
  { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" },
};

static void
test_totp (void)
{
  static const guchar seed[] = "12345678901234567890";
  g_autofree char *key = cpd_totp_key (seed);
  g_autofree char *uri = cpd_totp_uri (key, "Zorg & Co: Ons huis", "m.debruin");

  for (gsize i = 0; i < G_N_ELEMENTS (totp_cases); i++)
    {
      gint64 step = totp_cases[i].seconds / 30;
      g_autofree char *code = cpd_totp_code (seed, 20, step);
      CpTime now = totp_cases[i].seconds * CP_TIME_SECOND;

      g_assert_cmpstr (code, ==, totp_cases[i].code);
      g_assert_cmpint (cpd_totp_match (seed, 20, code, now), ==, step);
      g_assert_cmpint (cpd_totp_match (seed, 20, code, now + 30 * CP_TIME_SECOND), ==, step);
      g_assert_cmpint (cpd_totp_match (seed, 20, code, now - 30 * CP_TIME_SECOND), ==, step);
      g_assert_cmpint (cpd_totp_match (seed, 20, code, now + 61 * CP_TIME_SECOND), ==, 0);
      if (step > 2)
        g_assert_cmpint (cpd_totp_match (seed, 20, code, now - 61 * CP_TIME_SECOND), ==, 0);
    }
  g_assert_cmpint (cpd_totp_match (seed, 20, "28708", 59 * CP_TIME_SECOND), ==, 0);
  /* RFC 4648 says the same of these bytes. */
  g_assert_cmpstr (key, ==, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  g_assert_cmpstr (
      uri, ==,
      "otpauth://totp/Zorg%20%26%20Co%3A%20Ons%20huis:m.debruin?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer="
      "Zorg%20%26%20Co%3A%20Ons%20huis&algorithm=SHA1&digits=6&period=30");
}

static void
test_chain (void)
{
  guchar zero[CPD_HASH_SIZE] = { 0 };
  guchar one[CPD_HASH_SIZE];
  guchar two[CPD_HASH_SIZE];
  gint64 row[3] = { 1, 2, 3 };

  cpd_chain_next (zero, row, 3, one);
  row[2] = 4;
  cpd_chain_next (zero, row, 3, two);
  g_assert_cmpint (memcmp (one, two, sizeof one), !=, 0);
  row[2] = 3;
  cpd_chain_next (one, row, 3, two);
  g_assert_cmpint (memcmp (one, two, sizeof one), !=, 0);
}

static void
test_tag (void)
{
  static const char path[] = "test-tag-keys";
  guchar keys[2][CPD_TAG_KEY_SIZE];
  guchar one[CPD_TAG_SIZE];
  guchar other[CPD_TAG_SIZE];

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (CpdKeys) file = NULL;
      guchar again[CPD_TAG_KEY_SIZE];

      g_unlink (path);
      g_assert_true (cpd_keys_generate (path, NULL));
      file = cpd_keys_load (path, NULL);
      cpd_keys_tag_key (file, keys[i]);
      cpd_keys_tag_key (file, again);
      g_assert_cmpmem (keys[i], sizeof keys[i], again, sizeof again);
    }
  g_unlink (path);
  cpd_tag (keys[0], "an answer", 9, one);
  cpd_tag (keys[0], "an answer", 9, other);
  g_assert_cmpmem (one, sizeof one, other, sizeof other);
  cpd_tag (keys[0], "an answeR", 9, other);
  g_assert_cmpint (memcmp (one, other, sizeof one), !=, 0);
  cpd_tag (keys[0], "an answe", 8, other);
  g_assert_cmpint (memcmp (one, other, sizeof one), !=, 0);
  cpd_tag (keys[1], "an answer", 9, other);
  g_assert_cmpint (memcmp (one, other, sizeof one), !=, 0);
}

/* Whichever byte is another, and however long the text is, the tag is another. */
static void
test_quick_tag (void)
{
  static const char path[] = "test-quick-keys";
  g_autoptr (CpdKeys) keys = NULL;
  g_autoptr (GHashTable) tags = g_hash_table_new (NULL, NULL);
  guchar text[2600] = { 0 };
  CpdQuickTag quick;
  CpdQuickTag again;

  g_unlink (path);
  g_assert_true (cpd_keys_generate (path, NULL));
  keys = cpd_keys_load (path, NULL);
  g_unlink (path);
  cpd_quick_tag_init (&quick, keys, "one");
  cpd_quick_tag_init (&again, keys, "one");
  g_assert_cmpmem (&quick, sizeof quick, &again, sizeof again);
  for (gsize size = 0; size <= sizeof text; size++)
    g_assert_true (g_hash_table_add (tags, GSIZE_TO_POINTER (cpd_quick_tag (&quick, text, size))));
  for (gsize i = 0; i < sizeof text; i++)
    {
      text[i] = 1;
      g_assert_true (g_hash_table_add (tags, GSIZE_TO_POINTER (cpd_quick_tag (&quick, text, sizeof text))));
      text[i] = 0;
    }
  g_assert_true (g_hash_table_contains (tags, GSIZE_TO_POINTER (cpd_quick_tag (&again, text, sizeof text))));
  cpd_quick_tag_init (&again, keys, "other");
  g_assert_cmpuint (cpd_quick_tag (&again, text, sizeof text), !=, cpd_quick_tag (&quick, text, sizeof text));
  cpd_quick_tag_init (&again, keys, "one");
  again.secret[30] ^= 1;
  text[30] = 1;
  g_assert_cmpuint (cpd_quick_tag (&again, text, 40), !=, cpd_quick_tag (&quick, text, 40));
}

/* Each byte of the secret counts in the tag of a long text. */
static void
test_quick_secret (void)
{
  const guchar text[2600] = { 0 };
  CpdQuickTag quick;
  guint64 tag;

  for (guint i = 0; i < sizeof quick.secret; i++)
    quick.secret[i] = i * 7;
  tag = cpd_quick_tag (&quick, text, sizeof text);
  for (guint i = 0; i < sizeof quick.secret; i++)
    {
      quick.secret[i] ^= 1;
      g_assert_cmpuint (cpd_quick_tag (&quick, text, sizeof text), !=, tag);
      quick.secret[i] ^= 1;
    }
}

/* Tags lie in the database. Who finds others here raises MAPPING in cpd-ehr-context.c, so that the old ones are not
 * taken for what they are not. */
static void
test_quick_stays (void)
{
  static const char text[] = "{\"resourceType\":\"Patient\"}";
  g_autofree char *long_text = g_strnfill (1000, 'a');
  CpdQuickTag quick;

  for (guint i = 0; i < sizeof quick.secret; i++)
    quick.secret[i] = i * 7;
  g_assert_cmphex (cpd_quick_tag (&quick, text, strlen (text)), ==, 0xf14f5fe5c95120a4);
  g_assert_cmphex (cpd_quick_tag (&quick, long_text, strlen (long_text)), ==, 0xad8661ccd7d3699);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crypto/password", test_password);
  g_test_add_func ("/crypto/pepper-is-needed", test_pepper_is_needed);
  g_test_add_func ("/crypto/seal", test_seal);
  g_test_add_func ("/crypto/key-file-is-private", test_key_file_is_private);
  g_test_add_func ("/crypto/tokens", test_tokens);
  g_test_add_func ("/crypto/totp", test_totp);
  g_test_add_func ("/crypto/chain", test_chain);
  g_test_add_func ("/crypto/tag", test_tag);
  g_test_add_func ("/crypto/quick-tag", test_quick_tag);
  g_test_add_func ("/crypto/quick-tag-secret", test_quick_secret);
  g_test_add_func ("/crypto/quick-tag-stays", test_quick_stays);
  return g_test_run ();
}
