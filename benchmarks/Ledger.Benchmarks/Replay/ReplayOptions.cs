namespace Ledger.Benchmarks.Replay;

/// <summary>What a replay is asked for.</summary>
/// <param name="Native">Atomic groups and batches instead of one operation a transaction.</param>
/// <param name="Input">A log to replay instead of the paper's sample.</param>
/// <param name="Seed">Seed of the sample.</param>
/// <param name="Json">File for the figures.</param>
/// <param name="Csv">File for the time of every operation.</param>
public sealed record ReplayOptions(bool Native, string? Input, ulong Seed, string? Json, string? Csv);
