/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cp-session.h"

G_BEGIN_DECLS

/* The small coloured things beside a word. None of them is told to a screen reader: the word beside it is. */

typedef enum
{
  CPA_TILE_SMALL,  /* 32: in the header */
  CPA_TILE_NORMAL, /* 44: on a panel */
  CPA_TILE_LARGE,  /* 80: of an empty page */
} CpaTileSize;

/* A tile with an icon in the colours of the part that the icon stands for. */
GtkWidget *cpa_tile_new (const char *icon, CpaTileSize size);
/* Changes the icon and its colours. */
void cpa_tile_set_icon (GtkWidget *tile, const char *icon);

/* A round chip: icon (nullable) and text, in the colours of a class of style.css ("care", "new", ...). */
GtkWidget *cpa_chip_new (const char *icon, const char *text, const char *css_class);

/* White initials on a colour. A person's colour follows from the name and is never a patient's. */
GtkWidget *cpa_person_avatar_new (const char *name);
GtkWidget *cpa_patient_avatar_new (const char *name, guint index);

/* "patient-0" to "patient-3". */
const char *cpa_patient_class (guint index);
/* Which of them is patient's: of the first four that one was invited for it stays the same while others come and go. */
guint cpa_patient_index (const CpSession *session, const CpPatientAccess *patient);

G_END_DECLS
