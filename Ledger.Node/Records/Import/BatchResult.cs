namespace Ledger.Node.Records.Import;

/// <summary>What became of records that were taken in one by one where need be.</summary>
/// <param name="Added">How many are new.</param>
/// <param name="Known">How many were there with the same meaning.</param>
/// <param name="OptedOut">How many were left out because their learners want none stored.</param>
/// <param name="Refused">What was refused, and why.</param>
internal sealed record BatchResult(int Added, int Known, int OptedOut, IReadOnlyList<RecordRefusal> Refused);
