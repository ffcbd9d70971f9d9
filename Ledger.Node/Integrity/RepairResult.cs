namespace Ledger.Node.Integrity;

/// <summary>What a repair did.</summary>
/// <param name="SetAside">Where the damaged folder lies now.</param>
/// <param name="HeightBefore">The height that the damaged store claimed; null where it could not be read.</param>
/// <param name="Height">The height of the new store.</param>
/// <param name="ToFetch">Heights whose blocks or bodies the node fetches from its peers when it runs.</param>
/// <param name="VotesAreDamaged">Whether the node no longer knows what it signed.</param>
/// <param name="Lost">What could not be saved and follows from nothing else.</param>
public sealed record RepairResult(
    string SetAside,
    ulong? HeightBefore,
    ulong Height,
    IReadOnlyList<ulong> ToFetch,
    bool VotesAreDamaged,
    IReadOnlyList<Finding> Lost)
{
    /// <summary>Whether the store had begun with a snapshot and the node joins again from one.</summary>
    public bool JoinsAgain { get; init; }
}
