using Ledger.Benchmarks.Load;

namespace Ledger.Benchmarks.Wan;

/// <summary>What <c>bench wan</c> was asked for.</summary>
/// <param name="DelaysMs">One-way delays between nodes.</param>
/// <param name="Validators">Sizes of the consortium, one after the other.</param>
/// <param name="Outstanding">Transactions under way where throughput is measured.</param>
/// <param name="Times">Phases of a load.</param>
/// <param name="Rounds">How many times everything is measured.</param>
/// <param name="Seed">Decides what the transactions hold.</param>
public sealed record WanOptions(
    IReadOnlyList<int> DelaysMs, IReadOnlyList<int> Validators, int Outstanding, LoadTimes Times, int Rounds,
    ulong Seed)
{
    /// <summary>The delays that are measured: none first, which the others are compared with.</summary>
    public IReadOnlyList<int> AllDelaysMs => [0, .. DelaysMs];

    /// <summary>Everything that is measured, by sizes of the consortium.</summary>
    public IReadOnlyList<WanPlace> Places =>
        [.. Validators.SelectMany(validators => AllDelaysMs.Select(delayMs => new WanPlace(validators, delayMs)))];
}
