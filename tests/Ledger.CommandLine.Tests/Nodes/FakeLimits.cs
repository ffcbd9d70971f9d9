using Grpc.Core;
using Ledger.Client.Protos;

namespace Ledger.CommandLine.Tests.Nodes;

/// <summary>Says that it keeps the limits that it was given.</summary>
internal sealed class FakeLimits : GrantedLimits.GrantedLimitsBase
{
    /// <summary>What was handed in.</summary>
    public List<LimitsToKeep> Asked { get; } = [];

    public override Task<LimitsKept> Keep(LimitsToKeep request, ServerCallContext context)
    {
        Asked.Add(request);
        return Task.FromResult(new LimitsKept { Grants = { 7 } });
    }

    public override Task<LimitsList> ListLimits(LimitsQuery request, ServerCallContext context)
    {
        LimitsList list = new();
        list.Limits.AddRange(Asked.Select(static asked => new KeptLimitsView
        {
            Learner = asked.Learner, Verb = asked.Verb, Grant = 7, Purpose = asked.Purpose,
        }));
        return Task.FromResult(list);
    }

    public override Task<LimitsForgotten> Forget(LimitsToForget request, ServerCallContext context)
    {
        uint grants = (uint)Asked.RemoveAll(asked => asked.Learner == request.Learner);
        return Task.FromResult(new LimitsForgotten { Grants = grants });
    }
}
