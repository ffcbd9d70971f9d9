using System.Diagnostics.CodeAnalysis;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// Derives again what a new view stands for. Rule C-12 of the protocol: the leader's word counts for nothing.
/// </summary>
public static class NewViewRules
{
    /// <summary>
    /// Checks that the sender leads the view and that at least q distinct validators, in ascending order of place,
    /// signed valid view changes for exactly this epoch, height and view. Then <paramref name="carried"/> is what must
    /// be proposed, with both of its parts null where the leader is free.
    /// </summary>
    public static bool TryDerive(
        ConsensusMessage.NewView message,
        Address sender,
        ulong epoch,
        Hash256 chainId,
        ValidatorSet set,
        ISignatureVerifier verifier,
        out CarriedValue carried)
    {
        carried = default;
        if (message.Epoch != epoch
            || set.Leader(message.View) != sender
            || message.ViewChanges.Length < set.Quorum
            || message.ViewChanges.Length > set.Count)
        {
            return false;
        }

        int previous = -1;
        foreach (SignedEnvelope envelope in message.ViewChanges)
        {
            int place = set.IndexOf(envelope.Sender);
            if (place <= previous
                || !TryReadViewChange(
                    envelope, message, epoch, chainId, set, verifier, out ConsensusMessage.ViewChange? one))
            {
                return false;
            }

            previous = place;
            carried = carried.Higher(one.Prepared, one.PreparedBlock);
        }

        return true;
    }

    private static bool TryReadViewChange(
        SignedEnvelope envelope,
        ConsensusMessage.NewView newView,
        ulong epoch,
        Hash256 chainId,
        ValidatorSet set,
        ISignatureVerifier verifier,
        [NotNullWhen(true)] out ConsensusMessage.ViewChange? viewChange)
    {
        viewChange = null;
        if (!MessageVerifier.TryVerify(envelope, chainId, set, verifier, out VerifiedMessage? verified)
            || verified.Content is not ConsensusMessage.ViewChange content
            || content.Height != newView.Height
            || content.View != newView.View
            || !ViewChangeRules.IsValid(content, epoch, chainId, set, verifier))
        {
            return false;
        }

        viewChange = content;
        return true;
    }
}
