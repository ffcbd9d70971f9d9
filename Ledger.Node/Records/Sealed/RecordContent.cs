using System.Buffers.Binary;
using System.Text;
using Ledger.Client.Records;
using Ledger.Primitives;

namespace Ledger.Node.Records;

/// <summary>
/// What a record says and what is kept beside it in secret: the one value of a row that is sealed. Its bytes: format
/// (1), time (8, big-endian milliseconds since 1970), salt (32), then id, actor, verb, authority, version and refusal
/// as UTF-8, each with its length before it (4, big-endian), and to the end the committed members.
/// </summary>
/// <param name="Id">The record's id.</param>
/// <param name="ActorKey">The actor, see <see cref="Records.ActorKey"/>.</param>
/// <param name="VerbIri">The exact IRI of the verb or action.</param>
/// <param name="Time">When the event happened, to the millisecond.</param>
/// <param name="Authority">The name of the credential that brought it.</param>
/// <param name="Version">The version of xAPI that a statement was accepted with.</param>
/// <param name="RefusalCode">Why the ledger refused it; null where it did not.</param>
/// <param name="Salt">The record's salt, 32 bytes.</param>
/// <param name="Committed">The committed members in canonical spelling.</param>
internal sealed record RecordContent(
    string Id,
    string ActorKey,
    string VerbIri,
    DateTimeOffset Time,
    string Authority,
    string Version,
    string? RefusalCode,
    ReadOnlyMemory<byte> Salt,
    ReadOnlyMemory<byte> Committed)
{
    private const byte Format = 1;
    private const int TimePlace = 1;
    private const int SaltPlace = TimePlace + sizeof(long);
    private const int TextsPlace = SaltPlace + RecordCommitment.SaltBytes;

    /// <summary>Of a record that is stored.</summary>
    public static RecordContent Of(StoredRecord record) => new(
        record.Id, record.ActorKey, record.VerbIri, record.Time, record.Authority, record.Version, record.RefusalCode,
        record.Salt, record.Committed);

    /// <summary>Sealed under the actor's key, for the row of a stored record.</summary>
    public byte[] SealFor(StoreSeals seals, StoredRecord record) => seals.Seal(
        ActorKey,
        SealContexts.Record(record.Type, record.LocatorKeyVersion, record.HashedId.ToArray()),
        ToBytes());

    /// <summary>The bytes that are sealed.</summary>
    public byte[] ToBytes()
    {
        ReadOnlySpan<string> texts = [Id, ActorKey, VerbIri, Authority, Version, RefusalCode ?? string.Empty];
        int length = TextsPlace + Committed.Length;
        foreach (string text in texts)
        {
            length += sizeof(int) + Encoding.UTF8.GetByteCount(text);
        }

        byte[] bytes = new byte[length];
        bytes[0] = Format;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(TimePlace), Time.ToUnixTimeMilliseconds());
        Salt.Span.CopyTo(bytes.AsSpan(SaltPlace, RecordCommitment.SaltBytes));
        int place = TextsPlace;
        foreach (string text in texts)
        {
            int written = Encoding.UTF8.GetBytes(text, bytes.AsSpan(place + sizeof(int)));
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(place), written);
            place += sizeof(int) + written;
        }

        Committed.Span.CopyTo(bytes.AsSpan(place));
        return bytes;
    }

    /// <summary>Of what <see cref="ToBytes"/> wrote; whoever sealed other bytes broke an invariant.</summary>
    public static RecordContent Read(byte[] bytes)
    {
        Invariant.That(bytes.Length >= TextsPlace && bytes[0] == Format);
        int place = TextsPlace;
        return new RecordContent(
            Next(bytes, ref place),
            Next(bytes, ref place),
            Next(bytes, ref place),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(TimePlace))),
            Next(bytes, ref place),
            Next(bytes, ref place),
            Next(bytes, ref place) is { Length: > 0 } refusal ? refusal : null,
            bytes.AsMemory(SaltPlace, RecordCommitment.SaltBytes),
            bytes.AsMemory(place));
    }

    private static string Next(byte[] bytes, ref int place)
    {
        Invariant.That(bytes.Length - place >= sizeof(int));
        int length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(place));
        place += sizeof(int);
        Invariant.That(length >= 0 && length <= bytes.Length - place);
        place += length;
        return Encoding.UTF8.GetString(bytes, place - length, length);
    }
}
