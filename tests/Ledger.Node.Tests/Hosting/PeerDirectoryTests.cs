using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Node.Chain;
using Ledger.Node.Configuration;
using Ledger.Node.Hosting;
using Ledger.Node.Tests.Support;

namespace Ledger.Node.Tests.Hosting;

public sealed class PeerDirectoryTests
{
    [TestCase("")]
    [TestCase("school1.example:7101")]
    [TestCase(null)]
    public void A_bootstrap_address_that_is_none_is_told(string? address)
    {
        using TestLedger ledger = new();
        GenesisState genesis = GenesisState.Build(ledger.GenesisBytes);
        BlockHeader header = ChainRecovery.HeaderOf(genesis);
        ValidatorSet set = ValidatorSet.Of(
            genesis.Validators.Select(seat => new Validator(seat.Address, seat.VoteKey)));
        Ledger.Primitives.Hash256 hash = BlockHeader.HashOf(header.Encode());
        ChainState chain = new(
            new LedgerHead(header, hash, genesis.State, set, 0, 0), RecentHeads.Of(0, hash));
        Dictionary<string, string> bootstrap = new() { [ledger.Identities[1].Address.ToString()] = address! };

        Assert.Throws<ConfigurationException>(
            () => _ = new LedgerPeerDirectory(ledger.Identities[0].Address, chain, bootstrap));
    }
}
