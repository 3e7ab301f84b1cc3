/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-demo-person.h"

#include <string.h>

/* What cpd_demo_pick is asked for, so that no two answers depend on each other. */
enum
{
  PICK_WOMAN = 1,
  PICK_GIVEN,
  PICK_FAMILY,
  PICK_PARTNER,
  PICK_MARRIED,
  PICK_YEAR,
  PICK_DAY,
  PICK_CONTACTS,
  PICK_CONTACT /* and following, a few for each contact */
};

const CpdDemoCarer cpd_demo_carers[CPD_DEMO_CARERS] = {
  { "carer-1", "Fatima El Amrani", "verzorgende IG" },
  { "carer-2", "Ineke Bos", "eerstverantwoordelijk verzorgende" },
  { "carer-3", "Jan Bakker", "verzorgende IG" },
  { "carer-4", "Shanti Ramdin", "helpende" },
  { "carer-5", "Els Wouters", "verpleegkundige" },
  { "carer-6", "Murat Yıldız", "verzorgende IG" },
  { "carer-7", "Daniëlle Postma", "activiteitenbegeleider" },
  { "carer-8", "Coby de Haan", "helpende" },
};

static const char *const women[] = { "Annie", "Betsy",      "Corrie",   "Dina",   "Elly",    "Femke",
                                     "Greet", "Hennie",     "Ina",      "Jannie", "Klaasje", "Lies",
                                     "Mien",  "Nel",        "Ootje",    "Riet",   "Sjoukje", "Tineke",
                                     "Truus", "Wilhelmina", "Zwaantje", "Aïcha",  "Loes",    "Joke" };
static const char *const men[] = { "Arie",  "Bertus", "Cor",  "Dirk",   "Evert",   "Frits", "Gerrit", "Hein",
                                   "Ids",   "Jaap",   "Koos", "Leen",   "Maarten", "Nico",  "Otto",   "Piet",
                                   "Rinus", "Sietse", "Theo", "Willem", "Zeger",   "Ahmed", "Joop",   "Klaas" };
static const char *const young_women[] = { "Anja",   "Brenda", "Carla",  "Debby", "Esther", "Fenna",
                                           "Hilde",  "Ingrid", "Judith", "Karin", "Linda",  "Monique",
                                           "Nienke", "Petra",  "Saskia", "Yvonne" };
static const char *const young_men[] = { "Albert", "Bas",  "Casper", "Dennis", "Erik",  "Frank", "Hans",  "Ivo",
                                         "Jeroen", "Kees", "Lars",   "Mark",   "Niels", "Paul",  "Ruben", "Sander" };

static const struct
{
  const char *prefix;
  const char *name;
} families[] = {
  { NULL, "Hoekstra" }, { "van", "Dalen" },    { "de", "Wit" },       { NULL, "Mulder" },    { "van der", "Veen" },
  { NULL, "Smeets" },   { "ter", "Horst" },    { NULL, "Dijkstra" },  { "van den", "Berg" }, { NULL, "Kuipers" },
  { "de", "Groot" },    { NULL, "Verhoeven" }, { NULL, "Postma" },    { "van", "Leuven" },   { NULL, "Zijlstra" },
  { "op den", "Kamp" }, { NULL, "Özdemir" },   { NULL, "Ramlal" },    { "in ’t", "Veld" },   { NULL, "Bruinsma" },
  { "van", "Ommen" },   { NULL, "Scholten" },  { NULL, "Timmerman" }, { "den", "Ouden" },
};

static const struct
{
  const char *code;
  const char *word;
  gboolean woman;
} relations[] = {
  { "DAUC", "dochter", TRUE }, { "SONC", "zoon", FALSE },           { "SIS", "zus", TRUE },
  { "BRO", "broer", FALSE },   { "GRNDDAU", "kleindochter", TRUE }, { "GRNDSON", "kleinzoon", FALSE },
};

/**
 * cpd_demo_pick:
 *
 * Returns: a number below @n (splitmix64 of the four numbers).
 */
guint
cpd_demo_pick (guint64 seed, guint64 who, guint64 when, guint64 what, guint n)
{
  const guint64 parts[] = { who, when, what };
  guint64 z = seed;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      z += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + parts[i];
      z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
      z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
      z ^= z >> 31;
    }
  return z % n;
}

/* The n-th citizen service number of the test range 9999 that passes the 11-proof: not given out to anybody. */
static void
make_bsn (int n, char bsn[10])
{
  for (int tail = 0; tail <= 9999; tail++)
    {
      int sum = 0;

      g_snprintf (bsn, 10, "9999%04d", tail);
      for (int i = 0; i < 8; i++)
        sum += (9 - i) * (bsn[i] - '0');
      if (sum % 11 == 10 || n-- > 0)
        continue;
      bsn[8] = '0' + sum % 11;
      bsn[9] = '\0';
      return;
    }
  *bsn = '\0';
}

static char *
with_prefix (const char *prefix, const char *name)
{
  return prefix != NULL ? g_strconcat (prefix, " ", name, NULL) : g_strdup (name);
}

/* Numbers that nobody has: 088 000 and 06-0 are not given out. */
static void
add_contact (CpdDemoPerson *person, const char *given, const char *family, const char *code, const char *word,
             gboolean woman, const char *email)
{
  int index = person->n_contacts++;
  CpdDemoContact *contact = &person->contacts[index];
  g_autofree char *ascii = g_str_to_ascii (given, NULL);
  g_autofree char *lower = g_ascii_strdown (ascii, -1);

  contact->given = g_strdup (given);
  contact->family = g_strdup (family);
  contact->relation = code;
  contact->word = word;
  contact->woman = woman;
  contact->phone = g_strdup_printf ("06-0%07d", person->number * 10 + index + 1);
  contact->email = email != NULL ? g_strdup (email)
                                 : g_strdup_printf ("%s.%d@familie.example", lower, person->number * 10 + index + 1);
}

static void
init_couple (CpdDemoPerson *person)
{
  gboolean wil = person->number == 0;

  person->woman = wil;
  person->given = g_strdup (wil ? "Wil" : "Henk");
  person->own_prefix = wil ? NULL : g_strdup ("de");
  person->own_name = g_strdup (wil ? "Hofstra" : "Bruin");
  person->partner_prefix = wil ? g_strdup ("de") : NULL;
  person->partner_name = wil ? g_strdup ("Bruin") : NULL;
  g_strlcpy (person->birth_date, wil ? "1938-05-14" : "1935-11-02", sizeof person->birth_date);
  person->room = 12;
  person->phone = g_strdup ("088 000 12 12");
  add_contact (person, "Marijke", "de Bruin", "DAUC", "dochter", TRUE, "marijke@debruin.example");
  add_contact (person, "Pieter", "de Bruin", "SONC", "zoon", FALSE, "pieter@debruin.example");
  add_contact (person, "Sanne", "Visser", "GRNDDAU", "kleindochter", TRUE, "sanne@visser.example");
  add_contact (person, "Joke", "Hofstra", wil ? "SIS" : "SISINLAW", wil ? "zus" : "schoonzus", TRUE,
               "joke@hofstra.example");
  add_contact (person, "Greet", "Hofstra", wil ? "SIS" : "SISINLAW", wil ? "zus" : "schoonzus", TRUE, NULL);
}

static void
init_other (CpdDemoPerson *person, guint64 seed)
{
  guint number = person->number;
  guint own = cpd_demo_pick (seed, number, 0, PICK_FAMILY, G_N_ELEMENTS (families));
  guint partner = cpd_demo_pick (seed, number, 0, PICK_PARTNER, G_N_ELEMENTS (families));
  gboolean married = own != partner && cpd_demo_pick (seed, number, 0, PICK_MARRIED, 3) > 0;
  g_autofree char *family = NULL;

  person->woman = cpd_demo_pick (seed, number, 0, PICK_WOMAN, 10) < 7;
  person->given = g_strdup (person->woman ? women[cpd_demo_pick (seed, number, 0, PICK_GIVEN, G_N_ELEMENTS (women))]
                                          : men[cpd_demo_pick (seed, number, 0, PICK_GIVEN, G_N_ELEMENTS (men))]);
  person->own_prefix = g_strdup (families[own].prefix);
  person->own_name = g_strdup (families[own].name);
  if (married && person->woman)
    {
      person->partner_prefix = g_strdup (families[partner].prefix);
      person->partner_name = g_strdup (families[partner].name);
    }
  g_snprintf (person->birth_date, sizeof person->birth_date, "19%02u-%02u-%02u",
              26 + cpd_demo_pick (seed, number, 0, PICK_YEAR, 24), 1 + cpd_demo_pick (seed, number, 1, PICK_DAY, 12),
              1 + cpd_demo_pick (seed, number, 2, PICK_DAY, 28));
  person->room = 14 + number;
  person->phone = g_strdup_printf ("088 000 %02d %02d", 13 + number / 100 % 87, number % 100);
  family = person->partner_name != NULL ? with_prefix (person->partner_prefix, person->partner_name)
                                        : with_prefix (person->own_prefix, person->own_name);
  for (guint i = 0; i <= cpd_demo_pick (seed, number, 0, PICK_CONTACTS, 3); i++)
    {
      guint relation = cpd_demo_pick (seed, number, i, PICK_CONTACT, G_N_ELEMENTS (relations));
      guint given = cpd_demo_pick (seed, number, i, PICK_CONTACT + 1, G_N_ELEMENTS (young_women));

      add_contact (person, relations[relation].woman ? young_women[given] : young_men[given], family,
                   relations[relation].code, relations[relation].word, relations[relation].woman, NULL);
    }
}

/**
 * cpd_demo_person_init:
 * @number: 0 is Wil, 1 is Henk
 */
void
cpd_demo_person_init (CpdDemoPerson *person, guint64 seed, int number)
{
  g_autofree char *own = NULL;
  g_autofree char *partner = NULL;

  *person = (CpdDemoPerson){ .number = number };
  if (number < 2)
    init_couple (person);
  else
    init_other (person, seed);
  make_bsn (number, person->bsn);
  own = with_prefix (person->own_prefix, person->own_name);
  partner = person->partner_name != NULL ? with_prefix (person->partner_prefix, person->partner_name) : NULL;
  person->family = g_strdup (partner != NULL ? partner : own);
  person->usual = g_strconcat (person->given, " ", person->family, NULL);
  person->name = partner != NULL ? g_strconcat (person->given, " ", partner, "-", own, NULL) : g_strdup (person->usual);
}

/**
 * cpd_demo_person_clear:
 *
 * Frees what it holds.
 */
void
cpd_demo_person_clear (CpdDemoPerson *person)
{
  for (int i = 0; i < person->n_contacts; i++)
    {
      g_free (person->contacts[i].given);
      g_free (person->contacts[i].family);
      g_free (person->contacts[i].phone);
      g_free (person->contacts[i].email);
    }
  g_free (person->given);
  g_free (person->own_prefix);
  g_free (person->own_name);
  g_free (person->partner_prefix);
  g_free (person->partner_name);
  g_free (person->name);
  g_free (person->usual);
  g_free (person->family);
  g_free (person->phone);
}
