using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Node.Records;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Box;

/// <summary>
/// What the reads at this box were, sealed to their parties, in an SQLite file beside the records. An entry is on disk
/// before its commitment is sent: the ledger never counts a read that the box could not explain.
/// </summary>
public sealed class TrailStore : IDisposable
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

    /// <summary>Opens the file, or makes it.</summary>
    public TrailStore(string path)
    {
        connection = RecordDatabase.OpenWriter(path, Tables, SchemaVersion);
        insert = new PreparedStatement(
            connection,
            "INSERT INTO entries (commitment, learner, content) VALUES ($commitment, $learner, $content)",
            "$commitment", "$learner", "$content");
        find = new PreparedStatement(
            connection,
            "SELECT content FROM entries WHERE commitment = $commitment AND learner = $learner",
            "$commitment", "$learner");
    }

    /// <summary>Keeps what reads are about to be, in one synced transaction.</summary>
    public void AddAll(IReadOnlyList<PendingRead> reads)
    {
        lock (gate)
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            foreach (PendingRead read in reads)
            {
                insert.Run(
                    transaction, read.Commitment.ToArray(), read.Learner.ToArray(), read.Content.ToByteArray());
            }

            transaction.Commit();
        }
    }

    /// <summary>What a read of a learner's records was, or null.</summary>
    public SealedMessage? Find(Address learner, Hash256 commitment)
    {
        lock (gate)
        {
            return find.Scalar(null, commitment.ToArray(), learner.ToArray()) is byte[] content
                ? SealedMessage.Parser.ParseFrom(content)
                : null;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            insert.Dispose();
            find.Dispose();
            connection.Dispose();
        }
    }
}
