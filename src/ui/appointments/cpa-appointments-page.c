/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-appointments-page.h"

#include <glib/gi18n.h>

#include "cp-start.h"
#include "cpa-adaptive.h"
#include "cpa-appointment-list.h"
#include "cpa-appointment-text.h"
#include "cpa-button.h"
#include "cpa-content-view.h"
#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-fresh-line.h"
#include "cpa-label.h"
#include "cpa-language.h"
#include "cpa-loader.h"
#include "cpa-pages-again.h"
#include "cpa-reason.h"
#include "cpa-record-text.h"

/* One of the two lists with what it needs to go on. */
typedef struct
{
  const char *when;
  CpaLoader *loader;        /* (owned) */
  CpaAppointmentList *list; /* (borrowed) */
  GtkWidget *more;          /* (borrowed) */
  GtkWidget *scroller;      /* (borrowed): around both */
  char *cursor;             /* (owned) (nullable) */
  guint pages;              /* shown */
  gboolean append;          /* the answer under way follows what is shown */
  gboolean refresh;         /* it is what is shown, asked again */
  CpaPagesAgain again;      /* (owned): of that, as far as it has come */
  GPtrArray *items;         /* (owned) (nullable): of CpAppointment: shown */
  char *shown;              /* (owned) (nullable): that, as text */
  guint going_on;           /* which of them do so on the screen, as a tag */
} Section;

struct _CpaAppointmentsPage
{
  GtkWidget parent_instance;

  CpaContext *context;      /* (owned) */
  GtkWidget *root;          /* (borrowed): the template's child */
  GtkWidget *view;          /* (borrowed) */
  GtkWidget *scroller;      /* (borrowed) */
  GtkWidget *fresh;         /* (borrowed) */
  GtkWidget *care_sentence; /* (borrowed) */
  GtkWidget *none_coming;   /* (borrowed) */
  GtkWidget *coming_list;   /* (borrowed) */
  GtkWidget *coming_more;   /* (borrowed) */
  GtkWidget *earlier;       /* (borrowed): asks for the past */
  GtkWidget *past_heading;  /* (borrowed) */
  GtkWidget *past_list;     /* (borrowed) */
  GtkWidget *past_more;     /* (borrowed) */
  GtkWidget *past_message;  /* (borrowed) */
  Section coming;
  Section past;
  Section *failed; /* (borrowed) (nullable): of this object: what is to be tried again */
};

static void cpa_appointments_page_page_init (CpaPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaAppointmentsPage, cpa_appointments_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CPA_TYPE_PAGE, cpa_appointments_page_page_init))

static gpointer
copy_appointment (gconstpointer appointment, gpointer data)
{
  return cp_record_copy (&cp_appointment_record, appointment);
}

static void
start (Section *section, const char *cursor)
{
  g_autofree char *query = cpa_loader_query (section->when, cursor);

  cpa_loader_start (section->loader, CP_ROUTE_APPOINTMENTS, NULL, query, &cp_appointment_page_record, section->refresh);
}

static void
ask (Section *section, gboolean append)
{
  cpa_pages_again_forget (&section->again);
  section->append = append;
  section->refresh = FALSE;
  cpa_focus_set_busy (section->more, TRUE, NULL);
  start (section, append ? section->cursor : NULL);
}

/* All pages that are shown; whoever asks for more meanwhile is first. */
static void
ask_again (Section *section)
{
  if (cpa_loader_is_busy (section->loader))
    return;
  cpa_pages_again_forget (&section->again);
  section->append = FALSE;
  section->refresh = TRUE;
  start (section, NULL);
}

/* (transfer full) (nullable): all that is shown, when page (transfer full) was the last one of it. */
static CpAppointmentPage *
gather (Section *section, CpAppointmentPage *page)
{
  const char *cursor;

  cpa_pages_again_add (&section->again, &cp_appointment_page_record, page);
  cursor = cpa_pages_again_get_cursor (&section->again);
  if (cursor == NULL || section->again.pages >= section->pages)
    {
      section->pages = section->again.pages;
      return cpa_pages_again_take (&section->again);
    }
  start (section, cursor);
  return NULL;
}

/* What goes on says so no more when it is over, in the same answer. */
static guint
tag_going_on (const GPtrArray *items)
{
  guint tag = 0;

  for (guint i = 0; i < items->len; i++)
    if (cpa_appointment_is_now (g_ptr_array_index (items, i)))
      tag = tag * 31 + i + 1;
  return tag;
}

static gboolean
is_news (Section *section, GTimeZone *zone)
{
  guint before = section->going_on;

  section->going_on = tag_going_on (section->items);
  return cpa_record_text_list_is_news (&section->shown, &cp_appointment_record, section->items, zone) ||
         section->going_on != before;
}

static void
take_items (Section *section, const CpAppointmentPage *page)
{
  if (section->append)
    g_ptr_array_extend (section->items, page->items, copy_appointment, NULL);
  else
    {
      g_clear_pointer (&section->items, g_ptr_array_unref);
      section->items = g_ptr_array_copy (page->items, copy_appointment, NULL);
    }
}

/* What is asked again and is the same is left alone: who reads stays at the row that they are at. What stood there
 * already may say something else by now when more comes below it. */
static void
show_items (Section *section, const CpAppointmentPage *page, GTimeZone *zone)
{
  gboolean append = section->append && !is_news (section, zone);

  take_items (section, page);
  if (is_news (section, zone))
    {
      if (!append)
        cpa_appointment_list_clear (section->list);
      cpa_appointment_list_append (section->list, append ? page->items : section->items);
    }
  if (!section->refresh)
    section->pages = section->append ? section->pages + 1 : 1;
  g_free (section->cursor);
  section->cursor = g_strdup (page->next_cursor);
  gtk_widget_set_visible (section->more, section->cursor != NULL);
  cpa_focus_set_busy (section->more, FALSE, section->scroller);
}

static void
show_coming (CpaAppointmentsPage *self, const CpAppointmentPage *page)
{
  CpaContentView *view = CPA_CONTENT_VIEW (self->view);
  int state = page->state;

  if (state == CP_CONTENT_NOT_SHARED || state == CP_CONTENT_NOT_FETCHED)
    {
      g_autofree char *text = cpa_reason_text (CPA_REASON_APPOINTMENTS, state, page->freshness, self->context);

      cpa_content_view_show_empty (view, cpa_page_get_icon (CPA_PAGE (self)),
                                   cpa_reason_title (CPA_REASON_APPOINTMENTS, state, self->context), text,
                                   cpa_fresh_line_new (self->context, page->freshness));
      return;
    }
  cpa_fresh_line_show (GTK_BOX (self->fresh), self->context, page->freshness);
  show_items (&self->coming, page, cpa_context_get_zone (self->context));
  gtk_widget_set_visible (self->none_coming, page->items->len == 0 && !self->coming.append);
  cpa_content_view_show_content (view);
}

static void
show_failure (CpaAppointmentsPage *self, Section *section, const GError *error)
{
  cpa_pages_again_forget (&section->again);
  self->failed = section;
  cpa_content_view_show_error (CPA_CONTENT_VIEW (self->view), error, cpa_context_get_organisation (self->context));
}

static void
coming_loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaAppointmentsPage *self = owner;
  g_autoptr (CpAppointmentPage) page = record;

  if (error != NULL)
    {
      cpa_focus_set_busy (self->coming_more, FALSE, NULL);
      show_failure (self, &self->coming, error);
      return;
    }
  if (self->coming.refresh)
    page = gather (&self->coming, g_steal_pointer (&page));
  if (page == NULL)
    return;
  self->failed = NULL;
  show_coming (self, page);
  if (self->coming.refresh && self->past.pages > 0)
    ask_again (&self->past);
}

static void
say_past (CpaAppointmentsPage *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->past_message), text);
  gtk_widget_set_visible (self->past_message, *text != '\0');
}

static void
past_loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaAppointmentsPage *self = owner;
  g_autoptr (CpAppointmentPage) page = record;

  say_past (self, "");
  if (error != NULL)
    {
      cpa_focus_set_busy (self->past_more, FALSE, NULL);
      cpa_focus_set_busy (self->earlier, FALSE, NULL);
      show_failure (self, &self->past, error);
      return;
    }
  if (self->past.refresh)
    page = gather (&self->past, g_steal_pointer (&page));
  if (page == NULL)
    return;
  if (self->failed == &self->past)
    cpa_content_view_show_content (CPA_CONTENT_VIEW (self->view));
  gtk_widget_set_visible (self->earlier, FALSE);
  gtk_widget_set_visible (self->past_heading, TRUE);
  show_items (&self->past, page, cpa_context_get_zone (self->context));
  cpa_focus_set_busy (self->earlier, FALSE,
                      gtk_widget_get_visible (self->past_more) ? self->past_more : self->scroller);
  if (page->items->len == 0 && !self->past.append)
    say_past (self, _ ("There are no earlier appointments."));
}

static void
load (CpaAppointmentsPage *self)
{
  cpa_content_view_show_loading (CPA_CONTENT_VIEW (self->view));
  ask (&self->coming, FALSE);
}

static void
coming_more_cb (CpaAppointmentsPage *self)
{
  ask (&self->coming, TRUE);
}

static void
past_more_cb (CpaAppointmentsPage *self)
{
  ask (&self->past, TRUE);
}

static void
earlier_cb (CpaAppointmentsPage *self)
{
  cpa_focus_set_busy (self->earlier, TRUE, NULL);
  say_past (self, _ ("Being fetched…"));
  ask (&self->past, FALSE);
}

/* What failed, and not what is shown already. */
static void
retry_cb (CpaAppointmentsPage *self)
{
  if (self->failed != NULL && self->failed->append)
    ask (self->failed, TRUE);
  else if (self->failed == &self->past)
    earlier_cb (self);
  else
    load (self);
}

static const char *
cpa_appointments_page_get_title (CpaPage *page)
{
  return _ ("My Appointments");
}

static const char *
cpa_appointments_page_get_icon (CpaPage *page)
{
  return "cp-appointments-symbolic";
}

static void
cpa_appointments_page_refresh (CpaPage *page)
{
  ask_again (&CPA_APPOINTMENTS_PAGE (page)->coming);
}

static void
cpa_appointments_page_page_init (CpaPageInterface *iface)
{
  iface->get_title = cpa_appointments_page_get_title;
  iface->get_icon = cpa_appointments_page_get_icon;
  iface->refresh = cpa_appointments_page_refresh;
}

static void
section_clear (Section *section)
{
  if (section->loader != NULL)
    cpa_loader_cancel (section->loader);
  g_clear_object (&section->loader);
  cpa_pages_again_forget (&section->again);
  g_clear_pointer (&section->cursor, g_free);
  g_clear_pointer (&section->items, g_ptr_array_unref);
  g_clear_pointer (&section->shown, g_free);
}

/* Of who has died there is a sentence above, and what can be pressed comes below all appointments: with the focus there
 * the page would open at its end. */
static void
focus_first (GtkWidget *widget)
{
  CpaAppointmentsPage *self = CPA_APPOINTMENTS_PAGE (widget);

  if (gtk_widget_get_mapped (self->scroller) && cpa_context_get_patient (self->context)->deceased)
    gtk_widget_grab_focus (self->scroller);
  else
    cpa_focus_any (widget);
}

static void
cpa_appointments_page_dispose (GObject *object)
{
  CpaAppointmentsPage *self = CPA_APPOINTMENTS_PAGE (object);

  section_clear (&self->coming);
  section_clear (&self->past);
  g_clear_object (&self->context);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_appointments_page_parent_class)->dispose (object);
}

static void
cpa_appointments_page_class_init (CpaAppointmentsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_appointments_page_dispose;
  g_type_ensure (CPA_TYPE_ADAPTIVE);
  g_type_ensure (CPA_TYPE_CONTENT_VIEW);
  g_type_ensure (CPA_TYPE_APPOINTMENT_LIST);
  cpa_focus_install (widget_class, focus_first);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/nl/clientportaal/Clientportaal/ui/cpa-appointments-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaAppointmentsPage, root);
  gtk_widget_class_bind_template_child (widget_class, CpaAppointmentsPage, view);
  gtk_widget_class_bind_template_child (widget_class, CpaAppointmentsPage, fresh);
  gtk_widget_class_bind_template_child (widget_class, CpaAppointmentsPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, CpaAppointmentsPage, care_sentence);
  gtk_widget_class_bind_template_child (widget_class, CpaAppointmentsPage, none_coming);
  gtk_widget_class_bind_template_child (widget_class, CpaAppointmentsPage, coming_list);
  gtk_widget_class_bind_template_child (widget_class, CpaAppointmentsPage, coming_more);
  gtk_widget_class_bind_template_child (widget_class, CpaAppointmentsPage, earlier);
  gtk_widget_class_bind_template_child (widget_class, CpaAppointmentsPage, past_heading);
  gtk_widget_class_bind_template_child (widget_class, CpaAppointmentsPage, past_list);
  gtk_widget_class_bind_template_child (widget_class, CpaAppointmentsPage, past_more);
  gtk_widget_class_bind_template_child (widget_class, CpaAppointmentsPage, past_message);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, coming_more_cb);
  gtk_widget_class_bind_template_callback (widget_class, past_more_cb);
  gtk_widget_class_bind_template_callback (widget_class, earlier_cb);
}

static void
cpa_appointments_page_init (CpaAppointmentsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cpa_button_wrap_all (GTK_WIDGET (self));
}

static void
show_care_sentence (CpaAppointmentsPage *self)
{
  const CpOrganisation *organisation = cpa_context_get_organisation (self->context);
  g_autofree char *text = cpa_fill (_ ("These appointments come from the care team. You cannot change them here. Is "
                                       "something wrong? Call {desk}: {phone}."),
                                    "desk", cpa_language_text (organisation->desk), "phone", organisation->phone, NULL);

  gtk_label_set_text (GTK_LABEL (self->care_sentence), text);
}

GtkWidget *
cpa_appointments_page_new (CpaContext *context)
{
  CpaAppointmentsPage *self = g_object_new (CPA_TYPE_APPOINTMENTS_PAGE, NULL);

  self->context = g_object_ref (context);
  self->coming = (Section){ .when = "coming",
                            .loader = cpa_loader_new (context, coming_loaded_cb, self),
                            .list = CPA_APPOINTMENT_LIST (self->coming_list),
                            .more = self->coming_more,
                            .scroller = self->scroller };
  self->past = (Section){ .when = "past",
                          .loader = cpa_loader_new (context, past_loaded_cb, self),
                          .list = CPA_APPOINTMENT_LIST (self->past_list),
                          .more = self->past_more,
                          .scroller = self->scroller };
  cpa_appointment_list_set_zone (self->coming.list, cpa_context_get_zone (context));
  cpa_appointment_list_set_zone (self->past.list, cpa_context_get_zone (context));
  show_care_sentence (self);
  load (self);
  return GTK_WIDGET (self);
}
