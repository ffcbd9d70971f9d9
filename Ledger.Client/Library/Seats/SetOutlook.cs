using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Client.Seats;

/// <summary>What a set can do with those of it who are live: advice, never a condition.</summary>
/// <param name="Set">The set: n, f and q.</param>
/// <param name="Live">Validators that are live, in ascending order of address.</param>
/// <param name="Missing">The others, in ascending order of address.</param>
public sealed record SetOutlook(ValidatorSet Set, IReadOnlyList<Address> Live, IReadOnlyList<Address> Missing)
{
    /// <summary>Whether those who are live can decide blocks.</summary>
    public bool ReachesQuorum => Live.Count >= Set.Quorum;

    /// <summary>How many of the missing must come back before blocks are decided; 0 when none must.</summary>
    public int Needed => Math.Max(0, Set.Quorum - Live.Count);

    /// <summary>How many more may fail before no block is decided; 0 when none may.</summary>
    public int Spare => Math.Max(0, Live.Count - Set.Quorum);

    /// <summary>The outlook of a set.</summary>
    public static SetOutlook Of(ValidatorSet set, IReadOnlySet<Address> live)
    {
        ILookup<bool, Address> byLife =
            set.Validators.Select(static validator => validator.Address).ToLookup(live.Contains);
        return new SetOutlook(set, [.. byLife[true]], [.. byLife[false]]);
    }
}
