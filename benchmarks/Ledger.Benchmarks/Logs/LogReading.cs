namespace Ledger.Benchmarks.Logs;

/// <summary>A log as it was read.</summary>
/// <param name="Lines">Its lines, blank ones included.</param>
/// <param name="BlankLines">Lines with nothing but white space, which are passed over.</param>
/// <param name="Records">What can be replayed, in the order of the lines.</param>
/// <param name="Refused">What cannot, in the order of the lines.</param>
public sealed record LogReading(
    int Lines, int BlankLines, IReadOnlyList<LogRecord> Records, IReadOnlyList<RefusedLine> Refused);
