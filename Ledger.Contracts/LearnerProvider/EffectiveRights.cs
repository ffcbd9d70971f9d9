using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>
/// What somebody may do with an LLPC. Where <see cref="ReadsAllWriters"/> is false, read covers the records of
/// <see cref="ReadableWriters"/> only.
/// </summary>
public sealed record EffectiveRights(AccessBits Bits, bool ReadsAllWriters, ImmutableSortedSet<Address> ReadableWriters)
{
    /// <summary>No right.</summary>
    public static EffectiveRights None { get; } = new(AccessBits.None, false, []);

    /// <summary>Whether the records of this writer may be read.</summary>
    public bool MayRead(Address writer) => ReadsAllWriters || ReadableWriters.Contains(writer);

    /// <summary>Whether records may be inserted.</summary>
    public bool MayWrite => Bits.HasFlag(AccessBits.Write);
}
