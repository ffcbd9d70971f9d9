using Ledger.Benchmarks.Load;

namespace Ledger.Benchmarks.Reads;

/// <summary>What <c>bench read</c> was asked for.</summary>
/// <param name="Clients">How many clients, one number after the other.</param>
/// <param name="Validators">Validators.</param>
/// <param name="Transactions">Transactions whose receipts are read.</param>
/// <param name="Times">Phases of a round.</param>
/// <param name="Rounds">How many times everything is measured.</param>
/// <param name="Seed">Decides what is read when.</param>
public sealed record ReadOptions(
    IReadOnlyList<int> Clients, int Validators, int Transactions, LoadTimes Times, int Rounds, ulong Seed);
