/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-attachment-view.h"

#include <glib/gi18n.h>

#include "cp-start.h"
#include "cpa-adaptive.h"
#include "cpa-attachment-picture.h"
#include "cpa-button.h"
#include "cpa-content-view.h"
#include "cpa-dossier-cover.h"
#include "cpa-dossier-sheet.h"
#include "cpa-focus.h"
#include "cpa-icon-button.h"
#include "cpa-label.h"
#include "cpa-loader.h"
#include "cpa-picture.h"
#include "cpa-reading-text.h"
#include "cpa-wrap.h"

#define NARROW_BELOW 700
#define MAX_SIDE 4096 /* larger is made smaller while it is read */

struct _CpaAttachmentView
{
  GtkWidget parent_instance;

  CpaContext *context; /* (owned) */
  CpaLoader *loader;   /* (owned) */
  char *item;          /* (owned) */
  char *attachment;    /* (owned) */
  GtkWidget *adaptive; /* (owned) */
  GtkWidget *smaller;  /* (borrowed) */
  GtkWidget *larger;   /* (borrowed) */
  GtkWidget *view;     /* (borrowed) */
  GtkWidget *place;    /* (borrowed) */
  GtkWidget *content;  /* (borrowed) (nullable): NULL when it is there no more */
  GtkWidget *amended;  /* (borrowed) (nullable): that it was changed meanwhile */
};

G_DEFINE_FINAL_TYPE (CpaAttachmentView, cpa_attachment_view, GTK_TYPE_WIDGET)

static GtkWidget *
picture_new (GBytes *bytes, const char *type, const char *title)
{
  g_autoptr (GdkTexture) texture = cpa_picture_read (bytes, type, MAX_SIDE);

  return texture != NULL ? cpa_attachment_picture_new (texture, title) : NULL;
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

static void
show_zoom (CpaAttachmentView *self, gboolean shown)
{
  gtk_widget_set_visible (self->smaller, shown);
  gtk_widget_set_visible (self->larger, shown);
}

/* What is there no more goes. Of what was put right it is said: an earlier version stays to be read. */
static void
loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaAttachmentView *self = owner;
  g_autoptr (CpDossierItemAnswer) answer = record;

  if (g_error_matches (error, CP_ERROR, CP_ERROR_NOT_FOUND))
    {
      gtk_box_remove (GTK_BOX (self->place), g_steal_pointer (&self->content));
      show_zoom (self, FALSE);
      cpa_content_view_show_empty (CPA_CONTENT_VIEW (self->view), "cp-reading-symbolic", "",
                                   _ ("The care team removed this item."), NULL);
      return;
    }
  if (error != NULL)
    {
      cpa_content_view_show_error (CPA_CONTENT_VIEW (self->view), error, cpa_context_get_organisation (self->context));
      return;
    }
  cpa_content_view_show_content (CPA_CONTENT_VIEW (self->view));
  if (self->amended == NULL && !cp_dossier_item_has_attachment (answer->item, self->attachment))
    {
      self->amended = cpa_dossier_amended_new (self->context, answer->item);
      gtk_widget_set_halign (self->amended, GTK_ALIGN_START);
      gtk_box_prepend (GTK_BOX (self->place), self->amended);
    }
}

static void
refresh (CpaAttachmentView *self)
{
  if (self->content != NULL && !cpa_loader_is_busy (self->loader))
    cpa_loader_start (self->loader, CP_ROUTE_DOSSIER_ITEM, self->item, NULL, &cp_dossier_item_answer_record, TRUE);
}

static void
zoom (CpaAttachmentView *self, int by)
{
  CpaAttachmentPicture *picture;

  if (!CPA_IS_ATTACHMENT_PICTURE (self->content))
    return;
  picture = CPA_ATTACHMENT_PICTURE (self->content);
  cpa_attachment_picture_zoom (picture, by);
  cpa_focus_set_ways (self->smaller, cpa_attachment_picture_can_zoom (picture, -1), self->larger,
                      cpa_attachment_picture_can_zoom (picture, 1));
}

static void
smaller_cb (CpaAttachmentView *self)
{
  zoom (self, -1);
}

static void
larger_cb (CpaAttachmentView *self)
{
  zoom (self, 1);
}

static gboolean
zoom_key_cb (GtkWidget *widget, GVariant *by, gpointer user_data)
{
  zoom (CPA_ATTACHMENT_VIEW (widget), g_variant_get_int32 (by));
  return TRUE;
}

static void
narrow_cb (CpaAttachmentView *self)
{
  gboolean narrow = cpa_adaptive_is_narrow (CPA_ADAPTIVE (self->adaptive));

  cpa_icon_button_show_words (self->smaller, !narrow);
  cpa_icon_button_show_words (self->larger, !narrow);
}

static GtkWidget *
bar_new (CpaAttachmentView *self, const char *title)
{
  GtkWidget *bar = cpa_wrap_new ();
  GtkWidget *close = cpa_button_new (_ ("Close Attachment"));
  GtkWidget *words = cpa_label_new (title, "cp-heading");

  self->smaller = cpa_icon_button_new ("zoom-out-symbolic", _ ("Smaller"), G_CALLBACK (smaller_cb), self);
  self->larger = cpa_icon_button_new ("zoom-in-symbolic", _ ("Larger"), G_CALLBACK (larger_cb), self);
  show_zoom (self, CPA_IS_ATTACHMENT_PICTURE (self->content));
  gtk_widget_add_css_class (close, "cp-outline");
  gtk_widget_set_hexpand (words, TRUE);
  cpa_wrap_append (CPA_WRAP (bar), words);
  cpa_wrap_append (CPA_WRAP (bar), self->smaller);
  cpa_wrap_append (CPA_WRAP (bar), self->larger);
  cpa_wrap_append (CPA_WRAP (bar), close);
  g_signal_connect_object (close, "clicked", G_CALLBACK (cpa_dossier_cover_close), self, G_CONNECT_SWAPPED);
  return bar;
}

static void
build (CpaAttachmentView *self, const char *title, GtkWidget *content)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->view = g_object_new (CPA_TYPE_CONTENT_VIEW, "vexpand", TRUE, NULL);
  self->place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->content = content;
  gtk_widget_add_css_class (box, "cp-page");
  gtk_box_append (GTK_BOX (self->place), content);
  cpa_content_view_set_content (CPA_CONTENT_VIEW (self->view), self->place);
  cpa_content_view_show_content (CPA_CONTENT_VIEW (self->view));
  gtk_box_append (GTK_BOX (box), bar_new (self, title));
  gtk_box_append (GTK_BOX (box), self->view);
  self->adaptive = cpa_adaptive_new (NARROW_BELOW, box);
  gtk_widget_set_parent (self->adaptive, GTK_WIDGET (self));
  g_signal_connect_object (self->adaptive, "notify::narrow", G_CALLBACK (narrow_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "retry", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
}

static void
cpa_attachment_view_dispose (GObject *object)
{
  CpaAttachmentView *self = CPA_ATTACHMENT_VIEW (object);

  if (self->loader != NULL)
    cpa_loader_cancel (self->loader);
  g_clear_object (&self->loader);
  g_clear_object (&self->context);
  g_clear_pointer (&self->item, g_free);
  g_clear_pointer (&self->attachment, g_free);
  g_clear_pointer (&self->adaptive, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_attachment_view_parent_class)->dispose (object);
}

static void
cpa_attachment_view_class_init (CpaAttachmentViewClass *klass)
{
  static const struct
  {
    guint key;
    int by;
  } keys[] = {
    { GDK_KEY_minus, -1 }, { GDK_KEY_KP_Subtract, -1 }, { GDK_KEY_plus, 1 },
    { GDK_KEY_equal, 1 },  { GDK_KEY_KP_Add, 1 },
  };

  G_OBJECT_CLASS (klass)->dispose = cpa_attachment_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), keys[i].key, GDK_CONTROL_MASK, zoom_key_cb, "i",
                                  keys[i].by);
}

static void
cpa_attachment_view_init (CpaAttachmentView *self)
{
}

GtkWidget *
cpa_attachment_view_new (CpaContext *context, const char *item, const char *attachment, const char *title,
                         GBytes *bytes, CpaAttachmentKind kind)
{
  GtkWidget *content = content_new (context, title, bytes, kind);
  CpaAttachmentView *self;

  if (content == NULL)
    return NULL;
  self = g_object_new (CPA_TYPE_ATTACHMENT_VIEW, NULL);
  self->context = g_object_ref (context);
  self->loader = cpa_loader_new (context, loaded_cb, self);
  self->item = g_strdup (item);
  self->attachment = g_strdup (attachment);
  build (self, title, content);
  return GTK_WIDGET (self);
}

void
cpa_attachment_view_refresh (GtkWidget *widget)
{
  refresh (CPA_ATTACHMENT_VIEW (widget));
}
