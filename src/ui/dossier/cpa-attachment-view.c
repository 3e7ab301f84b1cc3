/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-attachment-view.h"

#include <glib/gi18n.h>

#include "cpa-button.h"
#include "cpa-centered.h"
#include "cpa-dossier-cover.h"
#include "cpa-label.h"
#include "cpa-picture.h"
#include "cpa-reading-text.h"

#define MAX_SIDE 4096 /* larger is made smaller while it is read */

static GtkWidget *
picture_new (GBytes *bytes, const char *type, const char *title)
{
  g_autoptr (GdkTexture) texture = cpa_picture_read (bytes, type, MAX_SIDE);
  GtkWidget *picture;

  if (texture == NULL)
    return NULL;
  picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), title);
  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_SCALE_DOWN);
  gtk_widget_set_vexpand (picture, TRUE);
  return picture;
}

static GtkWidget *
text_new (CpaContext *context, GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data, length);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *sheet = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (sheet, "cp-sheet");
  gtk_widget_set_halign (sheet, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (sheet, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (sheet), cpa_reading_text_new (context, text, NULL));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), sheet);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static GtkWidget *
content_new (CpaContext *context, const char *title, GBytes *bytes, CpaAttachmentKind kind)
{
  switch (kind)
    {
    case CPA_ATTACHMENT_PNG:
      return picture_new (bytes, "image/png", title);
    case CPA_ATTACHMENT_JPEG:
      return picture_new (bytes, "image/jpeg", title);
    case CPA_ATTACHMENT_GIF:
      return picture_new (bytes, "image/gif", title);
    case CPA_ATTACHMENT_TEXT:
      return text_new (context, bytes);
    case CPA_ATTACHMENT_PDF:
    case CPA_ATTACHMENT_OTHER:
    default:
      return NULL;
    }
}

GtkWidget *
cpa_attachment_view_new (CpaContext *context, const char *title, GBytes *bytes, CpaAttachmentKind kind)
{
  GtkWidget *content = content_new (context, title, bytes, kind);
  GtkWidget *box, *bar, *close, *words;

  if (content == NULL)
    return NULL;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  close = cpa_button_new (_ ("Close Attachment"));
  words = cpa_label_new (title, "cp-heading");
  gtk_widget_add_css_class (box, "cp-page");
  gtk_widget_add_css_class (close, "cp-outline");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (bar), words);
  gtk_box_append (GTK_BOX (bar), cpa_centered_new (close));
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), content);
  g_signal_connect_object (close, "clicked", G_CALLBACK (cpa_dossier_cover_close), box, G_CONNECT_SWAPPED);
  return box;
}
