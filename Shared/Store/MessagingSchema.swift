import GRDB

/// The tables that every service's store has. Times are Int64 milliseconds in UTC.
enum MessagingSchema {
  static let migrations = [
    Store.Migration(
      "messaging-1",
      sql: """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

        -- state: 0 pending, 1 effected, 2 dead at the receiver, 3 dead here, 4 parked, 5 expired, 6 discarded
        CREATE TABLE outbox (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT,
          id TEXT NOT NULL,
          destination TEXT NOT NULL,
          key TEXT NOT NULL,
          type TEXT NOT NULL,
          body BLOB NOT NULL,
          expires_at INTEGER,
          state INTEGER NOT NULL DEFAULT 0,
          -- Once it may have left, its end is the receiver's to say; noted where it can expire.
          is_sent INTEGER NOT NULL DEFAULT 0,
          settled_at INTEGER,
          problem TEXT,
          UNIQUE (id, destination)
        ) STRICT;
        CREATE INDEX outbox_key ON outbox (destination, key, sequence) WHERE state = 0;
        CREATE INDEX outbox_stuck ON outbox (state, sequence) WHERE state IN (3, 4);
        CREATE INDEX outbox_pending ON outbox (destination, sequence) WHERE state = 0;
        CREATE INDEX outbox_expiry ON outbox (expires_at)
          WHERE state = 0 AND is_sent = 0 AND expires_at IS NOT NULL;
        CREATE INDEX outbox_kept ON outbox (settled_at) WHERE state IN (1, 2, 5, 6);

        -- The bytes that wait, kept by the database itself so that a rolled-back savepoint counts for nothing.
        CREATE TABLE outbox_size (bytes INTEGER NOT NULL) STRICT;
        INSERT INTO outbox_size VALUES (0);
        CREATE TRIGGER outbox_added AFTER INSERT ON outbox BEGIN
          UPDATE outbox_size SET bytes = bytes + length(new.body);
        END;
        CREATE TRIGGER outbox_filled AFTER UPDATE OF body ON outbox BEGIN
          UPDATE outbox_size SET bytes = bytes + length(new.body) - length(old.body);
        END;
        CREATE TRIGGER outbox_settled AFTER UPDATE OF state ON outbox
        WHEN (old.state = 0) <> (new.state = 0) BEGIN
          UPDATE outbox_size SET bytes = bytes + iif(new.state = 0, 1, -1) * length(new.body);
        END;

        CREATE TABLE peer (
          name TEXT PRIMARY KEY, epoch TEXT, settled_below INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE inbox (
          source TEXT NOT NULL,
          id TEXT NOT NULL,
          hash BLOB NOT NULL,
          sequence INTEGER NOT NULL,
          received_at INTEGER NOT NULL,
          PRIMARY KEY (source, id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE attempt (
          source TEXT NOT NULL,
          id TEXT NOT NULL,
          started INTEGER NOT NULL,
          failed INTEGER NOT NULL,
          problem TEXT,
          PRIMARY KEY (source, id)
        ) STRICT, WITHOUT ROWID;

        -- state: 0 dead, 1 replayed, 2 discarded
        CREATE TABLE dead_letter (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          source TEXT NOT NULL,
          id TEXT NOT NULL,
          key TEXT NOT NULL,
          type TEXT NOT NULL,
          body BLOB NOT NULL,
          problem TEXT NOT NULL,
          attempts INTEGER NOT NULL,
          died_at INTEGER NOT NULL,
          state INTEGER NOT NULL DEFAULT 0,
          UNIQUE (source, id)
        ) STRICT;
        CREATE INDEX dead_letter_key ON dead_letter (source, key) WHERE state = 0;

        CREATE TABLE reply (
          principal TEXT NOT NULL,
          type TEXT NOT NULL,
          key TEXT NOT NULL,
          hash BLOB NOT NULL,
          body BLOB NOT NULL,
          stored_at INTEGER NOT NULL,
          PRIMARY KEY (principal, type, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX reply_age ON reply (stored_at);

        CREATE TABLE due_work (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          kind TEXT NOT NULL,
          key TEXT NOT NULL,
          due_at INTEGER NOT NULL,
          payload BLOB NOT NULL,
          failures INTEGER NOT NULL DEFAULT 0,
          problem TEXT,
          UNIQUE (kind, key)
        ) STRICT;
        CREATE INDEX due_work_due ON due_work (due_at, number);

        CREATE TABLE audit (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          at INTEGER NOT NULL,
          principal TEXT NOT NULL,
          type TEXT NOT NULL,
          key TEXT NOT NULL,
          outcome TEXT NOT NULL
        ) STRICT;
        """),
    // When a row was added, by the machine's clock, for its age; and what trace a piece of work belongs to.
    Store.Migration(
      "messaging-2",
      sql: """
        ALTER TABLE outbox ADD COLUMN added_at INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE due_work ADD COLUMN traceparent TEXT;
        """),
    Audit.migration,
    Erasures.migration,
    // The bytes stand by themselves: a row's end is written without writing them again. And how far each receiver has
    // been sent to is one number, where it was a mark on each row.
    Store.Migration(
      "messaging-3",
      sql: """
        CREATE TABLE outbox_body (sequence INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
        INSERT INTO outbox_body SELECT sequence, body FROM outbox;
        ALTER TABLE outbox ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
        UPDATE outbox SET bytes = length(body);
        ALTER TABLE peer ADD COLUMN sent_through INTEGER NOT NULL DEFAULT 0;
        INSERT INTO peer (name, sent_through) SELECT destination, max(sequence) FROM outbox WHERE is_sent = 1
          GROUP BY destination ON CONFLICT (name) DO UPDATE SET sent_through = excluded.sent_through;

        DROP TRIGGER outbox_added;
        DROP TRIGGER outbox_filled;
        DROP TRIGGER outbox_settled;
        DROP INDEX outbox_expiry;
        ALTER TABLE outbox DROP COLUMN body;
        ALTER TABLE outbox DROP COLUMN is_sent;
        CREATE INDEX outbox_expiry ON outbox (expires_at) WHERE state = 0 AND expires_at IS NOT NULL;
        CREATE TRIGGER outbox_added AFTER INSERT ON outbox BEGIN
          UPDATE outbox_size SET bytes = bytes + new.bytes;
        END;
        CREATE TRIGGER outbox_settled AFTER UPDATE OF state ON outbox
        WHEN (old.state = 0) <> (new.state = 0) BEGIN
          UPDATE outbox_size SET bytes = bytes + iif(new.state = 0, 1, -1) * new.bytes;
        END;
        CREATE TRIGGER outbox_forgotten AFTER DELETE ON outbox BEGIN
          DELETE FROM outbox_body WHERE sequence = old.sequence;
        END;
        CREATE VIEW outbox_message AS SELECT outbox.*, body FROM outbox JOIN outbox_body USING (sequence);
        """),
    Store.Migration(
      "messaging-due-by-kind",
      sql: """
        DROP INDEX due_work_due;
        CREATE INDEX due_work_due ON due_work (kind, due_at, number);
        """),
    // The statements that add and settle count for themselves, a packet at a time where triggers did it for each row; and
    // what is old is found by when it was added.
    Store.Migration(
      "messaging-4",
      sql: """
        DROP TRIGGER outbox_added;
        DROP TRIGGER outbox_settled;
        DROP INDEX outbox_kept;
        """),
  ]
}

/// Small facts about the store itself.
public enum Meta {
  /// There as long as a restored service has not told the others again what it holds.
  public static let restored = "restored"

  /// There in a store that was put back from a backup, until it is opened in an epoch of its own.
  static let putBack = "put-back"

  /// When the latest backup was asked for, in milliseconds: a backup holds its own moment.
  public static let backup = "backup"

  public static func value(_ db: Database, _ name: String) throws -> String? {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT value FROM meta WHERE name = ?"), arguments: [name])
  }

  public static func remove(_ db: Database, _ name: String) throws {
    try db.execute(sql: "DELETE FROM meta WHERE name = ?", arguments: [name])
  }

  public static func set(_ db: Database, _ name: String, _ value: String) throws {
    try db.cachedStatement(
      sql: "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    ).execute(arguments: [name, value])
  }
}
