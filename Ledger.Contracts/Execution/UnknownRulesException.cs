namespace Ledger.Contracts.Execution;

/// <summary>The members have put rules in force that this program does not know. Nothing was executed.</summary>
public sealed class UnknownRulesException(uint version, uint newest, ulong height) : Exception(
    $"Block {height} is executed by version {version} of the rules, and this program knows them up to {newest}. "
    + "Nothing was executed. Install a program that knows them, and start the node again.")
{
    /// <summary>The version in force.</summary>
    public uint Version { get; } = version;
}
