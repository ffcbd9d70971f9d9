using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>Where an operation stands: transaction id, group and place in the group, from 0.</summary>
public readonly record struct OperationPlace(Hash256 TransactionId, int Group, int Operation);
