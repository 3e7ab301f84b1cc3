/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include "cp-record.h"

/* Stands before every record, so that the free function of an array (which has no user data) knows its elements. */
typedef union
{
  struct
  {
    const CpRecordType *type;
    const char *written; /* (nullable): its JSON text, behind its fields: see cp_record_new_written() */
  };
  max_align_t align;
} CpRecordHeader;

#define HEADER(record) ((CpRecordHeader *) (record) -1)

/* The member of record that field describes, as an lvalue of type T. For common/cp-record*.c only. */
#define MEMBER(T, record, field) G_STRUCT_MEMBER (T, record, (field)->offset)
