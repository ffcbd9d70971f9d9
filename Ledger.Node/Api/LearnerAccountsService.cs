using System.Buffers.Binary;
using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Protos;
using Ledger.Node.Anchoring;
using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>What an institution's node knows of accounts and learners; nobody else is answered.</summary>
public sealed class LearnerAccountsService(
    Address self, CallerAuthentication callers, LearnerPairs pairs, ClaimBook claims)
        : LearnerAccounts.LearnerAccountsBase
{
    /// <inheritdoc/>
    public override Task<KeepClaimsReply> KeepClaims(ClaimAccounts request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        if (request.Claims.Count is 0 or > ClaimBook.ClaimsMax || !request.Claims.All(IsRight))
        {
            throw Refusals.Argument(
                "claims",
                $"1 to {ClaimBook.ClaimsMax} numbers of claims, each with 1 to {ClaimBook.AccountsMax} accounts as the "
                + "record store keeps them");
        }

        claims.Keep(request.Claims.Select(
            static claim => (claim.Claim, (IReadOnlyList<string>)[.. claim.ActorKeys])));
        return Task.FromResult(new KeepClaimsReply());
    }

    /// <inheritdoc/>
    public override Task<ClaimAccounts> ListClaims(PageRequest request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        int room = Refusals.LimitOf(request);
        ClaimAccounts page = new();
        foreach ((ulong claim, IReadOnlyList<string> actorKeys) in claims.From(FirstOf(request)))
        {
            if (page.Claims.Count == room)
            {
                byte[] cursor = new byte[sizeof(ulong)];
                BinaryPrimitives.WriteUInt64BigEndian(cursor, claim);
                page.Cursor = UnsafeByteOperations.UnsafeWrap(cursor);
                break;
            }

            page.Claims.Add(new ClaimAccount { Claim = claim, ActorKeys = { actorKeys } });
        }

        return Task.FromResult(page);
    }

    /// <inheritdoc/>
    public override Task<PairPage> FindPairs(PairQuery request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        PairPage page = new();
        if (request.ActorKey.Length > 0)
        {
            if (pairs.Find(request.ActorKey) is { } learner)
            {
                page.Pairs.Add(PairOf(request.ActorKey, learner));
            }

            return Task.FromResult(page);
        }

        // An institution has as many pairs as accounts, and asks this now and then: a walk over them is enough.
        Address wanted = Refusals.AddressOf(request.Learner, "learner");
        page.Pairs.AddRange(pairs.From(null)
            .Where(pair => pair.Learner == wanted)
            .Take(ApiLimits.PageMax)
            .Select(static pair => PairOf(pair.ActorKey, pair.Learner)));
        return Task.FromResult(page);
    }

    private static bool IsRight(ClaimAccount claim) =>
        claim.Claim > 0
        && claim.ActorKeys.Count is > 0 and <= ClaimBook.AccountsMax
        && claim.ActorKeys.All(LearnerPairs.IsAccount);

    private static ulong FirstOf(PageRequest request)
    {
        if (request.Cursor.IsEmpty)
        {
            return 0;
        }

        return request.Cursor.Length == sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64BigEndian(request.Cursor.Span)
            : throw Refusals.Argument("cursor", "this cursor is of another question");
    }

    private static Pair PairOf(string actorKey, Address learner) =>
        new() { ActorKey = actorKey, Learner = ByteString.CopyFrom(learner.ToArray()) };
}
