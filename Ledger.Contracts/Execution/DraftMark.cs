using System.Collections.Immutable;
using Ledger.Contracts.State;

namespace Ledger.Contracts.Execution;

/// <summary>A point to which a draft can be taken back.</summary>
internal readonly record struct DraftMark(
    int Changes, int Leaves, int Erased, int Events, ImmutableSortedSet<ExpiryEntry> Expiry);
