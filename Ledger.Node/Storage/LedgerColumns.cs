namespace Ledger.Node.Storage;

/// <summary>The column families of a node's database, one for each kind of thing that is kept.</summary>
public static class LedgerColumns
{
    /// <summary>Height (u64 big-endian) → StoredBlock.</summary>
    public const string Blocks = "blocks";

    /// <summary>Block leaf (32 bytes) → serialised SignedTransaction.</summary>
    public const string Bodies = "bodies";

    /// <summary>Transaction id (32 bytes) → StoredPlace.</summary>
    public const string Transactions = "transactions";

    /// <summary>Height (u64 big-endian) → StoredResults.</summary>
    public const string Results = "results";

    /// <summary>
    /// 0 and an address (32 bytes), or 1 and a kind of event (u32 big-endian), then a height (u64 big-endian) →
    /// nothing: events of the block concern that address, or are of that kind.
    /// </summary>
    public const string EventIndex = "event-index";

    /// <summary>Raw state key → value; of a range nothing: its value stands with its newest leaves.</summary>
    public const string State = "state";

    /// <summary>Raw state key of a range, index of the last leaf (u64 big-endian) → StoredLeaves.</summary>
    public const string Leaves = "leaves";

    /// <summary>Writer (32 bytes), key version (u32 big-endian), hashed id (16 bytes) → AnchoredRecord.</summary>
    public const string Locators = "locators";

    /// <summary>What consensus must not forget: vote state, proposal, certificates, new view.</summary>
    public const string Consensus = "consensus";

    /// <summary>Hash (32 bytes) → encoded EquivocationEvidence.</summary>
    public const string Evidence = "evidence";

    /// <summary>
    /// Account of a tool (UTF-8) → learner address: known to this node alone. Keys that begin with 0, 1 and 2 are
    /// claims that wait, wishes for earlier records, and orders to erase.
    /// </summary>
    public const string Pairs = "pairs";

    /// <summary>The last committed pointer and the genesis document.</summary>
    public const string Meta = "meta";

    /// <summary>What this node alone knows: no peer and no block gives it back.</summary>
    public static readonly IReadOnlyList<string> NodeLocal = [Consensus, Evidence, Pairs];

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        Blocks, Bodies, Transactions, Results, EventIndex, State, Leaves, Locators, Consensus, Evidence, Pairs, Meta,
    ];
}
