using System.Data.Common;
using Ledger.Client.Records;
using Ledger.Node.Sealing;
using Ledger.Primitives;

namespace Ledger.Node.Records;

/// <summary>
/// Reads rows of the table of records, and opens what is sealed in them. A record whose key was erased is an erased
/// one; one that was changed on disk is a damaged one, so that it stands in nobody's way.
/// </summary>
internal sealed class RecordRows(StoreSeals seals)
{
    /// <summary>The columns, in the order in which they are read.</summary>
    public const string Columns =
        "r.sequence, r.type, r.stored_ms, r.commitment, r.key_version, r.hashed_id, r.state, r.height, r.llpc, "
        + "r.writer_index, r.late, r.content";

    // Ids of records hold no line break.
    private const string GoneId = "\nerased ";

    /// <summary>All records.</summary>
    public IReadOnlyList<StoredRecord> ReadAll(DbDataReader rows) => [.. Each(rows)];

    /// <summary>The records one after the other; whoever stops reads no more of them.</summary>
    public IEnumerable<StoredRecord> Each(DbDataReader rows)
    {
        using (rows)
        {
            while (rows.Read())
            {
                yield return Of(rows).Record;
            }
        }
    }

    /// <summary>The only row, or null.</summary>
    public StoredRow? Single(DbDataReader rows)
    {
        using (rows)
        {
            return rows.Read() ? Of(rows) : null;
        }
    }

    /// <summary>The record, or null; throws <see cref="SealDamagedException"/> where it is damaged.</summary>
    public StoredRecord? Sound(DbDataReader rows) => Single(rows)?.Record switch
    {
        { IsDamaged: true } damaged => throw SealDamagedException.OfValue(
            SealContexts.Record(damaged.Type, damaged.LocatorKeyVersion, damaged.HashedId.ToArray())),
        var sound => sound,
    };

    private StoredRow Of(DbDataReader row)
    {
        RecordType type = (RecordType)row.GetInt32(1);
        long keyVersion = row.GetInt64(4);
        byte[] hashedId = row.GetFieldValue<byte[]>(5);
        RecordState state = (RecordState)row.GetInt32(6);
        byte[] sealedContent = row.GetFieldValue<byte[]>(11);
        OpenedContent? opened = state == RecordState.Erased
            ? OpenedContent.KeyErased
            : seals.OpenUnlessDamaged(SealContexts.Record(type, keyVersion, hashedId), sealedContent);
        RecordContent? content = opened is { IsKeyErased: false } whole ? RecordContent.Read(whole.Bytes) : null;
        StoredRecord record = new(
            row.GetInt64(0),
            type,
            content?.Id ?? GoneId + Convert.ToHexStringLower(hashedId),
            content?.ActorKey ?? string.Empty,
            content?.VerbIri ?? string.Empty,
            content?.Time ?? DateTimeOffset.UnixEpoch,
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
            content?.Authority ?? string.Empty,
            content?.Committed ?? default,
            content?.Salt ?? default,
            new Hash256(row.GetFieldValue<byte[]>(3)),
            checked((uint)keyVersion),
            HashedId.Read(hashedId),
            opened is { IsKeyErased: true } ? RecordState.Erased : state,
            PlaceOf(row),
            content?.RefusalCode,
            content?.Version ?? string.Empty)
        {
            IsDamaged = opened is null,
        };
        return new StoredRow(record, state, StoreSeals.KeyIdOf(sealedContent));
    }

    private static LedgerPlace? PlaceOf(DbDataReader row) => row.IsDBNull(7)
        ? null
        : new LedgerPlace((ulong)row.GetInt64(7), row.GetFieldValue<byte[]>(8), (ulong)row.GetInt64(9))
        {
            IsLate = row.GetInt64(10) == 1,
        };
}
