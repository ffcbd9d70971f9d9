namespace Ledger.BitFlips;

/// <summary>What became of one flipped bit.</summary>
public enum FlipOutcome
{
    /// <summary>The store did not open, and said why.</summary>
    RefusedToOpen,

    /// <summary>The inspection named what is damaged.</summary>
    Found,

    /// <summary>Every key, value and root is what it was, and the inspection is clean.</summary>
    Harmless,

    /// <summary>Something differs and nothing noticed: the failure that must not be.</summary>
    Silent,
}
