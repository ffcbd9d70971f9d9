namespace Ledger.Node.Snapshots;

/// <summary>A peer did not answer, or does not hold what it was asked for. Others may.</summary>
public sealed class PeerUnavailableException(string message, bool isBusy = false) : Exception(message)
{
    /// <summary>Whether it asked to be asked again a little later.</summary>
    public bool IsBusy { get; } = isBusy;
}
