using Ledger.Contracts.Transactions;
using Ledger.Node.Anchoring;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Records;
using Ledger.Node.Tests.Support;

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
            ledger.Identities[0].Address, new LearnerPairs(database.Database), new EarlierWishes(database.Database),
            new BlockTimes(reader, blocks.Chain), time);
        return new RecordFacts(
            new RecordStandings(accounts, blocks.Chain),
            new IntakeReceipts(
                ledger.ChainId, ledger.Identities[0], blocks.Chain, new ProofMaker(ledger.GenesisBytes, reader), store,
                time));
    }

    /// <summary>Decides the first block, whose state proves the institution's key.</summary>
    public void Decide() => blocks.Decide(TestLedger.Time + 1_000, ledger.Settle(ledger.Identities[0]));

    public void Dispose()
    {
        database.Dispose();
        ledger.Dispose();
    }
}
