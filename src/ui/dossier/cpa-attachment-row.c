/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-attachment-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cpa-attachment-kind.h"
#include "cpa-attachment-view.h"
#include "cpa-button.h"
#include "cpa-centered.h"
#include "cpa-content-view.h"
#include "cpa-dossier-cover.h"
#include "cpa-error-text.h"
#include "cpa-file-chooser.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-opened-files.h"
#include "cpa-private-files.h"
#include "cpa-saved-file.h"
#include "cpa-size-text.h"
#include "cpa-toast.h"
#include "cpa-wrap.h"

struct _CpaAttachmentRow
{
  GtkWidget parent_instance;

  CpaContext *context;       /* (owned) */
  gboolean titled;           /* the item has its title, and says it above */
  char *item;                /* (owned) */
  CpAttachment *attachment;  /* (owned) */
  GtkWidget *box;            /* (owned) */
  GtkWidget *status;         /* (borrowed) */
  GtkWidget *place;          /* (borrowed) (weak) (nullable): of its report, in which something is saved */
  GCancellable *cancellable; /* (owned) (nullable): while the bytes are fetched */
};

G_DEFINE_FINAL_TYPE (CpaAttachmentRow, cpa_attachment_row, GTK_TYPE_WIDGET)

/* A request holds the row, so that its dispose waits for the answer. */
static gboolean
has_gone (CpaAttachmentRow *self)
{
  return gtk_widget_get_root (GTK_WIDGET (self)) == NULL;
}

static gboolean
is_shared (CpaAttachmentRow *self)
{
  return cpa_context_get_session (self->context)->shared;
}

static const char *
get_title (CpaAttachmentRow *self)
{
  const char *title = self->attachment->title;

  return title != NULL && *title != '\0' ? title : _ ("Document");
}

static void
say (CpaAttachmentRow *self, const char *words)
{
  gtk_label_set_text (GTK_LABEL (self->status), words);
  gtk_widget_set_visible (self->status, *words != '\0');
}

static void
say_failure (CpaAttachmentRow *self, const GError *error)
{
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, cpa_context_get_organisation (self->context));
  g_autofree char *words = g_strconcat (text->title, ". ", text->text, NULL);

  say (self, words);
}

static void
say_cannot_show (CpaAttachmentRow *self)
{
  if (is_shared (self))
    say (self, _ ("This attachment can only be shown by another program, and on a shared computer nothing may be left "
                  "behind. You can open it on a computer of your own."));
  else
    say (self, _ ("This attachment cannot be shown here. You can save it and open it with another program."));
}

static void
say_too_large (CpaAttachmentRow *self)
{
  g_autofree char *size = cpa_size_text (self->attachment->size);
  g_autofree char *max = cpa_size_text (CPA_ATTACHMENT_MAX_BYTES);
  g_autofree char *words = cpa_fill (_ ("This attachment is too large: {size}. At most {max} is possible. Ask the care "
                                        "team for it."),
                                     "size", size, "max", max, NULL);

  say (self, words);
}

/* Fetching */

static void
progress_cb (gsize done, gsize total, gpointer user_data)
{
  CpaAttachmentRow *self = user_data;
  g_autofree char *words = NULL;

  if (total == 0)
    return;
  words = cpa_fill_n (_ ("Fetching attachment: {n}%"), (gint64) (MIN (done, total) * 100 / total), NULL);
  say (self, words);
}

static void
fetch (CpaAttachmentRow *self, GAsyncReadyCallback callback)
{
  CpaCall call = { .route = CP_ROUTE_ATTACHMENT,
                   .ids = { cpa_context_get_patient (self->context)->id, self->item, self->attachment->id } };

  if (self->cancellable != NULL)
    return;
  if (self->attachment->size > CPA_ATTACHMENT_MAX_BYTES)
    {
      say_too_large (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  say (self, _ ("Being fetched…"));
  cpa_api_bytes_async (cpa_context_get_api (self->context), &call, CPA_ATTACHMENT_MAX_BYTES, progress_cb, self,
                       self->cancellable, callback, g_object_ref (self));
}

/* (nullable): NULL after the failure was told, or when nobody waits any more. */
static GBytes *
take_bytes (CpaAttachmentRow *self, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = cpa_api_bytes_finish (CPA_API (source), result, &error);

  if (has_gone (self) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&bytes, g_bytes_unref);
      return NULL;
    }
  g_clear_object (&self->cancellable);
  say (self, "");
  if (error != NULL)
    say_failure (self, error);
  return bytes;
}

/* The report went, or has another row now, while its attachment was being saved. */
static void
say_not_saved (GtkWidget *where)
{
  cpa_toast_say (
      where,
      _ ("The attachment has not been saved. Meanwhile its report was changed or withdrawn, or is no longer in sight. "
         "Look up the report and try again."));
}

/* Opening */

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaAttachmentRow) self = user_data;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, NULL))
    say_cannot_show (self);
}

static void
open_outside (CpaAttachmentRow *self, GBytes *bytes, CpaAttachmentKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = cpa_private_files_add (bytes, self->attachment->title, cpa_attachment_ending (kind), &error);
  g_autofree char *uri = file != NULL ? g_file_get_uri (file) : NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (uri == NULL)
    {
      say_cannot_show (self);
      return;
    }
  cpa_opened_files_add (cpa_opened_files_of (cpa_context_get_api (self->context)),
                        cpa_context_get_patient (self->context)->id, self->item, self->attachment->id, file);
  gtk_show_uri_full (GTK_WINDOW (root), uri, GDK_CURRENT_TIME, NULL, shown_cb, g_object_ref (self));
}

static void
open_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaAttachmentRow) self = user_data;
  g_autoptr (GBytes) bytes = take_bytes (self, source, result);
  CpaAttachmentKind kind;
  GtkWidget *view;

  if (bytes == NULL)
    return;
  kind = cpa_attachment_kind (bytes, self->attachment->type);
  view = cpa_attachment_view_new (self->context, self->item, self->attachment->id, get_title (self), bytes, kind);
  if (view != NULL)
    cpa_dossier_cover_show (GTK_WIDGET (self), view, cpa_attachment_view_refresh);
  else if (kind == CPA_ATTACHMENT_PDF && !is_shared (self))
    open_outside (self, bytes, kind);
  else
    say_cannot_show (self);
}

static void
open_cb (CpaAttachmentRow *self)
{
  fetch (self, open_fetched_cb);
}

/* Saving */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaAttachmentRow) self = user_data;

  if (cpa_saved_file_write_finish (G_FILE (source), result, NULL))
    say (self, _ ("Saved"));
  else
    say (self, _ ("The attachment could not be saved there. Nothing has been lost. Choose another place."));
}

/* What is saved, while one chooses where. */
typedef struct
{
  CpaAttachmentRow *row; /* (owned) */
  GtkWidget *around;     /* (borrowed) (weak) (nullable): the row, and what stays when it goes */
  GBytes *bytes;         /* (owned) */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->row);
  g_clear_weak_pointer (&saving->around);
  g_bytes_unref (saving->bytes);
  g_free (saving);
}

static void
chosen_cb (GFile *file, gpointer user_data)
{
  Saving *saving = user_data;

  if (file == NULL)
    return;
  /* It may have been withdrawn because it is somebody else's. */
  if (has_gone (saving->row))
    say_not_saved (saving->around);
  else
    cpa_saved_file_write_async (file, saving->bytes, written_cb, g_object_ref (saving->row));
}

static void
save_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaAttachmentRow) self = user_data;
  GBytes *bytes = take_bytes (self, source, result);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *name = NULL;
  Saving *saving;

  /* Who went to another page has left it; who still looks at where the report was has lost it. */
  if (bytes == NULL && has_gone (self) && self->place != NULL && gtk_widget_get_mapped (self->place))
    say_not_saved (self->place);
  if (bytes == NULL)
    return;
  name = cpa_private_files_name (self->attachment->title,
                                 cpa_attachment_ending (cpa_attachment_kind (bytes, self->attachment->type)));
  saving = g_new0 (Saving, 1);
  saving->row = g_object_ref (self);
  g_set_weak_pointer (&saving->around, gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY));
  saving->bytes = bytes;
  cpa_choose_save_file (GTK_WINDOW (root), _ ("Save Attachment…"), name, chosen_cb, saving, saving_free);
}

static void
save_cb (CpaAttachmentRow *self)
{
  g_set_weak_pointer (&self->place, gtk_widget_get_ancestor (GTK_WIDGET (self), CPA_TYPE_CONTENT_VIEW));
  fetch (self, save_fetched_cb);
}

/* The widget */

static GtkWidget *
button_new (CpaAttachmentRow *self, const char *words, const char *name, GCallback callback)
{
  GtkWidget *button = cpa_button_new (words);
  g_autofree char *full = cpa_fill (name, "title", get_title (self), NULL);

  gtk_widget_add_css_class (button, "cp-outline");
  cpa_name (button, full, NULL);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
title_new (CpaAttachmentRow *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *icon = gtk_image_new_from_icon_name ("mail-attachment-symbolic");
  g_autofree char *size = cpa_size_text (self->attachment->size);
  g_autofree char *words = g_strdup_printf ("%s (%s)", self->titled ? _ ("Attachment") : get_title (self), size);

  cpa_hide_from_reader (icon);
  gtk_widget_add_css_class (icon, "cp-accent");
  gtk_box_append (GTK_BOX (row), cpa_centered_new (icon));
  gtk_box_append (GTK_BOX (row), cpa_label_new (words, "cp-bold"));
  return row;
}

static void
build (CpaAttachmentRow *self)
{
  GtkWidget *buttons = cpa_wrap_new ();

  gtk_box_append (GTK_BOX (self->box), title_new (self));
  cpa_wrap_append (CPA_WRAP (buttons),
                   button_new (self, _ ("Open Attachment"), _ ("Open Attachment: {title}"), G_CALLBACK (open_cb)));
  if (!is_shared (self))
    cpa_wrap_append (CPA_WRAP (buttons),
                     button_new (self, _ ("Save Attachment…"), _ ("Save Attachment: {title}"), G_CALLBACK (save_cb)));
  gtk_box_append (GTK_BOX (self->box), buttons);
  self->status = cpa_label_new ("", NULL);
  /* Told to a screen reader when it comes; while it stands there how far it is may change in silence. */
  g_object_set (self->status, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  gtk_widget_set_visible (self->status, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->status);
}

/* What comes from now on is not for who looks at something else. */
static void
cpa_attachment_row_unroot (GtkWidget *widget)
{
  CpaAttachmentRow *self = CPA_ATTACHMENT_ROW (widget);

  if (self->cancellable != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      say (self, "");
    }
  g_clear_object (&self->cancellable);
  GTK_WIDGET_CLASS (cpa_attachment_row_parent_class)->unroot (widget);
}

static void
cpa_attachment_row_dispose (GObject *object)
{
  CpaAttachmentRow *self = CPA_ATTACHMENT_ROW (object);

  g_clear_weak_pointer (&self->place);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->attachment, cp_attachment_free);
  g_clear_pointer (&self->item, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_attachment_row_parent_class)->dispose (object);
}

static void
cpa_attachment_row_class_init (CpaAttachmentRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_attachment_row_dispose;
  GTK_WIDGET_CLASS (klass)->unroot = cpa_attachment_row_unroot;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_attachment_row_init (CpaAttachmentRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_add_css_class (self->box, "cp-soft");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
cpa_attachment_row_new (CpaContext *context, const CpDossierItem *item, const CpAttachment *attachment)
{
  CpaAttachmentRow *self = g_object_new (CPA_TYPE_ATTACHMENT_ROW, NULL);

  self->context = g_object_ref (context);
  self->item = g_strdup (item->id);
  self->titled = g_strcmp0 (item->title, attachment->title) == 0;
  self->attachment = cp_record_copy (&cp_attachment_record, attachment);
  build (self);
  return GTK_WIDGET (self);
}
