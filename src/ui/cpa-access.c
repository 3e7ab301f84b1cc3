/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-access.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpa-fill.h"
#include "cpa-part-text.h"
#include "cpa-record-text.h"

const CpPatientAccess *
cpa_access_find (const CpSession *session, const char *id)
{
  for (guint i = 0; i < session->patients->len; i++)
    {
      const CpPatientAccess *patient = g_ptr_array_index (session->patients, i);
      if (g_strcmp0 (patient->id, id) == 0)
        return patient;
    }
  return NULL;
}

/* (transfer full): what decides which pages there are. */
static char *
access_of (const CpSession *session)
{
  return cpa_record_text_of_list (&cp_patient_access_record, session->patients);
}

gboolean
cpa_access_is_same (const CpSession *before, const CpSession *now)
{
  g_autofree char *access_before = access_of (before);
  g_autofree char *access_now = access_of (now);
  gboolean waiting = now->patients->len == 0 && (before->open_invitations > 0) != (now->open_invitations > 0);

  return strcmp (access_before, access_now) == 0 && !waiting;
}

/* The first one gives the title. */
static void
add_taken (CpaAccessNews *self, char *title, char *text)
{
  g_autofree char *before = self->text;

  self->taken = TRUE;
  self->text = before != NULL ? g_strconcat (before, "\n\n", text, NULL) : g_strdup (text);
  if (self->title == NULL)
    self->title = g_steal_pointer (&title);
  g_free (title);
  g_free (text);
}

static void
given_free (gpointer data)
{
  CpaAccessGiven *given = data;

  g_free (given->text);
  g_free (given->patient_id);
  g_free (given);
}

/* Takes text. */
static void
add_given (CpaAccessNews *self, char *text, const char *patient_id)
{
  CpaAccessGiven *given = g_new (CpaAccessGiven, 1);

  *given = (CpaAccessGiven){ text, g_strdup (patient_id) };
  g_ptr_array_add (self->given, given);
}

static void
compare_parts (CpaAccessNews *self, const CpPatientAccess *before, const CpPatientAccess *now, guint given_up)
{
  guint gone = before->parts & ~now->parts;
  guint taken = gone & ~given_up;
  guint given = now->parts & ~before->parts;
  g_autofree char *taken_names = cpa_part_names (taken);
  g_autofree char *given_names = cpa_part_names (given);

  self->taken = self->taken || gone != 0;
  if (taken != 0)
    add_taken (self, cpa_fill (_ ("No Access to {part} Any More"), "part", taken_names, NULL),
               cpa_fill (now->parts != 0
                             ? _ ("A portal administrator has ended your access to {part}. Your other parts are still "
                                  "there. Ask the portal administrator if you did not expect this.")
                             : _ ("A portal administrator has ended your access to {part}. Ask the portal "
                                  "administrator if you did not expect this."),
                         "part", taken_names, NULL));
  if (given != 0)
    add_given (self, cpa_fill (_ ("You have been given access to {part}."), "part", given_names, NULL), NULL);
}

CpaAccessNews *
cpa_access_news_new (const CpSession *before, const CpSession *now, const char *shown_id, guint given_up)
{
  CpaAccessNews *self = g_new0 (CpaAccessNews, 1);

  self->given = g_ptr_array_new_with_free_func (given_free);
  for (guint i = 0; i < before->patients->len; i++)
    {
      const CpPatientAccess *was = g_ptr_array_index (before->patients, i);
      const CpPatientAccess *is = cpa_access_find (now, was->id);

      if (is == NULL)
        add_taken (self, g_strdup (_ ("Your Access Has Ended")),
                   cpa_fill (_ ("You no longer have access to the portal of {client}. Ask the portal administrator if "
                                "you did not expect this."),
                             "client", was->name, NULL));
      else if (g_strcmp0 (is->id, shown_id) == 0)
        compare_parts (self, was, is, given_up);
    }
  for (guint i = 0; i < now->patients->len; i++)
    {
      const CpPatientAccess *is = g_ptr_array_index (now->patients, i);

      /* The full name is known only now: the invitation had initials. */
      if (cpa_access_find (before, is->id) == NULL)
        add_given (self,
                   cpa_fill (_ ("You now have access to the client portal of {client}."), "client", is->name, NULL),
                   is->id);
    }
  return self;
}

void
cpa_access_news_free (CpaAccessNews *self)
{
  g_free (self->title);
  g_free (self->text);
  g_ptr_array_unref (self->given);
  g_free (self);
}
