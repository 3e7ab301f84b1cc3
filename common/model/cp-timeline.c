/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-timeline.h"

static const CpField timeline_month_fields[] = {
  { "month", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpTimelineMonth, month), .max = 7 },
  { "count", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpTimelineMonth, count), .min = 1, .max = G_MAXINT32 },
  { "unread", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpTimelineMonth, unread), .min = 0, .max = G_MAXINT32 },
  { NULL }
};
CP_DEFINE_RECORD (CpTimelineMonth, cp_timeline_month, "TimelineMonth", timeline_month_fields)

/* Two hundred years of months: more is no dossier. */
static const CpField timeline_fields[] = {
  { "state", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpTimeline, state), .names = cp_content_state_names },
  { "freshness", CP_FIELD_RECORD, 0, G_STRUCT_OFFSET (CpTimeline, freshness), .record = &cp_freshness_record },
  { "months", CP_FIELD_RECORDS, 0, G_STRUCT_OFFSET (CpTimeline, months), .max = 2400,
    .record = &cp_timeline_month_record },
  { "unread", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpTimeline, unread), .min = 0, .max = G_MAXINT32 },
  { "unread_general", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpTimeline, unread_general), .min = 0,
    .max = G_MAXINT32 },
  { "unread_plan", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpTimeline, unread_plan), .min = 0,
    .max = G_MAXINT32 },
  { "oldest_unread", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpTimeline, oldest_unread) },
  { "oldest_unread_at", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpTimeline, oldest_unread_at) },
  { "asked_at", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (CpTimeline, asked_at) },
  { "allowed", CP_FIELD_STRINGS, 0, G_STRUCT_OFFSET (CpTimeline, allowed) },
  { NULL }
};
CP_DEFINE_RECORD (CpTimeline, cp_timeline, "Timeline", timeline_fields)

static const CpField read_request_fields[] = { { "until", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (CpReadRequest, until) },
                                               { NULL } };
CP_DEFINE_RECORD (CpReadRequest, cp_read_request, "ReadRequest", read_request_fields)

static const CpField author_list_fields[] = {
  { "authors", CP_FIELD_STRINGS, 0, G_STRUCT_OFFSET (CpAuthorList, authors), .max = 1000 },
  { "allowed", CP_FIELD_STRINGS, 0, G_STRUCT_OFFSET (CpAuthorList, allowed) },
  { NULL }
};
CP_DEFINE_RECORD (CpAuthorList, cp_author_list, "AuthorList", author_list_fields)

static const CpField search_page_fields[] = {
  { "state", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpSearchPage, state), .names = cp_content_state_names },
  { "freshness", CP_FIELD_RECORD, 0, G_STRUCT_OFFSET (CpSearchPage, freshness), .record = &cp_freshness_record },
  { "items", CP_FIELD_RECORDS, 0, G_STRUCT_OFFSET (CpSearchPage, items), .record = &cp_dossier_item_record },
  { "reports", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpSearchPage, reports), .min = 0, .max = G_MAXINT32 },
  { "times", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpSearchPage, times), .min = 0, .max = G_MAXINT32 },
  { "more", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpSearchPage, more) },
  { "next_cursor", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpSearchPage, next_cursor) },
  { "allowed", CP_FIELD_STRINGS, 0, G_STRUCT_OFFSET (CpSearchPage, allowed) },
  { NULL }
};
CP_DEFINE_RECORD (CpSearchPage, cp_search_page, "SearchPage", search_page_fields)

static const CpField care_plan_answer_fields[] = {
  { "freshness", CP_FIELD_RECORD, 0, G_STRUCT_OFFSET (CpCarePlanAnswer, freshness), .record = &cp_freshness_record },
  { "plan", CP_FIELD_RECORD, 0, G_STRUCT_OFFSET (CpCarePlanAnswer, plan), .record = &cp_care_plan_record },
  { "allowed", CP_FIELD_STRINGS, 0, G_STRUCT_OFFSET (CpCarePlanAnswer, allowed) },
  { NULL }
};
CP_DEFINE_RECORD (CpCarePlanAnswer, cp_care_plan_answer, "CarePlanAnswer", care_plan_answer_fields)

static const CpField word_fields[] = { { "term", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpWord, term), .max = 100 },
                                       { "meanings", CP_FIELD_STRINGS, 0, G_STRUCT_OFFSET (CpWord, meanings),
                                         .max = 10 },
                                       { "own", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpWord, own) },
                                       { NULL } };
CP_DEFINE_RECORD (CpWord, cp_word, "Word", word_fields)

static const CpField word_list_fields[] = { { "words", CP_FIELD_RECORDS, 0, G_STRUCT_OFFSET (CpWordList, words),
                                              .max = 5000, .record = &cp_word_record },
                                            { NULL } };
CP_DEFINE_RECORD (CpWordList, cp_word_list, "WordList", word_list_fields)
