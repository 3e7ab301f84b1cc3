/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-people-leaving.h"

#include <glib/gi18n.h>

#include "cpa-dialog.h"
#include "cpa-error-text.h"
#include "cpa-fill.h"
#include "cpa-fresh-text.h"

/* Counted: each invitation that is sent holds it. */
typedef struct
{
  GWeakRef place;      /* where the page was: it goes with the session, and when another client is chosen */
  CpaContext *context; /* (owned) */
  GPtrArray *refused;  /* (owned) of char *: names of who gets none any more */
} Leaving;

static void
tell_refused (GtkWidget *window, Leaving *leaving)
{
  g_autoptr (GError) error = g_error_new_literal (CP_ERROR, CP_ERROR_DECEASED, "refused while leaving");
  g_autoptr (CpaErrorText) why = cpa_error_text_new (error, cpa_context_get_organisation (leaving->context));
  g_autofree char *names = NULL;
  g_autofree char *title = NULL;

  g_ptr_array_add (leaving->refused, NULL);
  names = cpa_fresh_join ((const char *const *) leaving->refused->pdata);
  title = cpa_fill (_ ("No Invitation for {name}"), "name", names, NULL);
  cpa_dialog_tell (GTK_WINDOW (window), title, why->text);
}

static void
leaving_clear (Leaving *leaving)
{
  g_autoptr (GtkWidget) place = g_weak_ref_get (&leaving->place);
  GtkRoot *window = place != NULL ? gtk_widget_get_root (place) : NULL;

  if (leaving->refused->len > 0 && window != NULL && gtk_widget_get_mapped (place))
    tell_refused (GTK_WIDGET (window), leaving);
  g_weak_ref_clear (&leaving->place);
  g_object_unref (leaving->context);
  g_ptr_array_unref (leaving->refused);
}

static void
leaving_unref (Leaving *leaving)
{
  g_rc_box_release_full (leaving, (GDestroyNotify) leaving_clear);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Leaving, leaving_unref)

typedef struct
{
  Leaving *leaving; /* (owned) */
  char *name;       /* (owned) */
} Sent;

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sent *sent = user_data;
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (CpMember) now = cpa_member_model_change_finish (CPA_MEMBER_MODEL (source), result, &error);

  if (g_error_matches (error, CP_ERROR, CP_ERROR_DECEASED))
    g_ptr_array_add (sent->leaving->refused, g_strdup (sent->name));
  else if (error != NULL)
    /* The server sends it by itself when the time is over. */
    g_debug ("An invitation goes out later: %s", error->message);
  leaving_unref (sent->leaving);
  g_free (sent->name);
  g_free (sent);
}

void
cpa_people_leaving_send (GtkWidget *place, CpaContext *context, CpaMemberModel *model)
{
  GListModel *list = G_LIST_MODEL (model);
  g_autoptr (Leaving) leaving = g_rc_box_new0 (Leaving);

  g_weak_ref_init (&leaving->place, place);
  leaving->context = g_object_ref (context);
  leaving->refused = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (CpaMember) member = g_list_model_get_item (list, i);
      Sent *sent;

      if (cpa_member_get_seconds_left (member) == 0)
        continue;
      sent = g_new (Sent, 1);
      *sent = (Sent){ g_rc_box_acquire (leaving), g_strdup (cpa_member_get (member)->name) };
      cpa_member_model_act_async (model, member, cpa_member_get (member)->version, CP_ROUTE_MEMBER_INVITATION, sent_cb,
                                  sent);
    }
}
