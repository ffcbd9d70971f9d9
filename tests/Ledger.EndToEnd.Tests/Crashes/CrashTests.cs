using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Execution;
using Ledger.EndToEnd.Tests.Support;

namespace Ledger.EndToEnd.Tests.Crashes;

/// <summary>
/// kill -9 of nodes while transactions are being acknowledged: nothing that was acknowledged is lost.
/// </summary>
public sealed class CrashTests
{
    private const int SomeMore = 3;

    private TestConsortium consortium = null!;

    [OneTimeSetUp]
    public async Task Start() => consortium = await TestConsortium.StartAsync("crash");

    [OneTimeTearDown]
    public void Stop() => consortium?.Dispose();

    [Test]
    public async Task Killing_each_node_in_turn_the_leader_of_the_moment_first_loses_nothing()
    {
        Member[] members = consortium.Members;
        List<int> untouched = [0, 1, 2, 3];
        int leadersKilled = 0;
        await using AcknowledgedTraffic traffic = new(members);
        await traffic.MoreAsync(SomeMore, 0, 1, 2, 3);
        while (untouched.Count > 0)
        {
            int leader = await Heads.LeaderAsync(members, members[untouched[0]]);
            int killed = untouched.Contains(leader) ? leader : untouched[0];
            leadersKilled += killed == leader ? 1 : 0;
            untouched.Remove(killed);

            await consortium.KillAsync(killed);
            await traffic.MoreAsync(SomeMore, [.. Enumerable.Range(0, members.Length).Where(place => place != killed)]);
            await consortium.StartAsync(killed);
            await traffic.MoreAsync(SomeMore, killed);
        }

        await traffic.StopAsync();
        Assert.That(leadersKilled, Is.Positive);
        await RequireNothingLostAsync(traffic);
    }

    [Test]
    public async Task Killing_all_four_at_once_loses_nothing()
    {
        await using AcknowledgedTraffic traffic = new(consortium.Members, TimeSpan.Zero);
        await traffic.MoreAsync(SomeMore, 0, 1, 2, 3);

        await consortium.KillAsync(0, 1, 2, 3);
        await consortium.StartAsync(0, 1, 2, 3);
        await traffic.MoreAsync(SomeMore, 0, 1, 2, 3);

        await traffic.StopAsync();
        await RequireNothingLostAsync(traffic);
    }

    [Test]
    public async Task Who_follows_the_events_of_a_node_that_is_killed_twice_gets_each_once_and_all_nodes_tell_the_same()
    {
        const int Followed = 1;
        Member member = consortium.Members[Followed];
        EventFollower follower = new(
            member.Client, EventQuestion.All, EventPosition.First, TimeSpan.FromMinutes(2), TimeProvider.System);
        List<ToldEvent> told = [];
        using CancellationTokenSource leaving = new();
        Task following = Task.Run(async () =>
        {
            await foreach (ToldEvent one in follower.ReadAsync(follow: true, leaving.Token))
            {
                lock (told)
                {
                    told.Add(one);
                }
            }
        });
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        for (int round = 0; round < 2; round++)
        {
            await traffic.MoreAsync(SomeMore, Followed);
            await consortium.KillAsync(Followed);
            await traffic.MoreAsync(SomeMore, 0, 2, 3);
            await consortium.StartAsync(Followed);
        }

        await traffic.MoreAsync(SomeMore, 0, 1, 2, 3);
        await traffic.StopAsync();
        ulong last = traffic.Acknowledged.Values.Max();
        await Waiting.UntilAsync(
            $"the follower has passed height {last}", () => Task.FromResult(follower.Next.Height > last));
        await leaving.CancelAsync();
        await Assert.CatchAsync<Exception>(() => following);

        List<ToldEvent> followed = [.. told.Where(one => one.Position.Height <= last)];
        Assert.That(followed.Select(one => one.Position), Is.Ordered.And.Unique);
        Assert.That(
            followed.Where(one => one.Event.Kind == ContractEventKind.LearnerCreated)
                .Select(one => one.Event.Place!.Value.TransactionId),
            Is.SupersetOf(traffic.Acknowledged.Keys));
        foreach (Member other in consortium.Members)
        {
            EventFollower again = new(
                other.Client, EventQuestion.All, EventPosition.First, TimeSpan.Zero, TimeProvider.System);
            List<ToldEvent> all = [];
            await foreach (ToldEvent one in again.ReadAsync(follow: false, default))
            {
                all.Add(one);
            }

            Assert.That(all.Where(one => one.Position.Height <= last), Is.EqualTo(followed), other.Node.Name);
        }
    }

    [Test]
    public async Task What_one_node_alone_still_knows_is_decided()
    {
        Member[] members = consortium.Members;
        int leader = await Heads.LeaderAsync(members, members[0]);
        int taker = (leader + 1) % members.Length;
        int knower = (leader + 2) % members.Length;
        int other = (leader + 3) % members.Length;
        await consortium.KillAsync(leader, other);
        using SigningKey learner = SigningKey.Create();
        PendingTransaction transaction = members[taker].Sign([learner], Operations.UicCreate());
        await members[taker].Client.SubmitAsync(transaction.ToSignedBytes(), wait: false, CancellationToken.None);
        await Waiting.UntilAsync(
            "the other running node knows it",
            async () => (await members[knower].Client.GetStatusAsync(CancellationToken.None)).PendingTransactions > 0);
        await consortium.KillAsync(taker);

        await consortium.StartAsync(leader, other);

        await Waiting.UntilAsync(
            "it is decided without the node that it was handed to",
            async () => (await members[leader].Client.GetOutcomeAsync(transaction.Id, CancellationToken.None)).State
                == OutcomeState.Decided);
        await consortium.StartAsync(taker);
        await Heads.RequireEqualAsync(members, 1);
    }

    private async Task RequireNothingLostAsync(AcknowledgedTraffic traffic)
    {
        await traffic.RequireNothingLostAsync();
        NodeLogs.RequireNoStackTrace(consortium.Nodes);
        Assert.That(NodeLogs.CountOf(consortium.Nodes, "evidence"), Is.Zero);
    }
}
