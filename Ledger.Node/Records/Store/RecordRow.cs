using System.Data.Common;
using Ledger.Client.Records;
using Ledger.Primitives;

namespace Ledger.Node.Records;

/// <summary>Reads a row of the table of records.</summary>
internal static class RecordRow
{
    /// <summary>The columns, in the order in which <see cref="Read"/> takes them.</summary>
    public const string Columns =
        "r.sequence, r.type, r.id, r.actor, r.verb, r.time_ms, r.stored_ms, r.authority, r.committed, r.salt, "
        + "r.commitment, r.key_version, r.hashed_id, r.state, r.height, r.llpc, r.writer_index, r.refusal, r.version, "
        + "r.late";

    /// <summary>The row that the reader stands on.</summary>
    public static StoredRecord Read(DbDataReader row) => new(
        row.GetInt64(0),
        (RecordType)row.GetInt32(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
        row.GetString(7),
        row.GetFieldValue<byte[]>(8),
        row.GetFieldValue<byte[]>(9),
        new Hash256(row.GetFieldValue<byte[]>(10)),
        checked((uint)row.GetInt64(11)),
        HashedId.Read(row.GetFieldValue<byte[]>(12)),
        (RecordState)row.GetInt32(13),
        row.IsDBNull(14)
            ? null
            : new LedgerPlace((ulong)row.GetInt64(14), row.GetFieldValue<byte[]>(15), (ulong)row.GetInt64(16))
            {
                IsLate = row.GetInt64(19) == 1,
            },
        row.IsDBNull(17) ? null : row.GetString(17),
        row.GetString(18));

    /// <summary>All rows.</summary>
    public static IReadOnlyList<StoredRecord> ReadAll(DbDataReader rows)
    {
        using (rows)
        {
            List<StoredRecord> records = [];
            while (rows.Read())
            {
                records.Add(Read(rows));
            }

            return records;
        }
    }
}
