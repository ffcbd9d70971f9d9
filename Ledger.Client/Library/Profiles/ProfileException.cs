namespace Ledger.Client.Profiles;

/// <summary>A profile that is missing or cannot be used; the message says what to do.</summary>
public sealed class ProfileException : Exception
{
    /// <summary>Takes a sentence for the user.</summary>
    public ProfileException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
