using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Simulator.Adversaries;

/// <summary>A message with one field changed.</summary>
public static class MessageChange
{
    /// <summary>The same in another view.</summary>
    public static ConsensusMessage WithView(ConsensusMessage message, ulong view) =>
        At(message, message.Epoch, message.Height, view);

    /// <summary>The same at another height.</summary>
    public static ConsensusMessage WithHeight(ConsensusMessage message, ulong height) =>
        At(message, message.Epoch, height, message.View);

    /// <summary>The same in another epoch.</summary>
    public static ConsensusMessage WithEpoch(ConsensusMessage message, ulong epoch) =>
        At(message, epoch, message.Height, message.View);

    /// <summary>The same at another epoch, height and view.</summary>
    public static ConsensusMessage At(ConsensusMessage message, ulong epoch, ulong height, ulong view) =>
        message switch
        {
            ConsensusMessage.PrePrepare one => new ConsensusMessage.PrePrepare(epoch, height, view, one.Block),
            ConsensusMessage.Vote one => new ConsensusMessage.Vote(epoch, height, view, one.Phase, one.BlockHash),
            ConsensusMessage.ViewChange one => new ConsensusMessage.ViewChange(
                epoch, height, view, one.Prepared, one.PreparedBlock),
            ConsensusMessage.NewView one => new ConsensusMessage.NewView(epoch, height, view, one.ViewChanges),
            ConsensusMessage.Status one => new ConsensusMessage.Status(
                epoch, height, one.HeadHash, view, one.ChangingView, one.StartNonce),
            ConsensusMessage.Witness one => new ConsensusMessage.Witness(
                epoch, height, view, one.Subject, one.StartNonce, one.Seen),
            _ => throw new InvalidOperationException("The kinds of messages are closed."),
        };

    /// <summary>A vote for another block or of the other phase, a view change that has prepared nothing.</summary>
    public static ConsensusMessage WithOtherMeaning(ConsensusMessage message, Hash256 otherHash, bool flip) =>
        message switch
        {
            ConsensusMessage.Vote one when flip => new ConsensusMessage.Vote(
                one.Epoch, one.Height, one.View,
                one.Phase == VoteKind.Prepare ? VoteKind.Commit : VoteKind.Prepare, one.BlockHash),
            ConsensusMessage.Vote one => one with { BlockHash = otherHash },
            ConsensusMessage.ViewChange one => one with { Prepared = null, PreparedBlock = null },
            ConsensusMessage.NewView one when one.ViewChanges.Length > 1 => one with
            {
                ViewChanges = flip ? one.ViewChanges.RemoveAt(0) : one.ViewChanges.SetItem(0, one.ViewChanges[1]),
            },
            ConsensusMessage.Status one => one with { HeadHash = otherHash, StartNonce = 1 },
            ConsensusMessage.Witness one => one with
            {
                Seen = new SeenSlot(one.Height + 1, one.View, MessageKind.Commit),
            },
            _ => At(message, message.Epoch, message.View, message.Height),
        };
}
