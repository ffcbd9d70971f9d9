using Ledger.Consensus;
using Ledger.Consensus.Protos;
using Ledger.Node.Peers;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Agreement;

/// <summary>
/// Carries what the kernel sends. A large message that is sent again and again, as a new view is to each who asks by
/// his status (C-15), is one frame in all queues. Called by the kernel's thread alone.
/// </summary>
public sealed class PeerPort(PeerNetwork network) : IPeers
{
    /// <summary>Comparing costs less than a copy from here on.</summary>
    private const int LargeBytesMin = 4096;

    private ReadOnlyMemory<byte> large;
    private Frame? largeFrame;

    /// <inheritdoc/>
    public void Send(ReadOnlyMemory<byte> message, Recipients recipients)
    {
        Frame frame = FrameOf(message);
        if (recipients.One is { } one)
        {
            network.Send(one, frame, FrameQueue.Urgent);
        }
        else
        {
            network.SendAll(frame, FrameQueue.Urgent);
            if (network.HasFollowers && IsStatus(frame.Consensus))
            {
                network.SendFollowers(frame, FrameQueue.Urgent);
            }
        }
    }

    /// <inheritdoc/>
    public void RequestBlocks(Address validator, ulong fromHeight) => network.Send(
        validator, new Frame { BlockRequest = new BlockRequest { FromHeight = fromHeight } }, FrameQueue.Urgent);

    /// <summary>The frame of a message; the same one for a large message that was sent last.</summary>
    public Frame FrameOf(ReadOnlyMemory<byte> message)
    {
        if (message.Length < LargeBytesMin)
        {
            return Wrap(message);
        }

        if (largeFrame is null || !large.Span.SequenceEqual(message.Span))
        {
            large = message;
            largeFrame = Wrap(message);
        }

        return largeFrame;
    }

    private static Frame Wrap(ReadOnlyMemory<byte> message) =>
        new() { Consensus = SignedMessage.Parser.ParseFrom(message.Span) };

    // Of what goes to all, a status alone is of use to those that only follow (C-16).
    private static bool IsStatus(SignedMessage message) =>
        message.Body.Length <= PeerLimits.StatusBytesMax
        && MessageCodec.TryDecode(message.Body.Span, out ConsensusMessage? content)
        && content is ConsensusMessage.Status;
}
