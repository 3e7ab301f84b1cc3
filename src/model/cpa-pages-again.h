/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-record.h"

G_BEGIN_DECLS

/* What is shown of a list that comes in pages, asked again page by page: as far as it has come. Zeroed at first. */
typedef struct
{
  gpointer all; /* (owned) (nullable): of type, with what came so far */
  const CpRecordType *type;
  guint pages;
} CpaPagesAgain;

/* Puts page (transfer full) behind those before it. type has fields "items" (records) and "next_cursor" (string). */
void cpa_pages_again_add (CpaPagesAgain *self, const CpRecordType *type, gpointer page);
/* (nullable) (transfer none): where the next one begins. */
const char *cpa_pages_again_get_cursor (CpaPagesAgain *self);
/* (transfer full) (nullable): one page with all, when it has come far enough. */
gpointer cpa_pages_again_take (CpaPagesAgain *self);
void cpa_pages_again_forget (CpaPagesAgain *self);

G_END_DECLS
