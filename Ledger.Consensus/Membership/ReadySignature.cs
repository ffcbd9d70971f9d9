using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>A ready statement's signature (64 bytes) by the validator at a place of the new set.</summary>
public sealed record ReadySignature(ReadyStatement Statement, int Place, ReadOnlyMemory<byte> Signature);
