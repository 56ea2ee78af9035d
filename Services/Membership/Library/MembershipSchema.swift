import Contracts
import GRDB
import Store

/// The tables of membership.
enum MembershipSchema {
  static let migrations = [
    Store.Migration(
      "membership-1",
      sql: """
        CREATE TABLE member (
          id TEXT PRIMARY KEY,
          name TEXT NOT NULL,
          email TEXT NOT NULL,
          email_key TEXT NOT NULL UNIQUE,
          language TEXT NOT NULL,
          kommun TEXT NOT NULL,
          organisation_number TEXT,
          role TEXT NOT NULL,
          capacity INTEGER,
          years INTEGER NOT NULL,
          topics TEXT NOT NULL,
          status TEXT NOT NULL,
          name_folded TEXT NOT NULL,
          search TEXT NOT NULL,
          registered_at INTEGER NOT NULL,
          changed_at INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX member_by_name ON member (name_folded, id);

        CREATE TABLE import (
          id TEXT PRIMARY KEY,
          is_written INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE import_part (
          import_id TEXT NOT NULL REFERENCES import (id) ON DELETE CASCADE,
          part INTEGER NOT NULL,
          rows BLOB NOT NULL,
          PRIMARY KEY (import_id, part)
        ) STRICT;
        CREATE TABLE import_fault (
          import_id TEXT NOT NULL REFERENCES import (id) ON DELETE CASCADE,
          position INTEGER NOT NULL,
          line INTEGER NOT NULL,
          fault BLOB NOT NULL,
          PRIMARY KEY (import_id, position)
        ) STRICT;
        """),
    Store.Migration(
      "membership-2",
      sql: """
        ALTER TABLE member ADD COLUMN phone TEXT;
        ALTER TABLE member ADD COLUMN qualification TEXT;
        ALTER TABLE member ADD COLUMN note TEXT;
        -- `ProfileFacts` as JSON, but for whom the member names.
        ALTER TABLE member ADD COLUMN facts TEXT NOT NULL DEFAULT '{}';
        UPDATE member SET facts = '{'
            || iif(role <> 'adept', '"offers":["' || replace(topics, ' ', '","') || '"]', '')
            || iif(role = 'both', ',', '')
            || iif(role <> 'mentor', '"wants":["' || replace(topics, ' ', '","') || '"]', '') || '}'
          WHERE topics <> '';

        -- Whom a member names: by id, or by an address (`email_key`) until somebody with it is registered.
        CREATE TABLE naming (
          member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
          kind TEXT NOT NULL,
          position INTEGER NOT NULL,
          reference TEXT NOT NULL,
          PRIMARY KEY (member, kind, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX naming_of ON naming (reference);
        """),
    Store.Migration(
      "membership-3",
      sql: """
        ALTER TABLE member ADD COLUMN since TEXT NOT NULL DEFAULT '2026-09-01';
        UPDATE member SET since = date(changed_at / 1000, 'unixepoch');
        ALTER TABLE member ADD COLUMN paused_until TEXT;
        ALTER TABLE member ADD COLUMN reason TEXT;
        ALTER TABLE member ADD COLUMN is_protected INTEGER NOT NULL DEFAULT 0;
        -- A list and a search read nothing but this until they have found their page.
        DROP INDEX member_by_name;
        CREATE UNIQUE INDEX member_by_name
          ON member (name_folded, id, status, role, kommun, topics, is_protected, search);

        -- On what ground a member's data is held; what was recorded before stays.
        CREATE TABLE lawful_basis (
          member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
          number INTEGER NOT NULL,
          kind TEXT NOT NULL,
          day TEXT NOT NULL,
          wording TEXT NOT NULL,
          recorded_at INTEGER NOT NULL,
          recorded_by TEXT NOT NULL,
          PRIMARY KEY (member, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE rule (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """),
    Store.Migration(
      "membership-4",
      sql: """
        -- What a dry run would do with each row.
        CREATE TABLE import_outcome (
          import_id TEXT NOT NULL REFERENCES import (id) ON DELETE CASCADE,
          position INTEGER NOT NULL,
          outcome BLOB NOT NULL,
          PRIMARY KEY (import_id, position)
        ) STRICT;

        CREATE TABLE former_identity (
          member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
          name TEXT NOT NULL,
          email TEXT NOT NULL,
          phone TEXT,
          UNIQUE (member, name, email, phone)
        ) STRICT;

        -- awaited: the services that have not answered, with spaces between.
        CREATE TABLE erasure (
          member TEXT PRIMARY KEY,
          id TEXT NOT NULL,
          begun INTEGER NOT NULL,
          begun_by TEXT NOT NULL,
          awaited TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE erasure_answer (
          member TEXT NOT NULL REFERENCES erasure (member),
          service TEXT NOT NULL,
          report BLOB NOT NULL,
          PRIMARY KEY (member, service)
        ) STRICT, WITHOUT ROWID;
        """),
    Store.Migration(
      "membership-5",
      sql: """
        -- Mails to the member do not arrive; gone with the address.
        CREATE TABLE address_failure (
          member TEXT PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
          code TEXT NOT NULL,
          day TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """),
    Store.Migration(
      "membership-6",
      sql: """
        -- `ImportRun` as JSON, once an import is committed.
        ALTER TABLE import ADD COLUMN run TEXT;
        -- The addresses that a pass has come by, to find those that a file has twice.
        CREATE TABLE import_address (
          import_id TEXT NOT NULL REFERENCES import (id) ON DELETE CASCADE,
          email_key TEXT NOT NULL,
          line INTEGER NOT NULL,
          PRIMARY KEY (import_id, email_key)
        ) STRICT, WITHOUT ROWID;
        """),
    // What a search looks in has more letters and dashes folded.
    Store.Migration("membership-7") { db in
      for row in try Row.fetchAll(db, sql: "SELECT id, name, email FROM member") {
        let name = (row["name"] as String).folded
        try db.execute(
          sql: "UPDATE member SET name_folded = ?, search = ? WHERE id = ?",
          arguments: [name, name + "\n" + (row["email"] as String).folded, row["id"] as String])
      }
    },
  ]
}
