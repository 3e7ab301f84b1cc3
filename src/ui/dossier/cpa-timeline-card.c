/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-timeline-card.h"

#include <glib/gi18n.h>

#include "cpa-answer-text.h"
#include "cpa-dossier-text.h"
#include "cpa-fill.h"
#include "cpa-filling.h"
#include "cpa-label.h"
#include "cpa-text-scale.h"
#include "cpa-time-text.h"

/* At text of 100%. */
#define WIDTH 226
#define HEIGHT 124
/* Of a card, left and right together: padding and border of style.css. */
#define EDGES 30
#define GAP 8
/* The time of day is told of the last weeks; after that the year needs its room, and before it the word for unread. */
#define CLOCK_DAYS 60
#define UNREAD_CLOCK_DAYS 1 /* yesterday */

struct _CpaTimelineCard
{
  GtkWidget parent_instance;

  CpaContext *context;   /* (owned) */
  CpaTimelineItem *item; /* (owned) (nullable) */
  gulong record_id, open_id;
  gboolean vertical;
  gboolean written; /* what is on it is of item */
  GtkWidget *box;   /* (owned) */
  GtkWidget *day;   /* (borrowed) (nullable): in a vertical list */
  GtkWidget *card;  /* (borrowed) */
  GtkWidget *icon;  /* (borrowed) */
  GtkWidget *kind;  /* (borrowed) */
  GtkWidget *date;  /* (borrowed) */
  GtkWidget *mark;  /* (borrowed): Open or New */
  GtkWidget *text;  /* (borrowed) */
};

G_DEFINE_FINAL_TYPE (CpaTimelineCard, cpa_timeline_card, GTK_TYPE_WIDGET)

static void
set_text (GtkWidget *inscription, const char *text)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), text);
}

/* Of a card in a row, all equally high, the kind has one line; in a list it goes on below. */
static void
show_kind (CpaTimelineCard *self, const char *kind)
{
  if (self->vertical)
    gtk_label_set_text (GTK_LABEL (self->kind), kind);
  else
    set_text (self->kind, kind);
}

static void
show_mark (CpaTimelineCard *self)
{
  const CpDossierItem *record = cpa_timeline_item_get_record (self->item);
  gboolean open = cpa_timeline_item_is_open (self->item);
  gboolean unread = record != NULL && record->unread;

  gtk_label_set_text (GTK_LABEL (self->mark), open ? C_ ("card", "Open") : unread ? _ ("Unread") : "");
  gtk_widget_remove_css_class (self->mark, open ? "cp-new-word" : "cp-accent");
  gtk_widget_add_css_class (self->mark, open ? "cp-accent" : "cp-new-word");
  if (open)
    gtk_widget_add_css_class (self->card, "open");
  else
    gtk_widget_remove_css_class (self->card, "open");
}

static void
name_card (CpaTimelineCard *self, const CpDossierItem *record, const char *preview)
{
  g_autofree char *name = cpa_dossier_name (record, record->unread, cpa_context_get_organisation (self->context),
                                            cpa_context_get_zone (self->context));

  cpa_name (GTK_WIDGET (self), name, preview);
}

/* Whether date has room beside the mark: that is for the font to say. */
static gboolean
fits (CpaTimelineCard *self, const char *date)
{
  g_autoptr (PangoLayout) layout = NULL;
  int width, mark;

  if (*gtk_label_get_text (GTK_LABEL (self->mark)) == '\0')
    return TRUE;
  layout = gtk_widget_create_pango_layout (self->date, date);
  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_widget_measure (self->mark, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &mark, NULL, NULL);
  return width + GAP + mark <= WIDTH * cpa_text_scale (GTK_WIDGET (self)) - EDGES;
}

/* "Mon November 30", or "Nov 30, 2026" where that is too long. */
static char *
day_that_fits (CpaTimelineCard *self, const CpDossierItem *record)
{
  GTimeZone *zone = cpa_context_get_zone (self->context);
  g_autofree char *day = cpa_dossier_day (record, zone);
  g_autofree char *date = cp_time_date (record->at, zone);

  return record->partial_date != NULL || fits (self, day) ? g_steal_pointer (&day) : cpa_time_short_day (date);
}

static char *
date_text (CpaTimelineCard *self, const CpDossierItem *record)
{
  GTimeZone *zone = cpa_context_get_zone (self->context);
  int clock_days = record->unread ? UNREAD_CLOCK_DAYS : CLOCK_DAYS;
  g_autofree char *both = NULL;

  /* The day stands above it. */
  if (self->vertical)
    return cpa_dossier_clock (record, zone);
  if (record->date_only || cp_time_days_between (record->at, cp_time_now (), zone) > clock_days)
    return day_that_fits (self, record);
  both = cpa_time_day_clock (record->at, zone);
  return fits (self, both) ? g_steal_pointer (&both) : day_that_fits (self, record);
}

/* "Today, Tue March 3": what the day is called, and its date. Of a month or a year only that. */
static char *
day_text (CpaTimelineCard *self, const CpDossierItem *record)
{
  GTimeZone *zone = cpa_context_get_zone (self->context);
  g_autofree char *day = cpa_time_capital (cpa_dossier_day (record, zone));
  g_autofree char *weekday = cpa_time_weekday (record->at, zone);
  int days = cp_time_days_between (record->at, cp_time_now (), zone);

  return record->partial_date == NULL && (days == 0 || days == 1) ? g_strconcat (day, ", ", weekday, NULL)
                                                                  : g_steal_pointer (&day);
}

static void
show_date (CpaTimelineCard *self, const CpDossierItem *record)
{
  g_autofree char *date = date_text (self, record);

  set_text (self->date, date);
}

static void
show_placeholder (CpaTimelineCard *self)
{
  const char *words = cpa_timeline_item_has_failed (self->item) ? _ ("Not Fetched Yet") : _ ("Being fetched…");

  gtk_image_clear (GTK_IMAGE (self->icon));
  show_kind (self, "");
  set_text (self->date, "");
  set_text (self->text, words);
  cpa_name (GTK_WIDGET (self), words, "");
}

static void
show_record (CpaTimelineCard *self)
{
  const CpDossierItem *record = cpa_timeline_item_get_record (self->item);
  g_autofree char *kind = NULL;
  g_autofree char *preview = NULL;

  if (self->day != NULL)
    gtk_widget_set_visible (gtk_widget_get_parent (self->day),
                            record != NULL && cpa_timeline_item_is_first_of_day (self->item));
  show_mark (self);
  if (record == NULL)
    {
      show_placeholder (self);
      return;
    }
  kind = cpa_dossier_kind_text (record->kind, cpa_context_get_organisation (self->context));
  preview = cpa_answer_preview (record, cpa_context_get_zone (self->context));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), cpa_dossier_kind_icon (record->kind));
  show_kind (self, kind);
  show_date (self, record);
  set_text (self->text, record->unfinished ? _ ("Not finished yet") : preview);
  name_card (self, record, preview);
  if (self->day != NULL)
    {
      g_autofree char *day = day_text (self, record);

      gtk_label_set_text (GTK_LABEL (self->day), day);
    }
}

static void
record_cb (CpaTimelineCard *self)
{
  if (self->written)
    show_record (self);
}

static void
open_cb (CpaTimelineCard *self)
{
  const CpDossierItem *record = cpa_timeline_item_get_record (self->item);

  if (!self->written)
    return;
  show_mark (self);
  if (record != NULL)
    show_date (self, record);
}

static GtkWidget *
row_new (GtkWidget *first, GtkWidget *second)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);

  gtk_box_append (GTK_BOX (row), first);
  gtk_box_append (GTK_BOX (row), second);
  return row;
}

static void
build (CpaTimelineCard *self)
{
  self->icon = gtk_image_new ();
  gtk_widget_add_css_class (self->icon, "cp-accent");
  self->kind = self->vertical ? cpa_label_new ("", "cp-caption") : cpa_inscription_new ("cp-caption", 1);
  self->date = cpa_inscription_new ("cp-bold", 1);
  self->mark = gtk_label_new ("");
  gtk_widget_add_css_class (self->mark, "cp-mark");
  self->text = cpa_inscription_new ("cp-small", 2);
  self->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 7);
  gtk_widget_add_css_class (self->card, "cp-item");
  gtk_box_append (GTK_BOX (self->card), row_new (self->icon, self->kind));
  gtk_box_append (GTK_BOX (self->card), row_new (self->date, self->mark));
  gtk_box_append (GTK_BOX (self->card), self->text);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  if (self->vertical)
    {
      self->day = cpa_label_new ("", "cp-heading");
      gtk_widget_add_css_class (self->day, "cp-day");
      gtk_box_append (GTK_BOX (self->box), cpa_filling_new (self->day));
    }
  gtk_box_append (GTK_BOX (self->box), self->card);
  cpa_hide_from_reader (self->box);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
cpa_timeline_card_dispose (GObject *object)
{
  CpaTimelineCard *self = CPA_TIMELINE_CARD (object);

  if (self->box != NULL)
    cpa_timeline_card_bind (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_timeline_card_parent_class)->dispose (object);
}

static void
cpa_timeline_card_class_init (CpaTimelineCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_timeline_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cpa_timeline_card_init (CpaTimelineCard *self)
{
}

GtkWidget *
cpa_timeline_card_new (CpaContext *context, gboolean vertical)
{
  CpaTimelineCard *self = g_object_new (CPA_TYPE_TIMELINE_CARD, NULL);
  double scale = cpa_text_scale (GTK_WIDGET (self));

  self->context = g_object_ref (context);
  self->vertical = vertical;
  build (self);
  if (!vertical)
    gtk_widget_set_size_request (self->card, (int) (WIDTH * scale), (int) (HEIGHT * scale));
  return GTK_WIDGET (self);
}

void
cpa_timeline_card_bind (CpaTimelineCard *self, CpaTimelineItem *item)
{
  if (self->item != NULL)
    {
      g_clear_signal_handler (&self->record_id, self->item);
      g_clear_signal_handler (&self->open_id, self->item);
    }
  g_set_object (&self->item, item);
  self->written = FALSE;
  if (item == NULL)
    return;
  self->record_id = g_signal_connect_swapped (item, "notify::record", G_CALLBACK (record_cb), self);
  self->open_id = g_signal_connect_swapped (item, "notify::open", G_CALLBACK (open_cb), self);
}

void
cpa_timeline_card_write (CpaTimelineCard *self)
{
  if (self->written || self->item == NULL)
    return;
  self->written = TRUE;
  show_record (self);
}

CpaTimelineItem *
cpa_timeline_card_get_item (CpaTimelineCard *self)
{
  return self->item;
}
