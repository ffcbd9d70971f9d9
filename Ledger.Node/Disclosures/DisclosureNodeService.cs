using Grpc.Core;
using Ledger.Client.Disclosures;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Disclosures;

/// <summary>
/// Lets a learner share what it shows by a link, and withdraw it. How a disclosure stands is told to anybody who knows
/// its id, which nobody guesses.
/// </summary>
public sealed class DisclosureNodeService(
    Address self,
    TrustRoot trust,
    CallerAuthentication callers,
    ChainState chain,
    DisclosureShelf shelf,
    TimeProvider time) : DisclosureNode.DisclosureNodeBase
{
    /// <inheritdoc/>
    public override Task<DisclosureStanding> Share(DisclosureToShare request, ServerCallContext context)
    {
        callers.Require(context);
        if (request.File.Length > DisclosureFetcher.FileBytesMax)
        {
            throw Refusals.Argument("file", "a file that is shared by a link has at most 512 KiB");
        }

        VerificationReport report = ProofVerifier.Verify(request.File.Span, trust);
        if (report.Disclosure is not { } body)
        {
            string why = report.Steps.LastOrDefault(static step => step.Verdict != Verdict.Passed)?.Sentence
                ?? "It is no disclosure.";
            throw Refusals.Argument("file", $"NOT_VERIFIED: {why}");
        }

        Address learner = RequireActor(body.Learner, context, LearnerAct.Consent);
        if (chain.Head.State.Holding(learner, self) is null)
        {
            throw Refusals.Denied(
                "NOT_HERE: this institution holds no records of the learner, and shares none of others");
        }

        if (body.EndsUnixMs <= time.GetUtcNow().ToUnixTimeMilliseconds())
        {
            throw Refusals.Precondition("ENDED: the disclosure has ended already; make a new one");
        }

        Hash256 id = report.DisclosureId!.Value;
        if (!shelf.TryShare(learner, id, body.EndsUnixMs, body.Words, request.File.ToByteArray()))
        {
            throw Refusals.Precondition(FormattableString.Invariant(
                $"TOO_MANY: a learner shares {DisclosureShelf.SharedMax} files at a time; unshare one"));
        }

        return Task.FromResult(StandingOf(learner, id));
    }

    /// <inheritdoc/>
    public override Task<DisclosureStanding> Unshare(DisclosureQuestion request, ServerCallContext context)
    {
        Hash256 id = Refusals.HashOf(request.Id, "id");
        Address learner = RequireActor(request.Learner, context, LearnerAct.Protect);
        if (chain.Head.State.Learner(learner) is null)
        {
            throw Refusals.Denied("NOT_A_LEARNER: the ledger knows no such learner");
        }

        return shelf.TryWithdraw(learner, id)
            ? Task.FromResult(StandingOf(learner, id))
            : throw Refusals.Precondition(FormattableString.Invariant(
                $"TOO_MANY: a node remembers {DisclosureShelf.RememberedMax} disclosures of a learner"));
    }

    /// <inheritdoc/>
    public override Task<SharedList> ListShared(SharedQuery request, ServerCallContext context)
    {
        Address learner = RequireActor(request.Learner, context, LearnerAct.Read);
        SharedList answer = new();
        answer.Disclosures.AddRange(shelf.List(learner).Select(static one => new SharedDisclosure
        {
            Id = one.Id.ToField(),
            Standing = new DisclosureStanding { State = one.State, SinceUnixMs = one.SinceUnixMs },
            Words = one.Words,
            EndsUnixMs = one.EndsUnixMs,
        }));
        return Task.FromResult(answer);
    }

    /// <inheritdoc/>
    public override Task<DisclosureStanding> GetStanding(DisclosureQuestion request, ServerCallContext context) =>
        Task.FromResult(StandingOf(
            Refusals.AddressOf(request.Learner, "learner"), Refusals.HashOf(request.Id, "id")));

    private DisclosureStanding StandingOf(Address learner, Hash256 id) => shelf.Find(learner, id) is { } found
        ? new DisclosureStanding { State = found.State, SinceUnixMs = found.SinceUnixMs }
        : new DisclosureStanding { State = SharedState.Unknown };

    private Address RequireActor(Google.Protobuf.ByteString named, ServerCallContext context, LearnerAct act)
    {
        Address caller = callers.Require(context);
        Address learner = Refusals.AddressOf(named, "learner");
        LedgerHead head = chain.Head;
        return LearnerActors.Refusal(head.State, learner, caller, head.NextTimeUnixMs(time), act) is { } refusal
            ? throw Refusals.Denied(refusal == ResultCode.Guarded
                ? "GUARDED: while the learner has a guardian, the guardian says this"
                : "NO_RIGHT: the learner alone, or its guardian, says this")
            : learner;
    }
}
