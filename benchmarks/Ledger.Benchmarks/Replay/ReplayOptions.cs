namespace Ledger.Benchmarks.Replay;

/// <summary>What a replay is asked for.</summary>
/// <param name="Native">Atomic groups and batches instead of one operation a transaction.</param>
/// <param name="Warm">
/// Whether a second workload is replayed by the same nodes, once they have replayed the first.
/// </param>
/// <param name="Input">A log to replay instead of the paper's sample.</param>
/// <param name="Seed">Seed of the sample; that of a second one follows it.</param>
public sealed record ReplayOptions(bool Native, bool Warm, string? Input, ulong Seed);
