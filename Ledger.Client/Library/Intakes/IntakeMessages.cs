using System.Buffers;
using Ledger.Client.Records;
using Ledger.Primitives;

namespace Ledger.Client.Intakes;

/// <summary>What an intake receipt is made of. Format in <c>docs/records.md</c>.</summary>
public static class IntakeMessages
{
    /// <summary>H(intake-receipt, chain id, body): what the institution signs.</summary>
    public static Hash256 SignedDigest(Hash256 chainId, ReadOnlySpan<byte> body)
    {
        HashBuilder builder = new(Tags.IntakeReceipt, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(body);
        return builder.Finish();
    }

    /// <summary>H(record-digest, type, canonical): by which a record is compared with a receipt.</summary>
    /// <param name="type">The kind of record.</param>
    /// <param name="canonical">Its committed members in canonical spelling.</param>
    public static Hash256 RecordDigest(RecordType type, ReadOnlySpan<byte> canonical)
    {
        HashBuilder builder = new(Tags.RecordDigest, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(System.Text.Encoding.ASCII.GetBytes(NameOf(type)));
        builder.Add(canonical);
        return builder.Finish();
    }

    /// <summary>
    /// The same of a record as a client has it, with id and time. Throws <see cref="RecordFormatException"/>.
    /// </summary>
    public static Hash256 RecordDigestOf(RecordType type, ReadOnlySpan<byte> json)
    {
        ArrayBufferWriter<byte> canonical = new(json.Length);
        CommittedRecord.Read(type, json).WriteCanonical(canonical);
        return RecordDigest(type, canonical.WrittenSpan);
    }

    /// <summary>The name of a kind of record in a receipt.</summary>
    public static string NameOf(RecordType type) => type switch
    {
        RecordType.XapiStatement => "xapi-statement",
        RecordType.CaliperEvent => "caliper-event",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>The kind of record of a name, or null.</summary>
    public static RecordType? TypeOf(string name) =>
        Enum.GetValues<RecordType>().Where(type => NameOf(type) == name).Cast<RecordType?>().SingleOrDefault();
}
