namespace Ledger.Node.Records;

/// <summary>The database file cannot be used as it is; the message says what to do.</summary>
public sealed class RecordStoreException : Exception
{
    /// <summary>Tells what is wrong.</summary>
    public RecordStoreException(string message)
        : base(message)
    {
    }
}
