using Grpc.Core;
using Ledger.Client.Protos;

namespace Ledger.CommandLine.Tests.Nodes;

/// <summary>Hands out and takes in portions that a test prepares.</summary>
internal sealed class FakeCustody : CustodyNode.CustodyNodeBase
{
    public Queue<ExportPortion> Portions { get; } = new();

    public Queue<ImportReply> Replies { get; } = new();

    public List<SealedMessage> Imported { get; } = [];

    public override Task<ExportPortion> Export(ExportRequest request, ServerCallContext context) =>
        Task.FromResult(Portions.TryDequeue(out ExportPortion? portion) ? portion : new ExportPortion());

    public override Task<ImportReply> Import(ImportRequest request, ServerCallContext context)
    {
        Imported.Add(request.Content);
        return Task.FromResult(Replies.TryDequeue(out ImportReply? reply)
            ? reply
            : throw new RpcException(new Status(
                StatusCode.FailedPrecondition,
                "NO_AGREEMENT: no agreement on custody is in force between the two")));
    }
}
