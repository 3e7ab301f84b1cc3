/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-sync.h"

G_BEGIN_DECLS

/* After a run: a mail to everybody for whom it, or one that broke off before it, brought something new. What cannot be
 * told now the next run tells. */
void cpd_ehr_news_tell (const CpdEhrSync *sync, CpdDb *reader, GCancellable *cancellable);

G_END_DECLS
