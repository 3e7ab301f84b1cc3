/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-attachment-kind.h"

#include <string.h>

#define PDF_MARK "%PDF-"
#define PDF_SEARCH 1024 /* a PDF may have a little in front of its mark */

static const struct
{
  CpaAttachmentKind kind;
  const char *start;
  const char *ending;
} kinds[] = {
  { CPA_ATTACHMENT_PNG, "\x89PNG\r\n\x1a\n", "png" },
  { CPA_ATTACHMENT_JPEG, "\xff\xd8\xff", "jpg" },
  { CPA_ATTACHMENT_GIF, "GIF87a", "gif" },
  { CPA_ATTACHMENT_GIF, "GIF89a", "gif" },
  { CPA_ATTACHMENT_PDF, NULL, "pdf" },
  { CPA_ATTACHMENT_TEXT, NULL, "txt" },
};

CpaAttachmentKind
cpa_attachment_kind (GBytes *bytes, const char *declared)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].start != NULL && length >= strlen (kinds[i].start) &&
        memcmp (data, kinds[i].start, strlen (kinds[i].start)) == 0)
      return kinds[i].kind;
  if (memmem (data, MIN (length, PDF_SEARCH), PDF_MARK, strlen (PDF_MARK)) != NULL)
    return CPA_ATTACHMENT_PDF;
  if (g_strcmp0 (declared, "text/plain") == 0 && g_utf8_validate_len (data, length, NULL))
    return CPA_ATTACHMENT_TEXT;
  return CPA_ATTACHMENT_OTHER;
}

const char *
cpa_attachment_ending (CpaAttachmentKind kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      return kinds[i].ending;
  return NULL;
}
