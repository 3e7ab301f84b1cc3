/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-attachment-picture.h"

#include <adwaita.h>

/* Of the width that it has by itself, which is the one in between. */
static const double steps[] = { 0.5, 0.75, 1, 1.5, 2, 3, 4 };
#define BY_ITSELF 2
#define N_STEPS ((int) G_N_ELEMENTS (steps))

struct _CpaAttachmentPicture
{
  GtkWidget parent_instance;

  int step;
  int width;     /* that it had by itself, when it was made larger or smaller */
  int own_width; /* of the picture */
  double height_of_width;
  GtkWidget *scroller; /* (owned) */
  GtkWidget *clamp;    /* (borrowed) */
  GtkWidget *picture;  /* (borrowed) */
};

G_DEFINE_FINAL_TYPE (CpaAttachmentPicture, cpa_attachment_picture, GTK_TYPE_WIDGET)

/* Whoever looks at something finds it larger in the same place. Size is what all will be: said before it is laid out,
 * for a viewport does not look again at a place that changes while it lays out what it holds. */
static void
keep_middle (GtkAdjustment *adjustment, int size)
{
  double page = gtk_adjustment_get_page_size (adjustment);
  double before = gtk_adjustment_get_upper (adjustment);
  double middle = (gtk_adjustment_get_value (adjustment) + page / 2) / MAX (before, 1);
  double after = MAX (size, page);

  gtk_adjustment_set_upper (adjustment, after);
  gtk_adjustment_set_value (adjustment, middle * after - page / 2);
}

static void
set_step (CpaAttachmentPicture *self, int step)
{
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (self->scroller);
  int most = self->own_width, width = MIN (most, gtk_widget_get_width (self->scroller));

  if (self->step == BY_ITSELF)
    self->width = width;
  self->step = step;
  if (step != BY_ITSELF)
    most = width = (int) (self->width * steps[step]);
  gtk_widget_set_size_request (self->picture, step == BY_ITSELF ? -1 : width, -1);
  adw_clamp_set_maximum_size (ADW_CLAMP (self->clamp), most);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->clamp), most);
  keep_middle (gtk_scrolled_window_get_hadjustment (scroller), width);
  keep_middle (gtk_scrolled_window_get_vadjustment (scroller), (int) (width * self->height_of_width));
}

/* What has the focus and cannot be typed in: the arrows are free, and who looks at a picture tries them. */
static void
add_arrows (GtkWidget *scroller)
{
  static const struct
  {
    guint key;
    GtkScrollType type;
    gboolean across;
  } arrows[] = {
    { GDK_KEY_Up, GTK_SCROLL_STEP_BACKWARD, FALSE },
    { GDK_KEY_Down, GTK_SCROLL_STEP_FORWARD, FALSE },
    { GDK_KEY_Left, GTK_SCROLL_STEP_BACKWARD, TRUE },
    { GDK_KEY_Right, GTK_SCROLL_STEP_FORWARD, TRUE },
  };
  GtkEventController *keys = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new_with_arguments (gtk_keyval_trigger_new (arrows[i].key, 0),
                                                                         gtk_signal_action_new ("scroll-child"), "(ib)",
                                                                         (int) arrows[i].type, arrows[i].across));
  gtk_widget_add_controller (scroller, keys);
}

static void
cpa_attachment_picture_dispose (GObject *object)
{
  CpaAttachmentPicture *self = CPA_ATTACHMENT_PICTURE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_attachment_picture_parent_class)->dispose (object);
}

static void
cpa_attachment_picture_class_init (CpaAttachmentPictureClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_attachment_picture_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_attachment_picture_init (CpaAttachmentPicture *self)
{
  self->step = BY_ITSELF;
  self->scroller = gtk_scrolled_window_new ();
  self->clamp = adw_clamp_new ();
  self->picture = gtk_picture_new ();
  gtk_widget_set_valign (self->clamp, GTK_ALIGN_START);
  adw_clamp_set_child (ADW_CLAMP (self->clamp), self->picture);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->clamp);
  /* As high as its width makes it: a viewport gives what it holds the least height otherwise. */
  gtk_scrollable_set_vscroll_policy (
      GTK_SCROLLABLE (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->scroller))), GTK_SCROLL_NATURAL);
  gtk_widget_add_css_class (self->scroller, "cp-picture-place");
  add_arrows (self->scroller);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
cpa_attachment_picture_new (GdkTexture *texture, const char *title)
{
  CpaAttachmentPicture *self = g_object_new (CPA_TYPE_ATTACHMENT_PICTURE, NULL);

  self->own_width = gdk_texture_get_width (texture);
  self->height_of_width = (double) gdk_texture_get_height (texture) / self->own_width;
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (texture));
  gtk_picture_set_alternative_text (GTK_PICTURE (self->picture), title);
  adw_clamp_set_maximum_size (ADW_CLAMP (self->clamp), self->own_width);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->clamp), self->own_width);
  return GTK_WIDGET (self);
}

gboolean
cpa_attachment_picture_can_zoom (CpaAttachmentPicture *self, int by)
{
  return self->step + by >= 0 && self->step + by < N_STEPS;
}

void
cpa_attachment_picture_zoom (CpaAttachmentPicture *self, int by)
{
  if (cpa_attachment_picture_can_zoom (self, by))
    set_step (self, self->step + by);
}
