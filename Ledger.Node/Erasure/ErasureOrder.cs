using Ledger.Primitives;

namespace Ledger.Node.Erasure;

/// <summary>What the institution has been told to erase, and how far that is.</summary>
/// <param name="Id">Its name.</param>
/// <param name="ListedUnixMs">When it was listed, by this node's clock.</param>
/// <param name="Learner">The learner of whom everything is to go; null where single records are.</param>
/// <param name="Records">How many records it names.</param>
/// <param name="Removed">Of how many content, salt and id are gone from the store.</param>
/// <param name="Scrubbed">Of how many no file of this node holds anything any more.</param>
/// <param name="Settled">How many have their tombstone on the ledger, or were never there.</param>
public sealed record ErasureOrder(
    OrderId Id, long ListedUnixMs, Address? Learner, ulong Records, ulong Removed, ulong Scrubbed, ulong Settled)
{
    /// <summary>Nothing is left to do on this node.</summary>
    public bool IsDone => Scrubbed == Records && Settled == Records;
}
