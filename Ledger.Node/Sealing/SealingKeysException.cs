namespace Ledger.Node.Sealing;

/// <summary>
/// The file of the persons' keys does not fit: to the institution's secret, or to records that were sealed under
/// another one. Nothing was changed. The text says what to do.
/// </summary>
public sealed class SealingKeysException : Exception
{
    /// <summary>Tells what does not fit and what to do.</summary>
    public SealingKeysException(string message)
        : base(message)
    {
    }
}
