using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>Up to which time requests of each reader may have been taken, over restarts.</summary>
public interface IRequestMarks
{
    /// <summary>The marks by reader, in ms since 1970-01-01 UTC; those from before a time are forgotten.</summary>
    Dictionary<Address, long> Load(long fromUnixMs);

    /// <summary>Moves a reader's mark; it lasts when this returns, and never goes back.</summary>
    void Set(Address reader, long untilUnixMs);
}
