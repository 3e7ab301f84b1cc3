/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mail as bytes: what stands in its headers, and lines that a mail server or a mailbox would take for something else.
 */
#include "cpd-mail.h"

#include <string.h>

#include "cpd-mail-html.h"
#include "cpd-mail-words.h"
#include "store-kit.h"

#define NOW (1772539200 * CP_TIME_SECOND) /* 2026-03-03 12:00 UTC */

static const char signature[] = "{organization}";

static char *
write_mail (StoreKit *kit, const char *to, const char *subject, const char *text, GError **error)
{
  g_autoptr (CpdMessage) message = g_new0 (CpdMessage, 1);

  message->kind = CPD_OUTBOX_MAIL;
  message->id = g_strdup ("outbox-7-2");
  message->to = g_strdup (to);
  message->subject = g_strdup (subject);
  message->text = g_strdup (text);
  message->html = g_strdup (text);
  return cpd_mail_write (kit->config, message, NOW, error);
}

static void
test_headers (StoreKit *kit, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *mail = write_mail (kit, "a@b.example", "Één cliëntportaal", "text", &error);
  static const char *const lines[] = {
    "\nMessage-Id: <outbox-7-2@portal.example.org>\n",
    "\nAuto-Submitted: auto-generated\n",
    /* Exchange is not asked to keep it to itself that a mail did not arrive. */
    "\nX-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\n",
    "\nFrom: Zorggroep De Linde <noreply@portal.example.org>\n",
    "Date: Tue, 03 Mar 2026 13:00:00 +0100\n",
    "\nMIME-Version: 1.0\n",
    "=?UTF-8?",
  };

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    if (strstr (mail, lines[i]) == NULL)
      g_error ("not there: %s\nin %s", lines[i], mail);
  g_assert_true (g_str_is_ascii (mail));
  g_assert_null (strstr (mail, "iso-8859"));
}

/* Nothing that a subject says makes a header of its own. */
static void
test_injection (StoreKit *kit, gconstpointer data)
{
  g_autofree char *mail = write_mail (kit, "a@b.example", "y\r\n\r\nBcc: all@x.example", "text", NULL);

  g_assert_null (strstr (mail, "\nBcc:"));
}

static void
test_addresses (StoreKit *kit, gconstpointer data)
{
  static const char *const wrong[] = {
    "a@b.example\r\nRCPT TO:<x@y.example>", "<a@b.example>", "a b@c.example", "a", "a@b.example>", "a@b.example\n", ""
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (write_mail (kit, wrong[i], "s", "text", &error));
      g_assert_error (error, CP_ERROR, CP_ERROR_INVALID_FIELD);
    }
}

/* A domain with letters beyond ASCII goes as RFC 5891 has it. */
static void
test_idn (StoreKit *kit, gconstpointer data)
{
  g_autofree char *mail = write_mail (kit, "a@zorgé.example", "s", "text", NULL);

  g_assert_true (g_str_is_ascii (mail));
  g_assert_nonnull (strstr (mail, "To: a@xn--zorg-epa.example\n"));
}

static void
test_lines (StoreKit *kit, gconstpointer data)
{
  g_autofree char *wide = g_strnfill (3000, 'x');
  g_autofree char *text = g_strconcat ("From here on\n.\n..\n", wide, "\né\n", NULL);
  g_autofree char *mail = write_mail (kit, "a@b.example", "s", text, NULL);
  g_auto (GStrv) lines = g_strsplit (mail, "\n", -1);

  for (int i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpint (strlen (lines[i]), <=, 78);
      /* A mailbox file takes it for the beginning of the next mail. */
      g_assert_false (g_str_has_prefix (lines[i], "From "));
    }
}

static void
test_html (StoreKit *kit, gconstpointer data)
{
  static const char words[] =
      "Hallo {inviter},\n\nGebruikersnaam: {username}\n\nZo:\n1. Open dit:\n{link}\n2. Klaar.\n\n"
      "Klik:\n{link: Openen}\n\n{signature}";
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *html = NULL;
  g_autofree char *plain = NULL;

  g_hash_table_insert (values, (gpointer) "inviter", (gpointer) "<script>alert(1)</script> {link}");
  g_hash_table_insert (values, (gpointer) "username", (gpointer) "a&b");
  g_hash_table_insert (values, (gpointer) "organization", (gpointer) "\"De Linde\"");
  g_hash_table_insert (values, (gpointer) "link", (gpointer) "https://portal.example.org/reset#a&b");
  html = cpd_mail_html (kit->config->organisation, CPD_DUTCH, "<s>", words, signature, values);
  g_assert_null (strstr (html, "<script"));
  g_assert_nonnull (strstr (html, "Hallo &lt;script&gt;alert(1)&lt;/script&gt; {link},"));
  g_assert_nonnull (strstr (html, ">a&amp;b</span>"));
  /* A long value does not make the mail wider than a telephone. */
  g_assert_null (strstr (html, "nowrap"));
  g_assert_nonnull (strstr (html, ">Open dit</a>"));
  g_assert_nonnull (strstr (html, ">Openen</a>"));
  g_assert_nonnull (strstr (html, "href=\"https://portal.example.org/reset#a&amp;b\""));
  g_assert_nonnull (strstr (html, "<title>&lt;s&gt;</title>"));
  g_assert_null (strstr (html, "{signature}"));
  plain = cpd_mail_plain (words, signature, values);
  g_assert_nonnull (strstr (plain, "1. Open dit:\n   https://portal.example.org/reset#a&b\n2. Klaar.\n"));
  g_assert_true (g_str_has_suffix (plain, "\n\"De Linde\"\n"));
}

static void
set_up (StoreKit *kit, gconstpointer data)
{
  store_kit_set_up (kit);
}

static void
tear_down (StoreKit *kit, gconstpointer data)
{
  store_kit_tear_down (kit);
}

#define ADD(name, func) g_test_add ("/mail/" name, StoreKit, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("headers", test_headers);
  ADD ("injection", test_injection);
  ADD ("addresses", test_addresses);
  ADD ("idn", test_idn);
  ADD ("lines", test_lines);
  ADD ("html", test_html);
  return g_test_run ();
}
