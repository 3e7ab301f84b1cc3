/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-store"
#include "cpd-audit-mark.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cpd-db-private.h"
#include "cpd-result.h"
#include "cpd-stmt.h"

#define PURPOSE "audit-mark"
#define HEX (2 * CPD_HASH_SIZE)
#define NUMBER 20
#define LINE (2 * (NUMBER + 1) + 2 * (HEX + 1)) /* with the line feed */
#define SLOTS 2

struct _CpdAuditMark
{
  const CpdKeys *keys; /* (borrowed) */
  char *database;      /* (owned) */
  CpdAuditRow row;     /* of the newest mark */
  gboolean begun;      /* there is one */
  gboolean written;    /* and it is on disk */
  gboolean failing;    /* that it cannot be kept was said */
  gboolean looked;     /* at the log, since this was opened */
  gint64 logged;       /* number of the newest row whose mark went to the server's own log */
  int fd;              /* -1: not opened yet */
  int slot;            /* that is written next */
};

static char *
path_of (const char *database)
{
  return g_strconcat (database, ".audit", NULL);
}

/* Without printf, which would make this half of what a mark costs. What follows is a space; returns its end. */
static char *
print_hex (const guchar bytes[CPD_HASH_SIZE], char *text)
{
  static const char digits[] = "0123456789abcdef";

  for (int i = 0; i < CPD_HASH_SIZE; i++)
    {
      *text++ = digits[bytes[i] >> 4];
      *text++ = digits[bytes[i] & 15];
    }
  *text++ = ' ';
  return text;
}

static char *
print_number (gint64 number, char *text)
{
  for (int i = NUMBER - 1; i >= 0; i--, number /= 10)
    text[i] = (char) ('0' + number % 10);
  text[NUMBER] = ' ';
  return text + NUMBER + 1;
}

static gboolean
read_hex (const char *text, guchar bytes[CPD_HASH_SIZE])
{
  for (int i = 0; i < CPD_HASH_SIZE; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]);
      int low = high >= 0 ? g_ascii_xdigit_value (text[2 * i + 1]) : -1;
      if (low < 0)
        return FALSE;
      bytes[i] = (guchar) (high << 4 | low);
    }
  return TRUE;
}

static gboolean
read_number (const char *text, gint64 *number)
{
  g_autofree char *digits = g_strndup (text, NUMBER);

  return g_ascii_string_to_signed (digits, 10, 0, G_MAXINT64, number, NULL);
}

static void
sign (const CpdKeys *keys, const CpdAuditRow *row, guchar out[CPD_HASH_SIZE])
{
  const gint64 numbers[] = { GINT64_TO_BE (row->id), GINT64_TO_BE (row->at) };
  guchar data[sizeof numbers + CPD_HASH_SIZE];

  memcpy (data, numbers, sizeof numbers);
  memcpy (data + sizeof numbers, row->h, CPD_HASH_SIZE);
  cpd_keys_hash (keys, PURPOSE, data, sizeof data, out);
}

/**
 * cpd_audit_mark_text:
 *
 * Returns: (transfer full): number, time, hash of the row, and what shows that the server wrote them.
 */
char *
cpd_audit_mark_text (const CpdKeys *keys, const CpdAuditRow *row)
{
  guchar signature[CPD_HASH_SIZE];
  char *text = g_malloc (LINE);
  char *end;

  sign (keys, row, signature);
  end = print_hex (signature, print_hex (row->h, print_number (row->at, print_number (row->id, text))));
  end[-1] = '\0';
  return text;
}

/**
 * cpd_audit_mark_parse:
 * @row: (out caller-allocates)
 */
gboolean
cpd_audit_mark_parse (const CpdKeys *keys, const char *text, CpdAuditRow *row)
{
  g_autofree char *again = NULL;

  if (strlen (text) != LINE - 1 || !read_number (text, &row->id) || !read_number (text + NUMBER + 1, &row->at) ||
      !read_hex (text + 2 * (NUMBER + 1), row->h))
    return FALSE;
  again = cpd_audit_mark_text (keys, row);
  return strcmp (again, text) == 0;
}

/* Two lines, written in turn: one that was half written when the power went leaves the other. */
static int
newest_slot (const CpdKeys *keys, const char *lines, gsize size, CpdAuditRow *row)
{
  int newest = -1;

  for (int slot = 0; slot < SLOTS && (gsize) (slot + 1) * LINE <= size; slot++)
    {
      g_autofree char *line = g_strndup (lines + slot * LINE, LINE - 1);
      CpdAuditRow found;
      if (cpd_audit_mark_parse (keys, line, &found) && (newest < 0 || found.id > row->id))
        {
          *row = found;
          newest = slot;
        }
    }
  return newest;
}

static int
read_newest (const CpdKeys *keys, const char *database, CpdAuditRow *row)
{
  g_autofree char *path = path_of (database);
  g_autofree char *lines = NULL;
  gsize size;

  return g_file_get_contents (path, &lines, &size, NULL) ? newest_slot (keys, lines, size, row) : -1;
}

/**
 * cpd_audit_mark_read:
 * @row: (out caller-allocates)
 */
gboolean
cpd_audit_mark_read (const CpdKeys *keys, const char *database, CpdAuditRow *row)
{
  return read_newest (keys, database, row) >= 0;
}

/**
 * cpd_audit_mark_new:
 *
 * Returns: (transfer full)
 */
CpdAuditMark *
cpd_audit_mark_new (const CpdKeys *keys, const char *database)
{
  CpdAuditMark *mark = g_new0 (CpdAuditMark, 1);

  mark->keys = keys;
  mark->database = g_strdup (database);
  mark->fd = -1;
  mark->slot = read_newest (keys, database, &mark->row) + 1;
  mark->begun = mark->written = mark->slot > 0;
  mark->slot %= SLOTS;
  return mark;
}

/**
 * cpd_audit_mark_free:
 * @mark: (nullable)
 */
void
cpd_audit_mark_free (CpdAuditMark *mark)
{
  if (mark == NULL)
    return;
  if (mark->fd >= 0)
    g_close (mark->fd, NULL);
  g_free (mark->database);
  g_free (mark);
}

/* Whether this database had a mark once: then it should be there. */
static gboolean
had_mark (CpdDb *db, gboolean *had, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local, "SELECT 1 FROM meta WHERE key = 'audit-marked'", "");

  *had = cpd_stmt_next (stmt, &local);
  return cpd_result (&local, error);
}

static gboolean
in_transaction (CpdDb *db, const CpdAudit *told, GError **error)
{
  if (!cpd_db_run (db, error, "BEGIN IMMEDIATE", ""))
    return FALSE;
  if ((told == NULL || cpd_store_audit_add (db, told, error)) &&
      cpd_db_run (db, error, "INSERT OR IGNORE INTO meta (key, value) VALUES ('audit-marked', 1)", "") &&
      cpd_db_run (db, error, "COMMIT", ""))
    return TRUE;
  cpd_db_run (db, NULL, "ROLLBACK", "");
  return FALSE;
}

/* A log that goes on behind a gap tells of the gap, or nobody could see it later. */
static gboolean
tell (CpdAuditMark *mark, CpdDb *db, const CpdAuditRow *newest, CpTime now, GError **error)
{
  CpdAudit told = { .at = now, .action = CPD_AUDIT_ROWS_MISSING, .object = newest->id };
  gboolean had;

  if (mark->begun)
    {
      told.count = MAX (mark->row.id - newest->id, 0);
      told.first = newest->at;
      told.last = mark->row.at;
      g_warning ("the record of who looked at what is not as it was left: it ends at row %" G_GINT64_FORMAT
                 ", and there were %" G_GINT64_FORMAT "; see “clientportaald audit --verify”",
                 newest->id, mark->row.id);
      return in_transaction (db, &told, error);
    }
  if (!had_mark (db, &had, error))
    return FALSE;
  if (had)
    g_warning ("the mark of how far the record of who looked at what had come is gone; see “clientportaald audit "
               "--verify”");
  return in_transaction (db, had ? &told : NULL, error);
}

static gboolean
write_slot (CpdAuditMark *mark, const char line[LINE])
{
  g_autofree char *path = NULL;

  if (mark->fd < 0)
    {
      path = path_of (mark->database);
      mark->fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    }
  if (mark->fd < 0 || pwrite (mark->fd, line, LINE, (off_t) mark->slot * LINE) != LINE)
    return FALSE;
  mark->slot = (mark->slot + 1) % SLOTS;
  return TRUE;
}

/* Not synced: after a loss of power the mark may be older than the log, never newer. One of a row that has no higher
 * number than the one before takes the place of both. */
static gboolean
write_mark (CpdAuditMark *mark, const CpdAuditRow *row)
{
  g_autofree char *line = cpd_audit_mark_text (mark->keys, row);
  gboolean back = mark->begun && row->id <= mark->row.id;

  line[LINE - 1] = '\n'; /* in place of the end of the text */
  mark->row = *row;
  mark->begun = TRUE;
  mark->written = write_slot (mark, line) && (!back || write_slot (mark, line));
  return mark->written;
}

static gboolean
same (const CpdAuditRow *a, const CpdAuditRow *b)
{
  return a->id == b->id && memcmp (a->h, b->h, sizeof a->h) == 0;
}

/* Who stops in order leaves no mark behind; only a crash or a loss of power does. */
static void
tell_behind (const CpdAuditMark *mark, const CpdAuditRow *newest)
{
  if (mark->begun && newest->id > mark->row.id)
    g_warning ("the mark of how far the record of who looked at what had come was %" G_GINT64_FORMAT
               " rows behind it: if this machine or the server did not break off, somebody put an older one there",
               newest->id - mark->row.id);
}

static gboolean
write_and_say (CpdAuditMark *mark, const CpdAuditRow *newest, GError **error)
{
  if (write_mark (mark, newest))
    return TRUE;
  g_set_error (error, CP_ERROR, CP_ERROR_SERVER_FULL, "%s.audit cannot be written", mark->database);
  return FALSE;
}

/* What the transaction before wrote, if it went on at the very row of the mark: then nothing is to be asked. */
static gboolean
went_on (CpdAuditMark *mark, CpdDb *db, CpdAuditRow *newest)
{
  const CpdLogGrowth grown = db->grown;

  db->grown = (CpdLogGrowth){ 0 };
  *newest = grown.newest;
  return grown.newest.id != 0 && mark->written && mark->looked && same (&grown.before, &mark->row);
}

static gboolean
move (CpdAuditMark *mark, CpdDb *db, CpTime now, GError **error)
{
  CpdAuditRow newest;
  gboolean whole;

  if (went_on (mark, db, &newest))
    return write_and_say (mark, &newest, error);
  if (!cpd_store_audit_newest (db, &newest, error))
    return FALSE;
  if (mark->written && same (&newest, &mark->row))
    {
      mark->looked = TRUE;
      return TRUE;
    }
  if (!cpd_store_audit_reaches (db, &mark->row, &whole, error))
    return FALSE;
  if (!(whole && mark->begun) &&
      (!tell (mark, db, &newest, now, error) || !cpd_store_audit_newest (db, &newest, error)))
    return FALSE;
  if (whole && !mark->looked)
    tell_behind (mark, &newest);
  mark->looked = TRUE;
  return write_and_say (mark, &newest, error);
}

/**
 * cpd_audit_mark_follow:
 */
void
cpd_audit_mark_follow (CpdAuditMark *mark, CpdDb *db, CpTime now)
{
  g_autoptr (GError) error = NULL;
  gboolean fine = move (mark, db, now, &error);

  if (!fine && !mark->failing)
    g_warning ("how far the record of who looked at what has come is not kept now: %s", error->message);
  mark->failing = !fine;
}

/* Beside the database lies what was written last, in the file that is open. */
static gboolean
lies_there (const CpdAuditMark *mark)
{
  g_autofree char *path = path_of (mark->database);
  struct stat there;
  struct stat open;
  CpdAuditRow row;

  if (read_newest (mark->keys, mark->database, &row) < 0 || !same (&row, &mark->row))
    return FALSE;
  return mark->fd < 0 || (lstat (path, &there) == 0 && fstat (mark->fd, &open) == 0 && there.st_dev == open.st_dev &&
                          there.st_ino == open.st_ino);
}

/**
 * cpd_audit_mark_look:
 */
gboolean
cpd_audit_mark_look (CpdAuditMark *mark)
{
  CpdAuditRow row = mark->row;

  if (!mark->written || lies_there (mark))
    return TRUE;
  g_warning ("%s.audit is not as it was left, somebody replaced it: it is written again; see “clientportaald audit "
             "--verify”",
             mark->database);
  if (mark->fd >= 0)
    g_close (mark->fd, NULL);
  mark->fd = -1;
  write_mark (mark, &row); /* in place of both; what cannot be written now is by the next commit */
  return FALSE;
}

/**
 * cpd_audit_mark_log:
 */
void
cpd_audit_mark_log (CpdAuditMark *mark)
{
  g_autofree char *text = NULL;

  cpd_audit_mark_look (mark);
  if (!mark->begun || mark->row.id == mark->logged)
    return;
  mark->logged = mark->row.id;
  text = cpd_audit_mark_text (mark->keys, &mark->row);
  g_message ("audit mark: %s", text);
}

/**
 * cpd_audit_mark_set:
 *
 * While no writer runs on that database.
 */
gboolean
cpd_audit_mark_set (const CpdKeys *keys, const char *database, const CpdAuditRow *row, GError **error)
{
  CpdAuditMark *mark = cpd_audit_mark_new (keys, database);
  gboolean written = write_mark (mark, row) && fsync (mark->fd) == 0;

  cpd_audit_mark_free (mark);
  if (!written)
    g_set_error (error, CP_ERROR, CP_ERROR_SERVER_FULL, "%s.audit cannot be written", database);
  return written;
}
