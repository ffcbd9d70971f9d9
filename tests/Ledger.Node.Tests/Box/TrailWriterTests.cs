using System.Threading.Channels;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Trail;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Api;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Gossip;
using Ledger.Node.Pool;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Snapshots;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Box;

/// <summary>A read is answered once it stands in a block, and reads that wait share the next one.</summary>
public sealed class TrailWriterTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private Channel<ParsedTransaction> told = null!;
    private RecordedChain chain = null!;
    private StoreFolder files = null!;
    private SealedOpenings store = null!;
    private TrailWriter writer = null!;

    [SetUp]
    public void Begin()
    {
        told = Channel.CreateUnbounded<ParsedTransaction>();
        chain = new RecordedChain(blocks: 1, records: 1);
        files = new StoreFolder();
        files.Clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(
            TestLedger.Time + (1_000 * (long)(chain.Chain.Head.Height + 1)));
        store = new SealedOpenings(Path.ChangeExtension(files.File, "trail"));
        writer = new TrailWriter(
            chain.Ledger.ChainId,
            chain.Ledger.Identities[0],
            store,
            new TransactionIntake(
                chain.Ledger.ChainId, chain.Chain, new TransactionPool(TimeProvider.System), new FetchedBodies(),
                Ed25519Verifier.Instance, files.Clock),
            Tell,
            new OutcomeTracker(chain.Chain, chain.Reader),
            files.Clock,
            NullLogger.Instance);
    }

    [TearDown]
    public void End()
    {
        store.Dispose();
        files.Dispose();
        chain.Dispose();
    }

    [Test]
    public async Task Reads_that_wait_share_the_next_transaction_and_are_kept_before_it_is_sent()
    {
        Address[] learners = [.. chain.Learners];
        ulong before = chain.Chain.Head.State.Trail(learners[0]).Count;
        Task<bool> first = writer.EnterAsync(Read(learners[0], 1));
        ParsedTransaction transaction = await ToldAsync();
        Task<bool>[] next =
            [writer.EnterAsync(Read(learners[0], 2)), writer.EnterAsync(Read(learners[1], 3)),
                writer.EnterAsync(Read(learners[0], 4))];
        Assert.That(first.IsCompleted, Is.False);

        chain.Decide(transaction);
        Assert.That(await first.WaitAsync(Limit), Is.True);
        ParsedTransaction second = await ToldAsync();
        Assert.That(
            second.Body.Groups.Select(group => group.Operations.Single().TrailAppend.Commitments.Count),
            Is.EquivalentTo(new[] { 1, 2 }));
        Assert.That(next.Any(read => read.IsCompleted), Is.False);

        chain.Decide(second);
        Assert.That(await Task.WhenAll(next).WaitAsync(Limit), Is.All.True);
        Assert.That(chain.Chain.Head.State.Trail(learners[0]).Count, Is.EqualTo(before + 3));
        Assert.That(store.Find(learners[0], CommitmentOf(4)), Is.Not.Null);
        Assert.That(store.Find(learners[1], CommitmentOf(4)), Is.Null, "another learner's");
    }

    [Test]
    public async Task A_read_that_the_ledger_does_not_enter_is_not_answered()
    {
        using SigningKey stranger = SigningKey.Create();
        Task<bool> read = writer.EnterAsync(Read(stranger.Address, 1));
        chain.Decide(await ToldAsync());
        Assert.That(await read.WaitAsync(Limit), Is.False);
    }

    private static Hash256 CommitmentOf(byte number) => TaggedHash.Of(Tags.TrailEntry, [number]);

    private static SealedOpening Read(Address learner, byte number) =>
        new(learner, CommitmentOf(number), new SealedMessage { Nonce = ByteString.CopyFrom(number) });

    // What is told to the others is on disk already.
    private void Tell(ParsedTransaction transaction)
    {
        foreach (TrailAppend call in transaction.Body.Groups.Select(group => group.Operations.Single().TrailAppend))
        {
            Assert.That(call.Commitments.Select(commitment => store.Find(
                new Address(call.Learner.Span), new Hash256(commitment.Span))), Has.None.Null);
        }

        told.Writer.TryWrite(transaction);
    }

    private async Task<ParsedTransaction> ToldAsync()
    {
        using CancellationTokenSource patience = new(Limit);
        return await told.Reader.ReadAsync(patience.Token);
    }
}
