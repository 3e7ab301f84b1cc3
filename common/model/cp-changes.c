/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-changes.h"

const char *const cp_topic_names[] = { "rights", "invitations", "members", "session", NULL };

static const CpField changes_fields[] = { { "cursor", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpChanges, cursor) },
                                          { "reset", CP_FIELD_BOOL, 0, G_STRUCT_OFFSET (CpChanges, reset) },
                                          { "topics", CP_FIELD_FLAGS, 0, G_STRUCT_OFFSET (CpChanges, topics),
                                            .names = cp_topic_names },
                                          { NULL } };
CP_DEFINE_RECORD (CpChanges, cp_changes, "Changes", changes_fields)
