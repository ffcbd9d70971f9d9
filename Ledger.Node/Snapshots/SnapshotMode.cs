namespace Ledger.Node.Snapshots;

/// <summary>Whether a node without blocks begins with a snapshot.</summary>
public enum SnapshotMode
{
    /// <summary>Where its peers are far ahead.</summary>
    Auto = 1,

    /// <summary>In any case.</summary>
    Always = 2,

    /// <summary>Never: block by block from the beginning.</summary>
    Never = 3,
}
