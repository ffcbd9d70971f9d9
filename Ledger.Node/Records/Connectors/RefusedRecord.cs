namespace Ledger.Node.Records.Connectors;

/// <summary>A record that a link could not move, kept so that it is not lost.</summary>
/// <param name="Id">Its id, as far as it has one.</param>
/// <param name="Path">Where it breaks a rule, as a JSON pointer.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Content">The record as it came; empty where this node has it in its store.</param>
public sealed record RefusedRecord(string Id, string Path, string Rule, string Message, ReadOnlyMemory<byte> Content);
