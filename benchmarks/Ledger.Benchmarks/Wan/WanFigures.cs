using Ledger.Benchmarks.Load;

namespace Ledger.Benchmarks.Wan;

/// <summary>One round at one delay.</summary>
/// <param name="OneClient">One transaction at a time, handed in at the leader.</param>
/// <param name="Many">Many under way.</param>
public sealed record WanFigures(LoadFigures OneClient, LoadFigures Many);
