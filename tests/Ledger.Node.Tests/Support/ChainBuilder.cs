using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Agreement;
using Ledger.Node.Chain;
using Ledger.Node.Storage;
using Ledger.Primitives;
using Ledger.Testing;

namespace Ledger.Node.Tests.Support;

/// <summary>
/// Executes blocks and writes them as the node does, with a certificate by three of the four validators.
/// </summary>
internal sealed class ChainBuilder(TestLedger ledger, DatabaseFolder folder)
{
    private const ulong View = 3;

    public ChainState Chain { get; private set; } = ChainRecovery.Open(folder.Database, ledger.GenesisBytes);

    /// <summary>Opens the database anew, as after a restart.</summary>
    public ChainState Restart() => Chain = ChainRecovery.Open(folder.Reopen(), ledger.GenesisBytes);

    /// <summary>Decides one block.</summary>
    public ExecutedBlock Decide(long time, params ParsedTransaction[] transactions)
    {
        LedgerHead head = Chain.Head;
        ExecutedBlock executed = NextBlock.Of(folder.Database, Chain, ledger.ChainId, time, transactions);
        Write(executed);
        Chain.Advance(
            new LedgerHead(
                executed.Block.Header,
                executed.Block.Hash,
                executed.Result.State,
                head.NextSet,
                head.NextEpoch,
                View),
            executed);
        return executed;
    }

    private void Write(ExecutedBlock executed)
    {
        Certificate certificate = new(
            VoteKind.Commit,
            executed.Block.Header.Epoch,
            executed.Block.Height,
            View,
            executed.Block.Hash,
            ledger.Sign(executed.Block, View));
        using DatabaseBatch batch = folder.Database.NewBatch();
        new ChainWriter(folder.Database).Write(batch, executed, certificate);
        folder.Database.Write(batch, synced: true);
    }
}
