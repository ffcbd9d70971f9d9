using System.Collections.Immutable;

namespace Ledger.Consensus.Tests;

/// <summary>Commands of a script, one a line, and the log that they are expected to give.</summary>
internal sealed record ScriptBlock(ImmutableArray<string> Commands, ImmutableArray<string> Expected);
