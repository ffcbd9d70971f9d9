using Ledger.Client.Keys;
using Ledger.Primitives;

namespace Ledger.Client.Nodes;

/// <summary>Who calls: an address of the ledger and the key that it uses now.</summary>
public sealed record CallerIdentity(Address Address, SigningKey Key)
{
    /// <summary>The institution in whose name its staff calls; null for oneself.</summary>
    public Address? InNameOf { get; init; }
}
