/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-qr.h"

#include <qrencode.h>

/**
 * cpd_qr_modules:
 *
 * Without the quiet zone, which is for who draws it.
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_qr_modules (const char *text)
{
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  gsize n;
  char *modules;

  if (code == NULL)
    return NULL;
  n = (gsize) code->width * code->width;
  modules = g_malloc (n + 1);
  for (gsize i = 0; i < n; i++)
    modules[i] = (code->data[i] & 1) != 0 ? '1' : '0';
  modules[n] = '\0';
  QRcode_free (code);
  return modules;
}
