/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-attachment.h"

/* A picture of one point, and the beginning of a pdf. */
#define PNG "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="

/* One of two by five points. */
#define HIGH_PNG "iVBORw0KGgoAAAANSUhEUgAAAAIAAAAFCAIAAADg0arLAAAAEElEQVR42mOQyw4CIgY8FACT0AiPmH+CewAAAABJRU5ErkJggg=="

static const struct
{
  const char *id, *base64;
} attachments[] = {
  { "pictureAAAAAAAAAAAAAAA", PNG },
  { "brokenAAAAAAAAAAAAAAAA", "iVBORw0KGgoAAAANSUhEUgAA" },
  { "pdfAAAAAAAAAAAAAAAAAAA", "JVBERi0xLjQK" },
  { "textAAAAAAAAAAAAAAAAAA", "RGUgQURMIGdhYXQgZ29lZC4=" },
  { "otherAAAAAAAAAAAAAAAAA", "UEsDBAo=" },
  { "login", HIGH_PNG },
};

GBytes *
fixture_attachment (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (attachments); i++)
    if (g_str_equal (attachments[i].id, id))
      {
        gsize length;
        guchar *data = g_base64_decode (attachments[i].base64, &length);

        return g_bytes_new_take (data, length);
      }
  return NULL;
}
