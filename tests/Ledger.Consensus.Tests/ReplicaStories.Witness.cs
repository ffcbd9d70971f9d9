using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>Stories of a validator that starts, and of what others saw of its key: S-8 and S-9.</summary>
public sealed partial class ReplicaStories
{
    [Test]
    public void A_validator_that_starts_votes_only_when_a_quorum_has_said_what_it_saw()
    {
        ScriptedNode node = Started(2);
        node.Receive(Propose(0, 0, block));
        node.Work();
        node.Tick(4 * Ticks.TimeoutFirst);
        Assert.That(node.Kernel.Standing, Is.EqualTo(Standing.Waiting));
        Assert.That(node.Sent, Is.Empty, "neither votes nor a view change");
        node.Receive(Witness(0, null));
        Assert.That(node.Kernel.Standing, Is.EqualTo(Standing.Waiting), "two of three");
        node.Receive(Witness(1, null));
        Assert.That(node.Kernel.Standing, Is.EqualTo(Standing.Voting));
        Assert.That(Votes(node), Is.EqualTo(new[] { (VoteKind.Prepare, 0UL, block.Hash) }));
    }

    [Test]
    public void It_asks_at_once_and_several_times_a_second()
    {
        ScriptedNode node = Started(2);
        Assert.That(node.StatusCount, Is.EqualTo(1));
        node.Tick(Ticks.PerStatus);
        Assert.That(node.StatusCount, Is.EqualTo(1 + (Ticks.PerStatus / Ticks.PerWitness)));
    }

    [Test]
    public void An_answer_to_an_earlier_start_or_about_another_key_counts_nothing()
    {
        ScriptedNode node = Started(2);
        node.Receive(Witness(0, null));
        node.Receive(chain.Sign(
            1, new ConsensusMessage.Witness(0, 0, 0, chain.Set[2].Address, ScriptedNode.StartNonce + 1, null)));
        node.Receive(chain.Sign(
            1, new ConsensusMessage.Witness(0, 0, 0, chain.Set[3].Address, ScriptedNode.StartNonce, null)));
        node.Receive(Witness(0, null));
        Assert.That(node.Kernel.Standing, Is.EqualTo(Standing.Waiting));
    }

    [Test]
    public void A_claim_of_votes_that_are_not_remembered_stops_nobody_and_counts_nothing()
    {
        ScriptedNode node = Started(2);
        node.Receive(Witness(0, new SeenSlot(9, 9, MessageKind.Commit)));
        node.Receive(Witness(1, null));
        Assert.That(node.Kernel.Standing, Is.EqualTo(Standing.Waiting));
        node.Receive(Witness(3, null));
        Assert.That(node.Kernel.Standing, Is.EqualTo(Standing.Voting));
    }

    [Test]
    public void A_vote_that_it_does_not_remember_stops_it_before_it_has_signed_anything()
    {
        ScriptedNode node = Started(2);
        node.Receive(Propose(0, 0, block));
        node.Receive(Vote(2, VoteKind.Prepare, 0, rival));
        node.Receive(Witness(0, new SeenSlot(1, 0, MessageKind.Prepare)));
        node.Receive(Witness(1, null));
        node.Receive(Witness(3, null));
        node.Tick(2 * Ticks.TimeoutFirst);
        Assert.That(node.Kernel.Standing, Is.EqualTo(Standing.Stopped));
        Assert.That(node.Sent, Is.Empty);
    }

    [Test]
    public void What_it_has_on_disk_is_remembered_and_nobody_stops_it()
    {
        ScriptedNode node = Node(2);
        node.Receive(Propose(0, 0, block));
        node.RestartUnwitnessed();
        node.Receive(Witness(0, new SeenSlot(1, 0, MessageKind.Prepare)));
        node.Receive(Vote(2, VoteKind.Prepare, 0, block));
        node.Receive(Witness(1, new SeenSlot(1, 0, MessageKind.Prepare)));
        Assert.That(node.Kernel.Standing, Is.EqualTo(Standing.Voting));
    }

    [Test]
    public void Votes_of_heights_that_are_decided_by_now_are_over()
    {
        ScriptedNode node = Started(2);
        node.Receive(Status(0, 1, block, 0));
        node.Tick(2 * Ticks.BehindBeforeAsking);
        node.Kernel.Handle(Certified(block, 0, 0, 1, 3));
        Assert.That(node.Kernel.Height, Is.EqualTo(1));
        node.Receive(Vote(2, VoteKind.Commit, 0, block));
        node.Receive(Witness(0, new SeenSlot(1, 0, MessageKind.Commit)));
        node.Receive(Witness(1, null));
        Assert.That(node.Kernel.Standing, Is.EqualTo(Standing.Voting));
    }

    [Test]
    public void Who_asks_gets_the_newest_that_was_seen_and_the_message_itself_where_it_is_ahead()
    {
        ScriptedNode node = Node(2);
        node.Receive(Propose(0, 0, block));
        node.Receive(Vote(1, VoteKind.Prepare, 0, block));
        node.Sent.Clear();
        node.Receive(chain.Sign(1, new ConsensusMessage.Status(0, 0, chain.Genesis.Hash, 0, false, 5)));
        ConsensusMessage.Witness answer = node.Witnesses.Single();
        Assert.That(
            (answer.Subject, answer.StartNonce, answer.Seen),
            Is.EqualTo((chain.Set[1].Address, 5UL, (SeenSlot?)new SeenSlot(1, 0, MessageKind.Prepare))));
        Assert.That(node.Sent.Single().Message.Sender, Is.EqualTo(chain.Set[1].Address));
        Assert.That(node.Sent.Single().To, Is.EqualTo(Recipients.Only(chain.Set[1].Address)));
        node.Receive(chain.Sign(1, new ConsensusMessage.Status(0, 0, chain.Genesis.Hash, 0, false, 5)));
        Assert.That(node.Witnesses, Has.Count.EqualTo(1), "not at every status");
    }

    [Test]
    public void Two_processes_with_one_key_learn_of_each_other_by_what_is_sent_back()
    {
        ScriptedNode node = Node(3);
        node.Receive(Propose(0, 0, block));
        node.Receive(Vote(2, VoteKind.Prepare, 0, rival));
        node.Sent.Clear();
        node.Receive(Status(2, 0, chain.Genesis, 0));
        VerifiedMessage back = node.Sent.Single().Message;
        ScriptedNode twin = Node(2);
        twin.Receive(back);
        Assert.That(twin.Kernel.Standing, Is.EqualTo(Standing.Stopped));
    }

    [Test]
    public void A_process_without_the_key_of_its_seat_follows_only()
    {
        TestChain other = new(4);
        ScriptedNode node = new(chain, 2, new OtherKeys(other.Signers[0]));
        node.Receive(Propose(0, 0, block));
        node.Work();
        node.Tick(4 * Ticks.TimeoutFirst);
        Assert.That(node.Kernel.Standing, Is.EqualTo(Standing.Observer));
        Assert.That(node.Sent, Is.Empty);
    }

    private ScriptedNode Started(int place)
    {
        ScriptedNode node = Node(place);
        node.RestartUnwitnessed();
        return node;
    }

    private VerifiedMessage Witness(int place, SeenSlot? seen) => chain.Sign(
        place, new ConsensusMessage.Witness(0, 0, 0, chain.Set[2].Address, ScriptedNode.StartNonce, seen));

    private sealed class OtherKeys(IVoteSigner signer) : IVoteSigner
    {
        public System.Collections.Immutable.ImmutableArray<PublicKeyBytes> Keys { get; } =
            [new PublicKeyBytes(new byte[PublicKeyBytes.Size])];

        public void Sign(PublicKeyBytes key, Hash256 digest, Span<byte> signature) =>
            signer.Sign(signer.Keys[0], digest, signature);
    }
}
