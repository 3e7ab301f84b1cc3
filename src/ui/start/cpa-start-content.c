/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-start-content.h"

#include <glib/gi18n.h>

#include "cpa-adaptive.h"
#include "cpa-appointment-text.h"
#include "cpa-badge.h"
#include "cpa-dossier-text.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-reason.h"
#include "cpa-time-text.h"
#include "cpa-wrap.h"

/* Between what stands beside each other, and below each other. */
#define SPACING 14
#define STACKED_SPACING 2
#define ROW_SPACING 8

/* Narrower than this there is no room for a word beside a day and a time. */
#define STACKED_BELOW 270

/* Says the reason and returns TRUE when there is nothing to show. */
static gboolean
say_empty (CpaStartPanel *panel, CpaContext *context, CpaReasonKind kind, int state, const CpFreshness *freshness)
{
  g_autofree char *text = NULL;

  if (state == CP_CONTENT_FILLED)
    return FALSE;
  text = cpa_reason_text (kind, state, freshness, context);
  cpa_start_panel_say (panel, text);
  return TRUE;
}

/* Mijn afspraken */

static GtkWidget *
state_chip (const CpAppointment *appointment)
{
  const char *doubt = cpa_appointment_doubt (appointment);

  if (doubt != NULL)
    return cpa_chip_new (NULL, doubt, cpa_appointment_doubt_class (appointment));
  if (cpa_appointment_is_now (appointment))
    return cpa_chip_new (NULL, _ ("Going on now"), "new");
  return NULL;
}

/* Words beside each other stand below each other where a word of them would have to be broken. */
static void
stack_cb (CpaAdaptive *place, GParamSpec *pspec, GtkWidget *box)
{
  gboolean narrow = cpa_adaptive_is_narrow (place);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (box), narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (box), narrow ? STACKED_SPACING : SPACING);
}

static GtkWidget *
stacking_box_new (CpaAdaptive *place)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);

  g_signal_connect_object (place, "notify::narrow", G_CALLBACK (stack_cb), box, 0);
  return box;
}

static GtkWidget *
next_appointment (const CpAppointment *appointment, GTimeZone *zone, CpaAdaptive *place)
{
  GtkWidget *box = stacking_box_new (place);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *chips = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *state = state_chip (appointment);
  g_autofree char *when = cpa_time_capital (cpa_appointment_when (appointment, zone));
  GtkWidget *lead = cpa_label_new (when, "cp-heading");

  gtk_widget_add_css_class (lead, "cp-accent");
  gtk_box_append (GTK_BOX (texts), lead);
  gtk_box_append (GTK_BOX (texts), cpa_label_preview_new (cpa_appointment_title (appointment), NULL, 2));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (chips, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (chips, GTK_ALIGN_START);
  if (state != NULL)
    gtk_box_append (GTK_BOX (chips), state);
  gtk_box_append (GTK_BOX (chips), cpa_chip_new (cpa_appointment_icon (appointment), cpa_appointment_tag (appointment),
                                                 cpa_appointment_class (appointment)));
  for (GtkWidget *chip = gtk_widget_get_first_child (chips); chip != NULL; chip = gtk_widget_get_next_sibling (chip))
    gtk_widget_set_halign (chip, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), chips);
  return box;
}

static GtkWidget *
caption_new (const char *text)
{
  GtkWidget *label = cpa_label_new (text, "cp-caption");

  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  return label;
}

/* How the later appointments are laid out */
typedef struct
{
  GtkWidget *grid;      /* (borrowed): two rows for each, of which the second is empty where there is room */
  CpaAdaptive *place;   /* (borrowed) */
  GtkSizeGroup *days;   /* (borrowed) */
  GtkSizeGroup *clocks; /* (borrowed) */
} Later;

static GtkGridLayoutChild *
place_in_grid (GtkWidget *widget)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (gtk_widget_get_parent (widget));

  return GTK_GRID_LAYOUT_CHILD (gtk_layout_manager_get_layout_child (layout, widget));
}

static void
place_when (GtkWidget *when, gboolean stacked)
{
  gtk_grid_layout_child_set_column_span (place_in_grid (when), stacked ? 2 : 1);
}

static void
place_title (GtkWidget *title, gboolean stacked)
{
  GtkGridLayoutChild *child = place_in_grid (title);
  int row = gtk_grid_layout_child_get_row (child) & ~1;

  gtk_grid_layout_child_set_row (child, stacked ? row + 1 : row);
  gtk_grid_layout_child_set_column (child, stacked ? 0 : 1);
  gtk_grid_layout_child_set_column_span (child, stacked ? 2 : 1);
  gtk_widget_set_margin_top (title, stacked ? STACKED_SPACING : row > 0 ? ROW_SPACING : 0);
}

static void
place_when_cb (CpaAdaptive *place, GParamSpec *pspec, GtkWidget *when)
{
  place_when (when, cpa_adaptive_is_narrow (place));
}

static void
place_title_cb (CpaAdaptive *place, GParamSpec *pspec, GtkWidget *title)
{
  place_title (title, cpa_adaptive_is_narrow (place));
}

static void
attach (Later *later, GtkWidget *widget, int column, int row)
{
  gtk_widget_set_valign (widget, GTK_ALIGN_BASELINE);
  gtk_widget_set_margin_top (widget, row > 0 ? ROW_SPACING : 0);
  gtk_grid_attach (GTK_GRID (later->grid), widget, column, row, 1, 1);
}

/* The clocks stand below each other. What has none takes both places. */
static GtkWidget *
when_new (Later *later, const CpAppointment *appointment, GTimeZone *zone)
{
  GtkWidget *when = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);
  gboolean has_clock = cpa_appointment_has_clock (appointment, zone);
  g_autofree char *day = has_clock ? cpa_time_day (appointment->start, zone) : cpa_appointment_when (appointment, zone);
  GtkWidget *first = caption_new (day);

  /* Beside a title of two lines the box would make the day narrower, so that it takes two as well. */
  gtk_widget_set_hexpand (first, TRUE);
  gtk_widget_set_hexpand (when, FALSE);
  gtk_widget_set_halign (when, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (when), first);
  if (has_clock)
    {
      g_autofree char *clock = cpa_time_clock (appointment->start, zone);
      GtkWidget *second = caption_new (clock);

      gtk_size_group_add_widget (later->days, first);
      gtk_size_group_add_widget (later->clocks, second);
      gtk_box_append (GTK_BOX (when), second);
    }
  return when;
}

static void
append_later (Later *later, const CpAppointment *appointment, GTimeZone *zone, int row)
{
  const char *doubt = cpa_appointment_doubt (appointment);
  g_autofree char *title = doubt != NULL ? g_strdup_printf ("%s: %s", doubt, cpa_appointment_title (appointment))
                                         : g_strdup (cpa_appointment_title (appointment));
  /* From when until when it takes days has no room beside other words. */
  gboolean has_days = cpa_appointment_has_days (appointment, zone);
  GtkWidget *when = when_new (later, appointment, zone);
  GtkWidget *title_label = cpa_label_preview_new (title, "cp-small", 2);

  gtk_widget_set_hexpand (title_label, TRUE);
  attach (later, when, 0, row);
  attach (later, title_label, 1, row);
  if (has_days)
    {
      place_when (when, TRUE);
      place_title (title_label, TRUE);
      return;
    }
  g_signal_connect_object (later->place, "notify::narrow", G_CALLBACK (place_when_cb), when, 0);
  g_signal_connect_object (later->place, "notify::narrow", G_CALLBACK (place_title_cb), title_label, 0);
}

/* In one grid: in a row of its own each would be as wide as its title leaves it, and the clocks would not stand below
 * each other. */
static void
append_later_appointments (GtkBox *box, const GPtrArray *items, GTimeZone *zone, CpaAdaptive *place)
{
  g_autoptr (GtkSizeGroup) days = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  g_autoptr (GtkSizeGroup) clocks = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  Later later = { gtk_grid_new (), place, days, clocks };

  gtk_widget_add_css_class (line, "cp-line");
  gtk_box_append (box, line);
  gtk_grid_set_column_spacing (GTK_GRID (later.grid), SPACING);
  for (guint i = 1; i < items->len; i++)
    append_later (&later, g_ptr_array_index (items, i), zone, 2 * (int) (i - 1));
  gtk_box_append (box, later.grid);
}

static GtkWidget *
appointments_new (const GPtrArray *items, GTimeZone *zone)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, ROW_SPACING);
  GtkWidget *place = cpa_adaptive_new (STACKED_BELOW, box);

  gtk_box_append (GTK_BOX (box), next_appointment (g_ptr_array_index (items, 0), zone, CPA_ADAPTIVE (place)));
  if (items->len > 1)
    append_later_appointments (GTK_BOX (box), items, zone, CPA_ADAPTIVE (place));
  return place;
}

static char *
describe_appointments (const GPtrArray *items, GTimeZone *zone)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const CpAppointment *appointment = g_ptr_array_index (items, i);
      g_autofree char *when = cpa_appointment_when (appointment, zone);
      const char *doubt = cpa_appointment_doubt (appointment);

      if (i < 2)
        g_string_append_printf (text, "%s%s: ", i > 0 ? " " : "",
                                i == 1                                 ? _ ("After that")
                                : cpa_appointment_is_now (appointment) ? _ ("Going on now")
                                                                       : _ ("Next appointment"));
      g_string_append_printf (text, "%s, %s", when, cpa_appointment_title (appointment));
      if (doubt != NULL)
        g_string_append_printf (text, " (%s)", doubt);
      g_string_append (text, i == 0 || i + 1 == items->len ? "." : ";");
      if (i > 0 && i + 1 < items->len)
        g_string_append_c (text, ' ');
    }
  return g_string_free (text, FALSE);
}

void
cpa_start_show_appointments (CpaStartPanel *panel, CpaContext *context, const CpStartAppointments *appointments,
                             const CpFreshness *freshness)
{
  GTimeZone *zone = cpa_context_get_zone (context);
  g_autofree char *description = NULL;
  int state = appointments->items->len > 0 ? appointments->state : MAX (appointments->state, CP_CONTENT_EMPTY);

  if (say_empty (panel, context, CPA_REASON_APPOINTMENTS, state, freshness))
    return;
  /* Nobody who has died has a next appointment. Who has to cancel what was planned finds it there. */
  if (cpa_context_get_patient (context)->deceased)
    {
      cpa_start_panel_say (panel, _ ("What had still been planned is here."));
      return;
    }
  cpa_start_panel_append (panel, appointments_new (appointments->items, zone));
  description = describe_appointments (appointments->items, zone);
  cpa_start_panel_describe (panel, description);
}

/* Mijn berichten */

void
cpa_start_show_messages (CpaStartPanel *panel, CpaContext *context, const CpStartMessages *messages,
                         const CpFreshness *freshness)
{
  say_empty (panel, context, CPA_REASON_MESSAGES, MAX (messages->state, CP_CONTENT_EMPTY), freshness);
}

/* Mijn dossier */

static void
add_count (GPtrArray *texts, const char *template, gint64 n)
{
  if (n > 0)
    g_ptr_array_add (texts, cpa_fill_n (template, n, NULL));
}

/* (transfer full): one is called what the organisation calls it, of which there is no plural. */
static char *
new_plans_text (gint64 n, const char *plan)
{
  if (n == 1)
    return cpa_fill (_ ("1 new {plan}"), "plan", plan, NULL);
  return cpa_fill_n (ngettext ("{n} new plan", "{n} new plans", n), n, NULL);
}

/* (transfer full): "2 reports", "1 evaluation", ... of what is new. */
static GPtrArray *
new_texts (const CpStartDossier *dossier, const CpOrganisation *organisation)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  const char *plan = cpa_dossier_plan_word (organisation);

  add_count (texts, ngettext ("{n} report", "{n} reports", dossier->new_reports), dossier->new_reports);
  add_count (texts, ngettext ("{n} form", "{n} forms", dossier->new_forms), dossier->new_forms);
  add_count (texts, ngettext ("{n} evaluation", "{n} evaluations", dossier->new_evaluations), dossier->new_evaluations);
  if (dossier->new_plans > 0)
    g_ptr_array_add (texts, new_plans_text (dossier->new_plans, plan));
  if (dossier->plan_changed)
    g_ptr_array_add (texts, cpa_fill (_ ("changed {plan}"), "plan", plan, NULL));
  return texts;
}

static GtkWidget *
new_chips (const GPtrArray *texts, const char *since)
{
  GtkWidget *wrap = cpa_wrap_new ();
  GtkWidget *label = cpa_label_new (since, "cp-caption");

  for (guint i = 0; i < texts->len; i++)
    cpa_wrap_append (CPA_WRAP (wrap), cpa_chip_new (NULL, g_ptr_array_index (texts, i), "dossier"));
  cpa_wrap_append (CPA_WRAP (wrap), label);
  return wrap;
}

static void
show_news (CpaStartPanel *panel, const CpStartDossier *dossier, CpaContext *context, GString *description)
{
  g_autoptr (GPtrArray) texts = new_texts (dossier, cpa_context_get_organisation (context));
  gint64 n = dossier->new_reports + dossier->new_forms + dossier->new_evaluations + dossier->new_plans;
  g_autofree char *day = cpa_time_day (dossier->since, cpa_context_get_zone (context));
  g_autofree char *since = cpa_fill (_ ("since {date}"), "date", day, NULL);
  g_autofree char *badge = cpa_fill_n (ngettext ("{n} new", "{n} new", n), n, NULL);

  if (dossier->since == 0)
    return;
  if (texts->len == 0)
    {
      cpa_start_panel_append (panel, cpa_label_new (_ ("Nothing new since your previous visit"), "cp-caption"));
      g_string_append_printf (description, "%s. ", _ ("Nothing new since your previous visit"));
      return;
    }
  if (n > 0)
    cpa_start_panel_set_badge (panel, badge);
  cpa_start_panel_append (panel, new_chips (texts, since));
  g_string_append_printf (description, "%s: ", _ ("New since your previous visit"));
  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (description, "%s%s", i > 0 ? ", " : "", (char *) g_ptr_array_index (texts, i));
  g_string_append (description, ". ");
}

static void
show_latest (CpaStartPanel *panel, const CpDossierItem *item, CpaContext *context, GString *description)
{
  g_autofree char *when = cpa_dossier_when (item, cpa_context_get_zone (context));
  g_autofree char *who = item->author != NULL
                             ? g_strdup (item->author)
                             : cpa_dossier_kind_text (item->kind, cpa_context_get_organisation (context));
  g_autofree char *lead = cpa_fill (_ ("{name}, {when}"), "name", who, "when", when, NULL);
  GtkWidget *label = cpa_label_new (lead, "cp-small");
  g_autofree char *title = cpa_dossier_title (item, cpa_context_get_organisation (context));
  /* A report that is only a file has no first lines. */
  const char *words = item->preview != NULL && *item->preview != '\0' ? item->preview : title;

  gtk_widget_add_css_class (label, "cp-bold");
  cpa_start_panel_append (panel, label);
  cpa_start_panel_append (panel, cpa_label_preview_new (words, NULL, 3));
  g_string_append_printf (description, "%s: %s. %s", _ ("Latest report"), lead, words);
}

/* No report, and no previous visit: there are cards of another kind. */
static void
show_that_there_is (CpaStartPanel *panel, GString *description)
{
  const char *text = _ ("Open the dossier to read what is in it.");

  cpa_start_panel_append (panel, cpa_label_new (text, "cp-caption"));
  g_string_append (description, text);
}

void
cpa_start_show_dossier (CpaStartPanel *panel, CpaContext *context, const CpStartDossier *dossier,
                        const CpFreshness *freshness)
{
  g_autoptr (GString) description = g_string_new (NULL);

  if (say_empty (panel, context, CPA_REASON_DOSSIER, dossier->state, freshness))
    return;
  show_news (panel, dossier, context, description);
  if (dossier->latest != NULL)
    show_latest (panel, dossier->latest, context, description);
  else if (dossier->since == 0)
    show_that_there_is (panel, description);
  cpa_start_panel_describe (panel, description->str);
}

/* Mijn gegevens */

void
cpa_start_show_profile (CpaStartPanel *panel, CpaContext *context, const CpStartProfile *profile,
                        const CpFreshness *freshness)
{
  g_autofree char *birth = NULL;
  g_autofree char *details = NULL;
  g_autofree char *description = NULL;

  if (say_empty (panel, context, CPA_REASON_PROFILE, profile->state, freshness))
    return;
  birth = profile->birth_date != NULL ? cpa_time_date (profile->birth_date) : g_strdup ("");
  details = g_strconcat (birth, *birth != '\0' && profile->address != NULL ? ", " : "",
                         profile->address != NULL ? profile->address : "", NULL);
  cpa_start_panel_append (panel, cpa_label_new (profile->name, "cp-bold"));
  cpa_start_panel_append (panel, cpa_label_preview_new (details, "cp-caption", 3));
  description = g_strdup_printf ("%s. %s", profile->name != NULL ? profile->name : "", details);
  cpa_start_panel_describe (panel, description);
}
