namespace Ledger.Consensus.Tests;

/// <summary>Ends a process of a script inside a call of a port.</summary>
internal sealed class ScriptCrash() : Exception("the process ends here");
