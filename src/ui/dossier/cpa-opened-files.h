/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-api.h"

G_BEGIN_DECLS

/* Which files another program shows, and of which attachments: they are gone when the care team takes those away. Each
 * CpaApi has its own, and what was opened through it goes with it. */
#define CPA_TYPE_OPENED_FILES (cpa_opened_files_get_type ())
G_DECLARE_FINAL_TYPE (CpaOpenedFiles, cpa_opened_files, CPA, OPENED_FILES, GObject)

/* (transfer none): of api. */
CpaOpenedFiles *cpa_opened_files_of (CpaApi *api);
/* file is one of cpa_private_files_add(). */
void cpa_opened_files_add (CpaOpenedFiles *self, const char *patient, const char *item, const char *attachment,
                           GFile *file);
/* Asks for their items again, as a refresh, and removes what is not there any more. Without files nothing is asked. */
void cpa_opened_files_look (CpaOpenedFiles *self);

G_END_DECLS
