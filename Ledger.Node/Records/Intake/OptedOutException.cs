namespace Ledger.Node.Records;

/// <summary>A record of a learner who wants none stored; nothing of the request was.</summary>
/// <param name="path">Where the record stood, as a JSON pointer.</param>
public sealed class OptedOutException(string path)
    : Exception("This learner has opted out of being recorded. Nothing was stored. Leave the learner's records out.")
{
    /// <summary>The rule's stable name.</summary>
    public const string Rule = "opted-out";

    /// <summary>Where the record stood, as a JSON pointer.</summary>
    public string Path { get; } = path;
}
