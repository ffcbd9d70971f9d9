using Ledger.Consensus;
using Ledger.Consensus.Protos;
using Ledger.Node.Peers;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Agreement;

/// <summary>Carries what the kernel sends.</summary>
public sealed class PeerPort(PeerNetwork network) : IPeers
{
    /// <inheritdoc/>
    public void Send(ReadOnlyMemory<byte> message, Recipients recipients)
    {
        Frame frame = new() { Consensus = SignedMessage.Parser.ParseFrom(message.Span) };
        if (recipients.One is { } one)
        {
            network.Send(one, frame, FrameQueue.Urgent);
        }
        else
        {
            network.SendAll(frame, FrameQueue.Urgent);
            if (IsStatus(frame.Consensus))
            {
                network.SendFollowers(frame, FrameQueue.Urgent);
            }
        }
    }

    /// <inheritdoc/>
    public void RequestBlocks(Address validator, ulong fromHeight) => network.Send(
        validator, new Frame { BlockRequest = new BlockRequest { FromHeight = fromHeight } }, FrameQueue.Urgent);

    // Of what goes to all, a status alone is of use to those that only follow (C-16).
    private static bool IsStatus(SignedMessage message) =>
        message.Body.Length <= PeerLimits.StatusBytesMax
        && MessageCodec.TryDecode(message.Body.Span, out ConsensusMessage? content)
        && content is ConsensusMessage.Status;
}
