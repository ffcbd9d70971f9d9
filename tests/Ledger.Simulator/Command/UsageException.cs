namespace Ledger.Simulator.Command;

/// <summary>Wrong arguments; the text says which and what to write instead.</summary>
public sealed class UsageException(string message) : Exception(message)
{
}
