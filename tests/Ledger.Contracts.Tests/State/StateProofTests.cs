using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.State;

[TestFixture]
public sealed class StateProofTests
{
    private const int Keys = 700;

    private readonly StateTree tree =
        StateTree.Empty.With(Enumerable.Range(0, Keys).Select(number => StateTreeTests.Entry((ulong)number, 1)));

    [Test]
    public void Every_key_is_proved_present_and_not_absent()
    {
        foreach (StateChange entry in tree.Entries())
        {
            StateProof proof = tree.Prove(entry.Key.Hash);
            Assert.That(StateProofs.VerifyPresence(tree.Root, entry.Key, entry.Value.Span, proof), Is.True);
            Assert.That(StateProofs.VerifyAbsence(tree.Root, entry.Key, proof), Is.False);
            Assert.That(StateProofs.VerifyPresence(tree.Root, entry.Key, [1, 2, 3], proof), Is.False);
        }
    }

    [Test]
    public void Keys_that_are_not_there_are_proved_absent_and_not_present()
    {
        for (ulong number = Keys; number < Keys + 1_000; number++)
        {
            StateKey key = StateTreeTests.Key(number);
            StateProof proof = tree.Prove(key.Hash);
            Assert.That(StateProofs.VerifyAbsence(tree.Root, key, proof), Is.True);
            Assert.That(StateProofs.VerifyPresence(tree.Root, key, new TestRandom(1).Bytes(24), proof), Is.False);
        }
    }

    [Test]
    public void An_empty_tree_proves_any_key_absent()
    {
        StateKey key = StateTreeTests.Key(1);
        StateProof proof = StateTree.Empty.Prove(key.Hash);
        Assert.That(StateProofs.VerifyAbsence(StateTree.Empty.Root, key, proof), Is.True);
        Assert.That(StateProofs.VerifyAbsence(tree.Root, key, proof), Is.False);
    }

    [Test]
    public void A_tree_of_one_key_proves_both()
    {
        StateChange only = StateTreeTests.Entry(5, 5);
        StateTree one = StateTree.Empty.With([only]);
        StateKey other = StateTreeTests.Key(6);
        Assert.That(StateProofs.VerifyPresence(one.Root, only.Key, only.Value.Span, one.Prove(only.Key.Hash)), Is.True);
        Assert.That(StateProofs.VerifyAbsence(one.Root, other, one.Prove(other.Hash)), Is.True);
        Assert.That(StateProofs.VerifyAbsence(one.Root, only.Key, one.Prove(other.Hash)), Is.False);
    }

    [Test]
    public void A_proof_of_presence_with_any_bit_changed_is_refused()
    {
        StateChange entry = tree.Entries().ElementAt(77);
        byte[] genuine = tree.Prove(entry.Key.Hash).ToByteArray();
        Assert.That(Mutants(genuine), Is.Not.Empty);
        foreach (StateProof mutant in Mutants(genuine))
        {
            Assert.That(StateProofs.VerifyPresence(tree.Root, entry.Key, entry.Value.Span, mutant), Is.False);
            Assert.That(StateProofs.VerifyAbsence(tree.Root, entry.Key, mutant), Is.False);
        }
    }

    [Test]
    public void A_proof_of_absence_with_any_bit_changed_is_refused()
    {
        StateKey key = StateTreeTests.Key(Keys + 3);
        byte[] genuine = tree.Prove(key.Hash).ToByteArray();
        Assert.That(StateProofs.VerifyAbsence(tree.Root, key, StateProof.Parser.ParseFrom(genuine)), Is.True);
        foreach (StateProof mutant in Mutants(genuine))
        {
            Assert.That(StateProofs.VerifyAbsence(tree.Root, key, mutant), Is.False);
        }
    }

    [Test]
    public void Another_keys_leaf_does_not_prove_a_present_key_absent()
    {
        StateChange[] entries = [.. tree.Entries()];
        for (int place = 0; place < 40; place++)
        {
            StateKey sought = entries[place].Key;
            foreach (StateChange other in entries.Where(entry => entry.Key.Hash != sought.Hash).Take(200))
            {
                StateProof forged = tree.Prove(other.Key.Hash);
                forged.FoundValueHash = ByteString.CopyFrom(StateHashes.Value(other.Value.Span).ToArray());
                Assert.That(StateProofs.VerifyAbsence(tree.Root, sought, forged), Is.False);
            }
        }
    }

    [Test]
    public void Steps_out_of_order_are_refused_even_where_the_hashes_fit()
    {
        // A verifier that did not ask for ascending bits would take this chain of its own making for a tree.
        StateKey key = StateTreeTests.Key(1);
        Hash256 sibling = new TestRandom(9).Hash();
        Hash256 leaf = StateHashes.Leaf(key.Hash, StateHashes.Value([1]));
        Hash256 Step(int bit, Hash256 below) => key.Hash.Bit(bit)
            ? StateHashes.Branch(bit, sibling, below)
            : StateHashes.Branch(bit, below, sibling);
        StateProof proof = new() { FoundKeyHash = ByteString.CopyFrom(key.Hash.ToArray()) };
        proof.Steps.Add(new StateStep { Bit = 9, Sibling = ByteString.CopyFrom(sibling.ToArray()) });
        proof.Steps.Add(new StateStep { Bit = 3, Sibling = ByteString.CopyFrom(sibling.ToArray()) });
        Hash256 root = StateHashes.Root(Step(9, Step(3, leaf)));
        Assert.That(StateProofs.VerifyPresence(root, key, [1], proof), Is.False);

        (proof.Steps[0], proof.Steps[1]) = (proof.Steps[1], proof.Steps[0]);
        root = StateHashes.Root(Step(3, Step(9, leaf)));
        Assert.That(StateProofs.VerifyPresence(root, key, [1], proof), Is.True);
    }

    private static IEnumerable<StateProof> Mutants(byte[] genuine)
    {
        StateProof original = StateProof.Parser.ParseFrom(genuine);
        for (int place = 0; place < genuine.Length; place++)
        {
            foreach (byte flip in new byte[] { 1, 0x80 })
            {
                byte[] bytes = [.. genuine];
                bytes[place] ^= flip;
                StateProof mutant;
                try
                {
                    mutant = StateProof.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
                }
                catch (InvalidProtocolBufferException)
                {
                    continue;
                }

                if (!mutant.Equals(original))
                {
                    yield return mutant;
                }
            }
        }
    }
}
