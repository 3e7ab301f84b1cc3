/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-people-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cp-changes.h"
#include "cpa-adaptive.h"
#include "cpa-alert.h"
#include "cpa-content-view.h"
#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-fresh-line.h"
#include "cpa-label.h"
#include "cpa-member-menu.h"
#include "cpa-member-model.h"
#include "cpa-people-cards.h"
#include "cpa-people-flow.h"
#include "cpa-people-leaving.h"
#include "cpa-people-strips.h"
#include "cpa-people-table.h"
#include "cpa-people-tools.h"
#include "cpa-search.h"
#include "cpa-steady.h"
#include "cpa-wrap.h"

#define SEARCH_FROM 8 /* persons */

struct _CpaPeoplePage
{
  GtkWidget parent_instance;

  /* template widgets (borrowed) */
  GtkWidget *root;
  GtkWidget *view;
  GtkWidget *heading;
  GtkWidget *add;
  GtkWidget *add_inside;
  GtkWidget *alert;
  GtkWidget *blank; /* where the alert was */
  GtkWidget *strips;
  GtkWidget *search;
  GtkWidget *place;
  GtkWidget *none;
  GtkWidget *alone;
  GtkWidget *reasons;
  GtkWidget *tools;
  GtkWidget *as_of;

  GtkWidget *around;     /* (borrowed) (weak): what it was put in last */
  CpaContext *context;   /* (owned) */
  CpaMemberModel *model; /* (owned) */
  CpaPeopleFlow *flow;   /* (owned) */
  GtkFilter *filter;     /* (owned) */
  GListModel *shown;     /* (owned): the rows that match */
  char *needle;          /* (owned) (nullable): what is searched, folded */
  char *select;          /* (owned) (nullable): the row to go to when it is there */
  char *viewed;          /* (owned) (nullable): whom "View as…" offers, as text */
  gboolean selected_new; /* which was just added */
};

enum
{
  SIGNAL_VIEW_AS,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void cpa_people_page_page_init (CpaPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaPeoplePage, cpa_people_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CPA_TYPE_PAGE, cpa_people_page_page_init))

/* Searching */

/* Without case and accents. */
static char *
fold (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, NULL);
  g_autofree char *plain = g_strdup (strchr (ascii, '?') != NULL && strchr (text, '?') == NULL ? text : ascii);

  return g_utf8_casefold (plain, -1);
}

static gboolean
matches_cb (gpointer item, gpointer user_data)
{
  CpaPeoplePage *self = user_data;
  g_autofree char *name = fold (cpa_member_get (item)->name);

  return self->needle == NULL || strstr (name, self->needle) != NULL;
}

static void
search_cb (CpaPeoplePage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));

  g_clear_pointer (&self->needle, g_free);
  if (*text != '\0')
    self->needle = fold (text);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_widget_set_visible (self->none, g_list_model_get_n_items (self->shown) == 0);
}

/* What is on the page */

static void
show_layout (CpaPeoplePage *self)
{
  gboolean narrow = cpa_adaptive_is_narrow (CPA_ADAPTIVE (self->root));

  adw_bin_set_child (ADW_BIN (self->place), narrow ? cpa_people_cards_new (self->context, self->model, self->shown)
                                                   : cpa_people_table_new (self->context, self->model, self->shown));
}

static void
narrow_cb (CpaPeoplePage *self)
{
  /* The first width comes before there is anything to show. */
  if (self->model != NULL)
    show_layout (self);
}

static void
select_shown (CpaPeoplePage *self, guint position)
{
  GtkWidget *list = adw_bin_get_child (ADW_BIN (self->place));

  if (CPA_IS_PEOPLE_TABLE (list))
    cpa_people_table_select (CPA_PEOPLE_TABLE (list), position);
  else
    cpa_people_cards_select (CPA_PEOPLE_CARDS (list), position);
}

static void
show_alert (CpaPeoplePage *self, void (*show) (CpaAlert *alert, const char *text), const char *text)
{
  gtk_widget_set_visible (self->blank, FALSE);
  show (CPA_ALERT (self->alert), text);
  cpa_steady_keep (self->alert);
}

static void
say_no_rights_yet (CpaPeoplePage *self, CpaMember *member)
{
  g_autofree char *text =
      cpa_fill (_ ("Has no rights yet. Tick what {name} may see."), "name", cpa_member_get (member)->name, NULL);

  if (cpa_member_get_ticked (member) == 0)
    show_alert (self, cpa_alert_show_aside, text);
}

static void
go_to_selected (CpaPeoplePage *self)
{
  g_autofree char *id = g_steal_pointer (&self->select);

  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (self->shown); i++)
    {
      g_autoptr (CpaMember) member = g_list_model_get_item (self->shown, i);

      if (g_strcmp0 (cpa_member_get (member)->id, id) != 0)
        continue;
      select_shown (self, i);
      if (self->selected_new)
        say_no_rights_yet (self, member);
      self->selected_new = FALSE;
      return;
    }
}

/* Besides the asker and the client there is nobody. */
static gboolean
is_alone (CpaPeoplePage *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->model)); i++)
    {
      g_autoptr (CpaMember) member = g_list_model_get_item (G_LIST_MODEL (self->model), i);
      const CpMember *record = cpa_member_get (member);

      if (!record->self && record->kind != CP_MEMBER_CLIENT)
        return FALSE;
    }
  return TRUE;
}

/* As long as it is about the same people it stays, with its list that may be open. */
static void
show_view_as (CpaPeoplePage *self)
{
  GtkWidget *before = gtk_widget_get_last_child (self->tools);
  g_autofree char *viewed = cpa_people_viewed (self->model);

  if (g_strcmp0 (viewed, self->viewed) == 0)
    return;
  g_free (self->viewed);
  self->viewed = g_steal_pointer (&viewed);
  if (before != gtk_widget_get_first_child (self->tools))
    gtk_widget_unparent (before);
  cpa_wrap_append (CPA_WRAP (self->tools), cpa_people_view_as_new (self->context, self->model));
}

static void
changed_cb (CpaPeoplePage *self)
{
  gboolean many = g_list_model_get_n_items (G_LIST_MODEL (self->model)) >= SEARCH_FROM;

  show_view_as (self);
  cpa_people_show_reasons (self->reasons, self->context, self->model);
  /* Who has died gets nobody beside them, and there is no such button. */
  gtk_widget_set_visible (self->alone, is_alone (self) && !cpa_context_get_patient (self->context)->deceased);
  gtk_widget_set_visible (self->search, many || self->needle != NULL);
}

static void
loaded_cb (CpaPeoplePage *self)
{
  cpa_fresh_line_show (GTK_BOX (self->as_of), self->context, cpa_member_model_get_freshness (self->model));
  /* Nobody is added any more: that is better told by no button than after the address was typed. */
  gtk_widget_set_visible (self->add, !cpa_context_get_patient (self->context)->deceased);
  cpa_content_view_show_content (CPA_CONTENT_VIEW (self->view));
  go_to_selected (self);
}

static void
failed_cb (CpaPeoplePage *self, const GError *error)
{
  cpa_content_view_show_error (CPA_CONTENT_VIEW (self->view), error, cpa_context_get_organisation (self->context));
}

static void
retry_cb (CpaPeoplePage *self)
{
  if (cpa_member_model_get_options (self->model) == NULL)
    cpa_content_view_show_loading (CPA_CONTENT_VIEW (self->view));
  cpa_member_model_load (self->model, FALSE);
}

/* What was done */

static void
trouble_cb (CpaPeoplePage *self, const char *text)
{
  show_alert (self, cpa_alert_show_error, text);
}

/* Its place stays empty: whoever ticks one box may be about to tick the next. */
static void
fine_cb (CpaPeoplePage *self)
{
  if (!gtk_widget_get_visible (self->alert))
    return;
  adw_bin_set_child (ADW_BIN (self->blank), cpa_steady_blank_new (self->alert));
  gtk_widget_set_visible (self->blank, TRUE);
  cpa_alert_clear (CPA_ALERT (self->alert));
  cpa_steady_keep (self->alert);
}

/* The pointer is elsewhere: what was left empty under it may go. */
static void
close_up (CpaPeoplePage *self)
{
  gtk_widget_set_visible (self->blank, FALSE);
  cpa_people_strips_close_up (CPA_PEOPLE_STRIPS (self->strips));
}

/* From a strip to the row of whom it is about, where a second press only opens the menu. */
static void
leaves_cb (CpaPeoplePage *self, const char *id)
{
  if (!cpa_member_menu_focus (self->place, id) && !gtk_widget_grab_focus (self->add))
    gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
}

static void
added_cb (CpaPeoplePage *self, const char *id)
{
  g_free (self->select);
  self->select = g_strdup (id);
  self->selected_new = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

/* Actions, of the boxes, menus and strips */

static CpaMember *
member_of (CpaPeoplePage *self, GVariant *parameter)
{
  g_autoptr (GVariant) first =
      g_variant_is_container (parameter) ? g_variant_get_child_value (parameter, 0) : g_variant_ref (parameter);

  return cpa_member_model_find (self->model, g_variant_get_string (first, NULL));
}

static void
tick_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CpaPeoplePage *self = CPA_PEOPLE_PAGE (widget);
  CpaMember *member = member_of (self, parameter);
  guint part;
  gboolean held;

  g_variant_get (parameter, "(&sub)", NULL, &part, &held);
  if (member != NULL)
    cpa_people_flow_tick (self->flow, member, part, held);
}

static void
refused_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CpaPeoplePage *self = CPA_PEOPLE_PAGE (widget);
  CpaMember *member = member_of (self, parameter);
  guint part;

  g_variant_get (parameter, "(&su)", NULL, &part);
  if (member != NULL)
    cpa_people_flow_refuse (self->flow, member, part);
}

static void
act_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CpaPeoplePage *self = CPA_PEOPLE_PAGE (widget);
  CpaMember *member = member_of (self, parameter);

  if (member != NULL)
    cpa_people_flow_act (self->flow, member, action + strlen ("people."));
}

static void
undo_waiting_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CpaPeoplePage *self = CPA_PEOPLE_PAGE (widget);
  CpaMember *member = member_of (self, parameter);

  if (member != NULL)
    cpa_people_flow_undo_waiting (self->flow, member);
}

static void
view_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CpaPeoplePage *self = CPA_PEOPLE_PAGE (widget);
  CpaMember *found = member_of (self, parameter);
  g_autoptr (CpaMember) member = found != NULL ? g_object_ref (found) : NULL;

  if (member != NULL)
    g_signal_emit (self, signals[SIGNAL_VIEW_AS], 0, member);
}

static void
add_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  cpa_people_flow_add (CPA_PEOPLE_PAGE (widget)->flow);
}

static const struct
{
  const char *name, *type;
  GtkWidgetActionActivateFunc activate;
} actions[] = {
  { "people.tick", "(sub)", tick_action_cb }, { "people.refused", "(su)", refused_action_cb },
  { "people.view", "s", view_action_cb },     { "people.send", "s", act_action_cb },
  { "people.renew", "s", act_action_cb },     { "people.until", "s", act_action_cb },
  { "people.mobile", "s", act_action_cb },    { "people.withdraw", "s", act_action_cb },
  { "people.email", "s", act_action_cb },     { "people.end", "s", act_action_cb },
  { "people.ground", "s", act_action_cb },    { "people.undo-waiting", "s", undo_waiting_action_cb },
  { "people.add", NULL, add_action_cb },
};

/* The page */

static const char *
cpa_people_page_get_title (CpaPage *page)
{
  return _ ("User Management");
}

static const char *
cpa_people_page_get_icon (CpaPage *page)
{
  return "system-users-symbolic";
}

static void
cpa_people_page_refresh (CpaPage *page)
{
  cpa_member_model_load (CPA_PEOPLE_PAGE (page)->model, TRUE);
}

static void
cpa_people_page_look_again (CpaPage *page, guint topics)
{
  if ((topics & CP_TOPIC_MEMBERS) != 0)
    cpa_people_page_refresh (page);
}

static void
cpa_people_page_page_init (CpaPageInterface *iface)
{
  iface->get_title = cpa_people_page_get_title;
  iface->get_icon = cpa_people_page_get_icon;
  iface->refresh = cpa_people_page_refresh;
  iface->look_again = cpa_people_page_look_again;
}

static void
cpa_people_page_root (GtkWidget *widget)
{
  CpaPeoplePage *self = CPA_PEOPLE_PAGE (widget);

  GTK_WIDGET_CLASS (cpa_people_page_parent_class)->root (widget);
  g_set_weak_pointer (&self->around, gtk_widget_get_parent (widget));
}

/* Leaving the screen sends what still waits for its undo. What is only out of sight for a moment is not left, nor is it
 * while one looks as somebody else: it stays in the window. */
static void
cpa_people_page_unroot (GtkWidget *widget)
{
  CpaPeoplePage *self = CPA_PEOPLE_PAGE (widget);

  if (self->flow != NULL)
    cpa_people_leaving_send (self->around, self->context, self->model);
  GTK_WIDGET_CLASS (cpa_people_page_parent_class)->unroot (widget);
}

static void
focus_first (GtkWidget *widget)
{
  CpaPeoplePage *self = CPA_PEOPLE_PAGE (widget);

  if (self->select != NULL)
    go_to_selected (self);
  else if (!gtk_widget_grab_focus (self->add))
    gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
cpa_people_page_dispose (GObject *object)
{
  CpaPeoplePage *self = CPA_PEOPLE_PAGE (object);

  if (self->flow != NULL)
    cpa_people_flow_stop (self->flow);
  if (self->model != NULL)
    cpa_member_model_stop (self->model);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_weak_pointer (&self->around);
  g_clear_object (&self->flow);
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->model);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_people_page_parent_class)->dispose (object);
}

static void
cpa_people_page_finalize (GObject *object)
{
  CpaPeoplePage *self = CPA_PEOPLE_PAGE (object);

  g_free (self->needle);
  g_free (self->select);
  g_free (self->viewed);
  G_OBJECT_CLASS (cpa_people_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CpaPeoplePage, root);
  gtk_widget_class_bind_template_child (widget_class, CpaPeoplePage, view);
  gtk_widget_class_bind_template_child (widget_class, CpaPeoplePage, heading);
  gtk_widget_class_bind_template_child (widget_class, CpaPeoplePage, add);
  gtk_widget_class_bind_template_child (widget_class, CpaPeoplePage, add_inside);
  gtk_widget_class_bind_template_child (widget_class, CpaPeoplePage, alert);
  gtk_widget_class_bind_template_child (widget_class, CpaPeoplePage, blank);
  gtk_widget_class_bind_template_child (widget_class, CpaPeoplePage, strips);
  gtk_widget_class_bind_template_child (widget_class, CpaPeoplePage, search);
  gtk_widget_class_bind_template_child (widget_class, CpaPeoplePage, place);
  gtk_widget_class_bind_template_child (widget_class, CpaPeoplePage, none);
  gtk_widget_class_bind_template_child (widget_class, CpaPeoplePage, alone);
  gtk_widget_class_bind_template_child (widget_class, CpaPeoplePage, reasons);
  gtk_widget_class_bind_template_child (widget_class, CpaPeoplePage, tools);
  gtk_widget_class_bind_template_child (widget_class, CpaPeoplePage, as_of);
  gtk_widget_class_bind_template_callback (widget_class, close_up);
  gtk_widget_class_bind_template_callback (widget_class, leaves_cb);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
}

static void
cpa_people_page_class_init (CpaPeoplePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cpa_people_page_dispose;
  object_class->finalize = cpa_people_page_finalize;
  widget_class->root = cpa_people_page_root;
  widget_class->unroot = cpa_people_page_unroot;
  cpa_focus_install (widget_class, focus_first);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type, actions[i].activate);
  g_type_ensure (CPA_TYPE_ADAPTIVE);
  g_type_ensure (CPA_TYPE_ALERT);
  g_type_ensure (CPA_TYPE_CONTENT_VIEW);
  g_type_ensure (CPA_TYPE_PEOPLE_STRIPS);
  g_type_ensure (CPA_TYPE_STEADY);
  g_type_ensure (CPA_TYPE_WRAP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/nl/clientportaal/Clientportaal/ui/cpa-people-page.ui");
  bind_children (widget_class);
  signals[SIGNAL_VIEW_AS] = g_signal_new ("view-as", CPA_TYPE_PEOPLE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, CPA_TYPE_MEMBER);
}

static void
cpa_people_page_init (CpaPeoplePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cpa_hide_from_reader (self->add_inside);
  cpa_name (self->add, _ ("Add User"), NULL);
  cpa_name (self->search, _ ("Search a Person"), NULL);
  cpa_search_set_escape (self->search);
}

static void
show_heading (CpaPeoplePage *self)
{
  g_autofree char *text =
      cpa_fill (_ ("Who May See What of {client}?"), "client", cpa_context_get_patient (self->context)->name, NULL);

  gtk_label_set_text (GTK_LABEL (self->heading), text);
}

GtkWidget *
cpa_people_page_new (CpaContext *context)
{
  CpaPeoplePage *self = g_object_new (CPA_TYPE_PEOPLE_PAGE, NULL);

  self->context = g_object_ref (context);
  self->model = cpa_member_model_new (cpa_context_get_api (context), cpa_context_get_patient (context)->id,
                                      cpa_context_get_zone (context));
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches_cb, self, NULL));
  self->shown =
      G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->model)), g_object_ref (self->filter)));
  self->flow = cpa_people_flow_new (GTK_WIDGET (self), context, self->model);
  g_signal_connect_object (self->model, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flow, "trouble", G_CALLBACK (trouble_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flow, "fine", G_CALLBACK (fine_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flow, "added", G_CALLBACK (added_cb), self, G_CONNECT_SWAPPED);
  cpa_people_strips_set_model (CPA_PEOPLE_STRIPS (self->strips), self->model);
  cpa_wrap_append (CPA_WRAP (self->tools), cpa_people_help_new (context));
  show_heading (self);
  show_layout (self);
  cpa_content_view_show_loading (CPA_CONTENT_VIEW (self->view));
  cpa_member_model_load (self->model, FALSE);
  return GTK_WIDGET (self);
}

void
cpa_people_page_select (CpaPeoplePage *self, const char *member)
{
  g_free (self->select);
  self->select = g_strdup (member);
  if (cpa_member_model_get_options (self->model) != NULL)
    go_to_selected (self);
}

CpaMemberModel *
cpa_people_page_get_model (CpaPeoplePage *self)
{
  return self->model;
}
