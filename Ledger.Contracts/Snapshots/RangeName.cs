using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Snapshots;

/// <summary>What the raw key of a record range names.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="VerbHash">The hash of the verb's IRI.</param>
/// <param name="Writer">Who wrote the records.</param>
public readonly record struct RangeName(Address Learner, Hash256 VerbHash, Address Writer)
{
    private const int KeyBytes = 1 + (3 * Hash256.Size);

    /// <summary>Reads a raw key; false where it is not a range's.</summary>
    public static bool TryRead(ReadOnlySpan<byte> rawKey, out RangeName name)
    {
        bool isRange = rawKey.Length == KeyBytes && rawKey[0] == (byte)StateKind.RecordRange;
        name = isRange
            ? new RangeName(
                new Address(rawKey.Slice(1, Hash256.Size)),
                new Hash256(rawKey.Slice(1 + Hash256.Size, Hash256.Size)),
                new Address(rawKey.Slice(1 + (2 * Hash256.Size), Hash256.Size)))
            : default;
        return isRange;
    }
}
