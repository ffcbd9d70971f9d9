namespace Ledger.Devnet;

/// <summary>The local consortium could not be made, started or reached. The text is for the user.</summary>
public sealed class DevnetException(string message) : Exception(message)
{
}
