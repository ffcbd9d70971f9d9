using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Tests.Nodes;

/// <summary>A follower of events misses none, takes none twice, and believes no node that would have it so.</summary>
public sealed class EventFollowerTests
{
    private readonly SigningKey key = SigningKey.Create();

    [OneTimeTearDown]
    public void RemoveKey() => key.Dispose();

    [Test]
    public async Task A_stream_that_breaks_is_taken_up_where_it_was()
    {
        await using FakeNode node = await FakeNode.StartAsync();
        node.Inspection.Calls.Enqueue([Batch(1, 0, 3, 0, 2, 0, 1)]);
        node.Inspection.Ends.Enqueue(new Status(StatusCode.Unavailable, "stopping"));
        node.Inspection.Calls.Enqueue([Batch(3, 0, 5, 1, 5, 0), Batch(5, 1, 6, 0, 5, 1)]);

        (List<ToldEvent> told, EventFollower follower) = await ReadAsync(node, EventPosition.First);

        Assert.That(
            told.Select(static one => one.Position.ToString()), Is.EqualTo(new[] { "2:0", "2:1", "5:0", "5:1" }));
        Assert.That(node.Inspection.Asked.Select(static asked => asked.FromHeight), Is.EqualTo(new ulong[] { 1, 3 }));
        Assert.That(follower.Next, Is.EqualTo(new EventPosition(6, 0)));
    }

    [Test]
    public async Task What_was_asked_is_asked_of_the_node()
    {
        await using FakeNode node = await FakeNode.StartAsync();
        EventQuestion question = new(key.Address, key.Address, [ContractEventKind.AccessGranted]);

        await ReadAsync(node, new EventPosition(7, 2), question);

        EventsRequest asked = node.Inspection.Asked.Single();
        Assert.That((asked.FromHeight, asked.FromPlace), Is.EqualTo((7UL, 2U)));
        Assert.That(asked.Learner.ToByteArray(), Is.EqualTo(key.Address.ToArray()));
        Assert.That(asked.Institution, Is.EqualTo(asked.Learner));
        Assert.That(asked.Kinds, Is.EqualTo(new[] { (uint)ContractEventKind.AccessGranted }));
    }

    [TestCaseSource(nameof(Wrong))]
    public async Task A_batch_that_leaves_out_repeats_or_disorders_is_not_believed(string what, EventBatch batch)
    {
        await using FakeNode node = await FakeNode.StartAsync();
        node.Inspection.Calls.Enqueue([batch]);

        LedgerClientException? refused =
            await Assert.ThrowsAsync<LedgerClientException>(() => ReadAsync(node, EventPosition.First));
        Assert.That(refused?.Kind, Is.EqualTo(ClientFailure.NotVerified), what);
    }

    [TestCase("7", 7UL, 0U)]
    [TestCase("7:12", 7UL, 12U)]
    public void A_position_is_read_as_it_is_written(string text, ulong height, uint place)
    {
        Assert.That(EventPosition.TryParse(text, out EventPosition read), Is.True);
        Assert.That(read, Is.EqualTo(new EventPosition(height, place)));
        Assert.That(EventPosition.TryParse(read.ToString(), out EventPosition again) && again == read, Is.True);
    }

    [TestCase("")]
    [TestCase("-1")]
    [TestCase("1:2:3")]
    [TestCase("1:")]
    [TestCase("x")]
    public void What_is_no_position_is_not_read(string text) =>
        Assert.That(EventPosition.TryParse(text, out _), Is.False);

    [Test]
    public async Task State_is_listed_page_after_page_without_the_counters()
    {
        await using FakeNode node = await FakeNode.StartAsync();
        node.Inspection.Pages[string.Empty] = Page("next", 0, 1, 2);
        node.Inspection.Pages["next"] = Page(string.Empty, 3);
        using LedgerClient client = node.Connect(new CallerIdentity(key.Address, key));
        List<ulong> numbers = [];
        await foreach (StateItem<KeyInstance> item in client.ListInstancesAsync([4], KeyInstance.Parser, default))
        {
            Assert.That(item.Height, Is.EqualTo(9));
            numbers.Add(item.Number);
        }

        Assert.That(numbers, Is.EqualTo(new ulong[] { 1, 2, 3 }));
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        EventBatch strange = Batch(1, 0, 3, 0, 2, 0);
        strange.Events[0].Event.Actor = Google.Protobuf.ByteString.CopyFrom(1, 2);
        yield return Case("begins later than asked", Batch(2, 0, 3, 0, 2, 0));
        yield return Case("begins earlier than asked", Batch(0, 0, 3, 0, 2, 0));
        yield return Case("goes nowhere", Batch(1, 0, 1, 0, 1));
        yield return Case("an event twice", Batch(1, 0, 3, 0, 2, 0, 0));
        yield return Case("events in the wrong order", Batch(1, 0, 3, 0, 2, 1, 0));
        yield return Case("an event beyond its end", Batch(1, 0, 3, 0, 3, 0));
        yield return Case("an event that cannot be read", strange);
    }

    private static TestCaseData Case(string what, EventBatch batch) =>
        new TestCaseData(what, batch).SetArgDisplayNames(what);

    private static EventBatch Batch(
        ulong fromHeight, uint fromPlace, ulong nextHeight, uint nextPlace, ulong height, params uint[] places)
    {
        EventBatch batch = new()
        {
            FromHeight = fromHeight,
            FromPlace = fromPlace,
            NextHeight = nextHeight,
            NextPlace = nextPlace,
            Height = height,
        };
        batch.Events.AddRange(places.Select(static place => new PlacedEvent
        {
            Place = place, Event = new EventMessage { Kind = (uint)ContractEventKind.LearnerCreated },
        }));
        return batch;
    }

    private static StatePage Page(string cursor, params byte[] numbers)
    {
        StatePage page = new() { Height = 9, Cursor = Google.Protobuf.ByteString.CopyFromUtf8(cursor) };
        page.Entries.AddRange(numbers.Select(static number => new ListedState
        {
            Key = Google.Protobuf.ByteString.CopyFrom([4, .. new byte[32], .. new byte[7], number]),
        }));
        return page;
    }

    private async Task<(List<ToldEvent> Told, EventFollower Follower)> ReadAsync(
        FakeNode node, EventPosition from, EventQuestion? question = null)
    {
        using LedgerClient client = node.Connect(new CallerIdentity(key.Address, key));
        EventFollower follower = new(
            client, question ?? EventQuestion.All, from, TimeSpan.FromSeconds(20), TimeProvider.System);
        List<ToldEvent> told = [];
        await foreach (ToldEvent one in follower.ReadAsync(follow: false, default))
        {
            told.Add(one);
        }

        return (told, follower);
    }
}
