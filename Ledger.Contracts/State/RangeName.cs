using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>
/// What the raw key of a mountain range names: the records of an LLPC by a writer, or a learner's trail. Of a trail the
/// other two parts are zero.
/// </summary>
/// <param name="Kind">What the leaves are.</param>
/// <param name="Learner">The learner.</param>
/// <param name="VerbHash">The hash of the verb's IRI.</param>
/// <param name="Writer">Who wrote the records.</param>
public readonly record struct RangeName(StateKind Kind, Address Learner, Hash256 VerbHash, Address Writer)
{
    private const int RecordKeyBytes = 1 + (3 * Hash256.Size);
    private const int TrailKeyBytes = 1 + Hash256.Size;

    /// <summary>The kinds of state that are ranges, in the order of their raw keys.</summary>
    public static IReadOnlyList<StateKind> Kinds { get; } = [StateKind.RecordRange, StateKind.Trail];

    /// <summary>The records of an LLPC by a writer.</summary>
    public static RangeName OfRecords(LlpcName llpc, Address writer) =>
        new(StateKind.RecordRange, llpc.Learner, llpc.VerbHash, writer);

    /// <summary>A learner's trail.</summary>
    public static RangeName OfTrail(Address learner) => new(StateKind.Trail, learner, default, default);

    /// <summary>Whether a key of the state is a range's.</summary>
    public static bool IsRange(StateKind kind) => kind is StateKind.RecordRange or StateKind.Trail;

    /// <summary>Reads a raw key; false where it is not a range's.</summary>
    public static bool TryRead(ReadOnlySpan<byte> rawKey, out RangeName name)
    {
        bool isTrail = rawKey.Length == TrailKeyBytes && rawKey[0] == (byte)StateKind.Trail;
        bool isRecords = rawKey.Length == RecordKeyBytes && rawKey[0] == (byte)StateKind.RecordRange;
        name = isTrail
            ? OfTrail(new Address(rawKey[1..]))
            : isRecords
                ? new RangeName(
                    StateKind.RecordRange,
                    new Address(rawKey.Slice(1, Hash256.Size)),
                    new Hash256(rawKey.Slice(1 + Hash256.Size, Hash256.Size)),
                    new Address(rawKey[(1 + (2 * Hash256.Size))..]))
                : default;
        return isTrail || isRecords;
    }

    /// <summary>The raw key.</summary>
    public byte[] ToRawKey()
    {
        byte[] raw = new byte[Kind == StateKind.Trail ? TrailKeyBytes : RecordKeyBytes];
        raw[0] = (byte)Kind;
        Learner.CopyTo(raw.AsSpan(1));
        if (Kind == StateKind.RecordRange)
        {
            VerbHash.CopyTo(raw.AsSpan(1 + Hash256.Size));
            Writer.CopyTo(raw.AsSpan(1 + (2 * Hash256.Size)));
        }

        return raw;
    }
}
