namespace Ledger.Benchmarks.Load;

/// <summary>How long a load lasts.</summary>
/// <param name="WarmUp">What is done first and not counted.</param>
/// <param name="Measured">What is counted.</param>
public sealed record LoadTimes(TimeSpan WarmUp, TimeSpan Measured);
