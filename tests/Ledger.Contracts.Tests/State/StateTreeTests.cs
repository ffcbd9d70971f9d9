using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.State;

[TestFixture]
public sealed class StateTreeTests
{
    [Test]
    public void Empty_tree_has_the_empty_root()
    {
        Assert.That(StateTree.Empty.Root, Is.EqualTo(StateHashes.EmptyRoot));
        Assert.That(StateTree.Empty.Count, Is.Zero);
        Assert.That(StateTree.Empty.With([]).Root, Is.EqualTo(StateHashes.EmptyRoot));
    }

    [Test]
    public void Grant_without_an_interval_is_kept_and_ends_never()
    {
        byte[] key = [(byte)StateKind.Grant, 1];
        LedgerState state = LedgerState.FromEntries([(key, default)]);

        Assert.That(state.Tree.Count, Is.EqualTo(1));
        Assert.That(state.Expiry, Is.Empty);
    }

    [Test]
    public void Batches_give_what_a_plain_model_gives()
    {
        TestRandom random = new(1);
        SortedDictionary<Hash256, StateChange> model = [];
        StateTree tree = StateTree.Empty;
        for (int batch = 0; batch < 60; batch++)
        {
            SortedDictionary<Hash256, StateChange> changes = [];
            for (int change = random.Below(200); change >= 0; change--)
            {
                StateChange next = Entry((ulong)random.Below(6_000), random.Next());
                changes[next.Key.Hash] = next;
            }

            foreach ((Hash256 hash, StateChange change) in changes)
            {
                model[hash] = change;
            }

            StateChange[] shuffled = [.. changes.Values];
            random.Shuffle(shuffled);
            tree = tree.With(shuffled);
            Assert.That(tree.Count, Is.EqualTo(model.Count));
            Assert.That(tree.Root, Is.EqualTo(RootOf([.. model.Values])), $"batch {batch}");
        }

        Assert.That(tree.Entries().Select(entry => entry.Key.Hash), Is.EqualTo(model.Keys));
        foreach (StateChange entry in model.Values)
        {
            Assert.That(tree.TryGet(entry.Key, out ReadOnlyMemory<byte> value), Is.True);
            Assert.That(value.ToArray(), Is.EqualTo(entry.Value.ToArray()));
        }

        Assert.That(tree.TryGet(Key(6_001), out _), Is.False);
    }

    [Test]
    public void Shape_does_not_depend_on_the_order_of_insertion()
    {
        StateChange[] entries = [.. Enumerable.Range(0, 3_000).Select(number => Entry((ulong)number, (ulong)number))];
        Hash256 expected = StateTree.Empty.With(entries).Root;
        TestRandom random = new(2);
        for (int round = 0; round < 3; round++)
        {
            random.Shuffle(entries);
            StateTree tree = StateTree.Empty;
            for (int place = 0; place < entries.Length; place += 1 + round)
            {
                tree = tree.With(entries.Skip(place).Take(1 + round));
            }

            Assert.That(tree.Root, Is.EqualTo(expected));
        }
    }

    [Test]
    public void An_older_tree_is_untouched_by_a_change()
    {
        StateTree first = StateTree.Empty.With([Entry(1, 1), Entry(2, 2)]);
        Hash256 before = first.Root;
        StateTree second = first.With([Entry(1, 9), Entry(3, 3)]);
        Assert.That(first.Root, Is.EqualTo(before));
        Assert.That(second.Root, Is.Not.EqualTo(before));
        Assert.That(first.TryGet(Key(3), out _), Is.False);
        Assert.That(second.With([Entry(1, 1)]).Count, Is.EqualTo(3));
    }

    [Test]
    public void Every_change_of_a_value_changes_the_root()
    {
        StateTree tree = StateTree.Empty.With(Enumerable.Range(0, 50).Select(number => Entry((ulong)number, 0)));
        SortedSet<Hash256> roots = [tree.Root];
        for (ulong number = 0; number < 50; number++)
        {
            Assert.That(roots.Add(tree.With([Entry(number, 1)]).Root), Is.True);
        }
    }

    [Test]
    public void A_key_twice_in_one_batch_breaks_an_invariant()
    {
        Assert.That(() => StateTree.Empty.With([Entry(1, 1), Entry(1, 2)]), Throws.TypeOf<InvariantException>());
        Assert.That(
            () => StateTree.Empty.With([Entry(1, 1)]).With([Entry(1, 1), Entry(1, 2)]),
            Throws.TypeOf<InvariantException>());
    }

    internal static StateKey Key(ulong number) => new(new TestRandom(number ^ 0xABCD).Bytes(41));

    internal static StateChange Entry(ulong number, ulong value) => new(Key(number), new TestRandom(value).Bytes(24));

    // The definition of the root, without any sharing: split by the first bit in which the keys differ.
    private static Hash256 RootOf(List<StateChange> entries)
    {
        return entries.Count == 0 ? StateHashes.EmptyRoot : StateHashes.Root(Top(entries));
    }

    private static Hash256 Top(List<StateChange> entries)
    {
        if (entries.Count == 1)
        {
            return StateHashes.Leaf(entries[0].Key.Hash, StateHashes.Value(entries[0].Value.Span));
        }

        int bit = 0;
        while (entries.All(entry => entry.Key.Hash.Bit(bit) == entries[0].Key.Hash.Bit(bit)))
        {
            bit++;
        }

        return StateHashes.Branch(
            bit,
            Top(entries.FindAll(entry => !entry.Key.Hash.Bit(bit))),
            Top(entries.FindAll(entry => entry.Key.Hash.Bit(bit))));
    }
}
