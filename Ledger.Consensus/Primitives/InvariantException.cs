namespace Ledger.Primitives;

/// <summary>
/// An invariant of the core does not hold. Never caught inside the core; the program's edge prints it and exits.
/// </summary>
public sealed class InvariantException(string condition)
    : Exception("Invariant broken: " + condition)
{
}
