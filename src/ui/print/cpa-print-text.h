/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-care-plan.h"
#include "cpa-context.h"

G_BEGIN_DECLS

typedef enum
{
  CPA_PRINT_TITLE,
  CPA_PRINT_HEADING,
  CPA_PRINT_SUBHEADING,
  CPA_PRINT_CAPTION, /* small, above what it is about */
  CPA_PRINT_QUESTION,
  CPA_PRINT_BODY,
  CPA_PRINT_ITEM, /* of a list: its first line begins with a bullet */
  CPA_PRINT_NOTE, /* small, below what it is about */
  CPA_PRINT_N_STYLES
} CpaPrintStyle;

typedef struct
{
  CpaPrintStyle style;
  int indent; /* steps */
  char *text; /* (owned) */
} CpaPrintBlock;

/* What stands on paper, as blocks of text. */
GPtrArray *cpa_print_blocks_new (void);
/* Nothing is added for NULL and "". */
void cpa_print_add (GPtrArray *blocks, CpaPrintStyle style, int indent, const char *text);
/* The same; takes text. */
void cpa_print_take (GPtrArray *blocks, CpaPrintStyle style, int indent, char *text);

/* One report, form or evaluation with a title of its own. */
void cpa_print_add_item (GPtrArray *blocks, CpaContext *context, const CpDossierItem *item);
/* (element-type CpDossierItem), oldest first: by day. */
void cpa_print_add_days (GPtrArray *blocks, CpaContext *context, const GPtrArray *items);
void cpa_print_add_plan (GPtrArray *blocks, CpaContext *context, const CpCarePlan *plan);

G_END_DECLS
