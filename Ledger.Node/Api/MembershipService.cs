using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Node.Membership;
using Ledger.Node.Protos;

namespace Ledger.Node.Api;

/// <summary>The part of the public API about members and seats; members alone are answered.</summary>
public sealed class MembershipService(
    CallerAuthentication callers, MemberQueries members, ReadyCollector collector, EvidenceQueries evidence)
        : Client.Protos.Membership.MembershipBase
{
    /// <inheritdoc/>
    public override Task<MemberList> ListMembers(MembersRequest request, ServerCallContext context)
    {
        callers.Identify(context).RequireMember();
        return Task.FromResult(members.Members());
    }

    /// <inheritdoc/>
    public override Task<SeatChangeList> ListSeatChanges(SeatChangesRequest request, ServerCallContext context)
    {
        callers.Identify(context).RequireMember();
        if (request.Number == 0)
        {
            int limit = Refusals.LimitOf(new PageRequest { Limit = request.Limit });
            return Task.FromResult(members.Changes(request.Before, limit));
        }

        SeatChangeView change = members.Change(request.Number)
            ?? throw Refusals.NotFound($"there is no change of seats with number {request.Number}");
        return Task.FromResult(new SeatChangeList { Changes = { change } });
    }

    /// <inheritdoc/>
    public override async Task<ActivationPreparation> PrepareActivation(
        ActivationRequest request, ServerCallContext context)
    {
        callers.Identify(context).RequireMember();
        (ActivationPlan? plan, string? obstacle) =
            await collector.CollectAsync(request.Change, context.CancellationToken);
        return plan is not null
            ? Preparation(request.Change, plan)
            : throw new RpcException(new Status(StatusCode.FailedPrecondition, "NOT_ACTIVATABLE: " + obstacle));
    }

    /// <inheritdoc/>
    public override Task<EvidenceList> ListEvidence(EvidenceRequest request, ServerCallContext context)
    {
        callers.Identify(context).RequireMember();
        return Task.FromResult(evidence.All());
    }

    private ActivationPreparation Preparation(ulong change, ActivationPlan plan)
    {
        ActivationPreparation answer = new()
        {
            Needed = (uint)plan.NewSet.Quorum,
            Call = new SeatActivate
            {
                Proposal = change,
                Epoch = plan.Epoch,
                OldSet = ByteString.CopyFrom(plan.OldSet.Hash.ToArray()),
                NewSet = ByteString.CopyFrom(plan.NewSet.Hash.ToArray()),
            },
        };
        for (int place = 0; place < plan.NewSet.Count; place++)
        {
            ReadyReport report = plan.Reports[place];
            answer.Validators.Add(View(report));
            if (report.IsReady)
            {
                answer.Call.Ready.Add(new ReadyMark
                {
                    Validator = (uint)place,
                    VoteKey = ByteString.CopyFrom(plan.NewSet[place].VoteKey.ToArray()),
                    HeadHeight = report.Answer!.Height,
                    HeadHash = report.Answer.HeadHash,
                    Signature = report.Answer.Signature,
                });
            }
        }

        return answer;
    }

    private ReadyView View(ReadyReport report) => new()
    {
        Institution = ByteString.CopyFrom(report.Institution.ToArray()),
        Name = members.NameOf(report.Institution),
        Ready = report.IsReady,
        Connected = report.IsConnected,
        Height = report.Answer?.Height ?? 0,
        Behind = report.Answer?.Behind ?? 0,
        Why = report.Why,
    };
}
