namespace Ledger.Consensus.Tests;

/// <summary>A script asks for what does not exist, or a promise of the protocol was broken while it ran.</summary>
internal sealed class ScriptFailure(string message) : Exception(message);
