using Ledger.Benchmarks.Limits;

namespace Ledger.Benchmarks.Load;

/// <summary>A load that was run on the ledger, with what it measured.</summary>
/// <param name="Round">Every operation.</param>
/// <param name="Limits">What the host bore, before and after it.</param>
/// <param name="Figures">Its figures.</param>
public sealed record MeasuredLoad(LoadRound<LedgerCounters> Round, HostLimits Limits, LoadFigures Figures);
