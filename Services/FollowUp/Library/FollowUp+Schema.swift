import Store

extension FollowUp {
  static let migrations = [
    Store.Migration(
      "followup-1",
      sql: """
        CREATE TABLE invitation (
          match TEXT PRIMARY KEY,
          mentor TEXT NOT NULL,
          adept TEXT NOT NULL,
          submitted TEXT NOT NULL,
          answer_by TEXT NOT NULL,
          mentor_answered INTEGER NOT NULL DEFAULT 0,
          adept_answered INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE mentorship (
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          mentor TEXT NOT NULL,
          adept TEXT NOT NULL,
          state TEXT NOT NULL,
          starts TEXT NOT NULL,
          ends TEXT NOT NULL,
          months INTEGER NOT NULL,
          every_weeks INTEGER,
          agreed TEXT,
          topics TEXT,
          direction TEXT,
          form TEXT,
          first_contact_told INTEGER NOT NULL,
          half_way_told INTEGER NOT NULL,
          reminders INTEGER NOT NULL,
          latest_reminder TEXT,
          ended_by TEXT,
          end_reason TEXT
        ) STRICT;

        CREATE TABLE contact (
          mentorship TEXT NOT NULL REFERENCES mentorship (id) ON DELETE CASCADE,
          day TEXT NOT NULL,
          form TEXT NOT NULL,
          PRIMARY KEY (mentorship, day, form)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE told (
          kind TEXT PRIMARY KEY,
          tasks INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """),
    Store.Migration(
      "followup-conflicts",
      sql: """
        CREATE TABLE conflict (
          match TEXT PRIMARY KEY,
          outcome TEXT NOT NULL,
          rules TEXT NOT NULL,
          day TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE tender_note (
          match TEXT NOT NULL,
          member TEXT NOT NULL,
          reference TEXT NOT NULL,
          day TEXT NOT NULL,
          PRIMARY KEY (match, member, reference)
        ) STRICT, WITHOUT ROWID;
        """),
    Store.Migration(
      "followup-2",
      sql: """
        ALTER TABLE mentorship ADD COLUMN extended INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE mentorship ADD COLUMN suspend_reason TEXT;
        ALTER TABLE mentorship ADD COLUMN course TEXT;
        CREATE INDEX mentorship_mentor ON mentorship (mentor);
        CREATE INDEX mentorship_adept ON mentorship (adept);
        CREATE INDEX invitation_adept ON invitation (adept);
        """ + Questions.schema + OpenTasks.schema + History.schema + BoardTask.schema + Surveys.schema),
    Store.Migration("followup-tokens", sql: Questions.schemaByQuestion),
    Store.Migration(
      "followup-3",
      sql: """
        -- What somebody answers to a survey stands in one place, and when they did in none that the board reads.
        DELETE FROM history WHERE what = 'survey';
        UPDATE question SET given = NULL WHERE kind = 'survey';
        -- Both can ask for help.
        UPDATE mentorship SET course =
          json_set(json_remove(course, '$.help'), '$.helpAskedBy', json_array(json_extract(course, '$.help')))
        WHERE json_extract(course, '$.help') IS NOT NULL;
        """),
  ]
}
