using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>
/// The hashes of the newest blocks, at most <see cref="CountMax"/>, without gaps. Immutable. They follow from the chain
/// alone, so every node executes a block with the same ones.
/// </summary>
public sealed class RecentHeads
{
    /// <summary>
    /// A validator of a new set shows by a head at most so many blocks old that it follows: minutes under load, and few
    /// enough to be read again at a start.
    /// </summary>
    public const int CountMax = 100;

    private readonly ImmutableArray<Hash256> hashes;
    private readonly ulong first;

    private RecentHeads(ulong first, ImmutableArray<Hash256> hashes)
    {
        this.first = first;
        this.hashes = hashes;
    }

    /// <summary>The height of the newest.</summary>
    public ulong Newest => first + (ulong)hashes.Length - 1;

    /// <summary>Only the block at this height.</summary>
    public static RecentHeads Of(ulong height, Hash256 hash) => new(height, [hash]);

    /// <summary>With the block after the newest; the oldest leaves when there are too many.</summary>
    public RecentHeads With(Hash256 next) => hashes.Length < CountMax
        ? new RecentHeads(first, hashes.Add(next))
        : new RecentHeads(first + 1, [.. hashes.AsSpan()[1..], next]);

    /// <summary>Whether the block at this height is among them and has this hash.</summary>
    public bool Contains(ulong height, Hash256 hash) =>
        height >= first && height <= Newest && hashes[(int)(height - first)] == hash;

    /// <summary>
    /// Whether these are all that a block of this height is executed with: up to its parent, and as many as there are.
    /// </summary>
    public bool AreThoseBefore(ulong height) =>
        Newest + 1 == height && (first == 0 || hashes.Length == CountMax);
}
