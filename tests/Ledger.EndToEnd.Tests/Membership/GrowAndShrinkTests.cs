using System.Globalization;
using Ledger.Client.Protos;
using Ledger.Client.Seats;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Devnet;
using Ledger.Primitives;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.EndToEnd.Tests.Membership;

/// <summary>
/// From four validators to sixteen and back, one change after the other, under load, with one node killed.
/// </summary>
public sealed class GrowAndShrinkTests
{
    private const int Most = 16;
    private const int KillAt = 10;

    /// <summary>R = (f + 2) Tmax for 16 validators; the ledger never stands still for longer.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds((5 + 2) * 16);

    private GrowingConsortium consortium = null!;
    private Member host = null!;

    [Test]
    [Explicit("sixteen processes; a quarter of an hour on two cores")]
    public async Task Four_validators_become_sixteen_and_four_again_while_one_is_dead()
    {
        using GrowingConsortium made = await GrowingConsortium.StartAsync("sixteen");
        consortium = made;
        host = made.MemberOf(made.Nodes[0]);
        List<Member> members = [.. made.Nodes.Select(made.MemberOf)];
        await using CommitGaps load = new(members[0], members[1]);
        Member? dead = null;
        while (members.Count < Most)
        {
            DevnetNode node = await made.AddAsync();
            Member joining = await AdmitAsync(node, members);
            members.Add(joining);
            await SeatAsync(joining, members);
            load.Report(string.Create(CultureInfo.InvariantCulture, $"{members.Count} validators"));
            if (members.Count == KillAt)
            {
                dead = members[3];
                await made.KillAsync(dead.Node);
                load.Report($"killed {dead.Node.Name}");
            }
        }

        List<Member> seats = [.. members];
        while (seats.Count > DevnetPlan.NodesMin)
        {
            // The dead one first, then the newest.
            Member leaving = dead is not null && seats.Contains(dead) ? dead : seats[^1];
            await ChangeAsync([leaving.Key], members, SeatChangeFactory.Remove(leaving.Address));
            seats.Remove(leaving);
            load.Report(string.Create(CultureInfo.InvariantCulture, $"{seats.Count} validators"));
        }

        load.Report("end");
        NodeStatus status = await made.StatusAsync(made.Nodes[0]);
        Assert.That(status.Validators, Is.EqualTo(DevnetPlan.NodesMin));
        Assert.That(status.Epoch, Is.EqualTo(2 * (Most - DevnetPlan.NodesMin)));
        Assert.That(load.Longest.Length, Is.LessThan(Bound));
    }

    // The institution registers, all vote in one transaction, and its node follows.
    private async Task<Member> AdmitAsync(DevnetNode node, List<Member> members)
    {
        await consortium.StartTrustingAsync(node, host.Node);
        Member joining = consortium.MemberOf(node);
        await host.DecideAsync([joining.Key], Operations.RegisterInstitution(
            node.Name, node.Domain, InstitutionKind.LearningProvider));
        await VoteAsync(members, Operations.VoteInstitution(joining.Address, 1, approve: true));
        await host.DecideAsync(
            [joining.Key], Operations.PublishEndpoint(EndpointKind.Peer, "https://" + node.Peer));
        await consortium.ReachesAsync(node, (await consortium.StatusAsync(host.Node)).Height);
        return joining;
    }

    private async Task SeatAsync(Member joining, List<Member> members)
    {
        VoteKeyCard card = VoteKeyCard.Read(await GrowingConsortium.CardAsync(joining.Node));
        await ChangeAsync(
            [joining.Key], members, SeatChangeFactory.Add(joining.Address, card.VoteKey, card.Proof.Span));
        await consortium.VotesAsync(joining.Node);
    }

    private async Task ChangeAsync(Client.Keys.SigningKey[] signers, List<Member> members, SeatChange change)
    {
        await host.DecideAsync(signers, Operations.SeatPropose([change]));
        SeatChangeList newest = await host.Client.ListSeatChangesAsync(
            new SeatChangesRequest { Limit = 1 }, CancellationToken.None);
        ulong number = newest.Changes[0].Number;
        await VoteAsync(members, Operations.SeatVote(number, approve: true));
        ActivationPreparation ready = await Waiting.ForAsync($"enough are ready for change {number}", async () =>
        {
            ActivationPreparation asked = await host.Client.PrepareActivationAsync(number, CancellationToken.None);
            return asked.Call.Ready.Count >= asked.Needed ? asked : null;
        });
        await host.DecideAsync([host.Key], new Operation { SeatActivate = ready.Call });
    }

    // Votes after the one that decides are refused, each by itself.
    private async Task VoteAsync(List<Member> members, Operation vote)
    {
        TransactionBuilder builder = new(
            host.ChainId, TransactionBuilder.LastValidFor(TimeProvider.System.GetUtcNow()));
        foreach (Member member in members)
        {
            builder.AddGroup(builder.AddSigner(member.Address, member.Key.PublicKey), vote);
        }

        PendingTransaction transaction = builder.Build();
        members.ForEach(member => transaction.AddSignature(member.Key));
        Outcome outcome = await host.Client.SubmitAsync(
            transaction.ToSignedBytes(), wait: true, CancellationToken.None);
        Assert.That(
            outcome.Operations.Select(one => one.Result.Ballot), Has.Some.EqualTo(BallotState.Approved),
            outcome.ToString());
    }
}
