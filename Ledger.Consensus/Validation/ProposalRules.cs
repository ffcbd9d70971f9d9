using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// Whether a block fits the place it is proposed for, as far as that shows without executing it. Rule C-2 of the
/// protocol; that the leaves hash to the transaction root is part of reading a <see cref="ProposalBlock"/>.
/// </summary>
public static class ProposalRules
{
    /// <summary>Compares a block with the head it must follow, the epoch and the set of its height.</summary>
    public static ProposalVerdict Check(
        ProposalBlock block, ulong height, Hash256 parentHash, long parentTimeUnixMs, ulong epoch, ValidatorSet set)
    {
        BlockHeader header = block.Header;
        if (header.Height != height)
        {
            return ProposalVerdict.WrongHeight;
        }

        if (header.ParentHash != parentHash)
        {
            return ProposalVerdict.WrongParent;
        }

        if (header.Epoch != epoch)
        {
            return ProposalVerdict.WrongEpoch;
        }

        if (header.ValidatorsHash != set.Hash)
        {
            return ProposalVerdict.WrongValidators;
        }

        if (header.TimeUnixMs <= parentTimeUnixMs)
        {
            return ProposalVerdict.TimeNotAfterParent;
        }

        return block.Leaves.Length == 0 ? ProposalVerdict.Empty : ProposalVerdict.WellFormed;
    }
}
