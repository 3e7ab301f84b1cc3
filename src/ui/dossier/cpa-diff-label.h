/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Which of two versions a label shows. */
typedef enum
{
  CPA_DIFF_BOTH, /* one text in which the removed words still stand */
  CPA_DIFF_OLD,
  CPA_DIFF_NEW
} CpaDiffSide;

/* Text of which words were changed: new ones bold and underlined on green, removed ones struck through on red, and told
 * to a screen reader in words. */
#define CPA_TYPE_DIFF_LABEL (cpa_diff_label_get_type ())
G_DECLARE_FINAL_TYPE (CpaDiffLabel, cpa_diff_label, CPA, DIFF_LABEL, GtkWidget)

/* old NULL: the whole text is new; new NULL: it is gone. css_class is nullable. */
GtkWidget *cpa_diff_label_new (const char *old, const char *new, CpaDiffSide side, const char *css_class);

/* (transfer full): what a screen reader says: "Mrs. walks. Removed: two. New: three. times a day". */
char *cpa_diff_spoken (const char *old, const char *new, CpaDiffSide side);

G_END_DECLS
