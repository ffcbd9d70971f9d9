namespace Ledger.Client.Institutions;

/// <summary>A domain's file could not be had; the message says why and what to do.</summary>
public sealed class DomainFetchException : Exception
{
    /// <summary>With what went wrong beneath.</summary>
    public DomainFetchException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>With an answer that is no file.</summary>
    public DomainFetchException(string message)
        : base(message)
    {
    }
}
