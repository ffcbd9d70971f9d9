using Grpc.Core;
using Ledger.Client.Protos;

namespace Ledger.CommandLine.Tests.Nodes;

/// <summary>Keeps where one learner is told of requests.</summary>
internal sealed class FakeNotices : LearnerNotices.LearnerNoticesBase
{
    /// <summary>What was set, in order.</summary>
    public List<NoticeAddresses> Set { get; } = [];

    public override Task<NoticeState> SetNotices(NoticeAddresses request, ServerCallContext context)
    {
        Set.Add(request);
        return Task.FromResult(State());
    }

    public override Task<NoticeState> GetNotices(NoticeQuery request, ServerCallContext context) =>
        Task.FromResult(State());

    private NoticeState State() => Set is [.., var last] && last.Webhook.Length + last.Mail.Length > 0
        ? new NoticeState { Webhook = last.Webhook, Mail = last.Mail, SetUnixMs = 1_790_000_000_000 }
        : new NoticeState();
}
