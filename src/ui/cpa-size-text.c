/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-size-text.h"

#include <glib/gi18n.h>

#define KB 1000
#define MB (1000 * KB)
#define SPACE "\u00a0" /* no line ends here */

/* (transfer full): of less than ten a tenth more. */
static char *
megabytes (gint64 bytes)
{
  gint64 tenths = (bytes + MB / 20) / (MB / 10);

  if (tenths >= 100 || tenths % 10 == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, (bytes + MB / 2) / MB);
  return g_strdup_printf ("%" G_GINT64_FORMAT "%s%" G_GINT64_FORMAT, tenths / 10, C_ ("decimal sign", "."),
                          tenths % 10);
}

char *
cpa_size_text (gint64 bytes)
{
  g_autofree char *number = NULL;

  if (bytes < MB - KB / 2)
    return g_strdup_printf ("%" G_GINT64_FORMAT SPACE "kB", MAX ((bytes + KB / 2) / KB, 1));
  number = megabytes (bytes);
  return g_strconcat (number, SPACE, "MB", NULL);
}
