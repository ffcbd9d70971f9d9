using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Boxes;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// The secure box: checks that the request is its reader's, that the node is up to date, and that the ledger gives the
/// reader the right; only then is the query run, the read entered in the learner's trail, and the answer given. It
/// refuses alike whether or not there is a record.
/// </summary>
public sealed class SecureBoxService(
    Hash256 chainId,
    SigningKey identity,
    ChainState chain,
    FreshReads freshReads,
    RecordReleaser releaser,
    ReadCounts counts,
    ReadEntries entries,
    TrailWriter trail,
    BoxRequestMemory memory,
    ISignatureVerifier verifier,
    TimeProvider time) : SecureBox.SecureBoxBase
{
    /// <summary>What a reader says it reads for is kept with each read: some sentences.</summary>
    public const int PurposeBytesMax = 1024;

    private const string UnknownReader = "UNKNOWN_READER: the ledger does not hold this key for the reader";

    /// <inheritdoc/>
    public override async Task<BoxAnswer> Read(BoxRequest request, ServerCallContext context)
    {
        BoxRequestBody body = Checked(request);
        Address reader = new(body.Reader.Span);
        LlpcName llpc = new(new Address(body.Learner.Span), body.Verb);
        LedgerHead head = await freshReads.HeadAsync().WaitAsync(context.CancellationToken)
            ?? throw new RpcException(new Status(
                StatusCode.Unavailable, "UNAVAILABLE: this box cannot tell that it is up to date; try again"));
        IReadOnlyList<WriterPermit> permits = Permits(head, llpc, body);
        ReleasedRecords released = releaser.Release(head, llpc, body, permits);
        if (released.IsOutsideLimits)
        {
            throw Denied(ReadGate.NotCovered);
        }

        if (!counts.TryTake([.. permits.SelectMany(static permit => permit.Permit.Counted).Distinct()]))
        {
            throw Denied(ReadGate.ReadsExhausted);
        }

        if (IsEntered(head, llpc, reader))
        {
            await EnterAsync(entries.Make(head, llpc, request, body, CountOf(released.Bundle)), context);

            // A block has passed: what was revoked in it is not answered.
            Permits(chain.Head, llpc, body);
        }

        ByteString bundle = released.Bundle.ToByteString();
        return new BoxAnswer
        {
            Bundle = bundle,
            Box = ByteString.CopyFrom(identity.Address.ToArray()),
            Signature = ByteString.CopyFrom(identity.Sign(BoxMessages.AnswerDigest(
                chainId, BoxMessages.RequestDigest(chainId, request.Body.Span), bundle.Span))),
        };
    }

    // What the reader may have of each writer whose records this box serves: its own, and those in its custody.
    private IReadOnlyList<WriterPermit> Permits(LedgerHead head, LlpcName llpc, BoxRequestBody body)
    {
        Address reader = new(body.Reader.Span);
        if (head.State.CurrentKey(reader) != new PublicKeyBytes(body.PublicKey.Span))
        {
            throw Denied(UnknownReader);
        }

        // On the read side time fails closed (F-2).
        long now = Math.Max(head.Header.TimeUnixMs, time.GetUtcNow().ToUnixTimeMilliseconds());
        List<WriterPermit> permits = [];
        string? refusal = null;
        foreach (Address writer in releaser.WritersServed(head, llpc))
        {
            ReadDecision decision = ReadGate.Decide(head.State, llpc, writer, reader, body, now);
            refusal ??= decision.Refusal;
            if (decision.Permit is { } permit)
            {
                permits.Add(new WriterPermit(writer, permit));
            }
        }

        return permits.Count > 0 ? permits : throw Denied(refusal ?? ReadGate.NoRight);
    }

    // The trail tells the learner what others do. Its own reads would tell every member when it looks at its records,
    // and it would depend on a block for them. Where this institution holds nothing there is nothing to release.
    private bool IsEntered(LedgerHead head, LlpcName llpc, Address reader) =>
        reader != llpc.Learner && head.State.Holding(llpc.Learner, identity.Address) is not null;

    private async Task EnterAsync(SealedOpening read, ServerCallContext context)
    {
        if (!await trail.EnterAsync(read).WaitAsync(context.CancellationToken))
        {
            throw new RpcException(new Status(
                StatusCode.Unavailable,
                "UNAVAILABLE: this box cannot enter the read in the learner's trail, and answers none that it cannot "
                + "enter; try again"));
        }
    }

    private static ulong CountOf(RecordBundle bundle) =>
        (ulong)bundle.Writers.Sum(static writer => (long)writer.Records.Count);

    private BoxRequestBody Checked(BoxRequest request)
    {
        if (!CanonicalMessage.TryParse(BoxRequestBody.Parser, request.Body.Span, out BoxRequestBody? body)
            || body.Reader.Length != Address.Size
            || body.Learner.Length != Address.Size
            || !PublicKeyBytes.TryRead(body.PublicKey.Span, out PublicKeyBytes key)
            || body.Verb.Length == 0
            || System.Text.Encoding.UTF8.GetByteCount(body.Purpose) > PurposeBytesMax
            || body.Openings.Count > LlpcLimits.GrantDepthMax)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "body: not a well-formed request to a box"));
        }

        if (!verifier.Verify(key, BoxMessages.RequestDigest(chainId, request.Body.Span), request.Signature.Span))
        {
            throw Denied("WRONG_SIGNATURE: the request is not signed by the key that it names");
        }

        if (!body.Box.Span.SequenceEqual(identity.Address.ToArray()))
        {
            throw Denied("ANOTHER_BOX: the request was made for another institution's box");
        }

        // What costs memory and a round among validators is for those alone whom this node's head knows already.
        Address reader = new(body.Reader.Span);
        if (chain.Head.State.CurrentKey(reader) != key)
        {
            throw Denied(UnknownReader);
        }

        return memory.TakeOnce(reader, body.Random.Span, body.TimeUnixMs)
            ? body
            : throw Denied("REPLAYED: the request is older than 60 s, or has been answered before");
    }

    private static RpcException Denied(string why) => new(new Status(StatusCode.PermissionDenied, why));
}
