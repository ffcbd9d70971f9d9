using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>A seat: the institution's address and the key that signs its votes.</summary>
public readonly record struct Validator(Address Address, PublicKeyBytes VoteKey);
