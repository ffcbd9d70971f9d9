using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Node.Agreement;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Gossip;
using Ledger.Node.Pool;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Api;

/// <summary>A stream whose client hands in one transaction and then only listens.</summary>
public sealed class SubmissionsTests : IAsyncStreamReader<SubmitRequest>, IServerStreamWriter<Outcome>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private bool isHandedIn;

    public SubmitRequest Current { get; private set; } = new();

    public WriteOptions? WriteOptions { get; set; }

    [Test]
    public async Task A_stream_ends_with_its_reason_when_nothing_can_be_waited_for()
    {
        using TestLedger ledger = new();
        using DatabaseFolder folder = new();
        ChainState chain = new ChainBuilder(ledger, folder).Chain;
        ManualClock clock = new() { Now = DateTimeOffset.FromUnixTimeMilliseconds(TestLedger.Time) };
        TransactionPool pool = new(clock);
        ParsedTransaction transaction = ledger.Settle(ledger.Identities[0]);
        pool.Add(transaction, PoolShare.Of(ledger.Identities[0].Address));
        Current = new SubmitRequest { Transaction = Google.Protobuf.ByteString.CopyFrom(transaction.SignedBytes.Span) };
        OutcomeTracker outcomes = new(chain, new ChainReader(folder.Database));
        for (int waiting = 0; waiting < ApiLimits.WaitersMax; waiting++)
        {
            _ = outcomes.WaitAsync(TaggedHash.Of("test/waiter"u8, BitConverter.GetBytes(waiting)), long.MaxValue);
        }

        Submissions submissions = new(
            new TransactionIntake(
                ledger.ChainId, chain, pool, new FetchedBodies(), Ed25519Verifier.Instance, clock),
            gossip: null!, outcomes,
            DiskGuard.Of(folder.Data, NullLogger.Instance),
            TimeProvider.System);

        RpcException? ended = await Assert.ThrowsAsync<RpcException>(
            () => submissions.StreamAsync(this, this, CancellationToken.None).WaitAsync(Patience));

        Assert.That(ended!.StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
    }

    async Task<bool> IAsyncStreamReader<SubmitRequest>.MoveNext(CancellationToken cancellationToken)
    {
        if (isHandedIn)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        isHandedIn = true;
        return true;
    }

    Task IAsyncStreamWriter<Outcome>.WriteAsync(Outcome message) => throw new InvalidOperationException("no outcome");
}
