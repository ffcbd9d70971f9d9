namespace Ledger.Node.Records;

/// <summary>A record that was erased comes again; nothing of the request was stored.</summary>
/// <param name="path">Where the record stood, as a JSON pointer.</param>
public sealed class ErasedRecordException(string path) : UnwantedRecordException(
    path,
    RuleName,
    "The record of this id was erased. Nothing was stored. Leave it out, and erase it where it comes from.")
{
    /// <summary>The rule's stable name.</summary>
    public const string RuleName = "erased";
}
