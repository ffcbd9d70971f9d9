using Ledger.Node.Api;
using Ledger.Node.Erasure;
using Ledger.Node.Erasure.Retention;
using Ledger.Node.Keys;
using Ledger.Node.Records;

namespace Ledger.Node.Hosting;

/// <summary>What a node does about erasures, put together.</summary>
internal sealed class NodeErasure
{
    private readonly NodeContext node;
    private readonly NodeStorage storage;
    private readonly LedgerErasures ledger;
    private readonly ErasureOrders orders;
    private readonly TombstoneSender sender;

    public NodeErasure(NodeContext node, NodeStorage storage, NodeAgreement agreement)
    {
        this.node = node;
        this.storage = storage;
        LocatorKey key = new(NodeSecrets.LocatorKeyVersion, node.Secrets.LocatorKey);
        AccountTraces traces = new(
            storage.Records, storage.Roster, storage.Links, storage.Pairs, storage.Claims, storage.Notices,
            storage.Keys);
        ledger = new LedgerErasures(storage.Reader);
        orders = new ErasureOrders(
            node.Self, storage.Reader, storage.Records, traces, storage.Erasures, key, node.Time);
        sender = new TombstoneSender(
            node.ChainId, node.Secrets.Identity, storage.Chain, storage.Reader, storage.Index, storage.Erasures,
            agreement.Intake, agreement.Gossip.Tell, agreement.Outcomes, node.Time, node.Logger("erasure"));
        string path = node.Configuration.Resolve(RetentionFile.FileName);
        RetentionDocument periods = RetentionFile.Load(path);
        DueRecords due = new(storage.Records, periods);
        RetentionJob retention = new(due, orders, node.Time);
        Retention = new RetentionReport(path, periods, due, retention, node.Time);
        Round = new ErasureRound(
            new ErasureFollower(
                node.Self, storage.Chain, ledger, storage.Custody, storage.Copies, storage.Erasures, node.Time),
            retention,
            new StoreErasing(storage.Records, traces, storage.Erasures, key, storage.Scrub),
            sender,
            storage.Erasures,
            node.Logger("erasure"));
    }

    /// <summary>What is done again and again, and before the node serves.</summary>
    public ErasureRound Round { get; }

    /// <summary>For how long records are kept, and what falls due.</summary>
    public RetentionReport Retention { get; }

    /// <summary>What callers may ask for.</summary>
    public ErasureNodeService Service(CallerAuthentication callers, ProofMaker proofs) => new(
        node.Self,
        callers,
        orders,
        storage.Erasures,
        ledger,
        sender,
        new HolderSearch(node.Self, storage.Chain, storage.Reader, storage.Trail, node.Secrets.Encryption),
        Retention,
        new ErasureWords(
            node.ChainId, node.Secrets.Identity, storage.Chain, storage.Reader, storage.Custody, storage.Copies,
            storage.Erasures, proofs, node.Time));
}
