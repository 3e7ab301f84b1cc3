/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-seal-file.h"

#include <glib/gstdio.h>
#include <string.h>

#include "store-kit.h"

#define CHUNK (64 * 1024) /* a sealed file is made of pieces of that size: around its multiples things go wrong */

static StoreKit kit;

static char *
seal (const char *directory, const guchar *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  char *name = cpd_seal_file_write (kit.keys, directory, data, size, &error);

  g_assert_no_error (error);
  return name;
}

static void
assert_refused (const char *directory, const char *name, gsize max)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (cpd_seal_file_read (kit.keys, directory, name, max, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_INTERNAL);
}

static void
test_sizes (void)
{
  static const gsize sizes[] = { 0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7 };
  g_autofree char *directory = g_build_filename (kit.directory, "sealed", NULL);
  g_autofree guchar *data = g_malloc (4 * CHUNK);

  for (gsize i = 0; i < 4 * CHUNK; i++)
    data[i] = i * 7 + i / 251;
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *name = seal (directory, data, sizes[i]);
      g_autoptr (GBytes) back = cpd_seal_file_read (kit.keys, directory, name, 4 * CHUNK, NULL);

      g_assert_nonnull (back);
      g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), data, sizes[i]);
    }
}

static void
test_unreadable_and_private (void)
{
  static const char words[] = "Mevrouw sliep goed";
  g_autofree char *directory = g_build_filename (kit.directory, "sealed", NULL);
  g_autofree char *name = seal (directory, (const guchar *) words, sizeof words);
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *bytes = NULL;
  GStatBuf info;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_null (memmem (bytes, size, "sliep", 5));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (directory, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
}

/* Each byte counts, so does the end, and so does the name. */
static void
test_changed (void)
{
  g_autofree char *directory = g_build_filename (kit.directory, "changed", NULL);
  g_autofree guchar *data = g_malloc0 (CHUNK + 100);
  g_autofree char *name = seal (directory, data, CHUNK + 100);
  g_autofree char *other = seal (directory, data, CHUNK + 100);
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *other_path = g_build_filename (directory, other, NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  assert_refused (directory, name, 50); /* longer than asked */
  for (gsize at = 0; at < size; at += 4001)
    {
      bytes[at] ^= 1;
      g_assert_true (g_file_set_contents (path, bytes, size, NULL));
      assert_refused (directory, name, CHUNK + 100);
      bytes[at] ^= 1;
    }
  for (gsize cut = size - 1; cut > 0; cut -= MIN (cut, 5003))
    {
      g_assert_true (g_file_set_contents (path, bytes, cut, NULL));
      assert_refused (directory, name, CHUNK + 100);
    }
  g_assert_cmpint (g_rename (other_path, path), ==, 0);
  assert_refused (directory, name, CHUNK + 100);
  assert_refused (directory, "../portal.db", CHUNK);
  assert_refused (directory, "", CHUNK);
  assert_refused (directory, "gone", CHUNK);
}

static void
test_directory_that_cannot_be_written (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (kit.directory, "portal.conf", NULL);

  g_assert_null (cpd_seal_file_write (kit.keys, file, "x", 1, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_SERVER_FULL);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  store_kit_set_up (&kit);
  g_test_add_func ("/seal-file/sizes", test_sizes);
  g_test_add_func ("/seal-file/unreadable-and-private", test_unreadable_and_private);
  g_test_add_func ("/seal-file/changed", test_changed);
  g_test_add_func ("/seal-file/directory", test_directory_that_cannot_be_written);
  status = g_test_run ();
  store_kit_tear_down (&kit);
  return status;
}
