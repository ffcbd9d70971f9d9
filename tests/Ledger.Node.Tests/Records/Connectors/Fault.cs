namespace Ledger.Node.Tests.Records.Connectors;

/// <summary>What a server does wrong with a request.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The connection breaks before anything is done.</summary>
    BreakBefore,

    /// <summary>The work is done, and the connection breaks before the answer.</summary>
    BreakAfter,

    /// <summary>The server answers that it is busy.</summary>
    Busy,
}
