/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-people-cards.h"

#include <glib/gi18n.h>

#include "cpa-label.h"
#include "cpa-member-cell.h"
#include "cpa-member-menu.h"
#include "cpa-part-check.h"
#include "cpa-sight.h"

#define CARDS_GAP 16

struct _CpaPeopleCards
{
  GtkWidget parent_instance;

  CpaContext *context;   /* (owned) */
  CpaMemberModel *model; /* (owned) */
  GListModel *shown;     /* (owned) */
  GtkWidget *box;        /* (owned) */
};

G_DEFINE_FINAL_TYPE (CpaPeopleCards, cpa_people_cards, GTK_TYPE_WIDGET)

static GtkWidget *
bind (GtkWidget *widget, CpaMember *member)
{
  cpa_member_bound_set_member (CPA_MEMBER_BOUND (widget), member);
  return widget;
}

static GtkWidget *
named_row (const char *name, GtkWidget *value)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = cpa_label_new (name, "cp-caption");

  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  cpa_member_cell_set_at_end (CPA_MEMBER_CELL (value));
  gtk_box_append (GTK_BOX (row), value);
  gtk_widget_add_css_class (row, "cp-row");
  return row;
}

static GtkWidget *
head_new (CpaPeopleCards *self, CpaMember *member)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *person = bind (cpa_member_cell_new (self->context, self->model, CPA_CELL_PERSON), member);

  gtk_widget_set_hexpand (person, TRUE);
  gtk_box_append (GTK_BOX (head), person);
  gtk_box_append (GTK_BOX (head), bind (cpa_member_menu_new (self->context, self->model), member));
  gtk_widget_add_css_class (head, "cp-row");
  return head;
}

static GtkWidget *
boxes_new (CpaPeopleCards *self, CpaMember *member)
{
  GtkWidget *boxes = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (int i = 0; i < CP_N_PARTS; i++)
    gtk_box_append (GTK_BOX (boxes), bind (cpa_part_check_new (self->context, self->model, 1 << i, TRUE), member));
  gtk_widget_add_css_class (boxes, "cp-row");
  return boxes;
}

static GtkWidget *
card_new (CpaPeopleCards *self, CpaMember *member)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (card, "cp-card");
  gtk_box_append (GTK_BOX (card), head_new (self, member));
  gtk_box_append (GTK_BOX (card), boxes_new (self, member));
  gtk_box_append (
      GTK_BOX (card),
      named_row (_ ("Status"), bind (cpa_member_cell_new (self->context, self->model, CPA_CELL_STATE), member)));
  gtk_box_append (GTK_BOX (card),
                  named_row (C_ ("access", "Until"),
                             bind (cpa_member_cell_new (self->context, self->model, CPA_CELL_UNTIL), member)));
  gtk_box_append (GTK_BOX (card),
                  named_row (_ ("Last Logged In"),
                             bind (cpa_member_cell_new (self->context, self->model, CPA_CELL_LAST_LOGIN), member)));
  return card;
}

static GtkWidget *
get_card (CpaPeopleCards *self, guint position)
{
  GtkWidget *card = gtk_widget_get_first_child (self->box);

  while (card != NULL && position-- > 0)
    card = gtk_widget_get_next_sibling (card);
  return card;
}

static void
items_changed_cb (CpaPeopleCards *self, guint position, guint removed, guint added)
{
  for (guint i = 0; i < removed; i++)
    gtk_box_remove (GTK_BOX (self->box), get_card (self, position));
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (CpaMember) member = g_list_model_get_item (self->shown, position + i);

      gtk_box_insert_child_after (GTK_BOX (self->box), card_new (self, member),
                                  position + i > 0 ? get_card (self, position + i - 1) : NULL);
    }
}

static void
cpa_people_cards_dispose (GObject *object)
{
  CpaPeopleCards *self = CPA_PEOPLE_CARDS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->shown);
  g_clear_object (&self->context);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (cpa_people_cards_parent_class)->dispose (object);
}

static void
cpa_people_cards_class_init (CpaPeopleCardsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_people_cards_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_people_cards_init (CpaPeopleCards *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, CARDS_GAP);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
cpa_people_cards_new (CpaContext *context, CpaMemberModel *model, GListModel *shown)
{
  CpaPeopleCards *self = g_object_new (CPA_TYPE_PEOPLE_CARDS, NULL);

  self->context = g_object_ref (context);
  self->model = g_object_ref (model);
  self->shown = g_object_ref (shown);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (shown));
  g_signal_connect_object (shown, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
cpa_people_cards_select (CpaPeopleCards *self, guint position)
{
  GtkWidget *chosen = get_card (self, position);
  GtkWidget *boxes;

  for (GtkWidget *card = gtk_widget_get_first_child (self->box); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    gtk_widget_remove_css_class (card, "cp-chosen");
  if (chosen == NULL)
    return;
  gtk_widget_add_css_class (chosen, "cp-chosen");
  boxes = gtk_widget_get_next_sibling (gtk_widget_get_first_child (chosen));
  gtk_widget_child_focus (boxes, GTK_DIR_TAB_FORWARD);
  cpa_sight_show_late (chosen);
}
