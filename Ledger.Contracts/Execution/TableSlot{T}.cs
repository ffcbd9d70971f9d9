namespace Ledger.Contracts.Execution;

/// <summary>A place of a table: an entry, and the number by which it stands there, by which others are told.</summary>
internal readonly record struct TableSlot<T>(ulong Mix, T? Entry)
    where T : class;
