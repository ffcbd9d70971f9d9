namespace Ledger.Simulator.Worlds;

/// <summary>How a transaction changes the validator set.</summary>
public enum SeatChangeKind
{
    /// <summary>One more seat.</summary>
    Add = 1,

    /// <summary>One seat less.</summary>
    Remove = 2,

    /// <summary>A seat goes to another.</summary>
    Swap = 3,

    /// <summary>A seat gets a new key.</summary>
    Rotate = 4,
}
