/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-report-row.h"

#include <glib/gi18n.h>

#include "cpa-attachment-row.h"
#include "cpa-by-width.h"
#include "cpa-centered.h"
#include "cpa-dossier-sheet.h"
#include "cpa-dossier-text.h"
#include "cpa-fill.h"
#include "cpa-filling.h"
#include "cpa-label.h"
#include "cpa-marked-label.h"
#include "cpa-reading-text.h"
#include "cpa-text-scale.h"
#include "cpa-time-text.h"

#define GUTTER_WIDTH 124
#define CLOCK_SCALE 0.88

struct _CpaReportRow
{
  GtkWidget parent_instance;

  CpaContext *context; /* (owned) */
  CpaReport *report;   /* (owned) (nullable) */
  gulong changed_id;
  gboolean kind;
  gboolean narrow;
  CpTime today;       /* the beginning of the day on which its words are right */
  GtkWidget *box;     /* (owned) */
  GtkWidget *gutter;  /* (borrowed) */
  GtkWidget *day;     /* (borrowed) */
  GtkWidget *date;    /* (borrowed) */
  GtkWidget *what;    /* (borrowed): kind or title */
  GtkWidget *head;    /* (borrowed): around the next two */
  GtkWidget *writer;  /* (borrowed): with the time */
  GtkWidget *mark;    /* (borrowed): New */
  GtkWidget *notes;   /* (borrowed): changed, not finished, with files */
  GtkWidget *unshown; /* (borrowed): that not all of it can be shown */
  GtkWidget *text;    /* (borrowed) */
  GtkWidget *files;   /* (borrowed): of a report that is nothing else */
};

G_DEFINE_FINAL_TYPE (CpaReportRow, cpa_report_row, GTK_TYPE_WIDGET)

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_label (GtkWidget *label, gboolean shown)
{
  /* What it fills goes with it. */
  gtk_widget_set_visible (gtk_widget_get_parent (label), shown);
}

static void
set_label (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text);
  show_label (label, *text != '\0');
}

static void
name_row (CpaReportRow *self)
{
  const CpDossierItem *item = cpa_report_get_item (self->report);
  g_autofree char *name =
      cpa_dossier_name (item, cpa_report_is_unread (self->report), cpa_context_get_organisation (self->context),
                        cpa_context_get_zone (self->context));
  guint times = cpa_report_count_marks (item);
  g_autofree char *found = cpa_fill_n (ngettext ("found {n} time", "found {n} times", times), times, NULL);

  /* What gets the focus is the row of the list around it. */
  cpa_name (gtk_widget_get_parent (GTK_WIDGET (self)), name, times > 0 ? found : "");
}

static void
show_current (CpaReportRow *self)
{
  const CpDossierItem *item = cpa_report_get_item (self->report);
  int current = cpa_report_get_current (self->report);

  cpa_marked_label_set_current (CPA_MARKED_LABEL (self->writer), cpa_report_mark_in (item, CPA_REPORT_AUTHOR, current));
  cpa_marked_label_set_current (CPA_MARKED_LABEL (self->what), cpa_report_mark_in (item, CPA_REPORT_TITLE, current));
  cpa_reading_text_set_current (CPA_READING_TEXT (self->text), cpa_report_mark_in (item, CPA_REPORT_TEXT, current));
}

/* What changes while the row is in sight moves nothing. */
static void
show_state (CpaReportRow *self)
{
  show_label (self->day, cpa_report_is_first (self->report));
  show_label (self->date, cpa_report_is_first (self->report) && *gtk_label_get_text (GTK_LABEL (self->date)) != '\0');
  gtk_widget_set_visible (self->gutter, !self->narrow || cpa_report_is_first (self->report));
  set_class (GTK_WIDGET (self), "first", cpa_report_is_first (self->report));
  set_class (GTK_WIDGET (self), "last", cpa_report_is_last (self->report));
  gtk_widget_set_opacity (self->mark, cpa_report_is_unread (self->report) ? 1 : 0);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->mark), GTK_ACCESSIBLE_STATE_HIDDEN,
                               !cpa_report_is_unread (self->report), -1);
  show_current (self);
  name_row (self);
}

static CpTime
begin_of_today (CpaReportRow *self)
{
  return cp_time_day_begins (cp_time_now (), 0, 0, cpa_context_get_zone (self->context));
}

static void
show_day (CpaReportRow *self, const CpDossierItem *item)
{
  g_autofree char *date = NULL;
  g_autofree char *day = cpa_dossier_day_heading (item, cpa_context_get_zone (self->context), &date);

  self->today = begin_of_today (self);
  set_label (self->day, day);
  set_label (self->date, date);
}

static void
show_what (CpaReportRow *self, const CpDossierItem *item)
{
  g_autofree char *kind = cpa_dossier_kind_text (item->kind, cpa_context_get_organisation (self->context));
  const char *title = item->title != NULL ? item->title : "";
  g_autofree char *both = self->kind && *title != '\0' ? g_strdup_printf ("%s: %s", kind, title) : NULL;
  const char *shown = both != NULL ? both : self->kind ? kind : title;
  gsize at = both != NULL ? strlen (both) - strlen (title) : 0;

  cpa_marked_label_show (CPA_MARKED_LABEL (self->what), shown, NULL, *title != '\0' ? item->title_marks : NULL, at);
  show_label (self->what, *shown != '\0');
}

static void
empty (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static gboolean
has_text (const CpDossierItem *item)
{
  return item->text != NULL && *item->text != '\0';
}

static void
show_notes (CpaReportRow *self, const CpDossierItem *item)
{
  gboolean changed = cpa_dossier_is_changed (item);

  empty (self->notes);
  if (changed)
    gtk_box_append (GTK_BOX (self->notes), cpa_dossier_amended_new (self->context, item));
  if (item->unfinished)
    gtk_box_append (GTK_BOX (self->notes), cpa_label_new (_ ("Not finished yet"), "cp-caption"));
  gtk_widget_set_visible (self->notes, changed || item->unfinished);
}

static void
show_files (CpaReportRow *self, const CpDossierItem *item)
{
  empty (self->files);
  for (guint i = 0; i < item->attachments->len; i++)
    gtk_box_append (GTK_BOX (self->files),
                    cpa_attachment_row_new (self->context, item, g_ptr_array_index (item->attachments, i)));
  gtk_widget_set_visible (self->files, gtk_widget_get_first_child (self->files) != NULL);
}

/* Where the author stands in what is said of them. */
static gsize
author_at (const char *text, const CpDossierItem *item)
{
  const char *at = item->author != NULL ? strstr (text, item->author) : NULL;

  return at != NULL ? (gsize) (at - text) : strlen (text);
}

/* The name in bold letters, and the time behind it in smaller ones: one text, so that it breaks as one. */
static void
show_writer (CpaReportRow *self, const CpDossierItem *item)
{
  g_autofree char *writer = cpa_dossier_writer (item);
  g_autofree char *clock = cpa_dossier_clock (item, cpa_context_get_zone (self->context));
  g_autofree char *both = g_strconcat (writer, "  ", clock, NULL);
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD), *small = pango_attr_scale_new (CLOCK_SCALE);

  bold->end_index = small->start_index = (guint) strlen (writer);
  pango_attr_list_insert (attributes, bold);
  pango_attr_list_insert (attributes, small);
  cpa_marked_label_show (CPA_MARKED_LABEL (self->writer), both, attributes, item->author_marks, author_at (both, item));
}

/* What is read while one looks keeps the room that the mark had; under the name it has none from the beginning. */
static void
show_mark (CpaReportRow *self)
{
  gboolean beside = gtk_orientable_get_orientation (GTK_ORIENTABLE (self->head)) == GTK_ORIENTATION_HORIZONTAL;

  gtk_widget_set_visible (gtk_widget_get_parent (self->mark), beside || cpa_report_is_unread (self->report));
}

static void
show_report (CpaReportRow *self)
{
  const CpDossierItem *item = cpa_report_get_item (self->report);
  g_autofree char *unshown = cpa_dossier_unshown (item);

  show_day (self, item);
  show_what (self, item);
  show_notes (self, item);
  show_writer (self, item);
  show_files (self, item);
  set_label (self->unshown, unshown != NULL ? unshown : "");
  gtk_widget_set_visible (self->text, has_text (item));
  cpa_reading_text_set (CPA_READING_TEXT (self->text), has_text (item) ? item->text : "", item->marks);
  show_state (self);
  show_mark (self);
}

static GtkWidget *
build_head (CpaReportRow *self)
{
  GtkWidget *beside;

  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  self->writer = cpa_marked_label_new (NULL);
  self->mark = gtk_label_new (_ ("Unread"));
  gtk_label_set_xalign (GTK_LABEL (self->mark), 0);
  beside = cpa_centered_new (self->mark);
  gtk_widget_add_css_class (self->mark, "cp-mark");
  gtk_widget_add_css_class (self->mark, "cp-new-word");
  gtk_widget_set_valign (beside, GTK_ALIGN_START);
  gtk_widget_set_margin_top (beside, 2);
  gtk_box_append (GTK_BOX (self->head), cpa_filling_new (self->writer));
  gtk_box_append (GTK_BOX (self->head), beside);
  return self->head;
}

static GtkWidget *
build_gutter (CpaReportRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->day = cpa_label_new ("", "cp-heading");
  self->date = cpa_label_new ("", "cp-caption");
  gtk_widget_add_css_class (box, "cp-gutter");
  gtk_box_append (GTK_BOX (box), cpa_filling_new (self->day));
  gtk_box_append (GTK_BOX (box), cpa_filling_new (self->date));
  self->gutter = cpa_by_width_new (box);
  gtk_widget_set_hexpand (self->gutter, FALSE);
  return self->gutter;
}

static GtkWidget *
build_card (CpaReportRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->what = cpa_marked_label_new ("cp-caption");
  self->notes = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->files = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->unshown = cpa_label_new ("", NULL);
  self->text = cpa_reading_text_new (self->context, "", NULL);
  cpa_reading_text_set_selectable (CPA_READING_TEXT (self->text), FALSE);
  gtk_widget_add_css_class (box, "cp-report");
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), build_head (self));
  gtk_box_append (GTK_BOX (box), cpa_filling_new (self->what));
  gtk_box_append (GTK_BOX (box), self->notes);
  gtk_box_append (GTK_BOX (box), cpa_filling_new (self->unshown));
  gtk_box_append (GTK_BOX (box), self->text);
  gtk_box_append (GTK_BOX (box), self->files);
  return cpa_by_width_new (box);
}

static void
build (CpaReportRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (self->box), build_gutter (self));
  gtk_box_append (GTK_BOX (self->box), build_card (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  cpa_report_row_set_narrow (self, FALSE, FALSE);
}

/* Its width has nothing to do with its height. GTK asks for the width that goes with a height all the same when it
 * gives a row its place, and each label would then try many widths. */
static void
cpa_report_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (CPA_REPORT_ROW (widget)->box, orientation,
                      orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size, minimum, natural, NULL, NULL);
  *minimum_baseline = *natural_baseline = -1;
}

static void
cpa_report_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (CPA_REPORT_ROW (widget)->box, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static GtkSizeRequestMode
cpa_report_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cpa_report_row_dispose (GObject *object)
{
  CpaReportRow *self = CPA_REPORT_ROW (object);

  if (self->report != NULL)
    g_clear_signal_handler (&self->changed_id, self->report);
  g_clear_object (&self->report);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_report_row_parent_class)->dispose (object);
}

static void
cpa_report_row_class_init (CpaReportRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_report_row_dispose;
  widget_class->measure = cpa_report_row_measure;
  widget_class->size_allocate = cpa_report_row_size_allocate;
  widget_class->get_request_mode = cpa_report_row_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "reportrow");
}

static void
cpa_report_row_init (CpaReportRow *self)
{
}

GtkWidget *
cpa_report_row_new (CpaContext *context)
{
  CpaReportRow *self = g_object_new (CPA_TYPE_REPORT_ROW, NULL);

  self->context = g_object_ref (context);
  build (self);
  return GTK_WIDGET (self);
}

void
cpa_report_row_bind (CpaReportRow *self, CpaReport *report, gboolean kind)
{
  if (self->report != NULL)
    g_clear_signal_handler (&self->changed_id, self->report);
  g_set_object (&self->report, report);
  self->kind = kind;
  if (report == NULL)
    return;
  self->changed_id = g_signal_connect_swapped (report, "changed", G_CALLBACK (show_state), self);
  show_report (self);
}

void
cpa_report_row_renew (CpaReportRow *self)
{
  if (self->report == NULL || self->today == begin_of_today (self))
    return;
  show_day (self, cpa_report_get_item (self->report));
  show_notes (self, cpa_report_get_item (self->report));
  show_state (self);
}

CpaReport *
cpa_report_row_get_report (CpaReportRow *self)
{
  return self->report;
}

void
cpa_report_row_set_narrow (CpaReportRow *self, gboolean narrow, gboolean tight)
{
  self->narrow = narrow;
  /* Beside a name in large letters it would take the name's room. */
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->head),
                                  tight ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_size_request (self->gutter, narrow ? -1 : (int) (GUTTER_WIDTH * cpa_text_scale (GTK_WIDGET (self))),
                               -1);
  if (self->report != NULL)
    {
      show_state (self);
      show_mark (self);
    }
}

gboolean
cpa_report_row_get_place (CpaReportRow *self, int mark, graphene_rect_t *place)
{
  const CpDossierItem *item = cpa_report_get_item (self->report);
  int author = cpa_report_mark_in (item, CPA_REPORT_AUTHOR, mark);
  int title = cpa_report_mark_in (item, CPA_REPORT_TITLE, mark);
  int text = cpa_report_mark_in (item, CPA_REPORT_TEXT, mark);
  GtkWidget *inside = author >= 0 ? self->writer : title >= 0 ? self->what : self->text;
  graphene_point_t point;

  if (!cpa_marked_label_get_place (CPA_MARKED_LABEL (self->writer), author, place) &&
      !cpa_marked_label_get_place (CPA_MARKED_LABEL (self->what), title, place) &&
      !cpa_reading_text_get_place (CPA_READING_TEXT (self->text), text, place))
    return FALSE;
  if (!gtk_widget_compute_point (inside, GTK_WIDGET (self), &place->origin, &point))
    return FALSE;
  place->origin = point;
  return TRUE;
}
