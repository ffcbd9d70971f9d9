using Grpc.Core;
using Ledger.Client.Protos;
using Ledger.Node.Research;
using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>What an institution takes out of its own node for research; nobody else is answered.</summary>
public sealed class ResearchService(
    Address self, CallerAuthentication callers, ResearchExports exports, ResearchMemory memory)
        : Client.Protos.Research.ResearchBase
{
    /// <inheritdoc/>
    public override Task<ResearchTable> Export(ResearchRequest request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        return exports.MakeAsync(request, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<ResearchLog> ListExports(ResearchLogRequest request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        ResearchLog log = new();
        log.Lines.AddRange(memory.Log());
        return Task.FromResult(log);
    }
}
