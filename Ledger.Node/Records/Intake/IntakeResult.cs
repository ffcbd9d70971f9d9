namespace Ledger.Node.Records;

/// <summary>What became of a batch: all stored, or nothing because of a conflict.</summary>
/// <param name="Ids">The ids in the order of the batch; empty on a conflict.</param>
/// <param name="Added">How many were new; the others were there with the same meaning.</param>
/// <param name="ConflictPath">
/// Where the first record stood whose id is taken by another meaning, as a JSON pointer; null without a conflict.
/// </param>
public sealed record IntakeResult(IReadOnlyList<string> Ids, int Added, string? ConflictPath)
{
    internal static IntakeResult Conflict(string path) => new([], 0, path);
}
