using Grpc.Core;
using Ledger.Client.Protos;

namespace Ledger.CommandLine.Tests.Nodes;

/// <summary>Tells the pages of an access log that a test prepares.</summary>
internal sealed class FakeTrail : AccessTrail.AccessTrailBase
{
    /// <summary>Pages by the height from which they are asked for.</summary>
    public Dictionary<ulong, AccessPage> Pages { get; } = [];

    public override Task<AccessPage> ListAccess(AccessRequest request, ServerCallContext context) =>
        Task.FromResult(Pages[request.FromHeight]);
}
