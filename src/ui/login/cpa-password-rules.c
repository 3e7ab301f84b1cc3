/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-password-rules.h"

#include <glib/gi18n.h>

#include "cp-error.h"
#include "cp-password-words.h"
#include "cp-validate.h"
#include "cpa-fill.h"

struct _CpaPasswordRules
{
  AdwBin parent_instance;

  /* template widgets (borrowed) */
  GtkImage *length_icon;
  GtkLabel *length_rule;
  GtkLabel *length_state;
  GtkImage *name_icon;
  GtkLabel *name_rule;

  int least;
  char *username;          /* (owned) (nullable) */
  char *organisation_name; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (CpaPasswordRules, cpa_password_rules, ADW_TYPE_BIN)

static int
length_of (const char *password)
{
  g_autofree char *normal = g_utf8_normalize (password, -1, G_NORMALIZE_NFC);
  return normal != NULL ? (int) g_utf8_strlen (normal, -1) : 0;
}

static void
tick (GtkImage *icon, gboolean done)
{
  gtk_image_set_from_icon_name (icon, done ? "object-select-symbolic" : "list-remove-symbolic");
  if (done)
    gtk_widget_add_css_class (GTK_WIDGET (icon), "cp-accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (icon), "cp-accent");
}

static void
cpa_password_rules_finalize (GObject *object)
{
  CpaPasswordRules *self = CPA_PASSWORD_RULES (object);

  g_clear_pointer (&self->username, g_free);
  g_clear_pointer (&self->organisation_name, g_free);
  G_OBJECT_CLASS (cpa_password_rules_parent_class)->finalize (object);
}

static void
cpa_password_rules_class_init (CpaPasswordRulesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cpa_password_rules_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-password-rules.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaPasswordRules, length_icon);
  gtk_widget_class_bind_template_child (widget_class, CpaPasswordRules, length_rule);
  gtk_widget_class_bind_template_child (widget_class, CpaPasswordRules, length_state);
  gtk_widget_class_bind_template_child (widget_class, CpaPasswordRules, name_icon);
  gtk_widget_class_bind_template_child (widget_class, CpaPasswordRules, name_rule);
}

static void
cpa_password_rules_init (CpaPasswordRules *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->least = CP_PASSWORD_MIN;
}

void
cpa_password_rules_setup (CpaPasswordRules *self, const CpOrganisation *organisation, const char *username)
{
  g_autofree char *length = NULL;
  g_autofree char *name = NULL;

  self->least = (int) MAX (organisation->password_min, 1);
  g_free (self->username);
  self->username = g_strdup (username);
  g_free (self->organisation_name);
  self->organisation_name = g_strdup (organisation->name);
  length = cpa_fill_n (_ ("It has at least {n} characters."), self->least, NULL);
  gtk_label_set_label (self->length_rule, length);
  name = cpa_fill (_ ("It does not contain your name, your username or the name of {organization}."), "organization",
                   organisation->name, NULL);
  gtk_label_set_label (self->name_rule, name);
  cpa_password_rules_check (self, "");
}

/* What the server says it by. One's full name is known to it alone. */
static gboolean
has_a_name (const CpaPasswordRules *self, const char *password)
{
  g_autofree char *bare = cp_password_skeleton (password);

  return (self->username != NULL && cp_password_has_username (bare, self->username)) ||
         (self->organisation_name != NULL && cp_password_has_name (bare, self->organisation_name));
}

void
cpa_password_rules_check (CpaPasswordRules *self, const char *password)
{
  int missing = self->least - length_of (password);
  g_autofree char *more =
      cpa_fill_n (ngettext ("{n} more character", "{n} more characters", MAX (missing, 0)), MAX (missing, 0), NULL);

  gtk_label_set_label (self->length_state, missing > 0 ? more : _ ("Long enough"));
  gtk_widget_set_visible (GTK_WIDGET (self->length_state), *password != '\0');
  tick (self->length_icon, missing <= 0);
  tick (self->name_icon, *password != '\0' && !has_a_name (self, password));
}

gboolean
cpa_password_rules_accept (CpaPasswordRules *self, const char *password, GError **error)
{
  if (length_of (password) < self->least)
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_PASSWORD_SHORT, "too short");
      return FALSE;
    }
  return cp_validate_new_password (password, error);
}
