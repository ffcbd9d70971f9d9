namespace Ledger.Node.Api;

/// <summary>Where agreement stands, for people.</summary>
/// <param name="View">The view.</param>
/// <param name="IsChanging">Whether a view change is under way.</param>
public readonly record struct ReplicaView(ulong View, bool IsChanging);
