using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Consensus;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// The secure box, whatever brought the request: checks that it is its reader's, that the node is up to date, and that
/// the ledger gives the right; only then is the query run, the read entered in the learner's trail, and the answer
/// given. The order is that of <c>docs/secure-box.md</c>.
/// </summary>
public sealed class SecureBoxReads(
    Hash256 chainId,
    SigningKey identity,
    ChainState chain,
    Func<Task<LedgerHead?>> freshHead,
    RecordReleaser releaser,
    ReadCounts counts,
    ReadEntries entries,
    Func<SealedOpening, Task<bool>> enter,
    BoxRequestMemory memory,
    ISignatureVerifier verifier,
    TimeProvider time,
    ILogger logger)
{
    private readonly RefusalPace pace = new(time);
    private readonly ReadPlaces places = new();

    /// <summary>Computes features, where these are asked for in the place of records.</summary>
    public required FeatureReleaser Features { private get; init; }

    /// <summary>Answers a request; a refusal leaves at its pace.</summary>
    public async Task<BoxReply> AnswerAsync(BoxRequest request, CancellationToken cancellation)
    {
        long begun = pace.Begin();
        (BoxRequestBody? body, BoxRefusal? refusal) = Check(request);
        if (body is null)
        {
            await pace.HoldAboutAsync(begun, cancellation);
            return BoxReply.Refuse(refusal!);
        }

        BoxReply reply = await EnterAsync(request, body, cancellation);
        if (reply.Refusal is not null)
        {
            await pace.HoldAsync(begun, cancellation);
        }

        return reply;
    }

    /// <summary>What a request shows before anything is asked of others; each is taken once.</summary>
    public (BoxRequestBody? Body, BoxRefusal? Refusal) Check(BoxRequest request)
    {
        (BoxRequestBody? body, BoxRefusal? refusal) =
            BoxRequestCheck.Run(chainId, identity.Address, request, verifier);
        if (body is null)
        {
            return (null, refusal);
        }

        BoxRefusal? refused = RequestEntry.RefusalOf(
            chain.Head, memory, new Address(body.Reader.Span), body.PublicKey, body.Random, body.TimeUnixMs);
        return refused is null ? (body, null) : (null, refused);
    }

    private async Task<BoxReply> EnterAsync(BoxRequest request, BoxRequestBody body, CancellationToken cancellation)
    {
        using IDisposable? place = places.TryEnter(new Address(body.Reader.Span));
        return place is null
            ? BoxReply.Refuse(BoxRefusals.Busy)
            : await ReadAsync(request, body, cancellation);
    }

    private async Task<BoxReply> ReadAsync(BoxRequest request, BoxRequestBody body, CancellationToken cancellation)
    {
        if (await freshHead().WaitAsync(cancellation) is not { } head)
        {
            return BoxReply.Refuse(BoxRefusals.NotFresh);
        }

        ReadJudgement judgement = Judge(head, body);
        if (judgement.Refusal is { } why)
        {
            return BoxReply.Refuse(why);
        }

        (ReleasedAnswer? released, BoxRefusal? none) =
            await ReleaseAsync(head, request, body, judgement, cancellation);
        if (released is null)
        {
            return BoxReply.Refuse(none!);
        }

        // Whoever names records would learn by this refusal, uncounted, whether there are any: it gets an answer.
        if (released.IsOutsideLimits && body.Filter is not { Ids.Count: > 0 })
        {
            return BoxReply.Refuse(BoxRefusals.NotCovered);
        }

        if (!counts.TryTake([.. Permits(judgement).SelectMany(static permit => permit.Counted).Distinct()]))
        {
            return BoxReply.Refuse(BoxRefusals.ReadsExhausted);
        }

        if (await EnterTrailAsync(head, request, body, released.Counts, judgement, cancellation) is { } refusal)
        {
            return BoxReply.Refuse(refusal);
        }

        return new BoxReply(Sign(request, released.Bytes), null);
    }

    // A store that cannot be asked makes the whole unavailable: as a part it would look like records that are gone. So
    // does an erasure after the head that is answered by.
    private async Task<(ReleasedAnswer? Answer, BoxRefusal? Refusal)> ReleaseAsync(
        LedgerHead head,
        BoxRequest request,
        BoxRequestBody body,
        ReadJudgement judgement,
        CancellationToken cancellation)
    {
        try
        {
            if (body.Features is not null)
            {
                return await Features.ReleaseAsync(head, request, body, judgement.Verbs, cancellation);
            }

            return await releaser.ReleaseAsync(head, body, judgement.Verbs, cancellation) is { } found
                ? (ReleasedAnswer.Of(found), null)
                : (null, BoxRefusals.NotFresh);
        }
        catch (RecordSourceException problem)
        {
            logger.LogWarning("a read was refused: {Message}", problem.Message);
            return (null, BoxRefusals.NoStore);
        }
    }

    private ReadJudgement Judge(LedgerHead head, BoxRequestBody body)
    {
        // On the read side time fails closed (F-2).
        long now = Math.Max(head.Header.TimeUnixMs, time.GetUtcNow().ToUnixTimeMilliseconds());
        return ReadJudge.Decide(head.State, body, llpc => releaser.WritersServed(head, llpc), now);
    }

    private async Task<BoxRefusal?> EnterTrailAsync(
        LedgerHead head,
        BoxRequest request,
        BoxRequestBody body,
        IReadOnlyList<ulong> records,
        ReadJudgement judgement,
        CancellationToken cancellation)
    {
        if (!IsEntered(head, body))
        {
            return null;
        }

        Task<bool>[] entered =
        [
            .. judgement.Verbs.Zip(records).Select(verb => enter(
                entries.Make(head, verb.First.Llpc, request, body, verb.Second))),
        ];
        if ((await Task.WhenAll(entered).WaitAsync(cancellation)).Contains(false))
        {
            return BoxRefusals.NoTrail;
        }

        // A block has passed: what was revoked in it is not answered, and what became narrower is asked for again.
        ReadJudgement after = Judge(chain.Head, body);
        if (after.Refusal is not null)
        {
            return after.Refusal;
        }

        return judgement.IsAs(after) ? null : BoxRefusals.NotFresh;
    }

    // The trail tells the learner what others do. Its own reads would tell every member when it looks at its records,
    // and it would depend on a block for them. Where this institution holds nothing there is nothing to release.
    private bool IsEntered(LedgerHead head, BoxRequestBody body) =>
        body.Reader != body.Learner && head.State.Holding(new Address(body.Learner.Span), identity.Address) is not null;

    private BoxAnswer Sign(BoxRequest request, ByteString bytes) => new()
    {
        Bundle = bytes,
        Box = identity.Address.ToField(),
        Signature = ByteString.CopyFrom(identity.Sign(BoxMessages.AnswerDigest(
            chainId, BoxMessages.RequestDigest(chainId, request.Body.Span), bytes.Span))),
    };

    private static IEnumerable<ReadPermit> Permits(ReadJudgement judgement) =>
        judgement.Verbs.SelectMany(static verb => verb.Writers).Select(static writer => writer.Permit);
}
