/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-main-page.h"

#include "cp-changes.h"
#include "cp-part.h"
#include "cpa-account-page.h"
#include "cpa-appointments-page.h"
#include "cpa-cover.h"
#include "cpa-dossier-page.h"
#include "cpa-focus.h"
#include "cpa-header.h"
#include "cpa-invitations-page.h"
#include "cpa-opened-files.h"
#include "cpa-page.h"
#include "cpa-patient-page.h"
#include "cpa-people-page.h"
#include "cpa-profile-page.h"
#include "cpa-start-page.h"
#include "cpa-view-as-page.h"
#include "cpa-waiting-page.h"

struct _CpaMainPage
{
  AdwBin parent_instance;

  /* template widgets (borrowed) */
  CpaCover *cover; /* around header and pages; the portal as somebody else sees it stands in their place */
  AdwBin *header_place;
  GtkStack *stack;

  CpaContext *context; /* (owned) */
  CpaHeader *header;   /* (borrowed) */
  GtkWidget *home;     /* (borrowed) */
  CpPart part;         /* that the page in sight shows, when that is not home; CP_PART_NONE: one of no part */
  guint given_up;      /* CpPart: the person's own doing */
};

enum
{
  SIGNAL_PATIENT_CHOSEN,
  SIGNAL_ANSWERED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaMainPage, cpa_main_page, ADW_TYPE_BIN)

/* The parts that have a page. */
static const struct
{
  CpPart part;
  GtkWidget *(*make) (CpaContext *context);
} part_pages[] = {
  { CP_PART_APPOINTMENTS, cpa_appointments_page_new },
  { CP_PART_DOSSIER, cpa_dossier_page_new },
  { CP_PART_PROFILE, cpa_profile_page_new },
};

static void
put_in_sight (CpaMainPage *self, GtkWidget *page)
{
  gboolean at_home = page == self->home;

  gtk_stack_set_visible_child (self->stack, page);
  /* GtkStack 4.8 keeps the pages behind it readable. */
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->home), GTK_ACCESSIBLE_STATE_HIDDEN, !at_home, -1);
  cpa_header_set_page (self->header, at_home ? NULL : cpa_page_get_title (CPA_PAGE (page)),
                       at_home ? NULL : cpa_page_get_icon (CPA_PAGE (page)));
}

static void
show (CpaMainPage *self, GtkWidget *page)
{
  put_in_sight (self, page);
  if (gtk_widget_get_root (page) != NULL)
    cpa_focus_first (page);
}

/* Only home stays; another page is asked anew each time, so that it never shows what was. */
static void
open_page (CpaMainPage *self, GtkWidget *page, CpPart part)
{
  GtkWidget *before = gtk_stack_get_visible_child (self->stack);

  self->part = part;
  gtk_stack_add_child (self->stack, page);
  show (self, page);
  if (before != self->home)
    gtk_stack_remove (self->stack, before);
}

static void
go_back (CpaMainPage *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->stack);

  if (page == NULL || cpa_page_go_back (CPA_PAGE (page)) || page == self->home)
    return;
  show (self, self->home);
  gtk_stack_remove (self->stack, page);
  cpa_page_refresh (CPA_PAGE (self->home));
}

static void
back_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  go_back (CPA_MAIN_PAGE (widget));
}

static void
profile_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CpaMainPage *self = CPA_MAIN_PAGE (widget);

  if (!CPA_IS_ACCOUNT_PAGE (gtk_stack_get_visible_child (self->stack)))
    open_page (self, cpa_account_page_new (self->context), CP_PART_NONE);
}

/* The person's name has changed. */
static void
look_again_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_ANSWERED], 0, TRUE);
}

static void
back_cb (CpaMainPage *self)
{
  go_back (self);
}

static void
patient_chosen_cb (CpaMainPage *self, const char *id)
{
  g_signal_emit (self, signals[SIGNAL_PATIENT_CHOSEN], 0, id);
}

static void
answered_cb (CpaMainPage *self, gboolean accepted)
{
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, accepted);
}

/* User management, and the portal as somebody else sees it: that takes the place of everything, header too. */

static void open_people (CpaMainPage *self, const char *member);

static void
stopped_viewing_cb (CpaMainPage *self, const char *member)
{
  cpa_cover_put (self->cover, NULL);
  open_people (self, member);
}

/* Also of a change that is answered when its page has been left. */
static void
gives_up_cb (CpaMainPage *self, guint part, gboolean gives)
{
  self->given_up = gives ? self->given_up | part : self->given_up & ~part;
}

static void
view_as_cb (CpaMainPage *self, CpaMember *member)
{
  GtkWidget *viewing = cpa_view_as_page_new (self->context, cpa_member_get (member));

  g_signal_connect_object (viewing, "stopped", G_CALLBACK (stopped_viewing_cb), self, G_CONNECT_SWAPPED);
  cpa_cover_put (self->cover, viewing);
  cpa_focus_first (viewing);
}

/* Also what was on a page before the right was taken is of no use then. */
static void
enable_people (CpaMainPage *self)
{
  gboolean may = cpa_context_manages_people (self->context);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "main.people", may);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "main.person", may);
}

/* member (nullable): at whose row. */
static void
open_people (CpaMainPage *self, const char *member)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->stack);

  if (!cpa_context_manages_people (self->context))
    return;
  if (!CPA_IS_PEOPLE_PAGE (page))
    {
      page = cpa_people_page_new (self->context);
      g_signal_connect_object (page, "view-as", G_CALLBACK (view_as_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (cpa_people_page_get_model (CPA_PEOPLE_PAGE (page)), "gives-up", G_CALLBACK (gives_up_cb),
                               self, G_CONNECT_SWAPPED);
      open_page (self, page, CP_PART_SETTINGS);
    }
  if (member != NULL)
    cpa_people_page_select (CPA_PEOPLE_PAGE (page), member);
}

static void
people_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_people (CPA_MAIN_PAGE (widget), parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL);
}

static void
open_part_cb (CpaMainPage *self, guint part)
{
  for (gsize i = 0; i < G_N_ELEMENTS (part_pages); i++)
    if (part_pages[i].part == part)
      open_page (self, part_pages[i].make (self->context), part);
}

static GtkWidget *
make_home (CpaMainPage *self)
{
  const CpSession *session = cpa_context_get_session (self->context);
  const CpPatientAccess *patient = cpa_context_get_patient (self->context);
  GtkWidget *page;

  if (patient == NULL && session->patients->len > 0)
    {
      page = cpa_patient_page_new (self->context);
      g_signal_connect_object (page, "patient-chosen", G_CALLBACK (patient_chosen_cb), self, G_CONNECT_SWAPPED);
      return page;
    }
  if (patient == NULL || patient->parts == 0)
    return cpa_waiting_page_new (self->context);
  page = cpa_start_page_new (self->context);
  g_signal_connect_object (page, "open-part", G_CALLBACK (open_part_cb), self, G_CONNECT_SWAPPED);
  return page;
}

static void
focus_first (GtkWidget *widget)
{
  CpaMainPage *self = CPA_MAIN_PAGE (widget);
  GtkWidget *viewing = cpa_cover_get_over (self->cover);

  cpa_focus_first (viewing != NULL ? viewing : gtk_stack_get_visible_child (self->stack));
}

static void
cpa_main_page_dispose (GObject *object)
{
  CpaMainPage *self = CPA_MAIN_PAGE (object);

  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_main_page_parent_class)->dispose (object);
}

static void
cpa_main_page_class_init (CpaMainPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_main_page_dispose;
  cpa_focus_install (widget_class, focus_first);
  g_type_ensure (CPA_TYPE_COVER);
  signals[SIGNAL_PATIENT_CHOSEN] = g_signal_new ("patient-chosen", CPA_TYPE_MAIN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_ANSWERED] = g_signal_new ("answered", CPA_TYPE_MAIN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_install_action (widget_class, "main.back", NULL, back_action_cb);
  gtk_widget_class_install_action (widget_class, "main.profile", NULL, profile_action_cb);
  gtk_widget_class_install_action (widget_class, "main.look-again", NULL, look_again_action_cb);
  gtk_widget_class_install_action (widget_class, "main.people", NULL, people_action_cb);
  gtk_widget_class_install_action (widget_class, "main.person", "s", people_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "main.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "main.back", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-main-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaMainPage, cover);
  gtk_widget_class_bind_template_child (widget_class, CpaMainPage, header_place);
  gtk_widget_class_bind_template_child (widget_class, CpaMainPage, stack);
}

static void
cpa_main_page_init (CpaMainPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
make_around (CpaMainPage *self)
{
  enable_people (self);
  self->header = CPA_HEADER (cpa_header_new (self->context));
  adw_bin_set_child (self->header_place, GTK_WIDGET (self->header));
  g_signal_connect_object (self->header, "back", G_CALLBACK (back_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->header, "patient-chosen", G_CALLBACK (patient_chosen_cb), self, G_CONNECT_SWAPPED);
  self->home = make_home (self);
  gtk_stack_add_child (self->stack, self->home);
}

GtkWidget *
cpa_main_page_new (CpaContext *context)
{
  CpaMainPage *self = g_object_new (CPA_TYPE_MAIN_PAGE, NULL);

  self->context = g_object_ref (context);
  make_around (self);
  show (self, self->home);
  return GTK_WIDGET (self);
}

gboolean
cpa_main_page_stays (CpaMainPage *self, const CpPatientAccess *patient)
{
  return gtk_stack_get_visible_child (self->stack) != self->home && (self->part & ~patient->parts) == 0;
}

guint
cpa_main_page_get_given_up (CpaMainPage *self)
{
  return self->given_up;
}

/* Header and home are made anew. The page in sight goes on, with what was typed in it, when its part is still there. It
 * asks anew, for what it shows may hang on another part too, as numbers of contacts do, and on whether the client is
 * alive. */
void
cpa_main_page_set_access (CpaMainPage *self, CpaContext *context)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->stack);
  GtkWidget *old_home = self->home;
  gboolean stays = cpa_main_page_stays (self, cpa_context_get_patient (context));

  /* What one sees as somebody else hangs on what one may see oneself. */
  cpa_cover_put (self->cover, NULL);
  self->given_up &= cpa_context_get_patient (context)->parts;
  cpa_context_follow (self->context, context);
  make_around (self);
  if (stays)
    {
      put_in_sight (self, page);
      cpa_page_access_changed (CPA_PAGE (page));
      cpa_page_refresh (CPA_PAGE (page));
    }
  else
    show (self, self->home);
  gtk_stack_remove (self->stack, old_home);
  if (!stays && page != old_home)
    gtk_stack_remove (self->stack, page);
}

void
cpa_main_page_open_invitations (CpaMainPage *self)
{
  GtkWidget *page;

  if (CPA_IS_INVITATIONS_PAGE (gtk_stack_get_visible_child (self->stack)))
    return;
  page = cpa_invitations_page_new (self->context);
  g_signal_connect_object (page, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  open_page (self, page, CP_PART_NONE);
}

gboolean
cpa_main_page_is_answering (CpaMainPage *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->stack);

  return cpa_context_get_session (self->context)->patients->len == 0 && CPA_IS_INVITATIONS_PAGE (page) &&
         cpa_invitations_page_is_answering (CPA_INVITATIONS_PAGE (page));
}

void
cpa_main_page_set_name (CpaMainPage *self, const char *name)
{
  cpa_header_set_name (self->header, name);
}

void
cpa_main_page_refresh (CpaMainPage *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->stack);
  GtkWidget *viewing = cpa_cover_get_over (self->cover);

  if (viewing != NULL)
    cpa_view_as_page_refresh (CPA_VIEW_AS_PAGE (viewing));
  else
    cpa_page_refresh (CPA_PAGE (page));
  /* What one opened oneself stays open while one looks as somebody else. The dossier in sight does it itself. */
  if (!CPA_IS_DOSSIER_PAGE (page))
    cpa_opened_files_look (cpa_opened_files_of (cpa_context_get_api (self->context)));
}

void
cpa_main_page_look_again (CpaMainPage *self, guint topics)
{
  cpa_page_look_again (CPA_PAGE (gtk_stack_get_visible_child (self->stack)), topics);
  if (cpa_cover_get_over (self->cover) != NULL && (topics & CP_TOPIC_MEMBERS) != 0)
    cpa_main_page_refresh (self);
}

void
cpa_main_page_set_invitations (CpaMainPage *self, gint64 open)
{
  cpa_header_set_invitations (self->header, open);
  cpa_page_set_invitations (CPA_PAGE (self->home), open);
}
