/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-code-entry.h"

#include <glib/gi18n.h>

#include "cp-validate.h"
#include "cpa-column.h"
#include "cpa-label.h"

struct _CpaCodeEntry
{
  AdwBin parent_instance;

  /* template widgets (borrowed) */
  GtkEntry *entry;
  GtkBox *cells;

  GtkLabel *cell[CP_GIVEN_CODE_DIGITS]; /* (borrowed): of which the first n_digits are there */
  int n_digits;
};

enum
{
  SIGNAL_ACTIVATE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaCodeEntry, cpa_code_entry, ADW_TYPE_BIN)

/* The digits fill the cells; the next empty one is where the next digit goes. */
static void
draw_cells (CpaCodeEntry *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gboolean focus = (gtk_widget_get_state_flags (GTK_WIDGET (self->entry)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
  int length = (int) strlen (text);

  for (int i = 0; i < self->n_digits; i++)
    {
      char digit[2] = { i < length ? text[i] : '\0', '\0' };
      gtk_label_set_label (self->cell[i], digit);
      if (focus && i == MIN (length, self->n_digits - 1))
        gtk_widget_add_css_class (GTK_WIDGET (self->cell[i]), "current");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self->cell[i]), "current");
    }
}

/* Only digits, and no more than fit: a code is pasted with spaces, dashes and words around it. */
static void
insert_text_cb (GtkEditable *editable, const char *text, int length, int *position, CpaCodeEntry *self)
{
  char digits[CP_GIVEN_CODE_DIGITS + 1] = "";
  int room = self->n_digits - (int) strlen (gtk_editable_get_text (editable));
  int n = 0;

  for (int i = 0; n < room && (length < 0 ? text[i] != '\0' : i < length); i++)
    if (g_ascii_isdigit (text[i]))
      digits[n++] = text[i];
  g_signal_handlers_block_by_func (editable, insert_text_cb, self);
  gtk_editable_insert_text (editable, digits, n, position);
  g_signal_handlers_unblock_by_func (editable, insert_text_cb, self);
  g_signal_stop_emission_by_name (editable, "insert-text");
}

static void
changed_cb (CpaCodeEntry *self)
{
  draw_cells (self);
}

static void
state_flags_cb (CpaCodeEntry *self)
{
  draw_cells (self);
}

static void
activate_cb (CpaCodeEntry *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

/* Behind what is there: with all of it selected, the next digit would take the place of the others. */
static gboolean
cpa_code_entry_grab_focus (GtkWidget *widget)
{
  CpaCodeEntry *self = CPA_CODE_ENTRY (widget);

  if (!gtk_entry_grab_focus_without_selecting (self->entry))
    return FALSE;
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  return TRUE;
}

static void
cpa_code_entry_class_init (CpaCodeEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = cpa_code_entry_grab_focus;
  signals[SIGNAL_ACTIVATE] =
      g_signal_new ("activate", CPA_TYPE_CODE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (CPA_TYPE_COLUMN);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-code-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaCodeEntry, entry);
  gtk_widget_class_bind_template_child (widget_class, CpaCodeEntry, cells);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, state_flags_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
cpa_code_entry_init (CpaCodeEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cpa_hide_from_reader (GTK_WIDGET (self->cells));
  g_signal_connect (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)), "insert-text", G_CALLBACK (insert_text_cb),
                    self);
  cpa_code_entry_set_digits (self, CP_CODE_DIGITS);
}

/* Half of the cells at each side of a dash, as the code is read out. */
void
cpa_code_entry_set_digits (CpaCodeEntry *self, int n_digits)
{
  GtkWidget *child;

  g_return_if_fail (n_digits > 0 && n_digits <= CP_GIVEN_CODE_DIGITS);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cells))) != NULL)
    gtk_box_remove (self->cells, child);
  self->n_digits = n_digits;
  for (int i = 0; i < n_digits; i++)
    {
      self->cell[i] = GTK_LABEL (gtk_label_new (NULL));
      gtk_widget_add_css_class (GTK_WIDGET (self->cell[i]), "cp-code-cell");
      gtk_widget_set_hexpand (GTK_WIDGET (self->cell[i]), TRUE);
      if (i == n_digits / 2)
        gtk_box_append (self->cells, gtk_label_new ("–"));
      gtk_box_append (self->cells, GTK_WIDGET (self->cell[i]));
    }
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  cpa_name (GTK_WIDGET (self->entry), n_digits == CP_CODE_DIGITS ? _ ("Code, 6 digits") : _ ("Code, 8 digits"), NULL);
  draw_cells (self);
}

const char *
cpa_code_entry_get_text (CpaCodeEntry *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

void
cpa_code_entry_reset (CpaCodeEntry *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
