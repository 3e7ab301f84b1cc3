/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-print-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cpa-alert.h"
#include "cpa-dialog.h"
#include "cpa-dossier-text.h"
#include "cpa-error-text.h"
#include "cpa-file-chooser.h"
#include "cpa-fill.h"
#include "cpa-language.h"
#include "cpa-print-fetch.h"
#include "cpa-print-operation.h"
#include "cpa-print-pdf.h"
#include "cpa-saved-file.h"
#include "cpa-toast.h"

#define FLOW_KEY "print-flow" /* of a dialog, which owns it, and of its parent, which does not */
#define OUT_KEY "print-out"   /* of the parent: it is on paper, or in a file */

/* From the button to the paper. Each step that waits for something holds a reference. */
struct _CpaPrintFlow
{
  GObject parent_instance;

  CpaContext *context;  /* (owned) */
  CpaPrintJob *job;     /* (owned) */
  CpaPrintFetch *fetch; /* (owned) (nullable): of a job that is fetched, also to see whether it is the same still */
  char *stamp;          /* (owned) (nullable): of what was fetched for the job */
  void (*next) (struct _CpaPrintFlow *self); /* (nullable): when it is the same still */
  CpaPrintDoc *doc;                          /* (owned) (nullable): when the job is ready */
  CpaPrintPaper *paper;                      /* (owned) (nullable): of doc, on A4 */
  CpaPrintPdf *pdf;                          /* (owned) (nullable): while it is made; of paper */
  GFile *file;                               /* (owned) (nullable): where it goes */
  guint idle;                                /* source that works on paper or pdf */
  GtkWidget *parent;                         /* (weak) */
  GtkWindow *window;                         /* (weak): of parent */
  GtkWidget *dialog;                         /* (weak) */
};

#define CPA_TYPE_PRINT_FLOW (cpa_print_flow_get_type ())
G_DECLARE_FINAL_TYPE (CpaPrintFlow, cpa_print_flow, CPA, PRINT_FLOW, GObject)
G_DEFINE_FINAL_TYPE (CpaPrintFlow, cpa_print_flow, G_TYPE_OBJECT)

static void begin (CpaPrintFlow *self);

static GtkWindow *
window_of (CpaPrintFlow *self)
{
  return self->parent != NULL ? GTK_WINDOW (gtk_widget_get_root (self->parent)) : NULL;
}

static gboolean
is_shared (CpaPrintFlow *self)
{
  return cpa_context_get_session (self->context)->shared;
}

/* A window over the portal shows no notices: there it is said where the window says what must be read. */
static void
say (CpaPrintFlow *self, const char *text)
{
  GtkWidget *parent = self->parent;
  gboolean notices = parent == NULL || gtk_widget_get_ancestor (parent, ADW_TYPE_TOAST_OVERLAY) != NULL;
  CpaAlert *alert = !notices ? cpa_alert_find (parent) : NULL;

  if (alert != NULL)
    cpa_alert_show_info (alert, text);
  else
    cpa_toast_say (parent, text);
}

static void
set_out (CpaPrintFlow *self)
{
  if (self->parent != NULL)
    g_object_set_data (G_OBJECT (self->parent), OUT_KEY, GINT_TO_POINTER (TRUE));
}

/* How far the pages are, in the dialog that can be closed to stop. */
static void
say_progress (CpaPrintFlow *self, double part)
{
  g_autofree char *text = cpa_fill_n (_ ("The pages are being made… {n} percent so far"), (gint64) (part * 100), NULL);

  if (self->dialog != NULL)
    adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self->dialog), text);
}

/* A dialog that keeps the flow alive as long as it is there. */
static GtkWidget *
dialog_new (CpaPrintFlow *self, const char *heading, const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (window_of (self), heading, body);

  g_object_set_data_full (G_OBJECT (dialog), FLOW_KEY, g_object_ref (self), g_object_unref);
  g_set_weak_pointer (&self->dialog, dialog);
  return dialog;
}

/* What went wrong */

static void
again_cb (CpaPrintFlow *self, const char *response)
{
  if (g_strcmp0 (response, "again") == 0)
    begin (self);
}

static void
show_failure (CpaPrintFlow *self, const char *title, const char *text, gboolean can_retry)
{
  GtkWidget *dialog;

  if (self->parent == NULL)
    return;
  dialog = dialog_new (self, title, text);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", can_retry ? _ ("Cancel") : _ ("Close"));
  if (can_retry)
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "again", _ ("Try Again"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (again_cb), self, G_CONNECT_SWAPPED);
  cpa_dialog_present (dialog);
}

/* On paper */

/* It is in the queue: whether paper comes is not known here. On a shared computer it may come when somebody else is
 * there, so what to do then stays until it was read. */
static void
sent (CpaPrintFlow *self)
{
  g_autofree char *shared = g_strjoin (
      " ", _ ("Take your papers from the printer."),
      _ ("Does no paper come? Ask an employee for help before you log out. The print may still come later."), NULL);

  set_out (self);
  if (!is_shared (self))
    say (self, _ ("The print has been sent to the printer."));
  else if (self->parent != NULL)
    cpa_dialog_tell (window_of (self), _ ("Sent to the Printer"), shared);
}

static void
printed_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, CpaPrintFlow *self)
{
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    show_failure (self, _ ("Printing Failed"),
                  _ ("The printer gave no answer or an error. Your text is still here. Check the printer and try "
                     "again."),
                  TRUE);
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    sent (self);
}

static void
print (CpaPrintFlow *self)
{
  g_autoptr (GtkPrintOperation) operation = cpa_print_operation_new (self->doc);
  const char *note = NULL;

  /* Without a file to fall back on, an empty list of printers leaves nothing to choose. */
  if (is_shared (self))
    {
      cpa_print_operation_forbid_files ();
      note = _ ("Is there no printer in the list? Then this computer cannot print now. Nothing is lost: what you read "
                "stays in the portal. Ask an employee for help.");
    }
  g_signal_connect_data (operation, "done", G_CALLBACK (printed_cb), g_object_ref (self),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  cpa_print_operation_run (operation, window_of (self), note);
}

/* As a file */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaPrintFlow) self = user_data;

  if (cpa_saved_file_write_finish (G_FILE (source), result, NULL))
    {
      set_out (self);
      say (self, _ ("The PDF has been saved."));
    }
  else
    show_failure (self, _ ("The File Could Not Be Saved"),
                  _ ("There is no room in this folder, or you may not save there. In the portal nothing is lost. "
                     "Choose another folder."),
                  TRUE);
}

/* (transfer full) */
static char *
cannot_be_made_text (CpaPrintFlow *self)
{
  const CpOrganisation *organisation = cpa_context_get_organisation (self->context);

  return cpa_fill (
      _ ("This computer could not make the PDF. In the portal nothing is lost. Close other programs and try "
         "again. Does it fail again? Call {desk}: {phone}."),
      "desk", cpa_language_text (organisation->desk), "phone", organisation->phone, NULL);
}

static void
write_pdf (CpaPrintFlow *self)
{
  g_autoptr (CpaPrintPdf) pdf = g_steal_pointer (&self->pdf);
  g_autoptr (GFile) file = g_steal_pointer (&self->file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = cpa_print_pdf_finish (pdf, &error);

  if (bytes == NULL)
    {
      g_autofree char *text = cannot_be_made_text (self);

      g_warning ("%s", error->message);
      show_failure (self, _ ("The File Could Not Be Saved"), text, TRUE);
      return;
    }
  cpa_saved_file_write_async (file, bytes, written_cb, g_object_ref (self));
}

static double
part_drawn (CpaPrintFlow *self)
{
  return (double) cpa_print_pdf_get_drawn (self->pdf) / cpa_print_paper_get_n_pages (self->paper);
}

/* Nothing is written when the dialog is gone. */
static gboolean
draw_cb (gpointer user_data)
{
  /* The dialog that goes may have held the last reference. */
  g_autoptr (CpaPrintFlow) self = g_object_ref (user_data);

  if (self->dialog != NULL && cpa_print_pdf_draw (self->pdf))
    {
      say_progress (self, part_drawn (self));
      return G_SOURCE_CONTINUE;
    }
  self->idle = 0;
  if (self->dialog == NULL)
    return G_SOURCE_REMOVE;
  gtk_window_destroy (GTK_WINDOW (self->dialog));
  write_pdf (self);
  return G_SOURCE_REMOVE;
}

/* What is short is there at once; the rest is drawn behind a dialog, and closing that stops it. */
static void
chosen_cb (GFile *file, gpointer user_data)
{
  CpaPrintFlow *self = user_data;
  GtkWidget *dialog;

  if (file == NULL || self->parent == NULL)
    return;
  g_set_object (&self->file, file);
  g_clear_pointer (&self->pdf, cpa_print_pdf_free);
  self->pdf = cpa_print_pdf_new (self->paper);
  if (!cpa_print_pdf_draw (self->pdf))
    {
      write_pdf (self);
      return;
    }
  g_clear_weak_pointer (&self->dialog);
  dialog = dialog_new (self, _ ("Save as PDF"), NULL);
  say_progress (self, part_drawn (self));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  self->idle = g_idle_add (draw_cb, self);
  cpa_dialog_present (dialog);
}

static void
save (CpaPrintFlow *self)
{
  g_autofree char *name = g_strconcat (self->doc->title, ".pdf", NULL);

  if (self->parent != NULL)
    cpa_choose_save_file (window_of (self), _ ("Save as PDF"), name, chosen_cb, g_object_ref (self), g_object_unref);
}

/* Of a period only a part is on the screen, so that what was withdrawn of the rest shows in what is fetched alone. */
static void
look_and (CpaPrintFlow *self, void (*next) (CpaPrintFlow *self))
{
  GtkWidget *dialog;

  if (self->stamp == NULL)
    {
      next (self);
      return;
    }
  self->next = next;
  g_clear_weak_pointer (&self->dialog);
  dialog = dialog_new (self, next == save ? _ ("Save as PDF") : _ ("Print"), _ ("Being fetched…"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  cpa_dialog_present (dialog);
  cpa_print_fetch_look (self->fetch, FALSE);
}

/* The question */

static void
response_cb (CpaPrintFlow *self, const char *response)
{
  if (self->doc == NULL)
    return;
  if (g_strcmp0 (response, "print") == 0)
    look_and (self, print);
  else if (g_strcmp0 (response, "save") == 0)
    look_and (self, save);
}

static char *
question_text (CpaPrintFlow *self)
{
  guint n = cpa_print_paper_get_n_pages (self->paper);
  g_autofree char *pages = cpa_fill_n (ngettext ("This is {n} page.", "These are {n} pages.", n), n, NULL);
  g_autofree char *only = self->job->author != NULL ? cpa_dossier_only_by (self->job->author) : NULL;

  return g_strdup_printf ("%s. %s%s%s\n\n%s\n\n%s", self->job->what, pages, only != NULL ? "\n\n" : "",
                          only != NULL ? only : "",
                          _ ("There is private data on this paper. Do not leave it lying around."),
                          _ ("The file contains private data. Who can use this computer can open it."));
}

static void
show_question (CpaPrintFlow *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self->dialog);
  g_autofree char *text = question_text (self);

  adw_message_dialog_set_body (dialog, text);
  adw_message_dialog_set_response_enabled (dialog, "save", TRUE);
  adw_message_dialog_set_response_enabled (dialog, "print", TRUE);
}

static gboolean
lay_out_cb (gpointer user_data)
{
  CpaPrintFlow *self = user_data;

  if (self->dialog != NULL && cpa_print_paper_lay_out (self->paper))
    {
      say_progress (self, (double) cpa_print_paper_get_done (self->paper) / cpa_print_paper_get_total (self->paper));
      return G_SOURCE_CONTINUE;
    }
  self->idle = 0;
  if (self->dialog != NULL)
    show_question (self);
  return G_SOURCE_REMOVE;
}

/* How many pages there are is told before anything is printed. What is short is laid out at once. */
static void
show_ready (CpaPrintFlow *self)
{
  g_autofree char *family = cpa_print_family ();

  /* It is there already when something failed after it was made. */
  if (self->doc == NULL)
    self->doc = cpa_print_job_to_doc (self->job, self->context);
  if (is_shared (self))
    {
      if (self->dialog != NULL)
        gtk_window_close (GTK_WINDOW (self->dialog));
      print (self);
      return;
    }
  if (self->paper == NULL)
    self->paper = cpa_print_paper_new_a4 (self->doc, family);
  if (!cpa_print_paper_lay_out (self->paper))
    show_question (self);
  else if (self->idle == 0)
    self->idle = g_idle_add (lay_out_cb, self);
}

static void
ask (CpaPrintFlow *self)
{
  GtkWidget *dialog = dialog_new (self, _ ("Print"), _ ("Being fetched…"));

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"));
  if (!is_shared (self))
    {
      adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "save", _ ("Save as PDF…"), "print", _ ("Print…"),
                                        NULL);
      adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "print", ADW_RESPONSE_SUGGESTED);
      adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "save", FALSE);
      adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "print", FALSE);
    }
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  cpa_dialog_present (dialog);
}

/* Fetching */

static void
progress_cb (CpaPrintFlow *self, guint reports)
{
  g_autofree char *text = cpa_fill_n (_ ("Fetching reports… {n} so far"), reports, NULL);

  /* Looking again in between leaves the question as it is. */
  if (self->dialog != NULL && (self->stamp == NULL || self->next != NULL))
    adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self->dialog), text);
}

/* What was fetched anew is not laid out: it is only compared with what is there. */
static void
take_look (CpaPrintFlow *self)
{
  void (*next) (CpaPrintFlow * self) = self->next;

  self->next = NULL;
  if (g_strcmp0 (self->stamp, cpa_print_fetch_get_stamp (self->fetch)) != 0)
    {
      if (self->parent != NULL)
        cpa_print_dialog_close_changed (self->parent);
      return;
    }
  if (next == NULL || self->dialog == NULL)
    return;
  gtk_window_destroy (GTK_WINDOW (self->dialog));
  next (self);
}

static void
fetched_cb (CpaPrintFlow *self, const GError *error)
{
  /* The dialog that goes may have held the last reference. */
  g_autoptr (CpaPrintFlow) alive G_GNUC_UNUSED = g_object_ref (self);
  g_autoptr (CpaErrorText) text = NULL;

  if (error == NULL && self->stamp == NULL)
    {
      self->stamp = g_strdup (cpa_print_fetch_get_stamp (self->fetch));
      show_ready (self);
      return;
    }
  if (error == NULL)
    {
      take_look (self);
      return;
    }
  /* It is looked at again before anything is printed. */
  if (self->stamp != NULL && self->next == NULL)
    return;
  self->next = NULL;
  if (self->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    {
      show_failure (self, _ ("This Is Too Much to Print"), _ ("Choose a shorter period."), FALSE);
      return;
    }
  text = cpa_error_text_new (error, cpa_context_get_organisation (self->context));
  show_failure (self, text->title, text->text, text->can_retry);
}

static void
begin (CpaPrintFlow *self)
{
  gboolean ready = self->doc != NULL || cpa_print_job_is_ready (self->job);

  g_clear_weak_pointer (&self->dialog);
  if (!is_shared (self) || !ready)
    ask (self);
  /* Where nothing is asked first, what was fetched a while ago is looked at again here. */
  if (ready && is_shared (self))
    {
      look_and (self, self->doc != NULL ? print : show_ready);
      return;
    }
  if (ready)
    {
      show_ready (self);
      return;
    }
  g_clear_object (&self->fetch);
  self->fetch = cpa_print_fetch_new (self->context, self->job);
  g_signal_connect_object (self->fetch, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fetch, "done", G_CALLBACK (fetched_cb), self, G_CONNECT_SWAPPED);
  cpa_print_fetch_start (self->fetch);
}

/* Nobody has it any more, or another one begins. */
static void
leave_parent (CpaPrintFlow *self)
{
  if (self->parent != NULL && g_object_get_data (G_OBJECT (self->parent), FLOW_KEY) == self)
    g_object_set_data (G_OBJECT (self->parent), FLOW_KEY, NULL);
  g_clear_weak_pointer (&self->parent);
}

static void
cpa_print_flow_dispose (GObject *object)
{
  CpaPrintFlow *self = CPA_PRINT_FLOW (object);

  leave_parent (self);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->pdf, cpa_print_pdf_free);
  g_clear_pointer (&self->paper, cpa_print_paper_free);
  g_clear_object (&self->file);
  g_clear_object (&self->fetch);
  g_clear_pointer (&self->stamp, g_free);
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->dialog);
  g_clear_object (&self->context);
  g_clear_pointer (&self->doc, cpa_print_doc_unref);
  g_clear_pointer (&self->job, cpa_print_job_free);
  G_OBJECT_CLASS (cpa_print_flow_parent_class)->dispose (object);
}

static void
cpa_print_flow_class_init (CpaPrintFlowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_print_flow_dispose;
}

static void
cpa_print_flow_init (CpaPrintFlow *self)
{
}

void
cpa_print_dialog_present (GtkWidget *parent, CpaContext *context, CpaPrintJob *job)
{
  g_autoptr (CpaPrintFlow) self = g_object_new (CPA_TYPE_PRINT_FLOW, NULL);

  self->context = g_object_ref (context);
  self->job = job;
  g_set_weak_pointer (&self->parent, parent);
  g_set_weak_pointer (&self->window, GTK_WINDOW (gtk_widget_get_root (parent)));
  g_object_set_data (G_OBJECT (parent), FLOW_KEY, self);
  g_signal_connect_object (parent, "destroy", G_CALLBACK (cpa_print_dialog_close), self, 0);
  begin (self);
}

gboolean
cpa_print_dialog_came_out (GtkWidget *parent)
{
  return g_object_get_data (G_OBJECT (parent), OUT_KEY) != NULL;
}

static CpaPrintFlow *
flow_of (GtkWidget *parent)
{
  return g_object_get_data (G_OBJECT (parent), FLOW_KEY);
}

void
cpa_print_dialog_close (GtkWidget *parent)
{
  g_autoptr (CpaPrintFlow) self = flow_of (parent) != NULL ? g_object_ref (flow_of (parent)) : NULL;

  if (self == NULL)
    return;
  leave_parent (self);
  if (self->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  if (self->window != NULL)
    cpa_dialog_cancel_of_gtk (self->window);
}

void
cpa_print_dialog_close_changed (GtkWidget *parent)
{
  if (flow_of (parent) == NULL)
    return;
  say (flow_of (parent), _ ("What you wanted to print has changed. Please choose Print again."));
  cpa_print_dialog_close (parent);
}

void
cpa_print_dialog_look_again (GtkWidget *parent)
{
  CpaPrintFlow *self = flow_of (parent);

  if (self == NULL || self->fetch == NULL)
    return;
  if (self->stamp == NULL)
    cpa_print_fetch_start (self->fetch);
  else
    cpa_print_fetch_look (self->fetch, self->next == NULL);
}
