namespace Ledger.Node.Records.Import;

/// <summary>What became of lines.</summary>
/// <param name="Added">How many are new records.</param>
/// <param name="Known">How many were there with the same meaning.</param>
/// <param name="OptedOut">How many were left out because their learners want none stored.</param>
/// <param name="Refused">The lines that were refused, in order.</param>
public sealed record LinesResult(int Added, int Known, int OptedOut, IReadOnlyList<LineRefusal> Refused);
