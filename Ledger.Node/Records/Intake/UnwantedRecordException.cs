namespace Ledger.Node.Records;

/// <summary>A record that may not be stored, whoever brings it; nothing of the request was.</summary>
/// <param name="path">Where the record stood, as a JSON pointer.</param>
/// <param name="rule">The rule's stable name.</param>
/// <param name="message">Why, in words for whoever brought it.</param>
public abstract class UnwantedRecordException(string path, string rule, string message) : Exception(message)
{
    /// <summary>Where the record stood, as a JSON pointer.</summary>
    public string Path { get; } = path;

    /// <summary>The rule's stable name.</summary>
    public string Rule { get; } = rule;
}
