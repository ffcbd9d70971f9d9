using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Consensus.Protos;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Gossip;
using Ledger.Node.Integrity;
using Ledger.Node.Membership;
using Ledger.Node.Peers;
using Ledger.Node.Pool;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Primitives;
using Certificate = Ledger.Consensus.Certificate;

namespace Ledger.Node.Agreement;

/// <summary>
/// What peers say, sorted to where it belongs. Signatures are checked here, on the peer's own task, so that the
/// kernel's thread never waits for them; nothing has an effect before that.
/// </summary>
public sealed class FrameHandler(
    Hash256 chainId,
    ChainState chain,
    ChainReader reader,
    BodyStore bodies,
    TransactionIntake intake,
    WaitingExchange exchange,
    FetchedBodies fetched,
    KernelHost host,
    PeerNetwork network,
    FreshReads freshReads,
    PeerHeights heights,
    ReadyAnswers readyAnswers,
    ReadyCollector readyCollector,
    BlockHealer healer,
    ISignatureVerifier verifier) : IPeerHandler
{
    /// <summary>A claim is an institution and a height.</summary>
    private const int ClaimBytes = Address.Size + sizeof(ulong);

    private readonly SemaphoreSlim followerAnswers = new(PeerLimits.FollowerAnswersMax);

    /// <inheritdoc/>
    public void OnHello(Address from) => network.Follow(from);

    /// <inheritdoc/>
    public async ValueTask OnFrameAsync(Address from, Frame frame, CancellationToken cancellation)
    {
        switch (frame.ContentCase)
        {
            case Frame.ContentOneofCase.Consensus:
                await OnConsensusAsync(from, frame.Consensus, cancellation);
                break;
            case Frame.ContentOneofCase.Transactions:
                foreach (ByteString transaction in frame.Transactions.Transactions_)
                {
                    intake.Offer(transaction.Memory);
                }

                break;
            case Frame.ContentOneofCase.Waiting:
                SendIfAny(from, exchange.AskFor(frame.Waiting), FrameQueue.Urgent);
                break;
            case Frame.ContentOneofCase.Wanted:
                // What waits is named to validators only.
                SendIfAny(from, network.IsValidator(from) ? exchange.Answer(frame.Wanted) : null, FrameQueue.Bulk);
                break;
            case Frame.ContentOneofCase.BodyRequest:
                AnswerBodies(from, frame.BodyRequest);
                break;
            case Frame.ContentOneofCase.Bodies:
                TakeBodies(frame.Bodies);
                break;
            case Frame.ContentOneofCase.BlockRequest:
                await AnswerBlocksAsync(from, frame.BlockRequest.FromHeight, cancellation);
                break;
            case Frame.ContentOneofCase.Blocks:
                await TakeBlocksAsync(from, frame.Blocks, cancellation);
                break;
            case Frame.ContentOneofCase.FreshRequest:
                freshReads.Answer(from, frame.FreshRequest);
                break;
            case Frame.ContentOneofCase.FreshAnswer:
                freshReads.Take(frame.FreshAnswer);
                break;
            case Frame.ContentOneofCase.ReadyRequest:
                readyAnswers.Answer(from, frame.ReadyRequest);
                break;
            case Frame.ContentOneofCase.ReadyAnswer:
                readyCollector.Take(from, frame.ReadyAnswer);
                break;
            case Frame.ContentOneofCase.None:
                // A frame of a later version: what it says is not understood, and nothing is done.
                break;
            default:
                throw new InvalidOperationException("a frame kind without a name");
        }
    }

    private async ValueTask OnConsensusAsync(Address from, SignedMessage message, CancellationToken cancellation)
    {
        if (!SignedEnvelope.TryRead(message, out SignedEnvelope? envelope))
        {
            return;
        }

        ConsensusMessage? content = null;
        if (MessageVerifier.TryVerify(envelope, chainId, chain.Head.NextSet, verifier, out VerifiedMessage? verified))
        {
            content = verified.Content;
            await host.PostFromPeerAsync(
                from, new Input.MessageReceived(verified), envelope.Body.Length, cancellation);
        }
        else if (envelope.Sender == from && envelope.Body.Length <= PeerLimits.StatusBytesMax
            && MessageCodec.TryDecode(envelope.Body.Span, out content)
            && content is ConsensusMessage.Status claimed)
        {
            // Of one without a seat, or with a vote key that is younger than this node's head. Its connection says who
            // speaks: enough for a list for people, and to be asked for blocks, which prove themselves (C-17).
            await host.PostFromPeerAsync(
                from, new Input.PeerClaimed(from, claimed.Height), ClaimBytes, cancellation);
        }

        if (content is ConsensusMessage.Status status && envelope.Sender == from)
        {
            heights.Note(from, status.Height);
            FollowIfNew(from);
        }
    }

    private void SendIfAny(Address to, Frame? frame, FrameQueue queue)
    {
        if (frame is not null)
        {
            network.Send(to, frame, queue);
        }
    }

    private void AnswerBodies(Address from, BodyRequest request)
    {
        ReadOnlySpan<byte> leaves = request.Leaves.Span;
        if (leaves.Length % Hash256.Size != 0 || leaves.Length / Hash256.Size > PeerLimits.BodiesMax)
        {
            return;
        }

        Transactions found = new();
        int size = 0;
        for (int place = 0; place < leaves.Length && size < PeerLimits.BlocksBytesMax; place += Hash256.Size)
        {
            if (bodies.FindBytes(new Hash256(leaves.Slice(place, Hash256.Size))) is { } body)
            {
                size += body.Length;
                found.Transactions_.Add(UnsafeByteOperations.UnsafeWrap(body));
            }
        }

        if (found.Transactions_.Count > 0)
        {
            network.Send(from, new Frame { Bodies = found }, FrameQueue.Answer);
        }
    }

    // Bodies come in the order of the leaves. What waits here already was checked when it came; a peer that sends other
    // bytes in its place changes nothing.
    private bool TakeBodies(ProposalBlock proposal, BlockWithBodies block)
    {
        HashSet<Hash256> leaves = [.. proposal.Leaves];
        bool isWhole = block.Transactions.Count == proposal.Leaves.Length;
        return block.Transactions
            .Where((_, place) => !isWhole || bodies.FindInMemory(proposal.Leaves[place]) is null)
            .All(body => intake.OfferBody(body.Memory, leaves.Contains));
    }

    private void TakeBodies(Transactions transactions)
    {
        foreach (ByteString transaction in transactions.Transactions_)
        {
            intake.OfferBody(transaction.Memory, fetched.IsWanted);
        }
    }

    // Its address may have been published after it had called.
    private void FollowIfNew(Address from)
    {
        if (!network.IsValidator(from))
        {
            network.Follow(from);
        }
    }

    private async ValueTask AnswerBlocksAsync(Address from, ulong fromHeight, CancellationToken cancellation)
    {
        if (network.IsValidator(from))
        {
            AnswerBlocks(from, fromHeight);
            return;
        }

        await followerAnswers.WaitAsync(cancellation);
        try
        {
            AnswerBlocks(from, fromHeight);
        }
        finally
        {
            followerAnswers.Release();
        }
    }

    private void AnswerBlocks(Address from, ulong fromHeight)
    {
        Blocks answer = new();
        int size = 0;
        ulong head = chain.Head.Height;
        for (ulong height = Math.Max(1, fromHeight);
            fromHeight > 0 && height <= head && answer.Blocks_.Count < PeerLimits.BlocksMax;
            height++)
        {
            // Of blocks before the first only headers are held: the asker hears nothing, and asks the next.
            if (height < reader.FirstBlock || WholeBlock(height) is not { } block)
            {
                break;
            }

            size += block.CalculateSize();
            if (size > PeerLimits.BlocksBytesMax && answer.Blocks_.Count > 0)
            {
                break;
            }

            answer.Blocks_.Add(block);
        }

        if (answer.Blocks_.Count > 0)
        {
            network.Send(from, new Frame { Blocks = answer }, FrameQueue.Answer);
        }
    }

    // A block that is damaged here is not passed on: the healer knows of it, and the peer asks another.
    private BlockWithBodies? WholeBlock(ulong height)
    {
        try
        {
            if (reader.Block(height) is not { } stored)
            {
                return null;
            }

            BlockWithBodies block = new() { Block = stored.Block };
            ReadOnlySpan<byte> leaves = stored.Block.Proposal.Leaves.Span;
            for (int place = 0; place < leaves.Length; place += Hash256.Size)
            {
                byte[] body = reader.BodyOf(height, new Hash256(leaves.Slice(place, Hash256.Size)));
                block.Transactions.Add(UnsafeByteOperations.UnsafeWrap(body));
            }

            return block;
        }
        catch (DamagedDataException)
        {
            return null;
        }
    }

    private async ValueTask TakeBlocksAsync(Address from, Blocks blocks, CancellationToken cancellation)
    {
        if (blocks.Blocks_.Count > PeerLimits.BlocksMax)
        {
            host.Post(new Input.BadAnswer(from));
            return;
        }

        foreach (BlockWithBodies block in blocks.Blocks_)
        {
            if (!ProposalBlock.TryRead(block.Block?.Proposal, out ProposalBlock? proposal)
                || !Certificate.TryRead(block.Block!.Certificate, out Certificate? certificate))
            {
                host.Post(new Input.BadAnswer(from));
                return;
            }

            if (healer.Take(proposal, certificate, block))
            {
                continue;
            }

            if (!TakeBodies(proposal, block))
            {
                host.Post(new Input.BadAnswer(from));
                return;
            }

            await host.PostFromPeerAsync(
                from,
                new Input.CertifiedBlockReceived(proposal, certificate, from),
                block.Block.CalculateSize(),
                cancellation);
        }
    }
}
