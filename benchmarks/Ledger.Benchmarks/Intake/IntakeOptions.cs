using Ledger.Benchmarks.Load;

namespace Ledger.Benchmarks.Intake;

/// <summary>What <c>bench intake</c> was asked for.</summary>
/// <param name="Clients">Clients of the closed loops.</param>
/// <param name="Records">Records of the population that are handed in first, from its begin.</param>
/// <param name="Batch">Records of a request.</param>
/// <param name="SinglesPerS">Single statements a second, in an open loop.</param>
/// <param name="PageLimit">Statements of an answer to a query, and of a page.</param>
/// <param name="Times">Phases of the loads that end by the clock.</param>
/// <param name="Seed">The population's.</param>
public sealed record IntakeOptions(
    int Clients, int Records, int Batch, int SinglesPerS, int PageLimit, LoadTimes Times, ulong Seed);
