/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cp-route.h"

#define FIRST "abcdefghijklmnopqrst-_"
#define SECOND "0123456789ABCDEFGHIJKL"
#define THIRD "zyxwvutsrqponmlkjihgfe"

typedef char Params[CP_ROUTE_MAX_PARAMS][CP_ID_LENGTH + 1];

static CpRouteMatch
match (const char *method, const char *path, CpRouteId *id)
{
  Params params;
  CpRouteId ignored;

  return cp_route_match (method, path, id != NULL ? id : &ignored, params);
}

static int
count_params (const char *template)
{
  int n = 0;

  for (; *template != '\0'; template ++)
    n += *template == '{';
  return n;
}

static void
test_every_row (void)
{
  for (int i = 0; i < CP_N_ROUTES; i++)
    {
      const CpRoute *route = cp_route_get (i);
      g_autofree char *path = cp_route_path (i, FIRST, SECOND, THIRD, NULL);
      Params params = { "", "", "" };
      CpRouteId id = CP_N_ROUTES;
      int n = count_params (route->path);

      g_assert_cmpint (route->id, ==, i);
      g_assert_cmpint (n, <=, CP_ROUTE_MAX_PARAMS);
      g_assert_cmpint (cp_route_match (cp_method_name (route->method), path, &id, params), ==, CP_ROUTE_MATCH);
      g_assert_cmpint (id, ==, i);
      g_assert_cmpstr (params[0], ==, n > 0 ? FIRST : "");
      g_assert_cmpstr (params[1], ==, n > 1 ? SECOND : "");
      g_assert_cmpstr (params[2], ==, n > 2 ? THIRD : "");
    }
}

static void
test_method (void)
{
  for (int i = 0; i < CP_N_ROUTES; i++)
    {
      g_autofree char *path = cp_route_path (i, FIRST, SECOND, THIRD, NULL);
      g_assert_cmpint (match ("PATCH", path, NULL), ==, CP_ROUTE_NO_METHOD);
      g_assert_cmpint (match ("", path, NULL), ==, CP_ROUTE_NO_METHOD);
    }
  g_assert_cmpint (match ("get", "/api/v1/version", NULL), ==, CP_ROUTE_NO_METHOD);
  CpRouteId id;
  g_assert_cmpint (match ("DELETE", "/api/v1/session", &id), ==, CP_ROUTE_MATCH);
  g_assert_cmpint (id, ==, CP_ROUTE_LOGOUT);
  g_assert_cmpint (match ("GET", "/api/v1/session", &id), ==, CP_ROUTE_MATCH);
  g_assert_cmpint (id, ==, CP_ROUTE_SESSION);
}

static void
test_no_path (void)
{
  static const char *const paths[] = {
    "",
    "/",
    "/api/v1",
    "/api/v1/",
    "/api/v2/version",
    "/API/v1/version",
    "/api/v1/version/",
    "//api/v1/version",
    "/api/v1//version",
    "/api/v1/versio",
    "/api/v1/versions",
    "/api/v1/version?x=1",
    "/api/v1/%76ersion",
    "/api/v1/./version",
    "/api/v1/x/../version",
    "/api/v1/patients/" FIRST "/start/",
    "/api/v1/patients/" FIRST,
    "/api/v1/patients//start",
    "/api/v1/patients/{patient}/start",
    "/api/v1/patients/" FIRST "x/start",
    "/api/v1/patients/abcdefghijklmnopqrst-/start",
    "/api/v1/patients/abcdefghijklmnopqrs%41/start",
    "/api/v1/patients/abcdefghijklmnopqrst.~/start",
    "/api/v1/patients/" FIRST "/" SECOND "/start",
    "/api/v1/patients/" FIRST "/dossier/short",
    "/api/v1/patients/" FIRST "/dossier/",
    "/api/v1/patients/" FIRST "/dossier/" SECOND "/",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    if (match ("GET", paths[i], NULL) != CP_ROUTE_NO_PATH)
      g_error ("%s matches", paths[i]);
}

/* Every path with one byte changed or cut matches nothing, unless the byte is inside an id. */
static void
test_one_byte (void)
{
  for (int i = 0; i < CP_N_ROUTES; i++)
    {
      g_autofree char *path = cp_route_path (i, FIRST, SECOND, THIRD, NULL);
      const char *method = cp_method_name (cp_route_get (i)->method);

      for (gsize at = 0; at < strlen (path); at++)
        {
          g_autofree char *changed = g_strdup (path);
          changed[at] = '%';
          g_assert_cmpint (match (method, changed, NULL), ==, CP_ROUTE_NO_PATH);
          changed[at] = '\0';
          CpRouteId id = i;
          if (match (method, changed, &id) == CP_ROUTE_MATCH)
            g_assert_cmpint (id, !=, i);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route/every-row", test_every_row);
  g_test_add_func ("/route/method", test_method);
  g_test_add_func ("/route/no-path", test_no_path);
  g_test_add_func ("/route/one-byte", test_one_byte);
  return g_test_run ();
}
