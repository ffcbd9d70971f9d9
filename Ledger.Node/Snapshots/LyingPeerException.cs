namespace Ledger.Node.Snapshots;

/// <summary>A peer showed something that cannot be true. It is not asked again.</summary>
public sealed class LyingPeerException(string message) : Exception(message)
{
}
