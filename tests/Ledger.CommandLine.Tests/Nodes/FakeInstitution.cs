using Grpc.Core;
using Ledger.Client.Protos;

namespace Ledger.CommandLine.Tests.Nodes;

/// <summary>Knows pairs.</summary>
internal sealed class FakeInstitution : InstitutionNode.InstitutionNodeBase
{
    public List<Pair> Pairs { get; } = [];

    public override Task<PairPage> ListPairs(PageRequest request, ServerCallContext context) =>
        Task.FromResult(new PairPage { Pairs = { Pairs } });
}
