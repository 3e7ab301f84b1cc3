/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-reading-filters.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "cp-dossier-item.h"
#include "cp-time.h"
#include "cpa-button.h"
#include "cpa-choice-button.h"
#include "cpa-date-text.h"
#include "cpa-dossier-text.h"
#include "cpa-field.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-period.h"
#include "cpa-time-text.h"
#include "cpa-wrap.h"

static const struct
{
  const char *name; /* in the query */
  CpDossierKind kind;
  CpaReasonKind reason; /* why there are none */
} tabs[] = { { "general", CP_DOSSIER_REPORT_GENERAL, CPA_REASON_GENERAL_REPORTS },
             { "plan", CP_DOSSIER_REPORT_PLAN, CPA_REASON_PLAN_REPORTS } };
#define N_TABS G_N_ELEMENTS (tabs)

static const char *const period_names[CPA_PERIOD_N] = {
  [CPA_PERIOD_WEEK] = N_ ("Last week"),       [CPA_PERIOD_MONTH] = N_ ("Last month"),
  [CPA_PERIOD_MONTHS] = N_ ("Last 3 months"), [CPA_PERIOD_YEAR] = N_ ("This year"),
  [CPA_PERIOD_ALL] = N_ ("Everything"),       [CPA_PERIOD_CHOSEN] = N_ ("Choose dates…"),
};

struct _CpaReadingFilters
{
  GtkWidget parent_instance;

  CpaContext *context;        /* (owned) */
  GtkWidget *wrap;            /* (owned) */
  GtkWidget *bar;             /* (borrowed): around the tabs */
  GtkWidget *buttons[N_TABS]; /* (borrowed) */
  GtkWidget *labels[N_TABS];  /* (borrowed) */
  GtkWidget *choices;         /* (borrowed): around the two buttons */
  GtkWidget *period_button;   /* (borrowed) */
  GtkWidget *author_button;   /* (borrowed) */
  GtkWidget *dates;           /* (borrowed): of a chosen period */
  GtkWidget *from_field;      /* (borrowed) */
  GtkWidget *until_field;     /* (borrowed) */
  guint tab;
  CpaPeriod period;
  char *from, *until; /* (owned) (nullable): of a chosen period */
  char *author;       /* (owned) (nullable) */
  GStrv authors;      /* (owned) (nullable) */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaReadingFilters, cpa_reading_filters, GTK_TYPE_WIDGET)

static void
changed (CpaReadingFilters *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Periods */

static char *
get_today (CpaReadingFilters *self)
{
  return cp_time_date (cp_time_now (), cpa_context_get_zone (self->context));
}

/* (transfer full) (nullable): both may be NULL. */
static char *
days_text (const char *from, const char *until)
{
  g_autofree char *first = from != NULL ? cpa_time_date (from) : NULL;
  g_autofree char *last = until != NULL ? cpa_time_date (until) : NULL;

  if (first != NULL && last != NULL)
    return cpa_fill (_ ("{from} until {until}"), "from", first, "until", last, NULL);
  if (first != NULL)
    return cpa_fill (_ ("From {date}"), "date", first, NULL);
  return last != NULL ? cpa_fill (_ ("Until {date}"), "date", last, NULL) : NULL;
}

static void
show_period (CpaReadingFilters *self)
{
  g_autofree char *days = self->period == CPA_PERIOD_CHOSEN ? days_text (self->from, self->until) : NULL;

  cpa_choice_button_set_chosen (CPA_CHOICE_BUTTON (self->period_button), self->period, days);
}

static void
set_period (CpaReadingFilters *self, CpaPeriod period, char *from, char *until)
{
  self->period = period;
  g_free (self->from);
  g_free (self->until);
  self->from = from;
  self->until = until;
  gtk_widget_set_visible (self->dates, period == CPA_PERIOD_CHOSEN);
  show_period (self);
}

static void
period_cb (CpaReadingFilters *self, guint period)
{
  if (period == CPA_PERIOD_CHOSEN)
    {
      gtk_widget_set_visible (self->dates, TRUE);
      gtk_widget_grab_focus (self->from_field);
      return;
    }
  cpa_choice_button_close (CPA_CHOICE_BUTTON (self->period_button));
  set_period (self, period, NULL, NULL);
  changed (self);
}

/* (transfer full): this month is no other year's before it has ended. */
static char *
end_of_month (const char *today)
{
  GDateYear year = (GDateYear) atoi (today);
  GDateMonth month = (GDateMonth) atoi (today + strlen ("2026-"));

  return g_strdup_printf ("%04d-%02d-%02d", year, month, g_date_get_days_in_month (month, year));
}

/* (transfer full) (nullable): a day without a year is the last one that was; a month that has begun is this year's. */
static char *
parse_last (const char *text, const char *today)
{
  g_autofree char *first = cpa_date_parse (text, today, CPA_DATE_FIRST);
  g_autofree char *last = cpa_date_parse (text, today, CPA_DATE_LAST);
  g_autofree char *latest = end_of_month (today);

  return g_strcmp0 (first, last) == 0 ? g_steal_pointer (&last) : cpa_date_parse (text, latest, CPA_DATE_LAST);
}

/* An empty field is no bound. FALSE when what stands there is no date. */
static gboolean
read_date (CpaReadingFilters *self, GtkWidget *field, CpaDateEnd end, char **date)
{
  g_autofree char *text = cpa_field_get_text (CPA_FIELD (field));
  g_autofree char *today = get_today (self);

  if (*text == '\0')
    *date = NULL;
  else
    *date = end == CPA_DATE_LAST ? parse_last (text, today) : cpa_date_parse (text, today, end);
  if (*text == '\0' || *date != NULL)
    return TRUE;
  cpa_field_set_error (CPA_FIELD (field), _ ("This is not a date. Type it like this: 3-3-2026"));
  gtk_widget_grab_focus (field);
  return FALSE;
}

static void
typed_cb (CpaReadingFilters *self)
{
  cpa_field_set_error (CPA_FIELD (self->from_field), NULL);
  cpa_field_set_error (CPA_FIELD (self->until_field), NULL);
}

static void
dates_cb (CpaReadingFilters *self)
{
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;
  CpaPeriod period;

  if (!read_date (self, self->from_field, CPA_DATE_FIRST, &from) ||
      !read_date (self, self->until_field, CPA_DATE_LAST, &until))
    return;
  if (from != NULL && until != NULL && strcmp (from, until) > 0)
    {
      cpa_field_set_error (CPA_FIELD (self->from_field), _ ("The first date comes after the last one."));
      gtk_widget_grab_focus (self->from_field);
      return;
    }
  period = from != NULL || until != NULL ? CPA_PERIOD_CHOSEN : CPA_PERIOD_ALL;
  cpa_choice_button_close (CPA_CHOICE_BUTTON (self->period_button));
  set_period (self, period, g_steal_pointer (&from), g_steal_pointer (&until));
  changed (self);
}

static GtkWidget *
date_field_new (CpaReadingFilters *self, const char *key, const char *words)
{
  GtkWidget *field = cpa_field_new (key, words, NULL);

  g_signal_connect_object (field, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (field, "activate", G_CALLBACK (dates_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->dates), field);
  return field;
}

static GtkWidget *
dates_new (CpaReadingFilters *self)
{
  GtkWidget *show = cpa_button_new (_ ("Show"));

  self->dates = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->dates, "cp-sheet-inner");
  self->from_field = date_field_new (self, "from", _ ("From"));
  self->until_field = date_field_new (self, "until", _ ("Until"));
  gtk_widget_add_css_class (show, "cp-outline");
  gtk_box_append (GTK_BOX (self->dates), show);
  gtk_widget_set_visible (self->dates, FALSE);
  g_signal_connect_object (show, "clicked", G_CALLBACK (dates_cb), self, G_CONNECT_SWAPPED);
  return self->dates;
}

static GtkWidget *
period_new (CpaReadingFilters *self)
{
  const char *names[CPA_PERIOD_N + 1] = { NULL };

  for (guint i = 0; i < CPA_PERIOD_N; i++)
    names[i] = _ (period_names[i]);
  self->period_button = cpa_choice_button_new (_ ("Period"));
  cpa_choice_button_set_choices (CPA_CHOICE_BUTTON (self->period_button), names);
  cpa_choice_button_append (CPA_CHOICE_BUTTON (self->period_button), dates_new (self));
  g_signal_connect_object (self->period_button, "chosen", G_CALLBACK (period_cb), self, G_CONNECT_SWAPPED);
  show_period (self);
  return self->period_button;
}

/* Writers */

static void
show_author (CpaReadingFilters *self)
{
  guint chosen = 0;

  for (guint i = 0; self->authors != NULL && self->authors[i] != NULL && self->author != NULL; i++)
    if (g_str_equal (self->authors[i], self->author))
      chosen = i + 1;
  cpa_choice_button_set_chosen (CPA_CHOICE_BUTTON (self->author_button), chosen, chosen == 0 ? self->author : NULL);
}

static void
author_cb (CpaReadingFilters *self, guint chosen)
{
  g_free (self->author);
  self->author = chosen > 0 ? g_strdup (self->authors[chosen - 1]) : NULL;
  cpa_choice_button_close (CPA_CHOICE_BUTTON (self->author_button));
  show_author (self);
  changed (self);
}

void
cpa_reading_filters_set_authors (CpaReadingFilters *self, const char *const *authors)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_strfreev (self->authors);
  self->authors = g_strdupv ((char **) authors);
  g_ptr_array_add (names, (gpointer) C_ ("writer", "Everyone"));
  for (guint i = 0; authors != NULL && authors[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer) authors[i]);
  g_ptr_array_add (names, NULL);
  cpa_choice_button_set_choices (CPA_CHOICE_BUTTON (self->author_button), (const char *const *) names->pdata);
  show_author (self);
}

static GtkWidget *
author_new (CpaReadingFilters *self)
{
  self->author_button = cpa_choice_button_new (_ ("Writer"));
  g_signal_connect_object (self->author_button, "chosen", G_CALLBACK (author_cb), self, G_CONNECT_SWAPPED);
  cpa_reading_filters_set_authors (self, NULL);
  return self->author_button;
}

/* Which reports */

static char *
tab_title (CpaReadingFilters *self, guint tab)
{
  return cpa_dossier_kind_text (tabs[tab].kind, cpa_context_get_organisation (self->context));
}

static void
show_unread (CpaReadingFilters *self, guint tab, gint64 unread)
{
  g_autofree char *title = tab_title (self, tab);
  g_autofree char *with_unread = cpa_fill_n (_ ("{part}, {n} unread"), unread, "part", title, NULL);
  const char *shown = unread > 0 ? with_unread : title;

  gtk_label_set_text (GTK_LABEL (self->labels[tab]), shown);
  cpa_name (self->buttons[tab], title, unread > 0 ? with_unread : "");
}

static void
toggled_cb (CpaReadingFilters *self, GtkToggleButton *button)
{
  for (guint i = 0; i < N_TABS && gtk_toggle_button_get_active (button); i++)
    if (self->buttons[i] == GTK_WIDGET (button) && self->tab != i)
      {
        self->tab = i;
        changed (self);
      }
}

static GtkWidget *
bar_new (CpaReadingFilters *self)
{
  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  gtk_widget_add_css_class (self->bar, "cp-tabs");
  for (guint i = 0; i < N_TABS; i++)
    {
      self->buttons[i] = gtk_toggle_button_new ();
      self->labels[i] = gtk_label_new ("");
      gtk_label_set_wrap (GTK_LABEL (self->labels[i]), TRUE);
      gtk_label_set_justify (GTK_LABEL (self->labels[i]), GTK_JUSTIFY_CENTER);
      cpa_hide_from_reader (self->labels[i]);
      gtk_button_set_child (GTK_BUTTON (self->buttons[i]), self->labels[i]);
      show_unread (self, i, 0);
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->buttons[i]), GTK_TOGGLE_BUTTON (self->buttons[0]));
      gtk_box_append (GTK_BOX (self->bar), self->buttons[i]);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[0]), TRUE);
  for (guint i = 0; i < N_TABS; i++)
    g_signal_connect_object (self->buttons[i], "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  return self->bar;
}

/* The widget */

static void
cpa_reading_filters_dispose (GObject *object)
{
  CpaReadingFilters *self = CPA_READING_FILTERS (object);

  g_clear_pointer (&self->wrap, gtk_widget_unparent);
  g_clear_object (&self->context);
  g_clear_pointer (&self->from, g_free);
  g_clear_pointer (&self->until, g_free);
  g_clear_pointer (&self->author, g_free);
  g_clear_pointer (&self->authors, g_strfreev);
  G_OBJECT_CLASS (cpa_reading_filters_parent_class)->dispose (object);
}

static void
cpa_reading_filters_class_init (CpaReadingFiltersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_reading_filters_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", CPA_TYPE_READING_FILTERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_reading_filters_init (CpaReadingFilters *self)
{
  self->period = CPA_PERIOD_ALL;
}

GtkWidget *
cpa_reading_filters_new (CpaContext *context)
{
  CpaReadingFilters *self = g_object_new (CPA_TYPE_READING_FILTERS, NULL);

  self->context = g_object_ref (context);
  self->wrap = cpa_wrap_new ();
  g_object_set (self->wrap, "spread", TRUE, NULL);
  self->choices = cpa_wrap_new ();
  gtk_widget_set_valign (self->choices, GTK_ALIGN_CENTER);
  cpa_wrap_append (CPA_WRAP (self->choices), period_new (self));
  cpa_wrap_append (CPA_WRAP (self->choices), author_new (self));
  cpa_wrap_append (CPA_WRAP (self->wrap), bar_new (self));
  cpa_wrap_append (CPA_WRAP (self->wrap), self->choices);
  gtk_widget_set_parent (self->wrap, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

static void
add_pair (GString *query, const char *name, const char *value)
{
  g_autofree char *escaped = value != NULL ? g_uri_escape_string (value, NULL, FALSE) : NULL;

  if (escaped != NULL)
    g_string_append_printf (query, "%s%s=%s", query->len > 0 ? "&" : "", name, escaped);
}

static char *
get_from (CpaReadingFilters *self)
{
  g_autofree char *today = get_today (self);

  return self->period != CPA_PERIOD_CHOSEN ? cpa_period_from (self->period, today) : g_strdup (self->from);
}

char *
cpa_reading_filters_get_query (CpaReadingFilters *self, const char *text)
{
  GString *query = g_string_new (NULL);
  g_autofree char *from = get_from (self);

  add_pair (query, "text", text);
  add_pair (query, "report", text == NULL ? tabs[self->tab].name : NULL);
  add_pair (query, "from", from);
  add_pair (query, "until", self->until);
  add_pair (query, "author", self->author);
  return g_string_free (query, FALSE);
}

char *
cpa_reading_filters_get_heading (CpaReadingFilters *self)
{
  return tab_title (self, self->tab);
}

char *
cpa_reading_filters_get_period (CpaReadingFilters *self)
{
  g_autofree char *from = get_from (self);
  g_autofree char *today = get_today (self);

  return days_text (from, self->period == CPA_PERIOD_CHOSEN ? self->until : from != NULL ? today : NULL);
}

const char *
cpa_reading_filters_get_author (CpaReadingFilters *self)
{
  return self->author;
}

CpaReasonKind
cpa_reading_filters_get_reason (CpaReadingFilters *self)
{
  return tabs[self->tab].reason;
}

char *
cpa_reading_filters_get_nothing (CpaReadingFilters *self)
{
  return cpa_dossier_none_of (self->period != CPA_PERIOD_ALL, self->author);
}

gboolean
cpa_reading_filters_is_narrowed (CpaReadingFilters *self)
{
  return self->period != CPA_PERIOD_ALL || self->author != NULL;
}

void
cpa_reading_filters_clear (CpaReadingFilters *self)
{
  set_period (self, CPA_PERIOD_ALL, NULL, NULL);
  cpa_field_set_text (CPA_FIELD (self->from_field), NULL);
  cpa_field_set_text (CPA_FIELD (self->until_field), NULL);
  g_clear_pointer (&self->author, g_free);
  show_author (self);
}

void
cpa_reading_filters_set_searching (CpaReadingFilters *self, gboolean searching)
{
  gtk_widget_set_visible (self->bar, !searching);
}

void
cpa_reading_filters_set_unread (CpaReadingFilters *self, gint64 general, gint64 plan)
{
  show_unread (self, 0, general);
  show_unread (self, 1, plan);
}

void
cpa_reading_filters_set_narrow (CpaReadingFilters *self, gboolean narrow)
{
  /* Each takes a whole line. */
  gtk_widget_set_hexpand (self->bar, narrow);
  gtk_box_set_homogeneous (GTK_BOX (self->bar), narrow);
  gtk_widget_set_hexpand (self->choices, narrow);
  gtk_widget_set_hexpand (self->period_button, narrow);
  gtk_widget_set_hexpand (self->author_button, narrow);
}
