/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pthread.h>

#include "fhir-kit.h"

/* A resource that the server holds. */
typedef struct
{
  char *type;
  char *id;
  char *subject; /* (nullable) */
  char *members;
  CpTime updated;
  int version;
  gboolean deleted;
} FhirStored;

struct _FhirServer
{
  FhirKit *kit;
  GSocketListener *listener;
  GThread *thread;
  gint stopping; /* atomic */
  int port;
  pthread_mutex_t lock; /* of what follows; GLib's own looks like a race to the thread sanitizer */
  GPtrArray *stored;
  GArray *faults;
  GPtrArray *requests;
  guint n_requests;
  int tokens;
  char *form;
};

#define FHIR_COUNT_MAX 1000

/* (nullable) (transfer none) */
FhirStored *fhir_server_find (FhirServer *server, const char *type, const char *id);
/* (transfer full): with quotation marks where the test writes '. */
char *fhir_server_quoted (const char *text);
/* (transfer full): the body of the right answer. Under the server's lock. */
char *fhir_server_answer (FhirServer *server, const char *path, const char *query, const char *request,
                          const char *body, int *status);
