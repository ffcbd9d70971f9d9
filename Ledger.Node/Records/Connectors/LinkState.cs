namespace Ledger.Node.Records.Connectors;

/// <summary>How a link does.</summary>
public enum LinkState
{
    /// <summary>The last round did what it should, or none has ended yet.</summary>
    Working = 1,

    /// <summary>The last round failed; the next one comes by itself.</summary>
    Failing = 2,

    /// <summary>The other store failed so often that it is left alone for a while.</summary>
    Open = 3,
}
