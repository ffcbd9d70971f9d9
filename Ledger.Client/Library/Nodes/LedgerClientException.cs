namespace Ledger.Client.Nodes;

/// <summary>A call to a node that gave no result; the message is for the user.</summary>
public sealed class LedgerClientException : Exception
{
    /// <summary>Takes the kind and a sentence for the user.</summary>
    public LedgerClientException(ClientFailure kind, string message, Exception? inner = null)
        : base(message, inner)
    {
        Kind = kind;
    }

    /// <summary>Why there is no result.</summary>
    public ClientFailure Kind { get; }
}
