namespace Ledger.Node.Records.Connectors;

/// <summary>What a link does.</summary>
public enum LinkKind
{
    /// <summary>Takes statements from another xAPI record store.</summary>
    PullXapi = 1,

    /// <summary>Takes events from OpenLRW by its own API.</summary>
    PullOpenLrw = 2,

    /// <summary>Hands this store's statements to another xAPI record store.</summary>
    ForwardXapi = 3,
}
