/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-record.h"

G_BEGIN_DECLS

/* (transfer full): a list of records of that type as text, which differs when one of them does: whether what came is
 * what is shown already. Of one record that is cp_record_to_text(). */
char *cpa_record_text_of_list (const CpRecordType *type, const GPtrArray *records);
/* Whether record is another one than shown (transfer full, nullable) was made of, which is made of it from now on: what
 * is the same is left alone, so that the focus stays where it is. On another day of zone nothing is the same: what says
 * "today" does so no more. zone is NULL where no day is named so. */
gboolean cpa_record_text_is_news (char **shown, const CpRecordType *type, gconstpointer record, GTimeZone *zone);
/* The same of a list of records of that type. */
gboolean cpa_record_text_list_is_news (char **shown, const CpRecordType *type, const GPtrArray *records,
                                       GTimeZone *zone);

G_END_DECLS
