namespace Ledger.Benchmarks.Limits;

/// <summary>What the host took for work that is always the same, in processor time of one thread.</summary>
/// <param name="VerifyUs">Median of a verification, in microseconds.</param>
/// <param name="ReadNs">Median of a read of memory that stands in no cache, in nanoseconds.</param>
public sealed record PaceFigures(double VerifyUs, double ReadNs);
