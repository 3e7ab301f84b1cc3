/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded in front of the server (LD_PRELOAD): no password is compared while there is a file TEST_HOLD, so that a test
 * can do something between the beginning of a login and its end. */
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* As in sodium.h. */
__attribute__ ((visibility ("default"))) int crypto_pwhash_str_verify (const char *hash, const char *password,
                                                                       unsigned long long size);

int
crypto_pwhash_str_verify (const char *hash, const char *password, unsigned long long size)
{
  static const struct timespec moment = { .tv_nsec = 2000000 };
  const char *path = getenv ("TEST_HOLD");
  int (*verify) (const char *, const char *, unsigned long long) = dlsym (RTLD_NEXT, "crypto_pwhash_str_verify");

  while (path != NULL && access (path, F_OK) == 0)
    nanosleep (&moment, NULL);
  return verify (hash, password, size);
}
