using Ledger.Client.Verification;
using Ledger.Contracts.Transactions;
using Ledger.Node.Anchoring;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Granted;
using Ledger.Node.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Records.Http;

/// <summary>A ledger beside a record store, of which the store's port tells how far its records are.</summary>
internal sealed class FactsLedger : IDisposable
{
    private readonly TestLedger ledger = new();
    private readonly DatabaseFolder database = new();
    private readonly ChainBuilder blocks;

    public FactsLedger() => blocks = new ChainBuilder(ledger, database);

    /// <summary>What is told of a store's records.</summary>
    public RecordFacts Of(RecordStore store, TimeProvider time)
    {
        ChainReader reader = new(database.Database);
        AccountStandings accounts = new(
            ledger.Identities[0].Address, new LearnerPairs(database.Database, database.Keys),
            new EarlierWishes(database.Database), new BlockTimes(reader, blocks.Chain), time);
        return new RecordFacts(
            new RecordStandings(accounts, blocks.Chain),
            new IntakeReceipts(
                ledger.ChainId, ledger.Identities[0], blocks.Chain, new ProofMaker(ledger.GenesisBytes, reader), store,
                time));
    }

    /// <summary>What other institutions' boxes give, of which none can be reached here.</summary>
    public IReadOnlyList<(string Path, GrantedResource Statements)> Granted()
    {
        Address self = ledger.Identities[0].Address;
        TrustRoot trust = TrustRoot.TryFromGenesis(ledger.GenesisBytes, out TrustRoot? root)
            ? root
            : throw new InvalidOperationException("The genesis document is not taken.");
        GrantedReader reader = new(
            ledger.ChainId, ledger.Identities[0], trust, blocks.Chain,
            new GrantedSources(self, new ChainReader(database.Database), static _ => []),
            static (_, _, _) => throw new InvalidOperationException("No box is asked."), TimeProvider.System);
        GrantedResource statements = new(reader.ReadAsync, static _ => null);
        return [(GrantedEndpoint.NowPath, statements), (GrantedEndpoint.CopiesPath, statements)];
    }

    /// <summary>Decides the first block, whose state proves the institution's key.</summary>
    public void Decide() => blocks.Decide(TestLedger.Time + 1_000, ledger.Settle(ledger.Identities[0]));

    public void Dispose()
    {
        database.Dispose();
        ledger.Dispose();
    }
}
