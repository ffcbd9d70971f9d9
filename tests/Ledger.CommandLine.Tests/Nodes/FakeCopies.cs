using Grpc.Core;
using Ledger.Client.Protos;

namespace Ledger.CommandLine.Tests.Nodes;

/// <summary>Says that it has kept what it was asked to keep.</summary>
internal sealed class FakeCopies : GrantedCopies.GrantedCopiesBase
{
    /// <summary>What was asked for.</summary>
    public List<CopiesToKeep> Asked { get; } = [];

    public override Task<CopiesKept> Keep(CopiesToKeep request, ServerCallContext context)
    {
        Asked.Add(request);
        return Task.FromResult(new CopiesKept { Records = 3, Added = 2 });
    }

    public override Task<CopyList> ListCopies(CopiesQuery request, ServerCallContext context)
    {
        CopyList list = new();
        list.Groups.AddRange(Asked.Select(static asked => new CopyGroup
        {
            Learner = asked.Learner, Verb = asked.Verbs[0], Writer = asked.Box, Grant = 7, Records = 3,
        }));
        return Task.FromResult(list);
    }

    public override Task<CopiesDropped> Drop(CopiesToDrop request, ServerCallContext context)
    {
        ulong records = 3 * (ulong)Asked.RemoveAll(asked => asked.Learner == request.Learner);
        return Task.FromResult(new CopiesDropped { Records = records });
    }
}
