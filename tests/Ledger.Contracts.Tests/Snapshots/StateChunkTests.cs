using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Snapshots;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Snapshots;

public sealed class StateChunkTests
{
    [Test]
    public void Chunks_of_any_size_give_every_tree_back([Values(1, 200, 1000, 1_000_000)] int bytesMax)
    {
        TestRandom random = new(7);
        foreach (int count in new[] { 1, 2, 3, 10, 257 })
        {
            StateTree tree = Tree(random, count);

            List<StateChange> taken = TakeAll(tree, bytesMax);

            Assert.That(
                taken.Select(entry => entry.Key.Hash), Is.EqualTo(tree.Entries().Select(entry => entry.Key.Hash)));
            Assert.That(StateTree.Empty.With(taken).Root, Is.EqualTo(tree.Root));
        }
    }

    [Test]
    public void Chunks_may_be_asked_for_from_anywhere()
    {
        TestRandom random = new(8);
        StateTree tree = Tree(random, 300);
        for (int round = 0; round < 300; round++)
        {
            Hash256 from = random.Hash();
            StateChange[] expected = [.. tree.Entries().Where(entry => entry.Key.Hash.CompareTo(from) >= 0)];
            StateChunk? chunk = StateChunks.Cut(tree, from, 400);
            Assert.That(chunk is null, Is.EqualTo(expected.Length == 0));
            if (chunk is not null)
            {
                Assert.That(StateChunkRules.TryCheck(tree.Root, from, chunk, out CheckedStateChunk? read), Is.True);
                Assert.That(
                    read!.Entries.Select(entry => entry.Key.Hash),
                    Is.EqualTo(expected.Take(read.Entries.Count).Select(entry => entry.Key.Hash)));
                Assert.That(read.Next is null, Is.EqualTo(read.Entries.Count == expected.Length));
            }
        }
    }

    [Test]
    public void Every_changed_byte_of_a_chunk_is_refused()
    {
        TestRandom random = new(9);
        StateTree tree = Tree(random, 64);
        int refused = 0;
        int accepted = 0;
        foreach (StateChunk chunk in AllChunks(tree, 300, out List<Hash256> starts))
        {
            Hash256 from = starts[accepted];
            byte[] bytes = chunk.ToByteArray();
            Assert.That(IsTaken(tree.Root, from, bytes), Is.True);
            accepted++;
            for (int place = 0; place < bytes.Length; place++)
            {
                byte[] changed = [.. bytes];
                changed[place] ^= (byte)(1 << random.Below(8));
                Assert.That(IsTaken(tree.Root, from, changed), Is.False, $"byte {place} of chunk {accepted}");
                refused++;
            }
        }

        TestContext.Out.WriteLine($"{accepted} chunks taken, {refused} changed chunks refused");
        Assert.That(accepted, Is.GreaterThan(5));
    }

    [Test]
    public void An_omitted_added_repeated_or_moved_entry_is_refused()
    {
        TestRandom random = new(10);
        StateTree tree = Tree(random, 40);
        Hash256 from = tree.Entries().ElementAt(10).Key.Hash;
        StateChunk chunk = StateChunks.Cut(tree, from, 600)!;
        Assert.That(chunk.Entries, Has.Count.GreaterThan(3));
        for (int place = 0; place < chunk.Entries.Count; place++)
        {
            RequireRefused(tree, from, chunk, changed => changed.Entries.RemoveAt(place));
            RequireRefused(tree, from, chunk, changed => changed.Entries.Insert(place, changed.Entries[place]));
            RequireRefused(tree, from, chunk, changed => changed.Entries[place].Value = ByteString.CopyFrom(1));
            RequireRefused(tree, from, chunk, changed => changed.Entries.Insert(place, new StateEntry
            {
                Key = ByteString.CopyFrom(random.Bytes(33)),
                Value = ByteString.CopyFrom(random.Bytes(9)),
            }));
        }

        RequireRefused(tree, from, chunk, changed => changed.Left.Clear());
        RequireRefused(tree, from, chunk, changed => changed.Right.Clear());
        RequireRefused(tree, from, chunk, changed => changed.BeforeKeyHash = ByteString.Empty);
        RequireRefused(tree, from, chunk, changed => changed.Entries.Clear());
        RequireRefused(tree, from, chunk, changed => changed.Entries.Add(changed.Entries[0]));
    }

    [Test]
    public void A_chunk_of_another_place_or_another_state_is_refused()
    {
        TestRandom random = new(11);
        StateTree tree = Tree(random, 60);
        Hash256[] hashes = [.. tree.Entries().Select(entry => entry.Key.Hash)];
        StateChunk chunk = StateChunks.Cut(tree, hashes[20], 300)!;

        Assert.That(StateChunkRules.TryCheck(tree.Root, hashes[20], chunk, out _), Is.True);
        Assert.That(StateChunkRules.TryCheck(tree.Root, hashes[19], chunk, out _), Is.False);
        Assert.That(StateChunkRules.TryCheck(tree.Root, hashes[21], chunk, out _), Is.False);
        Assert.That(StateChunkRules.TryCheck(tree.Root, Hash256.Zero, chunk, out _), Is.False);
        Assert.That(StateChunkRules.TryCheck(Tree(random, 60).Root, hashes[20], chunk, out _), Is.False);
    }

    private static void RequireRefused(StateTree tree, Hash256 from, StateChunk chunk, Action<StateChunk> change)
    {
        StateChunk changed = chunk.Clone();
        change(changed);
        Assert.That(StateChunkRules.TryCheck(tree.Root, from, chunk, out _), Is.True);
        Assert.That(StateChunkRules.TryCheck(tree.Root, from, changed, out _), Is.False);
    }

    private static bool IsTaken(Hash256 root, Hash256 from, byte[] bytes) =>
        CanonicalMessage.TryParse(StateChunk.Parser, bytes, out StateChunk? chunk)
        && StateChunkRules.TryCheck(root, from, chunk, out _);

    private static List<StateChange> TakeAll(StateTree tree, int bytesMax)
    {
        List<StateChange> taken = [];
        Hash256? from = Hash256.Zero;
        while (from is { } start)
        {
            StateChunk chunk = StateChunks.Cut(tree, start, bytesMax)!;
            Assert.That(StateChunkRules.TryCheck(tree.Root, start, chunk, out CheckedStateChunk? read), Is.True);
            taken.AddRange(read!.Entries);
            from = read.Next;
        }

        return taken;
    }

    private static List<StateChunk> AllChunks(StateTree tree, int bytesMax, out List<Hash256> starts)
    {
        List<StateChunk> chunks = [];
        starts = [];
        Hash256? from = Hash256.Zero;
        while (from is { } start)
        {
            starts.Add(start);
            chunks.Add(StateChunks.Cut(tree, start, bytesMax)!);
            StateChunkRules.TryCheck(tree.Root, start, chunks[^1], out CheckedStateChunk? read);
            from = read!.Next;
        }

        return chunks;
    }

    private static StateTree Tree(TestRandom random, int count) => StateTree.Empty.With(
        Enumerable.Range(0, count).Select(_ => new StateChange(
            new StateKey(random.Bytes(8 + random.Below(40))), random.Bytes(random.Below(60)))).ToArray());
}
