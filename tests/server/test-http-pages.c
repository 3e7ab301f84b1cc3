/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of links, over a socket: their fields, their forms, and what no form of ours looks like. */
#include "http-client.h"
#include "http-kit.h"

#include <string.h>

#define TOKEN "0123456789abcdefghijABCDEFGHIJ_-0123456789A"
#define RESET "/reset/" TOKEN
#define CONFIRM "/confirm/" TOKEN
#define INVITATION "/invitation/" TOKEN
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define OWN "Origin: https://portal.example\r\nSec-Fetch-Site: same-origin\r\n"
#define PASSWORD "username=m.debruin&new_password=vier+losse+fietsen"

static CpTime now = 1772539200 * CP_TIME_SECOND;

static CpTime
still_clock (void)
{
  return now;
}

static void
assert_field (const HttpAnswer *answer, const char *name, const char *value)
{
  g_autofree char *found = http_answer_field (answer, name);

  g_assert_cmpstr (found, ==, value);
}

static HttpAnswer
get (HttpKit *kit, const char *method, const char *path, const char *fields)
{
  g_autofree char *request = g_strdup_printf ("%s %s HTTP/1.1\r\n" HTTP_HOST "%s\r\n", method, path, fields);

  return http_ask (kit->port, request);
}

static HttpAnswer
post (HttpKit *kit, const char *path, const char *fields, const char *form)
{
  g_autofree char *request =
      g_strdup_printf ("POST %s HTTP/1.1\r\n" HTTP_HOST "%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", path, fields,
                       strlen (form), form);

  return http_ask (kit->port, request);
}

/* (transfer full): the stamp in the form of the page. */
static char *
stamp_of (HttpKit *kit, const char *path)
{
  g_auto (HttpAnswer) answer = get (kit, "GET", path, "");
  const char *at = strstr (answer.body, "name=\"form\" value=\"");

  g_assert_nonnull (at);
  at += strlen ("name=\"form\" value=\"");
  return g_strndup (at, strcspn (at, "\""));
}

static char *
stamped (HttpKit *kit, const char *path, const char *form)
{
  g_autofree char *stamp = stamp_of (kit, path);

  return g_strdup_printf ("%s%sform=%s", form, *form != '\0' ? "&" : "", stamp);
}

static void
test_fields (void)
{
  static const char *const paths[] = { "/", "/forgot", RESET, "/reset/x", "/reset", CONFIRM };
  static const int statuses[] = { 200, 200, 200, 404, 404, 410 };
  g_autoptr (HttpKit) kit = http_kit_new ();

  http_kit_start (kit);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_auto (HttpAnswer) answer = get (kit, "GET", paths[i], "");
      g_autofree char *policy = http_answer_field (&answer, "Content-Security-Policy");

      g_test_message ("%s", paths[i]);
      g_assert_cmpint (answer.status, ==, statuses[i]);
      assert_field (&answer, "Content-Type", "text/html; charset=utf-8");
      assert_field (&answer, "Cache-Control", "no-store");
      assert_field (&answer, "Referrer-Policy", "no-referrer");
      assert_field (&answer, "X-Content-Type-Options", "nosniff");
      assert_field (&answer, "ETag", NULL);
      g_assert_true (g_str_has_prefix (policy, "default-src 'none'; style-src 'sha256-"));
      g_assert_true (
          g_str_has_suffix (policy, "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"));
      g_assert_null (strstr (policy, "unsafe"));
      g_assert_null (strstr (answer.body, "<script"));
      g_assert_null (strstr (answer.body, " style="));
      g_assert_null (strstr (answer.body, "<Welzijn>"));
      g_assert_nonnull (strstr (answer.body, "Zorg &amp; &lt;Welzijn&gt;"));
      g_assert_nonnull (strstr (answer.body, "tel:0880001200"));
      g_assert_null (strchr (answer.body, '{') != NULL ? strstr (answer.body, "{or") : NULL);
    }
}

/* Links name the configured host, whatever the request says. */
static void
test_the_host (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_auto (HttpAnswer) answer = { 0 };

  http_kit_start (kit);
  answer =
      http_ask (kit->port, "GET " RESET " HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n\r\n");
  g_assert_cmpint (answer.status, ==, 200);
  g_assert_null (strstr (answer.body, "evil"));
  g_assert_nonnull (strstr (answer.body, "clientportaal://portal.example/reset#" TOKEN));
}

static void
test_what_is_asked (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_auto (HttpAnswer) looked = { 0 };
  g_auto (HttpAnswer) head = { 0 };
  g_auto (HttpAnswer) posted = { 0 };
  g_autofree char *form = NULL;

  cp_time_set_source (still_clock);
  http_kit_start (kit);
  looked = get (kit, "GET", RESET, "");
  g_assert_cmpstr (kit->asked, ==, "/api/v1/links/look {\"token\":\"" TOKEN "\"}");
  head = get (kit, "HEAD", RESET, "");
  g_assert_cmpint (head.status, ==, 200);
  g_assert_cmpstr (kit->asked, ==, "/api/v1/links/look {\"token\":\"" TOKEN "\"}");
  form = stamped (kit, RESET, "username=+m.debruin&new_password=%22+%3C%C3%A9%5C");
  posted = post (kit, RESET, FORM OWN, form);
  g_assert_cmpint (posted.status, ==, 200);
  g_assert_cmpstr (kit->asked, ==,
                   "/api/v1/links/password {\"token\":\"" TOKEN
                   "\",\"username\":\" m.debruin\",\"new_password\":\"\\\" "
                   "<é\\\\\"}");
  g_assert_nonnull (strstr (posted.body, "Uw wachtwoord is gewijzigd"));
}

static void
test_languages (void)
{
  static const struct
  {
    const char *fields;
    const char *lang;
  } rows[] = {
    { "", "nl" },
    { "Accept-Language: nl-NL,nl;q=0.9,en;q=0.8\r\n", "nl" },
    { "Accept-Language: en-US,en;q=0.9\r\n", "en" },
    { "Accept-Language: en-GB,en;q=0.9,nl;q=0.5\r\n", "en" },
    { "Accept-Language: de-DE,de;q=0.9,en;q=0.4\r\n", "en" },
    { "Accept-Language: de-DE,de\r\n", "nl" },
    { "Accept-Language: *\r\n", "nl" },
    { "Accept-Language: enm\r\n", "nl" },
    { "Accept-Language: en;q=0\r\n", "nl" },
    { "Accept-Language: ;;q=q=,,=en,q=9e999\r\n", "nl" },
  };
  g_autoptr (HttpKit) kit = http_kit_new ();

  http_kit_start (kit);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (HttpAnswer) answer = get (kit, "GET", RESET, rows[i].fields);
      g_autofree char *lang = g_strdup_printf ("<html lang=\"%s\">", rows[i].lang);

      g_test_message ("%s", rows[i].fields);
      g_assert_nonnull (strstr (answer.body, lang));
    }
}

/* Errors of the portal become sentences at their field, and what was typed stays, but the password. */
/* The number that the log has too. */
static void
assert_id (const HttpAnswer *answer, gboolean has)
{
  static const char words[] = "Noem dit nummer als u belt: ";
  const char *at = strstr (answer->body, words);

  g_assert_cmpint (at != NULL, ==, has);
  if (has)
    g_assert_cmpuint (strcspn (at + strlen (words), "<"), ==, CPD_REQUEST_ID_LENGTH);
}

static void
test_errors (void)
{
  static const struct
  {
    int code;
    int status;
    const char *words;
  } rows[] = {
    { CP_ERROR_LINK_ENDED, 410, "Deze link werkt niet meer" },
    { CP_ERROR_LINK_USER, 403, "hoort niet bij deze link" },
    { CP_ERROR_PASSWORD_SHORT, 422, "te kort" },
    { CP_ERROR_PASSWORD_LONG, 422, "te lang" },
    { CP_ERROR_PASSWORD_COMMON, 422, "Veel mensen" },
    { CP_ERROR_PASSWORD_PERSONAL, 422, "Uw naam" },
    { CP_ERROR_PASSWORD_CONTEXT, 422, "van Zorg &amp; &lt;Welzijn&gt; of van het portaal" },
    { CP_ERROR_THROTTLED, 429, "over 7 minuten opnieuw" },
    { CP_ERROR_BUSY, 503, "over 1 minuut opnieuw" },
    { CP_ERROR_SERVER_FULL, 503, "Er is niets gewijzigd" },
    { CP_ERROR_INTERNAL, 500, "Er is niets gewijzigd" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HttpKit) kit = http_kit_new ();
      g_autofree char *form = NULL;
      g_auto (HttpAnswer) answer = { 0 };

      http_kit_start (kit);
      form = stamped (kit, RESET, "username=%3Cb%3Em%22&new_password=geheim+geheim");
      kit->link_error = g_error_new_literal (CP_ERROR, rows[i].code, HTTP_KIT_SECRET);
      cp_error_details (kit->link_error)->wait_seconds = rows[i].code == CP_ERROR_THROTTLED ? 400 : 0;
      if (rows[i].code == CP_ERROR_INTERNAL)
        g_test_expect_message ("cpd-http", G_LOG_LEVEL_WARNING, "* internal error: " HTTP_KIT_SECRET);
      answer = post (kit, RESET, FORM OWN, form);
      g_test_assert_expected_messages ();
      g_test_message ("%s", cp_error_code_name (rows[i].code));
      g_assert_cmpint (answer.status, ==, rows[i].status);
      g_assert_nonnull (strstr (answer.body, rows[i].words));
      g_assert_null (strstr (answer.body, HTTP_KIT_SECRET));
      g_assert_null (strstr (answer.body, "geheim geheim"));
      g_assert_null (strstr (answer.body, "<b>m"));
      if (rows[i].status == 422 || rows[i].status == 403)
        g_assert_nonnull (strstr (answer.body, "value=\"&lt;b&gt;m&quot;\""));
      if (rows[i].status == 429)
        assert_field (&answer, "Retry-After", "400");
      assert_id (&answer, rows[i].status != 422 && rows[i].status != 403);
    }
}

/* How long is told in the unit that fits, also when it is one. */
static void
test_how_long (void)
{
  static const struct
  {
    const char *path, *words;
    int minutes, days;
  } rows[] = {
    { RESET, "Een link werkt 1 minuut en", 1, 7 },          { RESET, "Een link werkt 60 minuten en", 60, 7 },
    { RESET, "Een link werkt 24 uur en", 1440, 7 },         { INVITATION, "Een uitnodiging werkt 1 dag.", 5, 1 },
    { INVITATION, "Een uitnodiging werkt 7 dagen.", 5, 7 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HttpKit) kit = http_kit_new ();
      g_auto (HttpAnswer) answer = { 0 };

      kit->config.organisation->forgotten_minutes = rows[i].minutes;
      kit->config.organisation->invitation_days = rows[i].days;
      http_kit_start (kit);
      kit->link_error = g_error_new_literal (CP_ERROR, CP_ERROR_LINK_ENDED, "over");
      answer = get (kit, "GET", rows[i].path, "");
      g_assert_cmpint (answer.status, ==, 410);
      g_assert_nonnull (strstr (answer.body, rows[i].words));
    }
}

/* Whoever comes with an invitation has no old password that still works. */
static void
test_no_old_password (void)
{
  static const struct
  {
    const char *path;
    gboolean has_one;
  } rows[] = { { RESET, TRUE }, { INVITATION, FALSE }, { CONFIRM, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HttpKit) kit = http_kit_new ();
      g_auto (HttpAnswer) answer = { 0 };

      http_kit_start (kit);
      kit->link_error = g_error_new_literal (CP_ERROR, CP_ERROR_BUSY, "busy");
      answer = get (kit, "GET", rows[i].path, "");
      g_assert_cmpint (answer.status, ==, 503);
      g_assert_cmpint (strstr (answer.body, "oude wachtwoord") != NULL, ==, rows[i].has_one);
    }
}

/* Nothing of these reaches the portal. {stamp} is a good one. */
static const struct
{
  const char *name;
  const char *path;
  const char *fields;
  const char *form;
  int status;
} hostile[] = {
  { "no stamp", RESET, FORM OWN, PASSWORD, 400 },
  { "empty stamp", RESET, FORM OWN, PASSWORD "&form=", 403 },
  { "made up stamp", RESET, FORM OWN, PASSWORD "&form=1772539200-0000", 403 },
  { "stamp of a number too large", RESET, FORM OWN, PASSWORD "&form=99999999999999999999-00", 403 },
  { "stamp of another link", "/reset/A123456789abcdefghijABCDEFGHIJ_-0123456789A", FORM OWN, PASSWORD "&form={stamp}",
    403 },
  { "stamp of another page", "/invitation/" TOKEN, FORM OWN, PASSWORD "&form={stamp}", 403 },
  { "another origin", RESET, FORM "Origin: https://evil.example\r\n", PASSWORD "&form={stamp}", 403 },
  { "our host as another scheme", RESET, FORM "Origin: http://portal.example\r\n", PASSWORD "&form={stamp}", 403 },
  { "a name that begins like ours", RESET, FORM "Origin: https://portal.example.evil.example\r\n",
    PASSWORD "&form={stamp}", 403 },
  { "from another site", RESET, FORM "Origin: null\r\nSec-Fetch-Site: cross-site\r\n", PASSWORD "&form={stamp}", 403 },
  { "from the same site", RESET, FORM "Origin: null\r\nSec-Fetch-Site: same-site\r\n", PASSWORD "&form={stamp}", 403 },
  { "a field twice", RESET, FORM OWN, PASSWORD "&form={stamp}&username=x", 400 },
  { "a field more", RESET, FORM OWN, PASSWORD "&form={stamp}&token=x", 400 },
  { "a field less", RESET, FORM OWN, "username=m.debruin&form={stamp}", 400 },
  { "not UTF-8", RESET, FORM OWN, "username=%FF&new_password=x&form={stamp}", 400 },
  { "NUL", RESET, FORM OWN, "username=a%00&new_password=x&form={stamp}", 400 },
  { "line feed", RESET, FORM OWN, "username=a%0A&new_password=x&form={stamp}", 400 },
  { "broken escape", RESET, FORM OWN, "username=a%2&new_password=x&form={stamp}", 400 },
  { "no body", RESET, FORM OWN, "", 400 },
  { "JSON", RESET, "Content-Type: application/json\r\n" OWN, "{}", 415 },
  { "multipart", RESET, "Content-Type: multipart/form-data; boundary=x\r\n" OWN, "--x--", 415 },
  { "no type", RESET, OWN, PASSWORD, 415 },
  { "encoded", RESET, FORM OWN "Content-Encoding: gzip\r\n", PASSWORD, 415 },
  { "another charset", RESET, "Content-Type: application/x-www-form-urlencoded; charset=utf-7\r\n" OWN, PASSWORD, 415 },
  { "empty user name", RESET, FORM OWN, "username=+&new_password=x&form={stamp}", 422 },
  { "empty password", RESET, FORM OWN, "username=x&new_password=&form={stamp}", 422 },
  { "no token", "/reset", FORM OWN, PASSWORD "&form={stamp}", 404 },
  { "a token and more", RESET "/x", FORM OWN, PASSWORD "&form={stamp}", 404 },
  { "a page without a form", "/", FORM OWN, PASSWORD "&form={stamp}", 404 },
};

static void
test_hostile (void)
{
  cp_time_set_source (still_clock);
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (HttpKit) kit = http_kit_new ();
      g_autoptr (GString) form = g_string_new (hostile[i].form);
      g_autofree char *stamp = NULL;
      g_auto (HttpAnswer) answer = { 0 };

      http_kit_start (kit);
      stamp = stamp_of (kit, RESET);
      g_string_replace (form, "{stamp}", stamp, 0);
      g_clear_pointer (&kit->asked, g_free);
      answer = post (kit, hostile[i].path, hostile[i].fields, form->str);
      g_test_message ("%s: %d", hostile[i].name, answer.status);
      g_assert_cmpint (answer.status, ==, hostile[i].status);
      g_assert_null (kit->asked);
    }
}

static void
test_the_stamp_ends (void)
{
  static const struct
  {
    int minutes;
    int status;
  } rows[] = { { 29, 200 }, { 31, 403 }, { -1, 403 } };

  cp_time_set_source (still_clock);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HttpKit) kit = http_kit_new ();
      g_autofree char *form = NULL;
      g_auto (HttpAnswer) answer = { 0 };

      http_kit_start (kit);
      form = stamped (kit, RESET, PASSWORD);
      now += rows[i].minutes * CP_TIME_MINUTE;
      answer = post (kit, RESET, FORM OWN, form);
      g_assert_cmpint (answer.status, ==, rows[i].status);
      if (rows[i].status == 403)
        g_assert_nonnull (strstr (answer.body, "stond te lang open"));
      assert_id (&answer, rows[i].status == 403);
    }
}

/* Browsers from before these fields, and those that say "null" because our pages do not tell where one comes from. */
static void
test_browsers (void)
{
  static const char *const fields[] = { FORM, FORM OWN, FORM "Origin: null\r\n",
                                        FORM "Origin: null\r\nSec-Fetch-Site: same-origin\r\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (HttpKit) kit = http_kit_new ();
      g_autofree char *form = NULL;
      g_auto (HttpAnswer) answer = { 0 };

      http_kit_start (kit);
      form = stamped (kit, RESET, PASSWORD);
      answer = post (kit, RESET, fields[i], form);
      g_assert_cmpint (answer.status, ==, 200);
    }
}

static void
test_methods (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_auto (HttpAnswer) deleted = { 0 };
  g_auto (HttpAnswer) large = { 0 };
  g_autofree char *letters = g_strnfill (8192, 'x');

  http_kit_start (kit);
  deleted = get (kit, "DELETE", RESET, "");
  g_assert_cmpint (deleted.status, ==, 405);
  assert_field (&deleted, "Allow", "GET, HEAD, POST");
  large = post (kit, RESET, FORM OWN, letters);
  g_assert_cmpint (large.status, ==, 400);
  http_answer_clear (&large);
  large = post (kit, RESET, FORM OWN "Content-Length: 8193\r\n", "");
  g_assert_cmpint (large.status, ==, 400);
  g_assert_null (kit->asked);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/pages/fields", test_fields);
  g_test_add_func ("/http/pages/the-host", test_the_host);
  g_test_add_func ("/http/pages/what-is-asked", test_what_is_asked);
  g_test_add_func ("/http/pages/languages", test_languages);
  g_test_add_func ("/http/pages/errors", test_errors);
  g_test_add_func ("/http/pages/how-long", test_how_long);
  g_test_add_func ("/http/pages/no-old-password", test_no_old_password);
  g_test_add_func ("/http/pages/hostile", test_hostile);
  g_test_add_func ("/http/pages/the-stamp-ends", test_the_stamp_ends);
  g_test_add_func ("/http/pages/browsers", test_browsers);
  g_test_add_func ("/http/pages/methods", test_methods);
  return g_test_run ();
}
