/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "save-kit.h"

#include <signal.h>
#include <sys/resource.h>

#include "screen-kit.h"

static struct rlimit before;

void
save_kit_fill_disk (guint bytes)
{
  struct rlimit full;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  full = (struct rlimit){ bytes, before.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &full), ==, 0);
}

void
save_kit_empty_disk (void)
{
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
}

static GtkWidget *
find_question (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (GTK_IS_MESSAGE_DIALOG (item->data) && gtk_widget_get_visible (item->data))
      return item->data;
  return NULL;
}

void
save_kit_replace (void)
{
  WAIT_FOR (find_question () != NULL);
  gtk_dialog_response (GTK_DIALOG (find_question ()), GTK_RESPONSE_ACCEPT);
  settle ();
}

void
save_kit_assert_folder (const char *folder, const char *name, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *path = name != NULL ? g_build_filename (folder, name, NULL) : NULL;
  g_autofree char *found = NULL;

  g_assert_cmpstr (g_dir_read_name (dir), ==, name);
  g_assert_null (name != NULL ? g_dir_read_name (dir) : NULL);
  if (text == NULL)
    return;
  g_assert_true (g_file_get_contents (path, &found, NULL, NULL));
  g_assert_cmpstr (found, ==, text);
}
