/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is saved lies there whole and alone, whatever became of the save before it. */
#include "cpa-saved-file.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

#define NAME "report.pdf"
#define LARGE (400 * 1024)

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned) */
  GAsyncResult *result;
} Fixture;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Fixture *) user_data)->result = g_object_ref (result);
}

static gboolean
save (Fixture *fixture, GFile *file, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (length), length);
  gboolean written;

  cpa_saved_file_write_async (file, bytes, done_cb, fixture);
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  written = cpa_saved_file_write_finish (file, fixture->result, NULL);
  g_clear_object (&fixture->result);
  return written;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("saved-file-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, NAME, NULL);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* Another program, that dies in the middle of writing: of a file that becomes larger than it may. */
static void
test_dies (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GFile) file = g_file_new_for_path (g_getenv ("SAVED_FILE"));
  const struct rlimit limits[] = { { LARGE / 2, LARGE / 2 }, { 0, 0 } };

  setrlimit (RLIMIT_FSIZE, &limits[0]);
  setrlimit (RLIMIT_CORE, &limits[1]);
  signal (SIGXFSZ, SIG_DFL);
  save (&fixture, file, LARGE);
}

/* data: whether a file of that name lay there before. */
static void
test_killed_halfway (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);
  gsize length = 0;
  g_autofree char *text = NULL;

  if (data != NULL)
    g_assert_true (g_file_set_contents (fixture->path, data, -1, NULL));
  g_setenv ("SAVED_FILE", fixture->path, TRUE);
  g_test_trap_subprocess ("/saved-file/subprocess/dies", 0, 0);
  g_assert_false (g_test_trap_has_passed ());
  g_assert_cmpint (g_file_test (fixture->path, G_FILE_TEST_EXISTS), ==, data != NULL);
  g_assert_true (save (fixture, file, LARGE));
  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_assert_true (g_file_get_contents (fixture->path, &text, &length, NULL));
  g_assert_cmpuint (length, ==, LARGE);
}

/* A file of another computer that has a path here too. */
#define TEST_TYPE_FAR (test_far_get_type ())
G_DECLARE_FINAL_TYPE (TestFar, test_far, TEST, FAR, GObject)

struct _TestFar
{
  GObject parent_instance;

  const char *path; /* (borrowed) */
  guint replaced;
};

static void test_far_file_init (GFileIface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TestFar, test_far, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_FILE, test_far_file_init))

static gboolean
test_far_is_native (GFile *file)
{
  return FALSE;
}

static char *
test_far_get_path (GFile *file)
{
  return g_strdup (TEST_FAR (file)->path);
}

static GFileOutputStream *
test_far_replace (GFile *file, const char *etag, gboolean backup, GFileCreateFlags flags, GCancellable *cancellable,
                  GError **error)
{
  TEST_FAR (file)->replaced++;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "as asked");
  return NULL;
}

static void
test_far_file_init (GFileIface *iface)
{
  iface->is_native = test_far_is_native;
  iface->get_path = test_far_get_path;
  iface->replace = test_far_replace;
}

static void
test_far_class_init (TestFarClass *klass)
{
}

static void
test_far_init (TestFar *self)
{
}

/* How it is replaced there is for GIO to know, also where FUSE shows it as a file of this computer. */
static void
test_far (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestFar) far = g_object_new (TEST_TYPE_FAR, NULL);

  far->path = fixture->path;
  g_assert_false (save (fixture, G_FILE (far), 10));
  g_assert_cmpuint (far->replaced, ==, 1);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/saved-file/subprocess/dies", test_dies);
  g_test_add ("/saved-file/killed-halfway", Fixture, NULL, set_up, test_killed_halfway, tear_down);
  g_test_add ("/saved-file/killed-halfway-over-another", Fixture, "before", set_up, test_killed_halfway, tear_down);
  g_test_add ("/saved-file/far", Fixture, NULL, set_up, test_far, tear_down);
  return g_test_run ();
}
