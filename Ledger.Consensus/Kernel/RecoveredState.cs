using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// All that a node reads from its store before it starts: the committed head (height 0 is the genesis header), what
/// follows from it, and what was in flight. <see cref="HeadView"/> is the view of the head's certificate, 0 for
/// genesis. <see cref="VoteState"/> is the newest record, empty if there never was one. <see cref="StartNonce"/> is
/// drawn by the host for each start, and not 0: witnesses of an earlier start do not fit it (S-9).
/// </summary>
public sealed record RecoveredState(
    Hash256 ChainId,
    Address Self,
    ulong HeadHeight,
    Hash256 HeadHash,
    long HeadTimeUnixMs,
    ulong HeadView,
    ulong NextEpoch,
    ValidatorSet NextSet,
    ulong StartNonce,
    ReadOnlyMemory<byte> VoteState,
    ImmutableArray<StoredItem> Items);
