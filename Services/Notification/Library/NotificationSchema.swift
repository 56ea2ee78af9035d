import Store

/// The tables of notification.
enum NotificationSchema {
  static let migrations = [
    Store.Migration(
      "notification-1",
      sql: """
        CREATE TABLE address (
          member TEXT PRIMARY KEY,
          name TEXT NOT NULL,
          email TEXT NOT NULL,
          language TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE mail (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          task TEXT NOT NULL UNIQUE,
          kind TEXT NOT NULL,
          member TEXT NOT NULL,
          subject TEXT NOT NULL,
          day TEXT NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('queued', 'kept')),
          file TEXT NOT NULL,
          bytes BLOB NOT NULL
        ) STRICT;
        CREATE INDEX mail_member ON mail (member, number);
        CREATE INDEX mail_tally ON mail (kind, state);
        """),
    Store.Migration(
      "notification-2",
      sql: """
        CREATE TABLE withdrawal (task TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
        CREATE TABLE board_notice (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          task TEXT NOT NULL UNIQUE,
          kind TEXT NOT NULL,
          lines TEXT NOT NULL,
          day TEXT NOT NULL
        ) STRICT;
        """),
    Store.Migration(
      "notification-3",
      sql: """
        ALTER TABLE address ADD COLUMN status TEXT;
        ALTER TABLE address ADD COLUMN is_protected INTEGER NOT NULL DEFAULT 0;
        -- The board is written to like others.
        DROP TABLE board_notice;

        CREATE TABLE mail_of_3 (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          task TEXT NOT NULL UNIQUE,
          kind TEXT NOT NULL,
          member TEXT NOT NULL,
          subject TEXT NOT NULL,
          day TEXT NOT NULL,
          state TEXT NOT NULL
            CHECK (state IN ('queued', 'attempting', 'retrying', 'sent', 'kept', 'failed', 'suppressed')),
          file TEXT NOT NULL,
          -- Whom it is to, and exactly what is sent, each time the same; empty where nothing is to be.
          recipient TEXT NOT NULL DEFAULT '',
          bytes BLOB NOT NULL,
          -- What it says, for the board.
          text TEXT NOT NULL DEFAULT '',
          -- The task as it came: what a mail is written anew from, alone or with others.
          task_body BLOB,
          -- It is small, and may share a mail with others.
          is_small INTEGER NOT NULL DEFAULT 0,
          -- The mail that it shares, and whose state it has.
          carrier INTEGER REFERENCES mail_of_3 (number),
          attempts INTEGER NOT NULL DEFAULT 0,
          -- Attempts whose outcome nobody knows.
          unanswered INTEGER NOT NULL DEFAULT 0,
          first_attempt_at INTEGER,
          next_attempt_at INTEGER,
          reason TEXT,
          detail TEXT
        ) STRICT;
        INSERT INTO mail_of_3 (number, task, kind, member, subject, day, state, file, bytes)
          SELECT number, task, kind, member, subject, day, state, file, bytes FROM mail;
        DROP TABLE mail;
        ALTER TABLE mail_of_3 RENAME TO mail;
        CREATE INDEX mail_member ON mail (member, number);
        CREATE INDEX mail_tally ON mail (kind, state);
        CREATE INDEX mail_state ON mail (state, number);
        CREATE INDEX mail_carrier ON mail (carrier) WHERE carrier IS NOT NULL;
        CREATE INDEX mail_small ON mail (member, number) WHERE is_small = 1 AND state = 'queued';

        CREATE TABLE declined (member TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (member, kind))
          STRICT, WITHOUT ROWID;
        """),
    // The links of a mail answer for whom it is to: the board's copy is without them.
    Store.Migration(
      "notification-4",
      sql: """
        UPDATE mail SET text = '' WHERE json_extract(CAST(task_body AS TEXT), '$.choices') IS NOT NULL;
        -- A sentence that ends with a nobody has its own full stop.
        UPDATE address SET name = 'N.N' WHERE name = 'N.N.';
        """),
  ]
}
