using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>What a box needs of a record, whoever wrote it.</summary>
/// <param name="Type">The kind of record.</param>
/// <param name="Time">When the event happened, to the millisecond.</param>
/// <param name="Committed">The committed members in canonical spelling.</param>
/// <param name="Salt">The record's salt, 32 bytes.</param>
public sealed record KeptRecord(
    RecordType Type, DateTimeOffset Time, ReadOnlyMemory<byte> Committed, ReadOnlyMemory<byte> Salt)
{
    /// <summary>Of a record of this institution's own store.</summary>
    public static KeptRecord Of(StoredRecord stored) => new(stored.Type, stored.Time, stored.Committed, stored.Salt);
}
