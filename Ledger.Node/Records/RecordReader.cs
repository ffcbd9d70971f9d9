using System.Text;
using Ledger.Client.Records;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Records;

/// <summary>Answers queries from a connection of its own, so that reading does not wait for a disk sync.</summary>
internal sealed class RecordReader : IDisposable
{
    private readonly Lock reading = new();
    private readonly SqliteConnection connection;
    private readonly PreparedStatement byId;
    private readonly PreparedStatement byLocator;
    private readonly PreparedStatement bySequence;

    public RecordReader(string path)
    {
        connection = RecordDatabase.OpenReader(path);
        byId = new PreparedStatement(
            connection,
            $"SELECT {RecordRow.Columns} FROM records r WHERE r.type = $type AND r.id = $id",
            "$type", "$id");
        byLocator = new PreparedStatement(
            connection,
            $"SELECT {RecordRow.Columns} FROM records r WHERE r.key_version = $version AND r.hashed_id = $hashed",
            "$version", "$hashed");
        bySequence = new PreparedStatement(
            connection, $"SELECT {RecordRow.Columns} FROM records r WHERE r.sequence = $sequence", "$sequence");
    }

    public StoredRecord? Find(long sequence)
    {
        lock (reading)
        {
            return RecordRow.ReadAll(bySequence.Rows(null, sequence)).SingleOrDefault();
        }
    }

    public StoredRecord? Find(RecordType type, string id)
    {
        lock (reading)
        {
            return RecordRow.ReadAll(byId.Rows(null, (int)type, id)).SingleOrDefault();
        }
    }

    public StoredRecord? Find(uint keyVersion, HashedId hashedId)
    {
        lock (reading)
        {
            return RecordRow.ReadAll(byLocator.Rows(null, (long)keyVersion, hashedId.ToArray())).SingleOrDefault();
        }
    }

    public IReadOnlyList<StoredRecord> Query(RecordQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, RecordQuery.LimitMax);
        lock (reading)
        {
            using SqliteCommand command = Command(query);
            return RecordRow.ReadAll(command.ExecuteReader());
        }
    }

    public void Dispose()
    {
        lock (reading)
        {
            byId.Dispose();
            byLocator.Dispose();
            bySequence.Dispose();
            connection.Dispose();
        }
    }

    private SqliteCommand Command(RecordQuery query)
    {
        SqliteCommand command = connection.CreateCommand();
        StringBuilder sql = new($"SELECT {RecordRow.Columns} FROM records r WHERE r.type = $type");
        command.Parameters.AddWithValue("$type", (int)query.Type);
        Narrow(command, sql, "r.actor =", "$actor", query.ActorKey);
        Narrow(command, sql, "r.verb =", "$verb", query.VerbIri);
        Narrow(command, sql, "r.stored_ms >", "$since", query.Since?.ToUnixTimeMilliseconds());
        Narrow(command, sql, "r.stored_ms <=", "$until", query.Until?.ToUnixTimeMilliseconds());
        Narrow(command, sql, query.Ascending ? "r.sequence >" : "r.sequence <", "$after", query.After);
        sql.Append(query.Ascending ? " ORDER BY r.sequence ASC" : " ORDER BY r.sequence DESC").Append(" LIMIT $limit");
        command.Parameters.AddWithValue("$limit", query.Limit);
        command.CommandText = sql.ToString();
        return command;
    }

    private static void Narrow(
        SqliteCommand command, StringBuilder sql, string comparison, string parameter, object? value)
    {
        if (value is not null)
        {
            sql.Append(" AND ").Append(comparison).Append(' ').Append(parameter);
            command.Parameters.AddWithValue(parameter, value);
        }
    }
}
