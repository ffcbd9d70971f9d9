namespace Ledger.Node.Records;

/// <summary>What a request makes of a document: another content, nothing, or a refusal.</summary>
public abstract record DocumentChange
{
    private DocumentChange()
    {
    }

    /// <summary>The document is kept with this content from now on.</summary>
    public sealed record Keep(string ContentType, ReadOnlyMemory<byte> Content) : DocumentChange;

    /// <summary>The document is removed, if it is there.</summary>
    public sealed record Remove : DocumentChange;

    /// <summary>Nothing changes.</summary>
    /// <param name="Status">The HTTP status that says so.</param>
    /// <param name="Rule">The rule's stable name.</param>
    /// <param name="Message">What to do, in a sentence.</param>
    public sealed record Refuse(int Status, string Rule, string Message) : DocumentChange;
}
