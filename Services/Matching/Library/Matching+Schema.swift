import Store

extension Matching {
  /// The index on the adept holds what `Submission` decides: one open match or running mentorship at a time.
  static let migrations = [
    Store.Migration(
      "matching-1",
      sql: """
        CREATE TABLE profile (
          member TEXT PRIMARY KEY,
          kommun TEXT NOT NULL,
          organisation TEXT,
          role TEXT NOT NULL,
          capacity INTEGER,
          years INTEGER NOT NULL,
          topics TEXT NOT NULL,
          status TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE match (
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          mentor TEXT NOT NULL,
          adept TEXT NOT NULL,
          state TEXT NOT NULL,
          reason TEXT,
          months INTEGER NOT NULL,
          submitted TEXT NOT NULL,
          answer_by TEXT NOT NULL,
          submitted_by TEXT NOT NULL,
          declined_by TEXT,
          ended TEXT
        ) STRICT;

        CREATE INDEX match_that_takes_place ON match (mentor)
          WHERE state IN ('submitted', 'accepted-by-mentor', 'accepted-by-adept', 'active');
        CREATE UNIQUE INDEX match_of_adept ON match (adept)
          WHERE state IN ('submitted', 'accepted-by-mentor', 'accepted-by-adept', 'active');
        """),
    Store.Migration(
      "matching-2",
      sql: """
        ALTER TABLE profile ADD COLUMN facts TEXT;

        ALTER TABLE match ADD COLUMN responsible TEXT;
        -- The rules that the board's reason covers, and those found since.
        ALTER TABLE match ADD COLUMN decided_rules TEXT NOT NULL DEFAULT '';
        ALTER TABLE match ADD COLUMN open_rules TEXT NOT NULL DEFAULT '';
        UPDATE match SET responsible = submitted_by;

        DROP INDEX match_that_takes_place;
        DROP INDEX match_of_adept;
        CREATE INDEX match_that_takes_place ON match (mentor)
          WHERE state IN ('submitted', 'accepted-by-mentor', 'accepted-by-adept', 'held', 'active');
        CREATE UNIQUE INDEX match_of_adept ON match (adept)
          WHERE state IN ('submitted', 'accepted-by-mentor', 'accepted-by-adept', 'held', 'active');

        -- Pairs that are not to be matched again, and adepts who go first in the next plan.
        CREATE TABLE not_again (
          mentor TEXT NOT NULL,
          adept TEXT NOT NULL,
          PRIMARY KEY (mentor, adept)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE returning_adept (
          adept TEXT PRIMARY KEY,
          months INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE plan (
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          objective TEXT NOT NULL,
          made TEXT NOT NULL,
          made_by TEXT NOT NULL
        ) STRICT;
        CREATE TABLE plan_pair (
          plan TEXT NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
          adept TEXT NOT NULL,
          mentor TEXT NOT NULL,
          score INTEGER NOT NULL,
          is_locked INTEGER NOT NULL,
          is_dropped INTEGER NOT NULL,
          match TEXT,
          PRIMARY KEY (plan, adept)
        ) STRICT, WITHOUT ROWID;
        """),
    Store.Migration(
      "matching-3",
      sql: """
        CREATE TABLE score_weights (
          version INTEGER PRIMARY KEY,
          file TEXT NOT NULL,
          made TEXT NOT NULL,
          made_by TEXT NOT NULL
        ) STRICT;
        """),
    Store.Migration(
      "matching-4",
      sql: """
        -- They hold the single facts now; a rule alone, from before, stands for all of its facts.
        ALTER TABLE match RENAME COLUMN decided_rules TO decided;
        ALTER TABLE match RENAME COLUMN open_rules TO open;

        ALTER TABLE plan ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
        -- An adept has one pair in a draft, but any number that the board does not want.
        CREATE TABLE plan_forbidden (
          plan TEXT NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
          adept TEXT NOT NULL,
          mentor TEXT NOT NULL,
          PRIMARY KEY (plan, adept, mentor)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO plan_forbidden SELECT plan, adept, mentor FROM plan_pair WHERE is_dropped;
        DELETE FROM plan_pair WHERE is_dropped;
        ALTER TABLE plan_pair DROP COLUMN is_dropped;

        -- Why it was the best, line by line as it is told.
        CREATE TABLE plan_line (
          plan TEXT NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
          number INTEGER NOT NULL,
          adept TEXT,
          mentor TEXT,
          body TEXT NOT NULL,
          PRIMARY KEY (plan, number)
        ) STRICT, WITHOUT ROWID;
        """),
    Store.Migration(
      "matching-5",
      sql: """
        -- What the pairs were worth, some of an adept's in a row: MENTOR=SCORE, parted by spaces.
        CREATE TABLE plan_score (
          plan TEXT NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
          number INTEGER NOT NULL,
          adept TEXT NOT NULL,
          scores TEXT NOT NULL,
          PRIMARY KEY (plan, number)
        ) STRICT, WITHOUT ROWID;
        """),
    Store.Migration(
      "matching-6",
      sql: """
        -- Adepts whose mentorship ended early and who want no new mentor.
        CREATE TABLE resting_adept (adept TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
        """),
  ]
}
