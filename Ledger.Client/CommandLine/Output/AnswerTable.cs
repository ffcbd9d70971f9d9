namespace Ledger.CommandLine.Output;

/// <summary>Rows of an answer. Cells are text, numbers, booleans or null.</summary>
public sealed record AnswerTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows);
