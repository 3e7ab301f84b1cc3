/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-context.h"

G_BEGIN_DECLS

/* What is printed: blocks of text, and what stands on every page: whose it is, how old, when and by whom it was
 * printed. Counted, because a printer may still ask for pages when the window is gone. */
typedef struct
{
  grefcount count;
  GPtrArray *blocks; /* (owned) of CpaPrintBlock */
  char *title;       /* (owned): of a file, which names no client */
  char *client;      /* (owned): "Wil de Bruin, born May 14, 1938" */
  char *source;      /* (owned): "Data of Zorggroep De Linde, as of ..." */
  char *printed;     /* (owned): "Printed on ... by ..." */
} CpaPrintDoc;

/* Takes blocks. fetched_at is when the EHR was read. */
CpaPrintDoc *cpa_print_doc_new (CpaContext *context, const char *title, GPtrArray *blocks, CpTime fetched_at);
/* Of nobody's portal: head stands on every page where the client would. */
CpaPrintDoc *cpa_print_doc_new_own (CpaContext *context, const char *title, const char *head, GPtrArray *blocks);
CpaPrintDoc *cpa_print_doc_ref (CpaPrintDoc *self);
void cpa_print_doc_unref (CpaPrintDoc *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpaPrintDoc, cpa_print_doc_unref)

G_END_DECLS
