/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-until-form.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "cpa-calendar.h"
#include "cpa-choices.h"
#include "cpa-date-text.h"
#include "cpa-drafts.h"
#include "cpa-error-text.h"
#include "cpa-field-text.h"
#include "cpa-field.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-member-news.h"
#include "cpa-time-text.h"
#include "cpa-where-it-fits.h"

/* What can be chosen, and how many days from today that is. */
static const struct
{
  const char *key, *words;
  int years, days;
} lengths[] = {
  { "none", N_ ("No end date"), 0, 0 },
  { "weeks", N_ ("4 weeks"), 0, 28 },
  { "year", N_ ("1 year"), 1, 0 },
  { "date", N_ ("Choose a date…"), 0, 0 },
};

struct _CpaUntilForm
{
  GtkWidget parent_instance;

  CpaContext *context;   /* (owned) */
  CpaMemberModel *model; /* (owned) */
  CpaMember *member;     /* (owned) */
  CpaFormWindow *window; /* (weak): it holds this widget */
  GtkWidget *box;        /* (owned) */
  GtkWidget *choices;    /* (borrowed) */
  GtkWidget *place;      /* (borrowed): of the day */
  GtkWidget *day;        /* (borrowed) */
  GtkWidget *calendar;   /* (borrowed) */
  CpMember *seen;        /* (owned): the row that this choice is made of */
  gboolean setting;
};

enum
{
  SIGNAL_CHANGED_UNTIL,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaUntilForm, cpa_until_form, GTK_TYPE_WIDGET)

static GDateTime *
day_of (const char *date)
{
  return g_date_time_new_local (atoi (date), atoi (date + 5), atoi (date + 8), 12, 0, 0);
}

static char *
today_of (CpaUntilForm *self)
{
  return cp_time_date (cp_time_now (), cpa_context_get_zone (self->context));
}

/* (transfer full): so much later than today. */
static char *
later (CpaUntilForm *self, int years, int days)
{
  g_autofree char *today = today_of (self);
  g_autoptr (GDateTime) day = day_of (today);
  g_autoptr (GDateTime) then = g_date_time_add_full (day, years, 0, days, 0, 0, 0);

  return g_date_time_format (then, "%Y-%m-%d");
}

/* (transfer full) (nullable): what was typed. A day without a year is the next such day; a month or a year is whole. */
static char *
typed_day (CpaUntilForm *self)
{
  g_autofree char *text = cpa_field_get_text (CPA_FIELD (self->day));
  g_autofree char *year_on = later (self, 1, 0);

  return cpa_date_parse (text, year_on, CPA_DATE_LAST);
}

static gboolean
is_day_chosen (CpaUntilForm *self)
{
  return g_strcmp0 (cpa_choices_get (CPA_CHOICES (self->choices)), "date") == 0;
}

static void
show_day_error (CpaUntilForm *self, const char *wrong)
{
  cpa_field_set_error (CPA_FIELD (self->day), wrong);
  gtk_widget_grab_focus (self->day);
}

/* What is wrong with a day that was typed stands beside it. */
static void
show_error (CpaUntilForm *self, const GError *error)
{
  g_autofree char *wrong = cpa_field_error (error, cpa_context_get_organisation (self->context));
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, cpa_context_get_organisation (self->context));

  if (g_error_matches (error, CP_ERROR, CP_ERROR_CHANGED_MEANWHILE))
    {
      cpa_member_news_ask (self->window, self->member, &self->seen, cpa_context_get_zone (self->context));
      return;
    }
  if (wrong != NULL && is_day_chosen (self))
    {
      show_day_error (self, wrong);
      return;
    }
  cpa_form_window_set_error (self->window, wrong != NULL ? wrong : text->text);
  gtk_widget_grab_focus (self->choices);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaUntilForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpMember) now = cpa_member_model_change_finish (CPA_MEMBER_MODEL (source), result, &error);

  if (self->window == NULL)
    return;
  cpa_form_window_set_busy (self->window, NULL);
  if (error != NULL)
    {
      show_error (self, error);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED_UNTIL], 0, self->seen->until, now->until);
  cpa_form_window_done (self->window);
}

/* (transfer full) (nullable): the end as it is chosen now, whether it can be or not. */
static char *
chosen_end (CpaUntilForm *self)
{
  const char *key = cpa_choices_get (CPA_CHOICES (self->choices));

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    if (g_strcmp0 (lengths[i].key, key) == 0 && (lengths[i].years > 0 || lengths[i].days > 0))
      return later (self, lengths[i].years, lengths[i].days);
  return is_day_chosen (self) ? typed_day (self) : NULL;
}

/* Whether there is something to ask of the server, which alone knows what can be, and why not. */
static gboolean
check_choice (CpaUntilForm *self, const char *until)
{
  if (cpa_choices_get (CPA_CHOICES (self->choices)) == NULL)
    {
      cpa_choices_set_error (CPA_CHOICES (self->choices), _ ("Choose until when the access lasts."));
      cpa_form_window_fit (self->window);
      gtk_widget_grab_focus (self->choices);
      return FALSE;
    }
  if (is_day_chosen (self) && until == NULL)
    {
      g_autofree char *typed = cpa_field_get_text (CPA_FIELD (self->day));

      show_day_error (self, *typed == '\0' ? _ ("Fill in the last day, for example 3-3-2026.")
                                           : _ ("This is not a date. Type it like this: 3-3-2026"));
      return FALSE;
    }
  return TRUE;
}

static void
submit_cb (CpaUntilForm *self)
{
  g_autofree char *until = NULL;

  if (cpa_form_window_is_busy (self->window))
    return;
  until = chosen_end (self);
  if (!check_choice (self, until))
    return;
  cpa_field_set_error (CPA_FIELD (self->day), NULL);
  cpa_form_window_set_error (self->window, NULL);
  cpa_form_window_set_busy (self->window, _ ("Saving…"));
  cpa_member_model_until_async (self->model, self->member, self->seen->version, until, changed_cb, g_object_ref (self));
}

/* (transfer full): what comes of the choice. Nobody is told before of an end that is nearer than that. */
static char *
hint_text (CpaUntilForm *self)
{
  gint64 days = cpa_member_model_get_options (self->model)->warning_days;
  g_autofree char *end = chosen_end (self);
  g_autofree char *told_from = later (self, 0, (int) days);

  if (g_strcmp0 (cpa_choices_get (CPA_CHOICES (self->choices)), "none") == 0)
    return g_strdup (_ ("The access goes on until somebody ends it."));
  if (days == 0 || end == NULL || strcmp (end, told_from) < 0)
    return g_strdup (_ ("After this day the access ends by itself."));
  return cpa_fill_n (ngettext ("After this day the access ends by itself. You and {name} are told {n} day before.",
                               "After this day the access ends by itself. You and {name} are told {n} days before.",
                               (gulong) days),
                     days, "name", cpa_member_get (self->member)->name, NULL);
}

static void
show_hint (CpaUntilForm *self)
{
  g_autofree char *text = hint_text (self);

  cpa_form_window_set_text (self->window, text);
}

static void
show_choice (CpaUntilForm *self)
{
  gtk_widget_set_visible (self->place, is_day_chosen (self));
  show_hint (self);
  cpa_form_window_fit (self->window);
}

static void
choice_cb (CpaUntilForm *self)
{
  cpa_form_window_touch (self->window);
  show_choice (self);
}

static void
day_selected_cb (CpaUntilForm *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));
  g_autofree char *text = NULL;

  if (self->setting)
    return;
  cpa_form_window_touch (self->window);
  text = g_strdup_printf ("%d-%d-%d", g_date_time_get_day_of_month (day), g_date_time_get_month (day),
                          g_date_time_get_year (day));
  self->setting = TRUE;
  cpa_field_set_text (CPA_FIELD (self->day), text);
  self->setting = FALSE;
}

static void
show_day (CpaUntilForm *self)
{
  g_autofree char *date = typed_day (self);
  g_autoptr (GDateTime) day = date != NULL ? day_of (date) : NULL;

  if (day == NULL)
    return;
  self->setting = TRUE;
  gtk_calendar_select_day (GTK_CALENDAR (self->calendar), day);
  self->setting = FALSE;
}

static void
day_typed_cb (CpaUntilForm *self)
{
  show_hint (self);
  if (self->setting)
    return;
  cpa_form_window_touch (self->window);
  show_day (self);
}

static void
cpa_until_form_dispose (GObject *object)
{
  CpaUntilForm *self = CPA_UNTIL_FORM (object);

  g_clear_weak_pointer (&self->window);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);
  g_clear_object (&self->model);
  g_clear_object (&self->member);
  g_clear_pointer (&self->seen, cp_member_free);
  G_OBJECT_CLASS (cpa_until_form_parent_class)->dispose (object);
}

static void
cpa_until_form_class_init (CpaUntilFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_until_form_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_CHANGED_UNTIL] = g_signal_new ("changed-until", CPA_TYPE_UNTIL_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
cpa_until_form_init (CpaUntilForm *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/* Nothing beyond the last possible day, nor no end where there must be one, as the row says it now: while the window is
 * open somebody else may change what is possible. */
static void
add_choices (CpaUntilForm *self)
{
  const char *latest = cpa_member_get (self->member)->until_max;
  gboolean endless = cpa_member_allows (self->member, "endless");

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      gboolean fixed = lengths[i].years > 0 || lengths[i].days > 0;
      g_autofree char *end = fixed ? later (self, lengths[i].years, lengths[i].days) : NULL;
      g_autofree char *date = end != NULL ? cpa_time_date (end) : NULL;
      gboolean too_late = end != NULL && latest != NULL && strcmp (end, latest) > 0;

      if ((!endless && g_str_equal (lengths[i].key, "none")) || too_late)
        continue;
      cpa_choices_add (CPA_CHOICES (self->choices), lengths[i].key, _ (lengths[i].words), date);
    }
}

static void
build (CpaUntilForm *self)
{
  const char *until = cpa_member_get (self->member)->until;

  self->choices = cpa_choices_new (NULL, 1);
  cpa_name (self->choices, _ ("Access Until"), NULL);
  add_choices (self);
  self->place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->day = cpa_field_new ("until", _ ("Last Day"), NULL);
  self->calendar = cpa_calendar_new ();
  gtk_box_append (GTK_BOX (self->place), self->day);
  gtk_box_append (GTK_BOX (self->place), cpa_where_it_fits_new (self->calendar));
  gtk_widget_set_visible (self->place, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->choices);
  gtk_box_append (GTK_BOX (self->box), self->place);
  if (until != NULL)
    {
      g_autofree char *text = g_strdup_printf ("%d-%d-%d", atoi (until + 8), atoi (until + 5), atoi (until));
      cpa_field_set_text (CPA_FIELD (self->day), text);
      show_day (self);
    }
  cpa_choices_set (CPA_CHOICES (self->choices), until != NULL ? "date" : "none");
  show_choice (self);
}

static void
declare (CpaUntilForm *self)
{
  GtkWindow *window = GTK_WINDOW (self->window);

  cpa_drafts_declare (window, "until", cpa_context_get_patient (self->context)->id, cpa_member_get (self->member)->id,
                      NULL);
  cpa_drafts_add (window, "length", self->choices);
  cpa_drafts_add (window, "day", self->day);
}

/* From now on it is the person who chooses. */
static void
listen (CpaUntilForm *self)
{
  g_signal_connect_object (self->choices, "changed", G_CALLBACK (choice_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self, G_CONNECT_SWAPPED);
  /* An arrow marks a day of another month: the day that is marked is the one that is saved. */
  g_signal_connect_object (self->calendar, "notify::month", G_CALLBACK (day_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->calendar, "notify::year", G_CALLBACK (day_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->day, "changed", G_CALLBACK (day_typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->day, "activate", G_CALLBACK (submit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "submit", G_CALLBACK (submit_cb), self, G_CONNECT_SWAPPED);
}

CpaUntilForm *
cpa_until_form_present (GtkWidget *parent, CpaContext *context, CpaMemberModel *model, CpaMember *member)
{
  CpaUntilForm *self = g_object_new (CPA_TYPE_UNTIL_FORM, NULL);
  const char *name = cpa_member_get (member)->name;
  g_autofree char *title = cpa_fill (_ ("Access of {name} Until"), "name", name, NULL);

  self->context = g_object_ref (context);
  self->model = g_object_ref (model);
  self->member = g_object_ref (member);
  self->seen = cp_record_copy (&cp_member_record, cpa_member_get (member));
  g_set_weak_pointer (&self->window, CPA_FORM_WINDOW (cpa_form_window_new (parent, title, _ ("Save"))));
  build (self);
  listen (self);
  declare (self);
  cpa_form_window_append (self->window, GTK_WIDGET (self));
  cpa_form_window_present (self->window);
  gtk_widget_grab_focus (self->choices);
  return self;
}
