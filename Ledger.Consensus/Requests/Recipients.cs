using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>To whom a message goes: everybody else, or one.</summary>
public readonly record struct Recipients(Address? One)
{
    /// <summary>All peers: the other validators, and observers that listen.</summary>
    public static Recipients All => default;

    /// <summary>A single validator.</summary>
    public static Recipients Only(Address validator) => new(validator);
}
