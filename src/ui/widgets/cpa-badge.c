/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-badge.h"

#include "cpa-centered.h"
#include "cpa-label.h"

static const char *const patient_classes[] = { "patient-0", "patient-1", "patient-2", "patient-3" };
static const char *const person_classes[] = { "person-0", "person-1", "person-2", "person-3", "person-4", "person-5" };

static const struct
{
  const char *icon, *css_class;
} tile_colours[] = {
  { "cp-appointments-symbolic", "appointments" }, { "cp-messages-symbolic", "messages" },
  { "cp-profile-symbolic", "profile" },           { "cp-invitation-symbolic", "new" },
  { "dialog-warning-symbolic", "error" },
};

static const char *
tile_class (const char *icon)
{
  for (guint i = 0; i < G_N_ELEMENTS (tile_colours); i++)
    if (g_strcmp0 (icon, tile_colours[i].icon) == 0)
      return tile_colours[i].css_class;
  return "dossier";
}

GtkWidget *
cpa_tile_new (const char *icon, CpaTileSize size)
{
  static const char *const sizes[] = { "small", "normal", "large" };
  GtkWidget *tile = gtk_image_new ();

  gtk_widget_add_css_class (tile, "cp-tile");
  gtk_widget_add_css_class (tile, sizes[size]);
  gtk_widget_set_halign (tile, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (tile, GTK_ALIGN_CENTER);
  cpa_hide_from_reader (tile);
  cpa_tile_set_icon (tile, icon);
  return tile;
}

void
cpa_tile_set_icon (GtkWidget *tile, const char *icon)
{
  gtk_image_set_from_icon_name (GTK_IMAGE (tile), icon);
  gtk_widget_remove_css_class (tile, "dossier");
  for (guint i = 0; i < G_N_ELEMENTS (tile_colours); i++)
    gtk_widget_remove_css_class (tile, tile_colours[i].css_class);
  gtk_widget_add_css_class (tile, tile_class (icon));
}

GtkWidget *
cpa_chip_new (const char *icon, const char *text, const char *css_class)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_add_css_class (chip, "cp-chip");
  gtk_widget_add_css_class (chip, css_class);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (chip, GTK_ALIGN_START);
  if (icon != NULL)
    {
      GtkWidget *image = gtk_image_new_from_icon_name (icon);

      cpa_hide_from_reader (image);
      gtk_box_append (GTK_BOX (chip), cpa_centered_new (image));
    }
  gtk_box_append (GTK_BOX (chip), g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, NULL));
  return chip;
}

static char *
initials_of (const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (name, " \t\n", -1);
  GString *initials = g_string_new (NULL);
  const char *last = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    if (g_unichar_isalpha (g_utf8_get_char (words[i])))
      {
        if (initials->len == 0)
          g_string_append_unichar (initials, g_unichar_toupper (g_utf8_get_char (words[i])));
        else
          last = words[i];
      }
  if (last != NULL)
    g_string_append_unichar (initials, g_unichar_toupper (g_utf8_get_char (last)));
  return g_string_free (initials, FALSE);
}

static GtkWidget *
avatar_new (const char *name, const char *css_class)
{
  g_autofree char *initials = initials_of (name != NULL ? name : "");
  GtkWidget *avatar = gtk_label_new (initials);

  gtk_widget_add_css_class (avatar, "cp-avatar");
  gtk_widget_add_css_class (avatar, css_class);
  gtk_widget_set_halign (avatar, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (avatar, GTK_ALIGN_CENTER);
  cpa_hide_from_reader (avatar);
  return avatar;
}

GtkWidget *
cpa_person_avatar_new (const char *name)
{
  return avatar_new (name, person_classes[g_str_hash (name != NULL ? name : "") % G_N_ELEMENTS (person_classes)]);
}

GtkWidget *
cpa_patient_avatar_new (const char *name, guint index)
{
  return avatar_new (name, cpa_patient_class (index));
}

const char *
cpa_patient_class (guint index)
{
  return patient_classes[index % G_N_ELEMENTS (patient_classes)];
}

/* By the place that stays, so that nobody gets the colour that another had; the next one that is free when somebody
 * before them in the list has it. */
guint
cpa_patient_index (const CpSession *session, const CpPatientAccess *patient)
{
  guint used = 0;

  for (guint i = 0; patient != NULL && i < session->patients->len; i++)
    {
      const CpPatientAccess *other = g_ptr_array_index (session->patients, i);
      guint index = (guint) (other->place % (gint64) G_N_ELEMENTS (patient_classes));

      for (gsize n = 0; n < G_N_ELEMENTS (patient_classes) && (used & (1u << index)) != 0; n++)
        index = (index + 1) % G_N_ELEMENTS (patient_classes);
      if (g_strcmp0 (other->id, patient->id) == 0)
        return index;
      used |= 1u << index;
    }
  return 0;
}
