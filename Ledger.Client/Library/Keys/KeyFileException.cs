namespace Ledger.Client.Keys;

/// <summary>A key file or password that cannot be used; the message says what to do.</summary>
public sealed class KeyFileException : Exception
{
    /// <summary>The message for a file that does not open: which of the two it is cannot be told.</summary>
    public const string WrongPassword = "wrong password or damaged file";

    /// <summary>Takes a sentence for the user.</summary>
    public KeyFileException(string message)
        : base(message)
    {
    }

    /// <summary>Takes a sentence for the user and the failure below it.</summary>
    public KeyFileException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
