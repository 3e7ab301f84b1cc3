/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-address-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cp-validate.h"
#include "cpa-alert.h"
#include "cpa-button.h"
#include "cpa-column.h"
#include "cpa-error-text.h"
#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-frame.h"
#include "cpa-label.h"

struct _CpaAddressPage
{
  AdwBin parent_instance;

  /* template widgets (borrowed) */
  CpaFrame *frame;
  GtkStack *stack;
  GtkWidget *known_heading;
  GtkBox *known;
  GtkEditable *entry;
  GtkLabel *entry_hint;
  CpaAlert *alert;
  GtkButton *next;
  GtkImage *logo;
  GtkLabel *found;
  GtkWidget *confirm;
};

enum
{
  SIGNAL_LOOK_UP,
  SIGNAL_CHOSEN,
  SIGNAL_BACK,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaAddressPage, cpa_address_page, ADW_TYPE_BIN)

static void
set_busy (CpaAddressPage *self, gboolean busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->next), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->known), !busy);
  gtk_button_set_label (self->next, busy ? _ ("Looking for the care organization…") : _ ("Next"));
}

static void
look_up (CpaAddressPage *self, const char *address)
{
  gtk_editable_set_text (self->entry, address);
  cpa_alert_clear (self->alert);
  set_busy (self, TRUE);
  g_signal_emit (self, signals[SIGNAL_LOOK_UP], 0, address);
}

/* (transfer full) (nullable): the e-mail has the address in a link only, and what comes after it there is of no use. */
static char *
address_of (const char *typed)
{
  static const char scheme[] = "https://";
  gboolean whole = g_ascii_strncasecmp (typed, scheme, strlen (scheme)) == 0;
  g_autofree char *text =
      g_strndup (typed, whole ? strlen (scheme) + strcspn (typed + strlen (scheme), "/?#") : strlen (typed));

  return cp_validate_address (text, NULL);
}

static void
next_cb (CpaAddressPage *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
  g_autofree char *address = address_of (typed);

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->next)))
    return;
  if (address != NULL)
    {
      look_up (self, address);
      return;
    }
  cpa_alert_show_error (
      self->alert, *typed == '\0'
                       ? _ ("Fill in the address of the care organization.")
                       : _ ("This is not an internet address. Copy it from your e-mail or letter, without spaces."));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
known_cb (GtkButton *button, CpaAddressPage *self)
{
  look_up (self, g_object_get_data (G_OBJECT (button), "address"));
}

static void
yes_cb (CpaAddressPage *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
no_cb (CpaAddressPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "ask");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
back_cb (CpaAddressPage *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static void
focus_first (GtkWidget *widget)
{
  gtk_widget_grab_focus (GTK_WIDGET (CPA_ADDRESS_PAGE (widget)->entry));
}

static void
cpa_address_page_class_init (CpaAddressPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  cpa_focus_install (widget_class, focus_first);
  signals[SIGNAL_LOOK_UP] = g_signal_new ("look-up", CPA_TYPE_ADDRESS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CHOSEN] =
      g_signal_new ("chosen", CPA_TYPE_ADDRESS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_BACK] =
      g_signal_new ("back", CPA_TYPE_ADDRESS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (CPA_TYPE_FRAME);
  g_type_ensure (CPA_TYPE_ALERT);
  g_type_ensure (CPA_TYPE_COLUMN);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-address-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaAddressPage, frame);
  gtk_widget_class_bind_template_child (widget_class, CpaAddressPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CpaAddressPage, known_heading);
  gtk_widget_class_bind_template_child (widget_class, CpaAddressPage, known);
  gtk_widget_class_bind_template_child (widget_class, CpaAddressPage, entry);
  gtk_widget_class_bind_template_child (widget_class, CpaAddressPage, entry_hint);
  gtk_widget_class_bind_template_child (widget_class, CpaAddressPage, alert);
  gtk_widget_class_bind_template_child (widget_class, CpaAddressPage, next);
  gtk_widget_class_bind_template_child (widget_class, CpaAddressPage, logo);
  gtk_widget_class_bind_template_child (widget_class, CpaAddressPage, found);
  gtk_widget_class_bind_template_child (widget_class, CpaAddressPage, confirm);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, yes_cb);
  gtk_widget_class_bind_template_callback (widget_class, no_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
}

static void
cpa_address_page_init (CpaAddressPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cpa_button_wrap_all (GTK_WIDGET (self));
  /* A relation of a template can name one object only. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->entry_hint,
                                  self->alert, NULL, -1);
}

GtkWidget *
cpa_address_page_new (void)
{
  return g_object_new (CPA_TYPE_ADDRESS_PAGE, NULL);
}

static void
add_known (CpaAddressPage *self, const char *address, const char *name)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (box), cpa_label_new (name, "cp-bold"));
  gtk_box_append (GTK_BOX (box), cpa_label_new (address, "cp-caption"));
  cpa_hide_from_reader (box);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "cp-outline");
  cpa_name (button, name, address);
  g_object_set_data_full (G_OBJECT (button), "address", g_strdup (address), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (known_cb), self, 0);
  gtk_box_append (self->known, button);
  gtk_widget_set_visible (self->known_heading, TRUE);
}

void
cpa_address_page_set_known (CpaAddressPage *self, GVariant *known)
{
  GVariantIter iter;
  const char *address, *name;

  g_variant_iter_init (&iter, known);
  while (g_variant_iter_next (&iter, "(&s&s)", &address, &name))
    add_known (self, address, name);
}

void
cpa_address_page_set_can_go_back (CpaAddressPage *self, gboolean can_go_back)
{
  g_object_set (self->frame, "can-go-back", can_go_back, NULL);
}

void
cpa_address_page_show_found (CpaAddressPage *self, const CpOrganisation *organisation, GdkPaintable *logo,
                             const char *address)
{
  g_autofree char *text = cpa_fill (_ ("We found {organization} at {address}."), "organization", organisation->name,
                                    "address", address, NULL);

  set_busy (self, FALSE);
  gtk_label_set_label (self->found, text);
  gtk_image_set_from_paintable (self->logo, logo);
  gtk_widget_set_visible (GTK_WIDGET (self->logo), logo != NULL);
  gtk_stack_set_visible_child_name (self->stack, "found");
  gtk_widget_grab_focus (self->confirm);
}

/* Whatever answers there, or does not, it is no portal. */
static gboolean
is_no_portal (const GError *error)
{
  static const CpErrorCode codes[] = { CP_ERROR_UNREACHABLE, CP_ERROR_NOT_FOUND,       CP_ERROR_BAD_ANSWER,
                                       CP_ERROR_NO_ANSWER,   CP_ERROR_UNAUTHENTICATED, CP_ERROR_METHOD_NOT_ALLOWED };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, CP_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

void
cpa_address_page_show_error (CpaAddressPage *self, const GError *error, const CpOrganisation *organisation,
                             gboolean used_before)
{
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, organisation);

  set_busy (self, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "ask");
  if (organisation == NULL && !used_before && is_no_portal (error))
    cpa_alert_show_error (self->alert, _ ("We found no client portal at this address. Check the address in your e-mail "
                                          "or letter and try again."));
  else
    {
      g_autofree char *both = g_strconcat (text->title, "\n", text->text, NULL);
      cpa_alert_show_error (self->alert, both);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

void
cpa_address_page_set_address (CpaAddressPage *self, const char *address)
{
  gtk_editable_set_text (self->entry, address);
}

void
cpa_address_page_look_up (CpaAddressPage *self, const char *address)
{
  look_up (self, address);
}
