/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-record.h"

G_BEGIN_DECLS

/* (transfer full): a list of records of that type as text, which differs when one of them does: whether what came is
 * what is shown already. Of one record that is cp_record_to_text(). */
char *cpa_record_text_of_list (const CpRecordType *type, const GPtrArray *records);

G_END_DECLS
