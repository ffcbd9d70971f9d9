using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Nodes;

public sealed class LedgerClientTests
{
    private SigningKey key = null!;

    private CallerIdentity Caller => new(key.Address, key);

    [SetUp]
    public void MakeKey() => key = SigningKey.Create();

    [TearDown]
    public void RemoveKey() => key.Dispose();

    [Test]
    public async Task Node_with_the_pinned_key_is_used_even_when_its_certificate_has_expired()
    {
        await using FakeNode node = await FakeNode.StartAsync();
        using LedgerClient client = node.Connect(null);

        Assert.That((await client.GetStatusAsync(default)).Height, Is.EqualTo(7));
    }

    [Test]
    public async Task Node_with_another_key_gets_nothing()
    {
        await using FakeNode node = await FakeNode.StartAsync();
        using LedgerClient client = node.Connect(null, new string('0', 64));

        await FailsAsync(ClientFailure.NotVerified, () => client.SubmitAsync([1], wait: false, default));
        Assert.That(node.Submitted, Is.Empty);
    }

    [Test]
    public async Task Caller_proves_itself_once_for_many_calls_and_again_after_a_restart()
    {
        await using FakeNode node = await FakeNode.StartAsync();
        using LedgerClient client = node.Connect(Caller);
        for (int call = 0; call < 3; call++)
        {
            LearnerView view = await client.GetLearnerAsync(key.Address, default);
            Assert.That(view.Address.ToByteArray(), Is.EqualTo(key.Address.ToArray()));
        }

        Assert.That(node.ChallengesGiven, Is.EqualTo(1));
        node.Restart();
        await client.GetLearnerAsync(key.Address, default);
        Assert.That(node.ChallengesGiven, Is.EqualTo(2));
    }

    [Test]
    public async Task Node_of_another_chain_gets_no_proof()
    {
        await using FakeNode node = await FakeNode.StartAsync(TaggedHash.Of(Tags.Genesis, "other"u8));
        using LedgerClient client = node.Connect(Caller);

        await FailsAsync(ClientFailure.NotVerified, () => client.GetLearnerAsync(key.Address, default));
    }

    [Test]
    public async Task What_needs_a_key_says_so_without_one()
    {
        await using FakeNode node = await FakeNode.StartAsync();
        using LedgerClient client = node.Connect(null);

        await FailsAsync(ClientFailure.WrongUse, () => client.GetLearnerAsync(key.Address, default));
    }

    [Test]
    public async Task Submission_that_the_node_could_not_take_is_repeated_with_the_same_bytes()
    {
        await using FakeNode node = await FakeNode.StartAsync();
        node.Failures.Enqueue(new Status(StatusCode.Unavailable, "starting"));
        node.Failures.Enqueue(new Status(StatusCode.Unavailable, "starting"));
        using LedgerClient client = node.Connect(null);

        Outcome outcome = await client.SubmitAsync([1, 2, 3], wait: true, default);

        Assert.That(outcome.State, Is.EqualTo(OutcomeState.Decided));
        Assert.That(node.Submitted, Is.EqualTo(new byte[][] { [1, 2, 3], [1, 2, 3], [1, 2, 3] }));
    }

    [TestCase(StatusCode.InvalidArgument, ClientFailure.WrongUse)]
    [TestCase(StatusCode.NotFound, ClientFailure.Refused)]
    [TestCase(StatusCode.PermissionDenied, ClientFailure.Refused)]
    [TestCase(StatusCode.FailedPrecondition, ClientFailure.Refused)]
    [TestCase(StatusCode.ResourceExhausted, ClientFailure.Undecided)]
    [TestCase(StatusCode.DeadlineExceeded, ClientFailure.Undecided)]
    [TestCase(StatusCode.Internal, ClientFailure.Unreachable)]
    public async Task Failure_is_told_by_its_kind_and_is_not_repeated(StatusCode code, ClientFailure kind)
    {
        await using FakeNode node = await FakeNode.StartAsync();
        node.Failures.Enqueue(new Status(code, "WHY: because"));
        using LedgerClient client = node.Connect(null);

        await FailsAsync(kind, () => client.SubmitAsync([1], wait: false, default));
        Assert.That(node.Submitted, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Node_that_has_stopped_is_unreachable()
    {
        FakeNode node = await FakeNode.StartAsync();
        using LedgerClient client = node.Connect(null);
        await node.DisposeAsync();

        await FailsAsync(ClientFailure.Unreachable, () => client.GetStatusAsync(default));
    }

    private static async Task FailsAsync(ClientFailure kind, Func<Task> call)
    {
        LedgerClientException? failure = await Assert.ThrowsAsync<LedgerClientException>(call);
        Assert.That(failure!.Kind, Is.EqualTo(kind), failure.Message);
    }
}
