namespace Ledger.Node.Integrity;

/// <summary>A damaged block and how the search for a good copy goes.</summary>
internal sealed class WantedBlock
{
    /// <summary>When a peer is asked next.</summary>
    public DateTimeOffset Due { get; set; } = DateTimeOffset.MinValue;

    /// <summary>How many times a peer was asked.</summary>
    public int Asked { get; set; }

    /// <summary>Whether every peer was asked in vain.</summary>
    public bool IsNowhere { get; set; }
}
