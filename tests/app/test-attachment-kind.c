/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-attachment-kind.h"

static const struct
{
  const char *bytes;
  gsize length;
  const char *declared;
  CpaAttachmentKind kind;
  const char *ending;
} cases[] = {
  { "\x89PNG\r\n\x1a\n....", 12, "image/png", CPA_ATTACHMENT_PNG, "png" },
  { "\x89PNG\r\n\x1a\n....", 12, "application/pdf", CPA_ATTACHMENT_PNG, "png" },
  { "\x89PNG\r\n", 6, "image/png", CPA_ATTACHMENT_OTHER, NULL },
  { "\xff\xd8\xff\xe0", 4, "image/jpeg", CPA_ATTACHMENT_JPEG, "jpg" },
  { "GIF89a....", 10, "image/gif", CPA_ATTACHMENT_GIF, "gif" },
  { "\xef\xbb\xbf\r\n%PDF-1.7", 13, "application/pdf", CPA_ATTACHMENT_PDF, "pdf" },
  { "%PDF-1.7", 8, "application/octet-stream", CPA_ATTACHMENT_PDF, "pdf" },
  { "<html>", 6, "image/png", CPA_ATTACHMENT_OTHER, NULL },
  { "<html>", 6, "text/html", CPA_ATTACHMENT_OTHER, NULL },
  { "Dag Wil", 7, "text/plain", CPA_ATTACHMENT_TEXT, "txt" },
  { "caf\xc3\xa9", 5, "text/plain", CPA_ATTACHMENT_TEXT, "txt" },
  { "caf\xe9", 4, "text/plain", CPA_ATTACHMENT_OTHER, NULL },
  { "a\0b", 3, "text/plain", CPA_ATTACHMENT_OTHER, NULL },
  { "", 0, "application/pdf", CPA_ATTACHMENT_OTHER, NULL },
  { "MZ", 2, NULL, CPA_ATTACHMENT_OTHER, NULL },
};

static void
test_kind (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].bytes, cases[i].length);
      CpaAttachmentKind kind = cpa_attachment_kind (bytes, cases[i].declared);

      g_assert_cmpint (kind, ==, cases[i].kind);
      g_assert_cmpstr (cpa_attachment_ending (kind), ==, cases[i].ending);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/attachment-kind/kind", test_kind);
  return g_test_run ();
}
