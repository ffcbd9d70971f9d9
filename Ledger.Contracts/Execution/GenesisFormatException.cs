namespace Ledger.Contracts.Execution;

/// <summary>
/// The bytes are not a genesis document from which a chain can begin; the message says what is wrong.
/// </summary>
public sealed class GenesisFormatException(string message)
    : Exception(message)
{
}
