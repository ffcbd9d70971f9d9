using Ledger.Primitives;

namespace Ledger.Contracts.Transactions;

/// <summary>One who signed a transaction, with the key whose signature was checked.</summary>
public readonly record struct TransactionSigner(Address Address, PublicKeyBytes Key);
