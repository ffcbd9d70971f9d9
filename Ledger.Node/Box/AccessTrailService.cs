using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.Client.Trail;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// Shows a learner its trail: the ledger's entries, and what those of this box say. Nobody else is answered, members of
/// the consortium included.
/// </summary>
public sealed class AccessTrailService(
    CallerAuthentication callers,
    ChainState chain,
    ChainReader reader,
    AccessHistory history,
    TrailStore store,
    EncryptionKey own,
    TimeProvider time) : AccessTrail.AccessTrailBase
{
    private const uint PageMax = 1000;
    private const string NotYours = "NOT_YOURS: a trail is shown to its learner alone";

    /// <inheritdoc/>
    public override Task<TrailPage> ListTrail(TrailRequest request, ServerCallContext context)
    {
        LedgerHead head = chain.Head;
        Address learner = Learner(request.Learner);
        RequireLearner(head, learner, context);
        ulong count = head.State.Trail(learner).Count;
        uint limit = request.Limit == 0 ? PageMax : Math.Min(request.Limit, PageMax);
        TrailPage page = new();
        if (request.FromIndex < count)
        {
            page.Entries.AddRange(reader.Trail(
                learner, request.FromIndex, Math.Min(limit, count - request.FromIndex)));
        }

        return Task.FromResult(page);
    }

    /// <inheritdoc/>
    public override Task<TrailContents> OpenTrail(TrailContentRequest request, ServerCallContext context)
    {
        LedgerHead head = chain.Head;
        Address learner = Learner(request.Learner);
        Address caller = RequireLearner(head, learner, context);
        if (request.Commitments.Count is 0 or > TrailReader.ContentsMax
            || request.Commitments.Any(static one => one.Length != Hash256.Size))
        {
            throw Refused(StatusCode.InvalidArgument, "commitments: 1 to 100, of 32 bytes each");
        }

        PublicKeyBytes key = head.State.CurrentEncryptionKey(caller) ?? throw Refused(
            StatusCode.FailedPrecondition,
            "NO_ENCRYPTION_KEY: entries are sealed to the learner's key; publish one first");
        TrailContents contents = new();
        foreach (ByteString commitment in request.Commitments)
        {
            if (store.Find(learner, new Hash256(commitment.Span)) is { } content)
            {
                contents.Contents.Add(new TrailContent
                {
                    Commitment = commitment,
                    Content = For(caller, key, content),
                });
            }
        }

        return Task.FromResult(contents);
    }

    /// <inheritdoc/>
    public override Task<AccessPage> ListAccess(AccessRequest request, ServerCallContext context)
    {
        LedgerHead head = chain.Head;
        Address learner = Learner(request.Learner);
        RequireLearner(head, learner, context);
        return Task.FromResult(history.Page(learner, request.FromHeight, head.Height));
    }

    // A key that came, or changed, after the read: the box opens its own copy and seals it to the present one.
    private SealedMessage For(Address caller, PublicKeyBytes key, SealedMessage content)
    {
        if (content.Keys.Any(one => one.PublicKey.Span.SequenceEqual(key.ToArray()))
            || SealedMessages.Open(content, own, TrailEntries.Purpose) is not { } entry)
        {
            return content;
        }

        return SealedMessages.Seal(entry, [(caller, key)], TrailEntries.Purpose);
    }

    private Address RequireLearner(LedgerHead head, Address learner, ServerCallContext context)
    {
        Address caller = callers.Require(context);
        long now = head.NextTimeUnixMs(time);
        return LearnerActors.MayActFor(head.State, learner, caller, now, LearnerAct.Read)
            ? caller
            : throw Refused(StatusCode.PermissionDenied, NotYours);
    }

    private static Address Learner(ByteString bytes) => Address.TryRead(bytes.Span, out Address learner)
        ? learner
        : throw Refused(StatusCode.InvalidArgument, "learner: an address has 32 bytes");

    private static RpcException Refused(StatusCode code, string why) => new(new Status(code, why));
}
