using System.Collections.Concurrent;
using Ledger.Node.Notices;

namespace Ledger.Node.Tests.Notices;

/// <summary>Keeps what it is given to send, and may fail.</summary>
internal sealed class FakeSender : INoticeSender
{
    private readonly ConcurrentQueue<(Notice Notice, string Address)> sent = new();

    /// <summary>What happens after a notice was taken down; null for nothing.</summary>
    public Func<Exception?> Failure { get; set; } = static () => null;

    public IReadOnlyList<(Notice Notice, string Address)> Sent => [.. sent];

    public Task SendAsync(Notice notice, string address, CancellationToken cancellation)
    {
        sent.Enqueue((notice, address));
        return Failure() is { } failure ? Task.FromException(failure) : Task.CompletedTask;
    }
}
