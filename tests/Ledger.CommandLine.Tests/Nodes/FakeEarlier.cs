using Grpc.Core;
using Ledger.Client.Protos;

namespace Ledger.CommandLine.Tests.Nodes;

/// <summary>Keeps what one learner said of its earlier records.</summary>
internal sealed class FakeEarlier : EarlierRecords.EarlierRecordsBase
{
    /// <summary>What was said, in order.</summary>
    public List<EarlierWish> Wishes { get; } = [];

    public override Task<EarlierState> SetEarlier(EarlierWish request, ServerCallContext context)
    {
        Wishes.Add(request);
        return Task.FromResult(State());
    }

    public override Task<EarlierState> GetEarlier(EarlierQuery request, ServerCallContext context) =>
        Task.FromResult(State());

    private EarlierState State() => Wishes is [.., { Anchor: true }]
        ? new EarlierState { Anchor = true, AskedUnixMs = 1_790_000_000_000 }
        : new EarlierState();
}
