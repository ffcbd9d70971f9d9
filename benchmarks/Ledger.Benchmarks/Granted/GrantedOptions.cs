using Ledger.Benchmarks.Load;

namespace Ledger.Benchmarks.Granted;

/// <summary>What <c>bench granted</c> was asked for.</summary>
/// <param name="Clients">How many readers at a time, one number after the other.</param>
/// <param name="Validators">Validators.</param>
/// <param name="Records">Records of one read.</param>
/// <param name="Times">Phases of a round.</param>
/// <param name="Rounds">How many times everything is measured.</param>
public sealed record GrantedOptions(
    IReadOnlyList<int> Clients, int Validators, int Records, LoadTimes Times, int Rounds);
