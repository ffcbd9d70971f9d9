using Ledger.Consensus;
using Ledger.Node.Chain;
using Ledger.Node.Hosting;

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
        return new ChainState(new LedgerHead(
            header, BlockHeader.HashOf(header.Encode()), LedgerSamples.Genesis.State, set, 0, 0));
    }

    /// <summary>The peers of the first school, with addresses of a configuration.</summary>
    public static LedgerPeerDirectory Directory(IReadOnlyDictionary<string, string> bootstrap) => new(
        LedgerSamples.Chain.School.Address, Chain(), LedgerSamples.Genesis.Document, bootstrap);
}
