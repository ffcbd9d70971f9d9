using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Exports;
using Ledger.Client.Protos;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Node.Anchoring;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Exports;

/// <summary>
/// Tells a learner, or whoever reads in its place, everything that this node keeps of it beside the ledger; and the
/// node's institution the same of any person whose accounts it knows. Nobody else is answered. Rule L-5.
/// </summary>
public sealed class LearnerExportService(
    Address self,
    CallerAuthentication callers,
    ChainState chain,
    HeldRecords records,
    HeldPlaces places,
    HeldTrail trail,
    WordSigner signer,
    TimeProvider time) : LearnerExport.LearnerExportBase
{
    /// <summary>Answers at a time: each reads through the store of its accounts.</summary>
    private const int AnswersMax = 4;

    private int answering;

    /// <inheritdoc/>
    public override async Task Tell(
        TellRequest request, IServerStreamWriter<SchoolWord> responseStream, ServerCallContext context)
    {
        Address caller = callers.Require(context);
        RequireForm(request);
        LedgerHead head = chain.Head;
        Address[] learners = [.. request.Learners.Select(one => Refusals.AddressOf(one, "learners"))];
        RequireReader(head, learners, caller);
        if (Interlocked.Increment(ref answering) > AnswersMax)
        {
            Interlocked.Decrement(ref answering);
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted, $"BUSY: {AnswersMax} exports are made at this node; ask again later"));
        }

        try
        {
            foreach (SchoolWord word in signer.Sign(request, head.Height, Items(head, request, learners, caller)))
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                await responseStream.WriteAsync(word);
            }
        }
        finally
        {
            Interlocked.Decrement(ref answering);
        }
    }

    private IEnumerable<HeldItem> Items(LedgerHead head, TellRequest request, Address[] learners, Address caller)
    {
        IReadOnlyList<string> accounts =
            learners.Length == 0 ? [.. request.Accounts] : places.AccountsOf(learners);
        return records.Of(accounts)
            .Concat(places.OfAccounts([.. accounts]))
            .Concat(learners.SelectMany(learner =>
                places.OfLearner(learner, MaySeeNotices(head, learner, caller)).Concat(trail.Of(head, learner))));
    }

    // Where a learner is told, whoever consents for it has said. The institution answers for what its node keeps.
    private bool MaySeeNotices(LedgerHead head, Address learner, Address caller) => caller == self
        || LearnerActors.MayActFor(head.State, learner, caller, head.NextTimeUnixMs(time), LearnerAct.Consent);

    private void RequireReader(LedgerHead head, Address[] learners, Address caller)
    {
        if (caller == self)
        {
            return;
        }

        if (learners.Length == 0)
        {
            throw Refusals.Denied("NOT_THE_OWNER: only this node's institution may ask by accounts");
        }

        long now = head.NextTimeUnixMs(time);
        if (!learners.All(learner => LearnerActors.MayActFor(head.State, learner, caller, now, LearnerAct.Read)))
        {
            throw Refusals.Denied(
                "NOT_YOURS: what is kept of a learner is told to the learner, and to whoever reads in its place");
        }
    }

    private static void RequireForm(TellRequest request)
    {
        if (request.Random.Length != ExportMessages.RandomBytes)
        {
            throw Refusals.Argument("random", $"{ExportMessages.RandomBytes} bytes");
        }

        if ((request.Learners.Count == 0) == (request.Accounts.Count == 0)
            || request.Learners.Count > ExportLimits.LearnersMax
            || request.Learners.Distinct().Count() != request.Learners.Count
            || request.Accounts.Count > ExportLimits.AccountsMax
            || !request.Accounts.All(LearnerPairs.IsAccount))
        {
            throw Refusals.Argument(
                "learners",
                $"1 to {ExportLimits.LearnersMax} different addresses, or in their place 1 to "
                    + $"{ExportLimits.AccountsMax} accounts as the record store keeps them");
        }
    }
}
