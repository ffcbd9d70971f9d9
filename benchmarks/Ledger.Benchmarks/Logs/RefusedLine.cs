namespace Ledger.Benchmarks.Logs;

/// <summary>A line that is not replayed.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Reason">Why.</param>
public sealed record RefusedLine(int Line, string Reason);
