namespace Ledger.Benchmarks;

/// <summary>A run that cannot go on. The text is for the user.</summary>
public sealed class BenchmarkException(string message) : Exception(message)
{
}
