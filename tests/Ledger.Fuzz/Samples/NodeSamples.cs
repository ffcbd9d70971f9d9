using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Node.Chain;
using Ledger.Node.Hosting;
using Ledger.Primitives;

namespace Ledger.Fuzz;

/// <summary>Parts of a node that stands at the genesis block of <see cref="LedgerSamples"/>.</summary>
internal static class NodeSamples
{
    /// <summary>A new chain that nothing was decided in.</summary>
    public static ChainState Chain()
    {
        BlockHeader header = ChainRecovery.HeaderOf(LedgerSamples.Genesis);
        ValidatorSet set = ValidatorSet.Of(
            LedgerSamples.Genesis.Validators.Select(static seat => new Validator(seat.Address, seat.VoteKey)));
        Hash256 hash = BlockHeader.HashOf(header.Encode());
        return new ChainState(
            new LedgerHead(header, hash, LedgerSamples.Genesis.State, set, 0, 0), RecentHeads.Of(0, hash));
    }

    /// <summary>The peers of the first school, with addresses of a configuration.</summary>
    public static LedgerPeerDirectory Directory(IReadOnlyDictionary<string, string> bootstrap) => new(
        LedgerSamples.Chain.School.Address, Chain(), bootstrap);
}
