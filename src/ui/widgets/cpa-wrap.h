/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Puts its children beside each other, each as wide as it likes, and goes on below when a line is full. The children of
 * a line are equally high; what is hidden takes no place. With "spread" the last of several stands at the far end while
 * all fit on one line. The first child of a line with "hexpand" takes what is left of it. */
#define CPA_TYPE_WRAP (cpa_wrap_get_type ())
G_DECLARE_DERIVABLE_TYPE (CpaWrap, cpa_wrap, CPA, WRAP, GtkWidget)

struct _CpaWrapClass
{
  GtkWidgetClass parent_class;

  int gap; /* between children, and between lines */
  /* What a child takes of a line that is so wide. */
  int (*child_width) (CpaWrap *self, GtkWidget *child, int width);
};

GtkWidget *cpa_wrap_new (void);
void cpa_wrap_append (CpaWrap *self, GtkWidget *child);
void cpa_wrap_clear (CpaWrap *self);

G_END_DECLS
