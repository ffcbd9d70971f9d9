namespace Ledger.Node.Records;

/// <summary>A record of a learner who wants none stored; nothing of the request was.</summary>
/// <param name="path">Where the record stood, as a JSON pointer.</param>
public sealed class OptedOutException(string path) : UnwantedRecordException(
    path,
    RuleName,
    "This learner has opted out of being recorded. Nothing was stored. Leave the learner's records out.")
{
    /// <summary>The rule's stable name.</summary>
    public const string RuleName = "opted-out";
}
