using Ledger.Primitives;

namespace Ledger.Client.Sealing;

/// <summary>One who may open an envelope, by a published encryption key.</summary>
/// <param name="Address">Who.</param>
/// <param name="KeyNumber">The number of the key among the owner's, from 1.</param>
/// <param name="PublicKey">The X25519 key, 32 bytes.</param>
public sealed record Recipient(Address Address, ulong KeyNumber, ReadOnlyMemory<byte> PublicKey);
