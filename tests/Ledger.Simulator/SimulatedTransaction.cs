using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Simulator;

/// <summary>
/// A transaction: a leaf, and for a change of the validator set the identities of the new one, else empty.
/// </summary>
public sealed record SimulatedTransaction(Hash256 Leaf, ImmutableArray<int> NewSet);
