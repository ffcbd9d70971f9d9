namespace Ledger.Benchmarks.State;

/// <summary>What <c>bench state</c> was asked for.</summary>
/// <param name="Records">Sizes, rising.</param>
/// <param name="Learners">Learners of the school, with 20 verbs each.</param>
/// <param name="Rounds">How many times each size is measured, in turn.</param>
/// <param name="Blocks">Blocks of a round.</param>
/// <param name="Lookups">Look-ups of a round, of each kind.</param>
public sealed record StateOptions(
    IReadOnlyList<int> Records, int Learners, int Rounds, int Blocks, int Lookups);
