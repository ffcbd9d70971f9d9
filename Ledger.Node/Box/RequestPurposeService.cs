using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Purposes;
using Ledger.Client.Sealing;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Learners;
using Ledger.Contracts.State;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// Keeps what this institution's requests are for, sealed, and shows it to the learner whom it asked, and to nobody
/// else. Rule F-7 of the protocol.
/// </summary>
public sealed class RequestPurposeService(
    Address self,
    CallerAuthentication callers,
    ChainState chain,
    SealedOpenings store,
    EncryptionKey own,
    TimeProvider time) : RequestPurposes.RequestPurposesBase
{
    /// <summary>Purposes that are kept by one call: the largest words of them are a quarter of a request.</summary>
    public const int PurposesMax = 256;

    private readonly SealedAnswers answers = new(store, own, RequestPurpose.Seal);

    /// <inheritdoc/>
    public override Task<KeepPurposesReply> KeepPurposes(LearnerPurposes request, ServerCallContext context)
    {
        if (!callers.Identify(context).IsSelf(self))
        {
            throw Refusals.Denied(
                "NOT_YOURS: a node keeps purposes for its own institution alone; its staff names it (--for)");
        }

        if (request.Purposes.Count is 0 or > PurposesMax
            || !request.Purposes.All(static one =>
                one.Learner.Length == Address.Size && RequestPurpose.IsRight(one.Opening)))
        {
            throw Refusals.Argument(
                "purposes", $"1 to {PurposesMax}, each for a learner, of 1 to {RequestPurpose.WordsBytesMax} bytes");
        }

        IStateView state = chain.Head.State;
        store.AddAll([.. request.Purposes.Select(one => Seal(state, one))]);
        return Task.FromResult(new KeepPurposesReply());
    }

    /// <inheritdoc/>
    public override Task<PurposeContents> OpenPurposes(PurposeQuery request, ServerCallContext context)
    {
        LedgerHead head = chain.Head;
        Address learner = Refusals.AddressOf(request.Learner, "learner");
        Address caller = callers.Require(context);
        if (!LearnerActors.MayActFor(head.State, learner, caller, head.NextTimeUnixMs(time), LearnerAct.Read))
        {
            throw Refusals.Denied("NOT_YOURS: what a request is for is shown to the learner whom it asks alone");
        }

        PurposeContents contents = new();
        contents.Contents.AddRange(answers.Open(head.State, learner, caller, request.Commitments).Select(
            static one => new PurposeContent { Commitment = one.Commitment, Content = one.Content }));
        return Task.FromResult(contents);
    }

    private SealedOpening Seal(IStateView state, LearnerPurpose purpose)
    {
        Address learner = purpose.Learner.ToAddress();
        List<(Address Owner, PublicKeyBytes Key)> recipients = [(self, new PublicKeyBytes(own.PublicKey))];
        if (state.CurrentEncryptionKey(learner) is { } key)
        {
            recipients.Add((learner, key));
        }

        return new SealedOpening(
            learner,
            RequestPurpose.CommitmentOf(purpose.Opening),
            SealedMessages.Seal(purpose.Opening.ToByteArray(), recipients, RequestPurpose.Seal));
    }
}
