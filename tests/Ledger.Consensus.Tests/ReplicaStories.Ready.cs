using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>Stories of a new set and of who is ready for it (C-21), and of evidence as an object (C-6).</summary>
public sealed partial class ReplicaStories
{
    [Test]
    public void A_validator_says_that_it_is_ready_about_its_own_head()
    {
        ScriptedNode node = Node(2);
        Decide(node, block);
        ValidatorSet without = ValidatorSet.Of(chain.Set.Validators.RemoveAt(0));
        ReadySignature? ready = node.Kernel.SignReady(without);
        Assert.That(ready, Is.Not.Null);
        Assert.That(
            ready!.Statement,
            Is.EqualTo(new ReadyStatement(chain.ChainId, 0, chain.Set.Hash, without.Hash, 1, block.Hash)));
        Assert.That(
            chain.Keys.Verify(chain.Set[2].VoteKey, ready.Statement.Digest, ready.Signature.Span), Is.True);
        Assert.That(without[ready.Place].Address, Is.EqualTo(chain.Set[2].Address));
    }

    [Test]
    public void Nobody_is_ready_without_a_seat_or_its_key_or_far_behind_or_stopped()
    {
        ScriptedNode node = Node(2);
        Assert.That(node.Kernel.SignReady(ValidatorSet.Of(chain.Set.Validators.RemoveAt(2))), Is.Null);
        ValidatorSet otherKey = ValidatorSet.Of(chain.Set.Validators.SetItem(
            2, new Validator(chain.Set[2].Address, new PublicKeyBytes(new byte[PublicKeyBytes.Size]))));
        Assert.That(node.Kernel.SignReady(otherKey), Is.Null);
        node.Receive(Status(0, ReplicaKernel.ReadyBehindMax + 1, block, 0));
        node.Receive(Status(1, ReplicaKernel.ReadyBehindMax + 1, block, 0));
        Assert.That(node.Kernel.SignReady(chain.Set), Is.Null);
        ScriptedNode stopped = Node(2);
        stopped.Receive(chain.Sign(2, new ConsensusMessage.Vote(0, 9, 0, VoteKind.Prepare, block.Hash)));
        Assert.That(stopped.Kernel.SignReady(chain.Set), Is.Null);
    }

    [Test]
    public void Each_of_a_new_set_signs_the_same_change_with_its_own_key()
    {
        ReadySignature[] ready = [.. Enumerable.Range(0, 4).Select(place => Node(place).Kernel.SignReady(chain.Set)!)];
        Assert.That(ready.Select(one => one.Place), Is.EqualTo(new[] { 0, 1, 2, 3 }));
        Assert.That(ready.Select(one => one.Statement).Distinct().Count(), Is.EqualTo(1));
        foreach (ReadySignature one in ready)
        {
            Assert.That(
                chain.Set.Validators.Where(seat =>
                    chain.Keys.Verify(seat.VoteKey, one.Statement.Digest, one.Signature.Span)),
                Is.EqualTo(new[] { chain.Set[one.Place] }));
        }
    }

    [Test]
    public void Evidence_survives_its_bytes_and_proves_only_what_differs_in_one_slot()
    {
        VerifiedMessage first = Vote(1, VoteKind.Prepare, 0, block);
        Assert.That(Proves(first, Vote(1, VoteKind.Prepare, 0, rival)), Is.True);
        Assert.That(Proves(first, first), Is.False);
        Assert.That(Proves(first, Vote(1, VoteKind.Commit, 0, rival)), Is.False);
        Assert.That(Proves(first, Vote(1, VoteKind.Prepare, 1, rival)), Is.False);
        Assert.That(Proves(first, Vote(2, VoteKind.Prepare, 0, rival)), Is.False);
        Assert.That(Proves(Status(1, 1, block, 0), Status(1, 1, rival, 0)), Is.False);
    }

    [Test]
    public void A_second_view_change_or_new_view_for_one_slot_is_evidence()
    {
        ScriptedNode node = Node(2);
        node.Receive(Leave(0, 1));
        node.Receive(Leave(0, 1, 0, block));
        Assert.That(node.Evidence, Has.Count.EqualTo(1));
        node.Receive(NewView(1, 1, Leave(0, 1), Leave(1, 1), Leave(3, 1)));
        node.Receive(NewView(1, 1, Leave(0, 1), Leave(1, 1), Leave(2, 1)));
        Assert.That(node.Evidence, Has.Count.EqualTo(2));
        Assert.That(node.Evidence.All(one => one.Verify(chain.ChainId, chain.Set, chain.Keys)), Is.True);
    }

    private bool Proves(VerifiedMessage first, VerifiedMessage second)
    {
        byte[] bytes = new EquivocationEvidence(first.Envelope, second.Envelope).Encode();
        Assert.That(EquivocationEvidence.TryDecode(bytes, out EquivocationEvidence? evidence), Is.True);
        Assert.That(evidence!.Encode(), Is.EqualTo(bytes));
        return evidence.Verify(chain.ChainId, chain.Set, chain.Keys);
    }
}
