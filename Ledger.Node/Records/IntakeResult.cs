namespace Ledger.Node.Records;

/// <summary>What became of a batch: all stored, or nothing because of a conflict.</summary>
/// <param name="Ids">The ids in the order of the batch; empty on a conflict.</param>
/// <param name="Added">How many were new; the others were there with the same meaning.</param>
/// <param name="ConflictAt">The position of the first record whose id is taken by another meaning.</param>
public sealed record IntakeResult(IReadOnlyList<string> Ids, int Added, int? ConflictAt)
{
    internal static IntakeResult Conflict(int position) => new([], 0, position);
}
