using Microsoft.Data.Sqlite;

namespace Ledger.Node.Tests.Sealing;

/// <summary>Files as earlier versions left them: tables as they stood then, which never change any more.</summary>
internal static class FormerFile
{
    public const string Custody = """
        CREATE TABLE copies (
            writer BLOB NOT NULL, key_version INTEGER NOT NULL, hashed_id BLOB NOT NULL, range BLOB NOT NULL,
            writer_index INTEGER NOT NULL, type INTEGER NOT NULL, time_ms INTEGER NOT NULL, committed BLOB NOT NULL,
            salt BLOB NOT NULL, PRIMARY KEY (writer, key_version, hashed_id), UNIQUE (range, writer_index)) STRICT;
        PRAGMA user_version = 1;
        """;

    public const string Copies = """
        CREATE TABLE copies (
            learner BLOB NOT NULL, verb TEXT NOT NULL, writer BLOB NOT NULL, place INTEGER NOT NULL,
            grant_number INTEGER NOT NULL, until INTEGER NOT NULL, box BLOB NOT NULL, height INTEGER NOT NULL,
            record BLOB NOT NULL, receipt BLOB NOT NULL, PRIMARY KEY (learner, verb, writer, place)) STRICT;
        CREATE INDEX copies_by_end ON copies (until) WHERE until > 0;
        CREATE TABLE journal (
            number INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, what TEXT NOT NULL,
            learner BLOB NOT NULL, verb TEXT NOT NULL, writer BLOB NOT NULL, records INTEGER NOT NULL) STRICT;
        PRAGMA user_version = 1;
        """;

    public const string Links = """
        CREATE TABLE links (
            name TEXT PRIMARY KEY, cursor TEXT NOT NULL DEFAULT '', moved INTEGER NOT NULL DEFAULT 0,
            refused INTEGER NOT NULL DEFAULT 0, opted_out INTEGER NOT NULL DEFAULT 0, success_ms INTEGER,
            failing_ms INTEGER, error TEXT) STRICT;
        CREATE TABLE refused (
            number INTEGER PRIMARY KEY AUTOINCREMENT, link TEXT NOT NULL, digest BLOB NOT NULL, at_ms INTEGER NOT NULL,
            id TEXT NOT NULL, path TEXT NOT NULL, rule TEXT NOT NULL, message TEXT NOT NULL, content BLOB NOT NULL,
            UNIQUE (link, digest)) STRICT;
        PRAGMA user_version = 1;
        """;

    public const string Classes = """
        CREATE TABLE classes (id TEXT PRIMARY KEY, title TEXT NOT NULL, course TEXT NOT NULL) STRICT;
        CREATE TABLE members (
            class TEXT NOT NULL REFERENCES classes (id), place INTEGER NOT NULL, role TEXT NOT NULL,
            accounts TEXT NOT NULL, PRIMARY KEY (class, place)) STRICT;
        PRAGMA user_version = 1;
        """;

    public const string Notices = """
        CREATE TABLE addresses (learner BLOB PRIMARY KEY, content BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE notices (
            id BLOB PRIMARY KEY, learner BLOB NOT NULL, channel INTEGER NOT NULL, attempts INTEGER NOT NULL,
            next_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX notices_by_learner ON notices (learner);
        CREATE INDEX notices_by_time ON notices (next_ms);
        CREATE TABLE told (
            learner BLOB NOT NULL, channel INTEGER NOT NULL, verb TEXT NOT NULL, number INTEGER NOT NULL,
            notice BLOB NOT NULL, PRIMARY KEY (learner, channel, verb, number)) STRICT, WITHOUT ROWID;
        CREATE INDEX told_by_notice ON told (notice);
        PRAGMA user_version = 1;
        """;

    public const string Disclosures = """
        CREATE TABLE disclosures (
            learner BLOB NOT NULL, id BLOB NOT NULL, since INTEGER NOT NULL, ends INTEGER NOT NULL,
            withdrawn INTEGER NOT NULL, words TEXT NOT NULL, file BLOB, PRIMARY KEY (learner, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX disclosures_by_end ON disclosures (ends);
        PRAGMA user_version = 1;
        """;

    public const string Cohorts = """
        CREATE TABLE questions (
            number INTEGER PRIMARY KEY, asked_unix_ms INTEGER NOT NULL, asker BLOB NOT NULL, purpose TEXT NOT NULL,
            question BLOB NOT NULL, outcome TEXT NOT NULL) STRICT;
        CREATE TABLE parts (
            answer INTEGER NOT NULL, learner BLOB NOT NULL, records INTEGER NOT NULL, PRIMARY KEY (answer, learner)
        ) STRICT, WITHOUT ROWID;
        """;

    public const string Research = """
        CREATE TABLE projects (name TEXT PRIMARY KEY, key BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE exports (number INTEGER PRIMARY KEY, line BLOB NOT NULL) STRICT;
        CREATE TABLE told (
            verb TEXT NOT NULL, activity TEXT NOT NULL, week INTEGER NOT NULL, export INTEGER NOT NULL,
            learner BLOB NOT NULL, records INTEGER NOT NULL, succeeded INTEGER NOT NULL, failed INTEGER NOT NULL,
            PRIMARY KEY (verb, activity, week, export, learner)) STRICT, WITHOUT ROWID;
        """;

    /// <summary>Makes a file of these tables, and rows of them.</summary>
    public static void Make(string path, string tables, params (string Table, object?[] Values)[] rows)
    {
        using SqliteConnection connection = KeyFolder.Connect(path);
        using SqliteCommand make = connection.CreateCommand();
        make.CommandText = "PRAGMA journal_mode = WAL; " + tables;
        make.ExecuteNonQuery();
        foreach ((string table, object?[] values) in rows)
        {
            using SqliteCommand add = connection.CreateCommand();
            add.CommandText =
                $"INSERT INTO {table} VALUES ({string.Join(", ", values.Select(static (_, place) => $"${place}"))})";
            for (int place = 0; place < values.Length; place++)
            {
                add.Parameters.AddWithValue($"${place}", values[place] ?? DBNull.Value);
            }

            add.ExecuteNonQuery();
        }
    }
}
