using System.Buffers.Binary;
using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Protos;
using Ledger.Node.Sealing;
using Ledger.Primitives;

namespace Ledger.Node.Copies;

/// <summary>
/// How copies rest: under a key of the learner for copies alone, since how long they are kept is the matter of a right
/// and not of what this institution wrote itself.
/// </summary>
internal sealed class CopySealing(PersonKeys keys)
{
    /// <summary>Under whose key copies of a learner's records rest.</summary>
    public static string PersonOf(Address learner) => PersonKeys.Named("copies", learner.ToString());

    /// <summary>The digest by which copies of a learner's records are found.</summary>
    public byte[] LearnerDigest(Address learner) => keys.DigestBytes(DigestKinds.CopyLearner, learner.ToString());

    /// <summary>The digest by which copies of a verb are found.</summary>
    public byte[] VerbDigest(string verb) => keys.DigestBytes(DigestKinds.CopyVerb, verb);

    /// <summary>Seals a copy for its row.</summary>
    public SealedCopy Seal(LlpcName llpc, Address writer, ulong place, CopyContent content)
    {
        byte[] learner = LearnerDigest(llpc.Learner);
        byte[] verb = VerbDigest(llpc.Verb);
        string person = PersonOf(llpc.Learner);
        byte[] value = keys.Seal(person, ContentContext(learner, verb, writer, place), content.ToByteArray());
        return new SealedCopy(
            learner, verb, PersonKeys.KeyIdOf(value), keys.Seal(person, NameContext(learner, verb), BytesOf(llpc)),
            value);
    }

    /// <summary>Seals a copy that an earlier version kept plain.</summary>
    public SealedCopy Seal(PlainRow row) => Seal(
        NameOf(row),
        new Address(row.Bytes("writer")),
        (ulong)row.Number("place"),
        new CopyContent
        {
            Box = ByteString.CopyFrom(row.Bytes("box")),
            Height = (ulong)row.Number("height"),
            Record = ByteString.CopyFrom(row.Bytes("record")),
            Receipt = ByteString.CopyFrom(row.Bytes("receipt")),
        });

    /// <summary>The contract of a row that an earlier version kept plain.</summary>
    public static LlpcName NameOf(PlainRow row) => new(new Address(row.Bytes("learner")), row.Text("verb"));

    /// <summary>The contract of a row; null where it does not open.</summary>
    public LlpcName? OpenName(byte[] learner, byte[] verb, byte[] name) =>
        keys.OpenOrPass(NameContext(learner, verb), name).BytesOrNull is { } opened ? NameOf(opened) : null;

    /// <summary>What a row holds; null where it does not open.</summary>
    public CopyContent? OpenContent(byte[] learner, byte[] verb, Address writer, ulong place, byte[] content) =>
        keys.OpenOrPass(ContentContext(learner, verb, writer, place), content).BytesOrNull is { } opened
            ? CopyContent.Parser.ParseFrom(opened)
            : null;

    /// <summary>Seals the contract of an entry of the journal, which outlasts the copies.</summary>
    public byte[] SealEntry(LlpcName llpc, Address writer, long timeUnixMs) =>
        keys.Seal(PersonKeys.Store, EntryContext(writer, timeUnixMs), BytesOf(llpc));

    /// <summary>The contract of an entry of the journal; in another entry it does not open.</summary>
    public LlpcName OpenEntry(byte[] name, Address writer, long timeUnixMs) =>
        NameOf(keys.Open(EntryContext(writer, timeUnixMs), name).Bytes);

    private static byte[] BytesOf(LlpcName llpc) =>
        new CopyName { Learner = llpc.Learner.ToField(), Verb = llpc.Verb }.ToByteArray();

    private static LlpcName NameOf(byte[] bytes)
    {
        CopyName name = CopyName.Parser.ParseFrom(bytes);
        return new LlpcName(name.Learner.ToAddress(), name.Verb);
    }

    private static byte[] NameContext(byte[] learner, byte[] verb) => [.. "copies name"u8, .. learner, .. verb];

    private static byte[] EntryContext(Address writer, long timeUnixMs) =>
        [.. "copies journal"u8, .. writer.ToArray(), .. BytesOf((ulong)timeUnixMs)];

    private static byte[] ContentContext(byte[] learner, byte[] verb, Address writer, ulong place) =>
        [.. "copies"u8, .. learner, .. verb, .. writer.ToArray(), .. BytesOf(place)];

    private static byte[] BytesOf(ulong number)
    {
        byte[] bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        return bytes;
    }
}
