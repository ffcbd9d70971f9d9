namespace Ledger.Node.Storage;

/// <summary>The disk or database refused. The text is for the user; the process stops.</summary>
public sealed class StorageFailedException(string message, Exception cause) : Exception(message, cause)
{
    /// <summary>Whether the data are damaged, rather than the disk full, in use or not permitted.</summary>
    public bool IsDamage { get; init; }
}
