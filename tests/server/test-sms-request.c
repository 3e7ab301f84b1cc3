/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values in the request of a gateway: written as their place needs it, whatever is in them. */
#include "cpd-sms-request.h"

#include <string.h>

#include "store-kit.h"

static const CpdSmsValues hostile = { "+31612345678", "a\"b\\c&d=e<f>é +\n", "outbox-1-1", "s;\"e&c" };

typedef struct
{
  const char *keys; /* of [sms] */
  const char *url;
  const char *header;
  const char *body;
} Case;

static const Case cases[] = {
  { "url=https://sms.example/send\nheaders=Authorization: Bearer {secret};X-Id: {id}\n"
    "body={\"to\":[\"{to}\",\"{to_digits}\"],\"text\":\"{text}\",\"from\":\"{sender}\"}\n",
    "https://sms.example/send", "Authorization: Bearer s;\"e&c",
    "{\"to\":[\"+31612345678\",\"31612345678\"],\"text\":\"a\\\"b\\\\c&d=e<f>é +\\u000a\",\"from\":\"De Linde\"}" },
  { "url=https://sms.example/send\nbody-type=form\nuser=me\nheaders=Authorization: Basic {basic}\n"
    "body=to={to}&text={text}&key={secret}\n",
    "https://sms.example/send", "Authorization: Basic bWU6czsiZSZj",
    "to=%2B31612345678&text=a%22b%5Cc%26d%3De%3Cf%3E%C3%A9%20%2B%0A&key=s%3B%22e%26c" },
  { "url=https://sms.example/send\nbody-type=xml\nbody=<m to=\"00{to_digits}\"><t>{text}</t></m>\n",
    "https://sms.example/send", NULL, "<m to=\"0031612345678\"><t>a&quot;b\\c&amp;d=e&lt;f&gt;é +\n</t></m>" },
  { "url=https://sms.example/send?to={to}&text={text}&k={secret}\nmethod=GET\n",
    "https://sms.example/send?to=%2B31612345678&text=a%22b%5Cc%26d%3De%3Cf%3E%C3%A9%20%2B%0A&k=s%3B%22e%26c", NULL,
    NULL },
};

static void
test_fill (gconstpointer data)
{
  const Case *expected = data;
  StoreKit kit = { 0 };
  g_autofree char *section = g_strconcat ("[sms]\nsender=De Linde\n", expected->keys, NULL);
  g_auto (CpdSmsRequest) request = { 0 };
  g_autoptr (GError) error = NULL;

  store_kit_set_up_with (&kit, section);
  g_assert_true (cpd_sms_request_check (kit.config, &error));
  g_assert_true (cpd_sms_request_fill (kit.config, &hostile, &request, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (request.url, ==, expected->url);
  g_assert_cmpstr (request.body, ==, expected->body);
  g_assert_cmpstr (request.headers[0], ==, expected->header);
  store_kit_tear_down (&kit);
}

/* What would end a header is no value for one. */
static void
test_header (void)
{
  StoreKit kit = { 0 };
  CpdSmsValues values = hostile;
  g_auto (CpdSmsRequest) request = { 0 };
  g_autoptr (GError) error = NULL;

  store_kit_set_up_with (&kit, "[sms]\nsender=Linde\nurl=https://sms.example/?t={text}&n={to}\nheaders=X: {secret}\n");
  values.secret = "a\r\nX-Other: b";
  g_assert_false (cpd_sms_request_fill (kit.config, &values, &request, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST);
  g_assert_null (request.url);
  store_kit_tear_down (&kit);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/sms-request/fill/%d", (int) i);

      g_test_add_data_func (name, &cases[i], test_fill);
    }
  g_test_add_func ("/sms-request/header", test_header);
  return g_test_run ();
}
