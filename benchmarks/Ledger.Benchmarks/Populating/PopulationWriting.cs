using Ledger.Benchmarks.Replay;

namespace Ledger.Benchmarks.Populating;

/// <summary>The transactions that write the population.</summary>
/// <param name="Units">The transactions; the size of each is its records.</param>
/// <param name="ContractsMade">How many contracts each makes and indexes, by its number.</param>
public sealed record PopulationWriting(IReadOnlyList<ReplayUnit> Units, IReadOnlyList<int> ContractsMade);
