using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>Whether a view change may count towards a new view. Rules C-9 and C-12 of the protocol.</summary>
public static class ViewChangeRules
{
    /// <summary>
    /// Whether the view change of <paramref name="epoch"/>, whose sender's signature is already checked, bears nothing,
    /// or a valid prepared certificate of its own epoch and height and of a lower view together with the block that it
    /// names.
    /// </summary>
    public static bool IsValid(
        ConsensusMessage.ViewChange message, ulong epoch, Hash256 chainId, ValidatorSet set,
        ISignatureVerifier verifier)
    {
        if (message.Epoch != epoch)
        {
            return false;
        }

        if (message.Prepared is null || message.PreparedBlock is null)
        {
            return message.Prepared is null && message.PreparedBlock is null;
        }

        Certificate prepared = message.Prepared;
        return prepared.Kind == VoteKind.Prepare
            && prepared.Epoch == message.Epoch
            && prepared.Height == message.Height
            && prepared.View < message.View
            && prepared.BlockHash == message.PreparedBlock.Hash
            && message.PreparedBlock.Height == message.Height
            && CertificateRules.IsValid(prepared, chainId, set, verifier);
    }
}
