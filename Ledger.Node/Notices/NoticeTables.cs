namespace Ledger.Node.Notices;

/// <summary>
/// The tables of the file of notices: where learners are told, notices that are not taken yet, and which requests are
/// in a notice that is or was.
/// </summary>
internal static class NoticeTables
{
    /// <summary>The table of addresses of format 1, which were sealed to the node's encryption key.</summary>
    public const string PlainAddresses = "plain_addresses";

    /// <summary>Names it so.</summary>
    public const string SetAside = $"ALTER TABLE addresses RENAME TO {PlainAddresses}";

    /// <summary>The statements that make the tables; but for addresses they are as in format 1.</summary>
    public const string Text = """
        CREATE TABLE addresses (
            learner BLOB PRIMARY KEY,
            content BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS notices (
            id BLOB PRIMARY KEY,
            learner BLOB NOT NULL,
            channel INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            next_ms INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS notices_by_learner ON notices (learner);
        CREATE INDEX IF NOT EXISTS notices_by_time ON notices (next_ms);
        CREATE TABLE IF NOT EXISTS told (
            learner BLOB NOT NULL,
            channel INTEGER NOT NULL,
            verb TEXT NOT NULL,
            number INTEGER NOT NULL,
            notice BLOB NOT NULL,
            PRIMARY KEY (learner, channel, verb, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS told_by_notice ON told (notice);
        """;
}
