using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Snapshots;

/// <summary>What a chunk proves: these are all the entries from where it was asked for up to its end.</summary>
/// <param name="Entries">In ascending order of key hash.</param>
/// <param name="Next">From where to ask on; null where the tree ends.</param>
public sealed record CheckedStateChunk(IReadOnlyList<StateChange> Entries, Hash256? Next);
