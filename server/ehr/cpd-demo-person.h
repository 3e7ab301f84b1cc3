/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CPD_DEMO_CONTACTS_MAX 5
#define CPD_DEMO_CARERS 8

typedef struct
{
  char *given;
  char *family;
  const char *relation; /* code of v3 RoleCode */
  const char *word;     /* "dochter" */
  gboolean woman;
  char *phone;
  char *email;
} CpdDemoContact;

/* One invented client; everything follows from seed and number. */
typedef struct
{
  int number;
  gboolean woman;
  char *given;
  char *own_prefix; /* (nullable) */
  char *own_name;
  char *partner_prefix; /* (nullable) */
  char *partner_name;   /* (nullable) */
  char *name;           /* "Wil de Bruin-Hofstra" */
  char *usual;          /* "Wil de Bruin" */
  char *family;         /* "de Bruin" */
  char birth_date[11];
  int room;
  char *phone;
  char bsn[10]; /* "" when the test range is used up */
  CpdDemoContact contacts[CPD_DEMO_CONTACTS_MAX];
  int n_contacts;
} CpdDemoPerson;

void cpd_demo_person_init (CpdDemoPerson *person, guint64 seed, int number);
void cpd_demo_person_clear (CpdDemoPerson *person);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CpdDemoPerson, cpd_demo_person_clear)

typedef struct
{
  const char *id;
  const char *name;
  const char *role;
} CpdDemoCarer;
extern const CpdDemoCarer cpd_demo_carers[CPD_DEMO_CARERS];

/* A number below n that follows from four others; the same on every machine. */
guint cpd_demo_pick (guint64 seed, guint64 who, guint64 when, guint64 what, guint n);

G_END_DECLS
