/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-record-text.h"

char *
cpa_record_text_of_list (const CpRecordType *type, const GPtrArray *records)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    cp_record_write (type, g_ptr_array_index (records, i), NULL, text);
  return g_string_free (text, FALSE);
}
