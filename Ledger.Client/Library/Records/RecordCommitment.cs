using System.Security.Cryptography;
using Ledger.Primitives;

namespace Ledger.Client.Records;

/// <summary>
/// The hash of a record that stands on the ledger: the root over its slots, each hidden by a salt of its own. Format in
/// <c>docs/records.md</c>.
/// </summary>
public static class RecordCommitment
{
    /// <summary>A record's salt has 32 bytes, drawn afresh for each record.</summary>
    public const int SaltBytes = 32;

    /// <summary>The commitment of a record under its salt; throws <see cref="RecordFormatException"/>.</summary>
    public static Hash256 Compute(RecordType type, ReadOnlySpan<byte> statementJson, ReadOnlySpan<byte> salt) =>
        Compute(CommittedRecord.Read(type, statementJson), salt);

    /// <summary>The commitment of a record that has been read already.</summary>
    public static Hash256 Compute(CommittedRecord record, ReadOnlySpan<byte> salt)
    {
        using SlotHasher hasher = new(record, salt);
        return Bind(record.Type, hasher.Root(record.Root, record.Layout));
    }

    /// <summary>
    /// Whether a record and its salt give a commitment; throws <see cref="RecordFormatException"/> for what is no
    /// record.
    /// </summary>
    public static bool Matches(
        RecordType type, ReadOnlySpan<byte> statementJson, ReadOnlySpan<byte> salt, in Hash256 commitment) =>
        Compute(type, statementJson, salt) == commitment;

    /// <summary>
    /// Proofs for chosen slots, by pointer: a slot, or an object with slots of its own, which gives all of them. A slot
    /// under an absent object gives the proof that the object is absent. Throws <see cref="ArgumentException"/> for a
    /// pointer that is no slot and <see cref="RecordFormatException"/> for what is no record.
    /// </summary>
    public static IReadOnlyList<SlotProof> Prove(
        RecordType type, ReadOnlySpan<byte> statementJson, ReadOnlySpan<byte> salt, IEnumerable<string> pointers)
    {
        CommittedRecord record = CommittedRecord.Read(type, statementJson);
        using SlotHasher hasher = new(record, salt);
        return new SlotProver(record, hasher).Prove(pointers);
    }

    /// <summary>The pointers of all slots of a type, in the order of the leaves, subtrees in their place.</summary>
    public static IReadOnlyList<string> SlotPointers(RecordType type)
    {
        List<string> pointers = [];
        Collect(SlotLayout.Of(type), pointers);
        return pointers;
    }

    /// <summary>A fresh salt from the system's source of randomness.</summary>
    public static byte[] FreshSalt() => RandomNumberGenerator.GetBytes(SaltBytes);

    internal static Hash256 Bind(RecordType type, in Hash256 slotRoot)
    {
        HashBuilder builder = new(Tags.RecordCommitment, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(NameOf(type));
        builder.Add(slotRoot);
        return builder.Finish();
    }

    private static ReadOnlySpan<byte> NameOf(RecordType type) => type switch
    {
        RecordType.XapiStatement => "xapi-statement"u8,
        RecordType.CaliperEvent => "caliper-event"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static void Collect(SlotLayout layout, List<string> pointers)
    {
        foreach (RecordSlot slot in layout.Slots)
        {
            if (slot.Subtree is null)
            {
                pointers.Add(slot.Pointer);
            }
            else
            {
                Collect(slot.Subtree, pointers);
            }
        }
    }
}
