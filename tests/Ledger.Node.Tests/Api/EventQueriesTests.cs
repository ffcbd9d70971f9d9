using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Api;

/// <summary>What happened, told from any position on, once each.</summary>
public sealed class EventQueriesTests
{
    private const string Verb = "https://example.org/verb/read";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly SigningKey learner = SigningKey.Create();
    private readonly SigningKey other = SigningKey.Create();
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private ChainBuilder blocks = null!;

    private Caller Member => new(ledger.Identities[0].Address, IsMember: true);

    [SetUp]
    public void Start()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        blocks = new ChainBuilder(ledger, folder);
        blocks.Decide(
            TestLedger.Time + 1_000,
            ledger.Signed([learner], Operations.UicCreate()), ledger.Signed([other], Operations.UicCreate()));
        blocks.Decide(
            TestLedger.Time + 2_000,
            ledger.Signed(
                [learner, ledger.Identities[0]], Operations.Enrol(learner.Address, ledger.Identities[0].Address)));
        blocks.Decide(TestLedger.Time + 3_000, ledger.Settle(ledger.Identities[1]));
        blocks.Decide(
            TestLedger.Time + 4_000,
            ledger.Signed(
                [ledger.Identities[0]],
                Operations.PicCreate(),
                Operations.LlpcCreate(learner.Address, Verb),
                Operations.UicInsert(learner.Address, Verb),
                Operations.PicInsert(learner.Address, Verb)));
    }

    [TearDown]
    public void Delete()
    {
        folder.Dispose();
        ledger.Dispose();
    }

    [OneTimeTearDown]
    public void DeleteKeys()
    {
        learner.Dispose();
        other.Dispose();
    }

    [Test]
    public async Task From_the_first_height_every_event_is_told_in_the_order_of_the_chain()
    {
        List<EventBatch> batches = await TellAsync(new EventsRequest(), Member);

        Assert.That(KindsOf(batches), Is.EqualTo(new[]
        {
            ContractEventKind.LearnerCreated, ContractEventKind.LearnerCreated, ContractEventKind.Enrolled,
            ContractEventKind.ProviderIndexCreated, ContractEventKind.LlpcCreated,
            ContractEventKind.UserIndexEntered, ContractEventKind.ProviderIndexEntered,
        }));
        Assert.That(batches.Select(batch => batch.Height), Is.EqualTo(new ulong[] { 1, 2, 4 }));
        Assert.That(batches[0].TimeUnixMs, Is.EqualTo(TestLedger.Time + 1_000));
        Assert.That(
            batches[2].BlockHash.ToByteArray(), Is.EqualTo(blocks.Chain.Head.BlockHash.ToArray()));
    }

    [Test]
    public async Task From_any_position_on_the_rest_is_told_without_gap_or_double()
    {
        List<(ulong Height, uint Place)> all = PlacesOf(await TellAsync(new EventsRequest(), Member));
        for (int seen = 0; seen < all.Count; seen++)
        {
            (ulong height, uint place) = all[seen];
            List<EventBatch> rest = await TellAsync(
                new EventsRequest { FromHeight = height, FromPlace = place }, Member);
            Assert.That(PlacesOf(rest), Is.EqualTo(all[seen..]));
            Assert.That((rest[0].FromHeight, rest[0].FromPlace), Is.EqualTo((height, place)));
        }
    }

    [Test]
    public async Task Each_batch_goes_on_where_the_one_before_ended_and_the_last_one_is_the_heads()
    {
        List<EventBatch> batches = await TellAsync(
            new EventsRequest { Kinds = { (uint)ContractEventKind.Enrolled } }, Member);

        for (int place = 1; place < batches.Count; place++)
        {
            Assert.That(
                (batches[place].FromHeight, batches[place].FromPlace),
                Is.EqualTo((batches[place - 1].NextHeight, batches[place - 1].NextPlace)));
        }

        Assert.That((batches[^1].NextHeight, batches[^1].NextPlace), Is.EqualTo((5UL, 0U)));
        Assert.That(KindsOf(batches), Is.EqualTo(new[] { ContractEventKind.Enrolled }));
    }

    [Test]
    public async Task A_block_with_more_events_than_a_batch_holds_is_told_in_several()
    {
        // 250 operations in each of five transactions: 1,250 events in one block.
        ParsedTransaction[] many = [.. Enumerable.Range(0, 5).Select(round => ledger.Signed(
            [ledger.Identities[0]],
            [.. Enumerable.Range(0, 250).Select(number =>
                Operations.LlpcCreate(learner.Address, $"https://example.org/{round}/{number}"))]))];
        blocks.Decide(TestLedger.Time + 5_000, many);

        List<EventBatch> batches = await TellAsync(new EventsRequest { FromHeight = 5 }, Member);

        Assert.That(batches.Select(batch => batch.Events.Count), Is.EqualTo(new[] { ApiLimits.EventsMax, 250 }));
        Assert.That((batches[0].NextHeight, batches[0].NextPlace), Is.EqualTo((5UL, (uint)ApiLimits.EventsMax)));
        Assert.That(PlacesOf(batches).Select(one => one.Place), Is.EqualTo(Enumerable.Range(0, 1_250)));
    }

    [Test]
    public async Task A_learner_is_told_what_concerns_it_and_nobody_else_is()
    {
        ByteString address = ByteString.CopyFrom(learner.Address.ToArray());
        List<EventBatch> batches = await TellAsync(
            new EventsRequest { Learner = address }, new Caller(learner.Address, IsMember: false));

        Assert.That(
            batches.SelectMany(batch => batch.Events).Select(placed => placed.Event.Learner), Has.All.EqualTo(address));
        Assert.That(KindsOf(batches), Has.Count.EqualTo(5));
        await RefusedAsync(
            new EventsRequest { Learner = address },
            new Caller(other.Address, IsMember: false), StatusCode.PermissionDenied);
        await RefusedAsync(
            new EventsRequest(), new Caller(learner.Address, IsMember: false), StatusCode.PermissionDenied);
    }

    [Test]
    public async Task An_institution_that_is_named_is_in_every_event_that_is_told()
    {
        ByteString school = ByteString.CopyFrom(ledger.Identities[0].Address.ToArray());
        List<EventBatch> batches = await TellAsync(new EventsRequest { Institution = school }, Member);

        Assert.That(KindsOf(batches), Has.Count.EqualTo(5));
        Assert.That(
            batches.SelectMany(batch => batch.Events)
                .All(placed => placed.Event.Actor == school || placed.Event.Subject == school),
            Is.True);
    }

    [Test]
    public async Task By_the_index_only_blocks_that_may_fit_are_read()
    {
        ByteString address = ByteString.CopyFrom(other.Address.ToArray());
        using (DatabaseBatch batch = folder.Database.NewBatch())
        {
            // The other learner occurs in the first block alone.
            batch.Delete(LedgerColumns.Results, LedgerDatabase.HeightKey(2));
            batch.Delete(LedgerColumns.Results, LedgerDatabase.HeightKey(4));
            folder.Database.Write(batch, synced: true);
        }

        Assert.That(
            KindsOf(await TellAsync(new EventsRequest { Learner = address }, Member)),
            Is.EqualTo(new[] { ContractEventKind.LearnerCreated }));
        Assert.That(
            KindsOf(await TellAsync(
                new EventsRequest { Kinds = { (uint)ContractEventKind.LearnerCreated } }, Member)),
            Has.Count.EqualTo(2));
        await Assert.ThrowsAsync<InvalidOperationException>(() => TellAsync(new EventsRequest(), Member));
    }

    [Test]
    public async Task A_contract_is_named_by_learner_and_verb()
    {
        ByteString address = ByteString.CopyFrom(learner.Address.ToArray());
        List<EventBatch> one = await TellAsync(new EventsRequest { Learner = address, Verb = Verb }, Member);
        List<EventBatch> none = await TellAsync(new EventsRequest { Learner = address, Verb = Verb + "x" }, Member);

        Assert.That(KindsOf(one), Is.EqualTo(new[]
        {
            ContractEventKind.LlpcCreated, ContractEventKind.UserIndexEntered, ContractEventKind.ProviderIndexEntered,
        }));
        Assert.That(
            none.Select(static batch => (batch.FromHeight, batch.NextHeight)), Is.EqualTo(new[] { (1UL, 5UL) }));
        await RefusedAsync(new EventsRequest { Verb = new string('v', 2_000) }, Member, StatusCode.InvalidArgument);
    }

    [Test]
    public async Task Of_several_kinds_and_after_a_position_each_event_comes_once()
    {
        EventsRequest request = new()
        {
            Kinds = { (uint)ContractEventKind.LearnerCreated, (uint)ContractEventKind.LlpcCreated },
        };
        List<(ulong Height, uint Place)> all = PlacesOf(await TellAsync(request, Member));
        Assert.That(all.Select(static one => one.Height), Is.EqualTo(new ulong[] { 1, 1, 4 }));
        for (int seen = 0; seen < all.Count; seen++)
        {
            request.FromHeight = all[seen].Height;
            request.FromPlace = all[seen].Place;
            Assert.That(PlacesOf(await TellAsync(request, Member)), Is.EqualTo(all[seen..]));
        }
    }

    [Test]
    public async Task After_a_restart_the_same_events_stand_at_the_same_places()
    {
        List<EventBatch> before = await TellAsync(new EventsRequest(), Member);
        blocks.Restart();

        Assert.That(await TellAsync(new EventsRequest(), Member), Is.EqualTo(before));
    }

    [Test]
    public async Task Whoever_follows_is_told_of_each_block_as_it_is_decided()
    {
        EventQueries queries = Queries();
        Collector answers = new();
        using CancellationTokenSource leaving = new();
        Task following = queries.WatchAsync(
            new EventsRequest { FromHeight = 5, Follow = true }, Member, answers, leaving.Token);
        blocks.Decide(TestLedger.Time + 5_000, ledger.Settle(ledger.Identities[1]));
        blocks.Decide(
            TestLedger.Time + 6_000,
            ledger.Signed([learner], Operations.EndEnrolment(learner.Address, ledger.Identities[0].Address)));

        await answers.UntilAsync(
            batches => KindsOf(batches).Contains(ContractEventKind.EnrolmentEnded)).WaitAsync(Patience);
        await leaving.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(() => following);
    }

    [Test]
    public async Task Who_follows_beyond_the_limit_is_refused()
    {
        EventQueries queries = Queries();
        using CancellationTokenSource leaving = new();
        List<Task> following = [.. Enumerable.Range(0, ApiLimits.EventWatchersMax).Select(_ => queries.WatchAsync(
            new EventsRequest { Follow = true }, Member, new Collector(), leaving.Token))];

        RpcException? refused = await Assert.ThrowsAsync<RpcException>(() => queries.WatchAsync(
            new EventsRequest { Follow = true }, Member, new Collector(), default));
        Assert.That(refused?.StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
        await leaving.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(() => Task.WhenAll(following));
        await queries.WatchAsync(new EventsRequest(), Member, new Collector(), default);
    }

    [Test]
    public async Task More_kinds_than_there_are_and_addresses_that_are_none_are_refused()
    {
        EventsRequest kinds = new();
        kinds.Kinds.AddRange(Enumerable.Range(0, ApiLimits.EventKindsMax + 1).Select(static kind => (uint)kind));
        await RefusedAsync(kinds, Member, StatusCode.InvalidArgument);
        await RefusedAsync(
            new EventsRequest { Learner = ByteString.CopyFrom(1, 2) }, Member, StatusCode.InvalidArgument);
        await RefusedAsync(
            new EventsRequest { Institution = ByteString.CopyFrom(1) }, Member, StatusCode.InvalidArgument);
    }

    private async Task RefusedAsync(EventsRequest request, Caller caller, StatusCode code)
    {
        RpcException? refused = await Assert.ThrowsAsync<RpcException>(() => TellAsync(request, caller));
        Assert.That(refused?.StatusCode, Is.EqualTo(code));
    }

    private EventQueries Queries() => new(blocks.Chain, new ChainReader(folder.Database));

    private async Task<List<EventBatch>> TellAsync(EventsRequest request, Caller caller)
    {
        Collector answers = new();
        await Queries().WatchAsync(request, caller, answers, default);
        return answers.Batches;
    }

    private static List<ContractEventKind> KindsOf(IEnumerable<EventBatch> batches) =>
        [.. batches.SelectMany(batch => batch.Events).Select(placed => (ContractEventKind)placed.Event.Kind)];

    private static List<(ulong Height, uint Place)> PlacesOf(IEnumerable<EventBatch> batches) =>
        [.. batches.SelectMany(batch => batch.Events.Select(placed => (batch.Height, placed.Place)))];

    private sealed class Collector : IServerStreamWriter<EventBatch>
    {
        private readonly Lock gate = new();
        private readonly List<(Func<List<EventBatch>, bool> Holds, TaskCompletionSource Done)> waiting = [];

        public List<EventBatch> Batches { get; } = [];

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(EventBatch message)
        {
            lock (gate)
            {
                Batches.Add(message);
                waiting.FindAll(one => one.Holds(Batches)).ForEach(one => one.Done.TrySetResult());
            }

            return Task.CompletedTask;
        }

        public Task WriteAsync(EventBatch message, CancellationToken cancellationToken) => WriteAsync(message);

        public Task UntilAsync(Func<List<EventBatch>, bool> holds)
        {
            TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (gate)
            {
                waiting.Add((holds, done));
                if (holds(Batches))
                {
                    done.TrySetResult();
                }
            }

            return done.Task;
        }
    }
}
