namespace Ledger.Contracts.State;

/// <summary>A key and its new value: the canonical encoding of a message.</summary>
public readonly record struct StateChange(StateKey Key, ReadOnlyMemory<byte> Value);
