using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Node.Records;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Box;

/// <summary>
/// What opens commitments about learners, sealed to the parties, in an SQLite file beside the records: what reads were,
/// or what requests are for. It is on disk before its commitment is sent: the ledger never has one that this node could
/// not explain.
/// </summary>
public sealed class SealedOpenings : IDisposable
{
    private const long SchemaVersion = 1;

    private const string Tables = """
        CREATE TABLE entries (
            commitment BLOB PRIMARY KEY,
            learner BLOB NOT NULL,
            content BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        """;

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly PreparedStatement insert;
    private readonly PreparedStatement find;
    private readonly PreparedStatement firstLearner;

    /// <summary>Opens the file, or makes it.</summary>
    public SealedOpenings(string path)
    {
        connection = RecordDatabase.OpenWriter(path, Tables, SchemaVersion);
        RecordDatabase.Execute(connection, "CREATE INDEX IF NOT EXISTS entries_by_learner ON entries (learner)");
        insert = new PreparedStatement(
            connection,
            "INSERT INTO entries (commitment, learner, content) VALUES ($commitment, $learner, $content) "
                + "ON CONFLICT (commitment) DO NOTHING",
            "$commitment", "$learner", "$content");
        find = new PreparedStatement(
            connection,
            "SELECT content FROM entries WHERE commitment = $commitment AND learner = $learner",
            "$commitment", "$learner");
        firstLearner = new PreparedStatement(
            connection, "SELECT MIN(learner) FROM entries WHERE learner > $learner", "$learner");
    }

    /// <summary>Keeps openings, in one synced transaction; one that is there stays as it is.</summary>
    public void AddAll(IReadOnlyList<SealedOpening> openings)
    {
        lock (gate)
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            foreach (SealedOpening opening in openings)
            {
                insert.Run(
                    transaction,
                    opening.Commitment.ToArray(),
                    opening.Learner.ToArray(),
                    opening.Content.ToByteArray());
            }

            transaction.Commit();
        }
    }

    /// <summary>What opens a commitment about a learner, or null.</summary>
    public SealedMessage? Find(Address learner, Hash256 commitment)
    {
        lock (gate)
        {
            return find.Scalar(null, commitment.ToArray(), learner.ToArray()) is byte[] content
                ? SealedMessage.Parser.ParseFrom(content)
                : null;
        }
    }

    /// <summary>The first learner after another one, or of all, about whom something is kept; null for none.</summary>
    public Address? FirstLearner(Address? after)
    {
        lock (gate)
        {
            return firstLearner.Scalar(null, after?.ToArray() ?? []) is byte[] found ? new Address(found) : null;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            insert.Dispose();
            find.Dispose();
            firstLearner.Dispose();
            connection.Dispose();
        }
    }
}
