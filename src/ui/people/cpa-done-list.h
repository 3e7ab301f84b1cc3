/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What was done in the last moments and can be taken back, together. */
typedef struct _CpaDoneList CpaDoneList;

CpaDoneList *cpa_done_list_new (void);
void cpa_done_list_free (CpaDoneList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpaDoneList, cpa_done_list_free)

/* text says what was done. Takes data: destroy frees it. */
void cpa_done_list_add (CpaDoneList *self, const char *text, void (*undo) (gpointer data), gpointer data,
                        GDestroyNotify destroy);
guint cpa_done_list_get_length (CpaDoneList *self);
/* (transfer full): a line each, the oldest first; of many the last ones, and how many more there are. */
char *cpa_done_list_get_text (CpaDoneList *self);
/* Forgets all of it. */
void cpa_done_list_clear (CpaDoneList *self);
/* Takes all of it back and forgets it. The last thing goes first: so each finds what it was done to as it left it. */
void cpa_done_list_undo (CpaDoneList *self);

G_END_DECLS
