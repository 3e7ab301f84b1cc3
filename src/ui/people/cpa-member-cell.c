/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-member-cell.h"

#include "cpa-badge.h"
#include "cpa-label.h"
#include "cpa-member-text.h"

/* How wide a column is at least, and likes to be. */
#define NAME_CHARS 9
#define READ_CHARS 14
#define STATE_CHARS 20
#define DATE_CHARS 11 /* "17 mrt 2026" */

struct _CpaMemberCell
{
  CpaMemberBound parent_instance;

  CpaCellKind kind;
  GtkWidget *box;   /* (owned) */
  GtkWidget *place; /* (borrowed) (nullable): of the initials, or of the mark */
  GtkWidget *words; /* (borrowed) */
  GtkWidget *first; /* (borrowed) */
  GtkWidget *more;  /* (borrowed) (nullable): a second line */
  GtkWidget *rest;  /* (borrowed) (nullable): what else has no column of its own */
};

G_DEFINE_FINAL_TYPE (CpaMemberCell, cpa_member_cell, CPA_TYPE_MEMBER_BOUND)

/* What stands in a cell besides its first line. */
static const struct
{
  gboolean place, more, rest;
} holds[] = {
  [CPA_CELL_PERSON] = { TRUE, TRUE, FALSE },        [CPA_CELL_UNTIL] = { FALSE, TRUE, FALSE },
  [CPA_CELL_STATE] = { TRUE, TRUE, FALSE },         [CPA_CELL_LAST_LOGIN] = { FALSE, FALSE, FALSE },
  [CPA_CELL_STATE_AND_REST] = { TRUE, TRUE, TRUE },
};

static const char *const look_classes[] = { "good", "waits", "bad", "quiet", NULL };

static void
set_look (GtkWidget *widget, const char *css_class)
{
  for (guint i = 0; look_classes[i] != NULL; i++)
    gtk_widget_remove_css_class (widget, look_classes[i]);
  gtk_widget_add_css_class (widget, css_class);
}

static void
set_line (GtkWidget *line, const char *text)
{
  gtk_label_set_text (GTK_LABEL (line), text != NULL ? text : "");
  gtk_widget_set_visible (line, text != NULL && *text != '\0');
}

static void
set_mark (CpaMemberCell *self, GtkWidget *mark)
{
  GtkWidget *child = gtk_widget_get_first_child (self->place);

  if (child != NULL)
    gtk_box_remove (GTK_BOX (self->place), child);
  if (mark != NULL)
    gtk_box_append (GTK_BOX (self->place), mark);
  gtk_widget_set_visible (self->place, mark != NULL);
}

static GtkWidget *
icon_new (const char *name)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (name);

  cpa_hide_from_reader (icon);
  gtk_widget_add_css_class (icon, "cp-state-icon");
  return icon;
}

GtkWidget *
cpa_member_avatar_new (CpaContext *context, const CpMember *member)
{
  const CpSession *session = cpa_context_get_session (context);

  if (member->kind == CP_MEMBER_CLIENT)
    return cpa_patient_avatar_new (member->name, cpa_patient_index (session, cpa_context_get_patient (context)));
  return cpa_person_avatar_new (member->name);
}

static void
show_person (CpaMemberCell *self, CpaMember *member)
{
  const CpMember *record = cpa_member_get (member);
  g_autofree char *relation = cpa_member_relation (record);
  const char *ground = cpa_member_ground (record);
  g_autofree char *both = *relation != '\0' && ground != NULL ? g_strconcat (relation, "\n", ground, NULL) : NULL;

  set_mark (self, cpa_member_avatar_new (cpa_member_bound_get_context (CPA_MEMBER_BOUND (self)), record));
  gtk_label_set_text (GTK_LABEL (self->first), record->name);
  gtk_widget_add_css_class (self->first, "cp-bold");
  set_line (self->more, both != NULL ? both : ground != NULL ? ground : relation);
}

static void
show_until (CpaMemberCell *self, CpaMember *member)
{
  CpaMemberBound *bound = CPA_MEMBER_BOUND (self);
  const CpMember *record = cpa_member_get (member);
  g_autofree char *date = cpa_member_until (record);
  g_autofree char *near =
      cpa_member_until_more (record, cpa_member_model_get_options (cpa_member_bound_get_model (bound)),
                             cpa_context_get_zone (cpa_member_bound_get_context (bound)));

  set_look (self->box, near != NULL ? "waits" : "plain");
  gtk_label_set_text (GTK_LABEL (self->first), date);
  set_line (self->more, near);
}

static void
show_state (CpaMemberCell *self, CpaMember *member)
{
  const CpMember *record = cpa_member_get (member);
  const CpaMemberLook *look = cpa_member_state_look (record);
  g_autofree char *state =
      cpa_member_state (record, cpa_context_get_zone (cpa_member_bound_get_context (CPA_MEMBER_BOUND (self))));

  set_mark (self, icon_new (look->icon));
  set_look (self->box, look->css_class);
  gtk_label_set_text (GTK_LABEL (self->first), state);
  set_line (self->more, cpa_member_state_more (member));
}

static void
show_state_and_rest (CpaMemberCell *self, CpaMember *member)
{
  CpaMemberBound *bound = CPA_MEMBER_BOUND (self);
  g_autofree char *rest =
      cpa_member_rest (cpa_member_get (member), cpa_member_model_get_options (cpa_member_bound_get_model (bound)),
                       cpa_context_get_zone (cpa_member_bound_get_context (bound)));

  show_state (self, member);
  set_line (self->rest, rest);
}

static void
show_last_login (CpaMemberCell *self, CpaMember *member)
{
  g_autofree char *text = cpa_member_last_login (
      cpa_member_get (member), cpa_context_get_zone (cpa_member_bound_get_context (CPA_MEMBER_BOUND (self))));

  gtk_label_set_text (GTK_LABEL (self->first), text);
}

static void
cpa_member_cell_update (CpaMemberBound *bound, CpaMember *member)
{
  static void (*const show[]) (CpaMemberCell *, CpaMember *) = {
    [CPA_CELL_PERSON] = show_person,
    [CPA_CELL_UNTIL] = show_until,
    [CPA_CELL_STATE] = show_state,
    [CPA_CELL_LAST_LOGIN] = show_last_login,
    [CPA_CELL_STATE_AND_REST] = show_state_and_rest,
  };
  CpaMemberCell *self = CPA_MEMBER_CELL (bound);

  show[self->kind](self, member);
}

static void
cpa_member_cell_class_init (CpaMemberCellClass *klass)
{
  CPA_MEMBER_BOUND_CLASS (klass)->update = cpa_member_cell_update;
}

static void
cpa_member_cell_init (CpaMemberCell *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->first = cpa_label_new ("", NULL);
  /* The icon's baseline, counted from the middle of two lines, lies below a cell of one. */
  gtk_box_set_baseline_position (GTK_BOX (self->box), GTK_BASELINE_POSITION_TOP);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_set_valign (self->words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->words), self->first);
  gtk_box_append (GTK_BOX (self->box), self->words);
  gtk_widget_add_css_class (self->box, "cp-member-cell");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

void
cpa_member_cell_set_at_end (CpaMemberCell *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_END);
  gtk_label_set_xalign (GTK_LABEL (self->first), 1);
  if (self->more != NULL)
    gtk_label_set_xalign (GTK_LABEL (self->more), 1);
}

static GtkWidget *
add_line (CpaMemberCell *self, const char *css_class)
{
  GtkWidget *line = cpa_label_new ("", css_class);

  gtk_widget_set_visible (line, FALSE);
  gtk_box_append (GTK_BOX (self->words), line);
  return line;
}

static void
add_what_it_holds (CpaMemberCell *self)
{
  if (holds[self->kind].more)
    self->more = add_line (self, self->kind == CPA_CELL_PERSON ? "cp-caption" : NULL);
  if (holds[self->kind].rest)
    self->rest = add_line (self, "cp-caption");
  if (!holds[self->kind].place)
    return;
  self->place = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_valign (self->place, GTK_ALIGN_START);
  gtk_box_prepend (GTK_BOX (self->box), self->place);
}

GtkWidget *
cpa_member_cell_new (CpaContext *context, CpaMemberModel *model, CpaCellKind kind)
{
  CpaMemberCell *self = g_object_new (CPA_TYPE_MEMBER_CELL, NULL);

  cpa_member_bound_setup (CPA_MEMBER_BOUND (self), context, model);
  self->kind = kind;
  add_what_it_holds (self);
  if (kind == CPA_CELL_PERSON)
    {
      gtk_box_set_spacing (GTK_BOX (self->box), 12);
      gtk_widget_set_valign (self->place, GTK_ALIGN_CENTER);
      gtk_label_set_width_chars (GTK_LABEL (self->first), NAME_CHARS);
    }
  else
    {
      /* A date or a state is never broken inside a word. */
      gtk_label_set_wrap_mode (GTK_LABEL (self->first), PANGO_WRAP_WORD);
      gtk_label_set_max_width_chars (GTK_LABEL (self->first), READ_CHARS);
      if (self->more != NULL)
        gtk_label_set_max_width_chars (GTK_LABEL (self->more), READ_CHARS);
      if (self->rest != NULL)
        gtk_label_set_max_width_chars (GTK_LABEL (self->rest), STATE_CHARS);
      if (kind == CPA_CELL_STATE || kind == CPA_CELL_STATE_AND_REST)
        gtk_label_set_max_width_chars (GTK_LABEL (self->first), STATE_CHARS);
      if (kind == CPA_CELL_UNTIL)
        gtk_label_set_width_chars (GTK_LABEL (self->first), DATE_CHARS);
      gtk_widget_set_valign (self->box, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (self->box, "cp-small");
    }
  return GTK_WIDGET (self);
}
