namespace Ledger.Simulator.Network;

/// <summary>Which links are cut.</summary>
public enum PartitionShape
{
    /// <summary>None.</summary>
    Whole = 0,

    /// <summary>Two sides, both ways.</summary>
    Symmetric,

    /// <summary>From one side to the other.</summary>
    Asymmetric,

    /// <summary>One link, one way.</summary>
    OneWay,

    /// <summary>Two sides with one node between them.</summary>
    Bridge,

    /// <summary>One node, both ways.</summary>
    Isolation,

    /// <summary>One node is heard by nobody.</summary>
    Mute,

    /// <summary>One node hears nobody.</summary>
    Deaf,
}
