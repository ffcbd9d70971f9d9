namespace Ledger.Node.Notices;

/// <summary>
/// The tables of the file of notices: where learners are told, notices that are not taken yet, and which requests are
/// in a notice that is or was.
/// </summary>
internal static class NoticeTables
{
    /// <summary>The format's version.</summary>
    public const long Version = 1;

    /// <summary>The statements that make them.</summary>
    public const string Text = """
        CREATE TABLE addresses (
            learner BLOB PRIMARY KEY,
            content BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE notices (
            id BLOB PRIMARY KEY,
            learner BLOB NOT NULL,
            channel INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            next_ms INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX notices_by_learner ON notices (learner);
        CREATE INDEX notices_by_time ON notices (next_ms);
        CREATE TABLE told (
            learner BLOB NOT NULL,
            channel INTEGER NOT NULL,
            verb TEXT NOT NULL,
            number INTEGER NOT NULL,
            notice BLOB NOT NULL,
            PRIMARY KEY (learner, channel, verb, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX told_by_notice ON told (notice);
        """;
}
