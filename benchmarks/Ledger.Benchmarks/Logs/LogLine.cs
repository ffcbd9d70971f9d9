namespace Ledger.Benchmarks.Logs;

/// <summary>A line of a log.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Bytes">Its bytes without their end; null where the line is longer than a line may be.</param>
public readonly record struct LogLine(int Number, byte[]? Bytes);
