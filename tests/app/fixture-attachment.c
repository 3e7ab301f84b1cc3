/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-attachment.h"

#include <string.h>

/* The beginning of one, and nothing else: more than a disk takes that is all but full. */
#define PDF_ID "pdfAAAAAAAAAAAAAAAAAAA"
#define PDF_START "%PDF-1.4\n"
#define PDF_BYTES (400 * 1024)

/* A picture of one point. */
#define PNG "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="

/* One of two by five points. */
#define HIGH_PNG "iVBORw0KGgoAAAANSUhEUgAAAAIAAAAFCAIAAADg0arLAAAAEElEQVR42mOQyw4CIgY8FACT0AiPmH+CewAAAABJRU5ErkJggg=="

/* Of one colour: 400 by 1,000 points, 1,800 by 600. */
#define UPRIGHT_PNG                                                                                                    \
  "iVBORw0KGgoAAAANSUhEUgAAAZAAAAPoAQAAAADYKpXkAAAAr0lEQVR42u3LoQEAAAwCIP9/Wm9YWoFOehZFURRFURRFURRFURRF"               \
  "URRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRF"               \
  "URRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURRFURTlrwxRcpgPXIXFqwAAAABJ"               \
  "RU5ErkJggg=="
#define WIDE_PNG                                                                                                       \
  "iVBORw0KGgoAAAANSUhEUgAABwgAAAJYAQAAAABeXo97AAACJklEQVR42u3PAQ0AAAwCIPuX1hz/oAHpdzE0NDQ0NDQ0NDQ0NDQ0"               \
  "NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0"               \
  "NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0"               \
  "NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0"               \
  "NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0"               \
  "NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0"               \
  "NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0"               \
  "NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0PGnxQ2dslvn/SwAAAABJ"               \
  "RU5ErkJggg=="

static const struct
{
  const char *id, *base64;
} attachments[] = {
  { "pictureAAAAAAAAAAAAAAA", PNG },
  { "brokenAAAAAAAAAAAAAAAA", "iVBORw0KGgoAAAANSUhEUgAA" },
  { "textAAAAAAAAAAAAAAAAAA", "RGUgQURMIGdhYXQgZ29lZC4=" },
  { "otherAAAAAAAAAAAAAAAAA", "UEsDBAo=" },
  { "login", HIGH_PNG },
  { "login-upright", UPRIGHT_PNG },
  { "login-wide", WIDE_PNG },
};

static GBytes *
pdf_new (void)
{
  char *data = g_malloc0 (PDF_BYTES);

  memcpy (data, PDF_START, strlen (PDF_START));
  return g_bytes_new_take (data, PDF_BYTES);
}

GBytes *
fixture_attachment (const char *id)
{
  if (g_str_equal (id, PDF_ID))
    return pdf_new ();
  for (guint i = 0; i < G_N_ELEMENTS (attachments); i++)
    if (g_str_equal (attachments[i].id, id))
      {
        gsize length;
        guchar *data = g_base64_decode (attachments[i].base64, &length);

        return g_bytes_new_take (data, length);
      }
  return NULL;
}
