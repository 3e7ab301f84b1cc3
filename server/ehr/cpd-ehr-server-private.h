/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-http.h"
#include "cpd-ehr-run.h"
#include "cpd-store-ehr-server.h"

G_BEGIN_DECLS

#define CPD_EHR_SUBJECTS_MAX 50 /* in one question */
#define CPD_EHR_PAGE_SIZE 200   /* resources that a page is asked for */
#define CPD_EHR_COUNT G_STRINGIFY (CPD_EHR_PAGE_SIZE)
#define CPD_EHR_PAGES_MAX 100000
#define CPD_EHR_LEAST_LIMIT 10 /* resources: no server gives fewer at a time of itself when it has more */

/* How a type is asked for; in the order of a run. */
typedef struct
{
  const char *type;
  const char *parameter; /* that names the subject: "patient", or "_id" of Patient itself */
  gboolean coded;        /* only the codes of the configuration */
  gboolean recent;       /* what was over long ago is not loaded */
  gboolean whole;        /* always read whole: who is who depends on all of it, or it changes when a period ends */
} CpdEhrQuery;
extern const CpdEhrQuery cpd_ehr_queries[];
extern const int cpd_ehr_n_queries;

/* A Patient at the server whose data is read. */
typedef struct
{
  char *id;
  gint64 patient; /* row id */
  gboolean died;  /* before this run: only what is here of theirs is followed */
  CpTime start;   /* of the type at hand: from when on; 0: everything */
} CpdEhrSubject;

typedef struct _CpdEhrCalled CpdEhrCalled;

/* What a run over a server knows. */
typedef struct
{
  CpdEhrRun *run;        /* (borrowed) */
  CpdEhrHttp *http;      /* (owned) */
  CpdEhrCalled *called;  /* (owned) */
  GPtrArray *everybody;  /* (owned) of CpdEhrSubject */
  GHashTable *histories; /* (owned) set of types whose history is offered */
  CpTime now;            /* the server's clock when the run began; 0: it tells none */
  gboolean links;        /* it led from a page to the next one in this run */
  gboolean linked;       /* whether it does was asked */
  gboolean linkless;     /* it gave less than it had, and led to no other page */
  /* Of the type at hand: */
  const CpdEhrQuery *query;
  int number;              /* in the report; -1: read for its names only */
  gboolean fresh;          /* nothing of it was here, not even a tombstone, when it was begun */
  gboolean without_count;  /* the server does not take _count */
  guint count;             /* of the question at hand: resources that a page is asked for */
  guint n_pages;           /* of a type that is read whole: that came of the question at hand */
  guint most;              /* resources that came on a page */
  GHashTable *ids;         /* (owned) set of ids that the server has, when all were listed */
  GHashTable *judged;      /* (owned) set of gint64: patients of whom something was listed */
  GHashTable *given_up;    /* (owned) set of gint64: patients of whom not everything could be listed */
  GHashTable *quarantined; /* (owned) set of ids */
  GPtrArray *strange;      /* (owned) of CpdEhrProblem: not written yet */
  char *filter;            /* (nullable): more of the query, encoded */
  GError *binary_error;    /* (owned) (nullable): what belongs to a resource could not be read */
  guint n_binary_errors;
  gboolean retried;     /* what lacks something was asked for by itself */
  gboolean leaves_file; /* the resource at hand lacks something, and was: its file is not asked for once more */
  GHashTable *lacking;  /* (owned) id -> gint64 of CpdEhrLacking: lacked something when the run began, and does still */
  GPtrArray *lacks;     /* (owned) of CpdEhrLacking: not written yet */
  GPtrArray *complete;  /* (owned) of ids that lack nothing any more: not written yet */
  gboolean refused;     /* too many would be removed, or not all was read: what is missing stays to be looked at */
  GPtrArray *released;  /* (owned) of ids: not written yet */
  CpTime anew_since;    /* it is read anew, as it is read in another way: what did not change since, by the server's
                         * clock, is what it was; 1: that is not known; 0: it is not read anew */
} CpdEhrServer;

/* A failure of the type at hand, and not of the whole run. */
gboolean cpd_ehr_server_is_of_type (const GError *error);
/* Reports what went wrong with the type at hand, with what the server says beside it. */
void cpd_ehr_server_fail (CpdEhrServer *server, const char *reason);
/* The type at hand is another one. */
gboolean cpd_ehr_server_begin (CpdEhrServer *server, const CpdEhrQuery *query, GError **error);

/* cpd-ehr-progress.c: writes what was read so far, then what is in quarantine, then (mark not 0) that everything of the
 * type before mark is here for subjects. Of who has died that is another mark than of who lives: it says only that what
 * is here was followed so far, and when the death was a mistake what came meanwhile is fetched after all. */
gboolean cpd_ehr_server_keep (CpdEhrServer *server, GPtrArray *subjects, CpTime mark, GError **error);
/* From when on the type at hand is not here yet for subject; 0: from the beginning. */
gboolean cpd_ehr_server_mark (CpdEhrServer *server, const CpdEhrSubject *subject, CpTime *mark, GError **error);

/* cpd-ehr-query.c: the relative address of a search for subjects; filter and rest (nullable) are added. (transfer full)
 */
char *cpd_ehr_query_url (const CpdEhrQuery *query, const char *filter, GPtrArray *subjects, const char *rest);
/* More of the query, encoded: of a coded type only what is a report or an evaluation here. (transfer full) (nullable)
 */
char *cpd_ehr_query_filter (const CpdEhrQuery *query, const CpdConfig *config);
#define CPD_EHR_TICK ((CpTime) 1000) /* microseconds: the finest that every server understands */
/* "2026-03-03T12:00:00.123Z", rounded down: what changed from then on includes what changed at that moment. */
char *cpd_ehr_query_instant (CpTime time);
/* The tick that such an instant falls in. */
CpTime cpd_ehr_query_tick (CpTime time);

/* cpd-ehr-page.c: a page of a search, its entries checked one by one. */
typedef struct
{
  GPtrArray *resources; /* (owned) of CpdEhrResource, of the type that was asked for */
  GPtrArray *ids;       /* (owned) (nullable) of what it names, also where that cannot be used */
  GPtrArray *dropped;   /* (owned) (nullable) of JsonObject: resources that were not asked for, and are not read */
  GPtrArray *refused;   /* (owned) (nullable) of CpdEhrResource: that cannot be used, but may say whose they are */
  char *next;           /* (nullable) */
  CpTime largest;       /* lastUpdated; 0: none */
  gboolean dated;       /* each resource has one */
  gboolean ascending;
  gboolean lacks; /* an entry tells neither what it holds nor where that is */
  guint n;        /* entries that are no warning, also those that cannot be used */
  gint64 total;   /* of the whole question; -1: not told */
} CpdEhrPage;
/* NULL with CPD_EHR_HTTP_ERROR_FAILED when it is no page at all. */
CpdEhrPage *cpd_ehr_page_new (CpdEhrServer *server, const char *type, JsonObject *bundle, GError **error);
void cpd_ehr_page_free (CpdEhrPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrPage, cpd_ehr_page_free)
/* (transfer full) (nullable): where the link of a Bundle to the next page leads. */
char *cpd_ehr_page_next (CpdEhrServer *server, JsonObject *bundle);
gint64 cpd_ehr_page_total (JsonObject *bundle);
/* Of the last page of a question, with n entries, where those before it had the rest of so_far: whether the server may
 * have stopped at a limit without saying so. */
gboolean cpd_ehr_page_may_lack (const CpdEhrServer *server, guint n, guint so_far, gint64 total);
/* cut: (out): the page, smaller than was asked for, may have been cut at a limit of the server's own: it leads to no
 * other, nor does it say that this is all, and the server never does. FALSE with error. */
gboolean cpd_ehr_page_is_cut (CpdEhrServer *server, GPtrArray *subjects, const CpdEhrPage *page, guint so_far,
                              guint asked, gboolean *cut, GError **error);
/* lacks: (out): as these two, where it cannot be asked for what comes after it. bound: "" or a parameter of the
 * question with "&" behind it. FALSE with error. */
gboolean cpd_ehr_page_look_beyond (CpdEhrServer *server, GPtrArray *subjects, const char *bound, const CpdEhrPage *page,
                                   guint so_far, gboolean *lacks, GError **error);
/* Before a link is followed: FALSE with error when it leads round in a circle. been: set of the addresses of the
 * question so far, with g_str_hash and g_free. */
gboolean cpd_ehr_page_goes_on (GHashTable *been, const char *url, GError **error);
/* Asks for url and reads the page. */
CpdEhrPage *cpd_ehr_page_get (CpdEhrServer *server, const char *type, const char *url, GError **error);

/* cpd-ehr-take.c: what belongs to subjects goes on to be stored; what does not is discarded and audited. */
gboolean cpd_ehr_take_page (CpdEhrServer *server, GPtrArray *subjects, CpdEhrPage *page, GError **error);
gboolean cpd_ehr_take_one (CpdEhrServer *server, GPtrArray *subjects, const CpdEhrResource *resource, gboolean *belongs,
                           GError **error);
/* How many of what the page has beside what was asked for are about nobody of subjects. */
guint cpd_ehr_take_count_dropped (CpdEhrServer *server, GPtrArray *subjects, const CpdEhrPage *page);
/* One row in the audit for n resources that were discarded. */
gboolean cpd_ehr_take_audit (CpdEhrServer *server, gint64 patient, guint n, GError **error);

/* cpd-ehr-changes.c, cpd-ehr-whole.c: the two ways to read a type. */
gboolean cpd_ehr_changes_read (CpdEhrServer *server, GError **error);
gboolean cpd_ehr_whole_read (CpdEhrServer *server, GError **error);
/* Only which ids there are. */
gboolean cpd_ehr_whole_list (CpdEhrServer *server, GError **error);
/* RelatedPersons, for who is who alone. */
gboolean cpd_ehr_whole_related (CpdEhrServer *server, GError **error);
/* Of a question for some ids all that comes goes to all. FALSE with error. */
gboolean cpd_ehr_whole_gather (CpdEhrServer *server, const char *url, CpdEhrPage *all, GError **error);

/* cpd-ehr-retry.c: by their ids. Reads those ids. */
gboolean cpd_ehr_retry_ask (CpdEhrServer *server, GPtrArray *ids, GError **error);
/* The same of what may well be gone: of what does not come nothing is concluded, and it is not asked for by itself. */
gboolean cpd_ehr_retry_seek (CpdEhrServer *server, GPtrArray *ids, GError **error);
/* What is in quarantine, or lacks something, once more. */
gboolean cpd_ehr_retry (CpdEhrServer *server, GError **error);

/* cpd-ehr-soap-server.c: of reports in lines, those of which a line changed, went, or became somebody else's since they
 * were read, are read anew. */
gboolean cpd_ehr_soap_look (CpdEhrServer *server, GError **error);

/* cpd-ehr-large.c: what does not come in a page, as that is larger than is read, by its id. */
gboolean cpd_ehr_large_is (const GError *error);
/* large: (out): it is too much by itself too, or cannot be read so: it is in quarantine then, and asked for again by
 * each run. FALSE with error. */
gboolean cpd_ehr_large_take (CpdEhrServer *server, GPtrArray *subjects, const char *id, gboolean *large,
                             GError **error);
/* The ids of a question are not given either: what the type has of those subjects from here on is not read,
 * and of what is not listed of them nothing counts as gone. */
void cpd_ehr_large_give_up (CpdEhrServer *server, GPtrArray *subjects);

/* cpd-ehr-gone.c: what is missing after a listing, each confirmed; what the history says was deleted. */
gboolean cpd_ehr_gone_missing (CpdEhrServer *server, GError **error);
gboolean cpd_ehr_gone_history (CpdEhrServer *server, CpTime since, GError **error);
/* Reads a resource of the type at hand by its id. (transfer full); NULL when it is gone, else with error. */
CpdEhrResource *cpd_ehr_gone_read (CpdEhrServer *server, const char *id, gboolean *gone, GError **error);
/* After a listing of ids alone: what was removed here and is there all the same is read again. */
gboolean cpd_ehr_gone_return (CpdEhrServer *server, GError **error);
/* Adds tombstones to rows (of CpdEhrRow) for what is kept of a resource that was deleted at a moment, or is missing
 * (0): then it comes back when it is there again. */
gboolean cpd_ehr_gone_add (CpdEhrServer *server, GPtrArray *rows, const char *type, const char *id, CpTime at,
                           GError **error);
/* Takes rows of a type and removes them, unless they are too many. */
gboolean cpd_ehr_gone_remove (CpdEhrServer *server, const char *type, GPtrArray *rows, GError **error);

/* cpd-ehr-called.c: names of carers, organisations, forms and plans. */
CpdEhrCalled *cpd_ehr_called_new (CpdEhrServer *server, GError **error);
void cpd_ehr_called_free (CpdEhrCalled *called);
/* Remembers a resource that came; fetches what resources point at and is not known. FALSE with error when the run ends.
 */
gboolean cpd_ehr_called_learn (CpdEhrServer *server, GPtrArray *resources, GError **error);
/* TRUE for an answered form whose questions could not be fetched now: it is left to the next run. */
gboolean cpd_ehr_called_misses (CpdEhrServer *server, const CpdEhrResource *resource);
/* The same, and for what names somebody whose name could not be fetched now. */
gboolean cpd_ehr_called_lacks (CpdEhrServer *server, const CpdEhrResource *resource);

/* cpd-ehr-known.c: which Patient is whom. */
gboolean cpd_ehr_known_link (CpdEhrServer *server, GError **error);

/* cpd-ehr-export.c: a first load by $export. FALSE with error when the run ends; a server that cannot is a problem. */
gboolean cpd_ehr_export_load (CpdEhrServer *server, GError **error);

G_END_DECLS
