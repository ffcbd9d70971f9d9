using System.Collections.Immutable;

namespace Ledger.Consensus;

/// <summary>
/// Keeps what must outlive a crash; a synced write makes all earlier writes durable too, and a failed write throws.
/// </summary>
public interface IBlockStore
{
    /// <summary>
    /// Writes items and, where not empty, the record of the vote state in one batch; on return it is durable if synced.
    /// </summary>
    void Persist(ImmutableArray<StoredItem> items, ReadOnlyMemory<byte> voteState, bool synced);

    /// <summary>
    /// Writes block, certificate, state and last-committed pointer in one batch; on return it is durable (C-5).
    /// </summary>
    void Commit(ProposalBlock block, Certificate certificate, ValidatorSet nextSet);
}
