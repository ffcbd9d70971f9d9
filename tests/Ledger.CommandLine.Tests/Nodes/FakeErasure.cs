using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Protos;

namespace Ledger.CommandLine.Tests.Nodes;

/// <summary>Takes orders to erase, and tells periods that a test prepares.</summary>
internal sealed class FakeErasure : ErasureNode.ErasureNodeBase
{
    public List<EraseRequest> Asked { get; } = [];

    public RetentionView Periods { get; set; } = new();

    public override Task<ErasureView> Erase(EraseRequest request, ServerCallContext context)
    {
        Asked.Add(request);
        return Task.FromResult(new ErasureView
        {
            Order = request.DryRun ? ByteString.Empty : ByteString.CopyFrom(new byte[16]),
            Records = 7, OnLedger = 5, Accounts = 2,
        });
    }

    public override Task<RetentionView> GetPeriods(PeriodsQuestion request, ServerCallContext context)
    {
        RetentionView view = Periods.Clone();
        if (!request.DryRun)
        {
            foreach (RetentionClassView one in view.Classes)
            {
                one.DueMonth = 0;
            }
        }

        return Task.FromResult(view);
    }
}
