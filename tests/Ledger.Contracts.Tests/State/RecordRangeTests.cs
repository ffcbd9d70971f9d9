using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.State;

[TestFixture]
public sealed class RecordRangeTests
{
    private const int CountMax = 300;

    [Test]
    public void Every_leaf_of_every_count_is_proved()
    {
        RecordRange range = new();
        List<Hash256> leaves = [];
        for (int count = 1; count <= CountMax; count++)
        {
            Hash256 leaf = new TestRandom((ulong)count).Hash();
            leaves.Add(leaf);
            RecordRanges.Append(range, leaf, (ulong)count);
            Assert.That(range.Count, Is.EqualTo((ulong)count));
            Assert.That(range.LastHeight, Is.EqualTo((ulong)count));
            Assert.That(range.Peaks, Has.Count.EqualTo(System.Numerics.BitOperations.PopCount((uint)count)));
            for (int index = 0; index < count; index += 1 + (count / 40))
            {
                AssertProved(range, leaves, index);
            }

            AssertProved(range, leaves, count - 1);
        }
    }

    [Test]
    public void Mutants_of_proofs_are_refused()
    {
        foreach (int count in new[] { 1, 2, 3, 7, 8, 21, 64, 100, 255, 300 })
        {
            (RecordRange range, List<Hash256> leaves) = Build(count);
            foreach (int index in new[] { 0, count / 2, count - 1 })
            {
                RangeProof genuine = RecordRanges.Prove(leaves, (ulong)index);
                foreach (RangeProof mutant in Mutants(genuine))
                {
                    Assert.That(RecordRanges.Verify(range, leaves[index], mutant), Is.False, $"{index} of {count}");
                }
            }
        }
    }

    [Test]
    public void A_range_whose_peaks_do_not_fit_its_count_proves_nothing()
    {
        (RecordRange range, List<Hash256> leaves) = Build(5);
        RangeProof proof = RecordRanges.Prove(leaves, 4);
        range.Peaks.RemoveAt(1);
        Assert.That(RecordRanges.Verify(range, leaves[4], proof), Is.False);
    }

    [Test]
    public void Leaves_of_different_kinds_never_meet()
    {
        RecordLeaf record = new()
        {
            Index = 3,
            Height = 9,
            Locator = Calls.Record(1, 1).Locator,
            Commitment = Calls.Commitment(1),
        };
        SortedSet<Hash256> leaves =
        [
            RangeLeaf.OfRecord(record),
            RangeLeaf.OfTombstone(3, 9, 9),
            RangeLeaf.OfTrail(new TrailLeaf { Index = 3, Height = 9, Commitment = record.Commitment }),
        ];
        foreach (Action<RecordLeaf> change in new Action<RecordLeaf>[]
        {
            leaf => leaf.Index++,
            leaf => leaf.Height++,
            leaf => leaf.SelfReported = true,
            leaf => leaf.Commitment = Calls.Commitment(2),
            leaf => leaf.Locator.Lrs++,
            leaf => leaf.Locator.QueryTemplate++,
            leaf => leaf.Locator.KeyVersion++,
            leaf => leaf.Locator.HashedId = ByteString.CopyFrom(new byte[16]),
        })
        {
            RecordLeaf changed = record.Clone();
            change(changed);
            Assert.That(leaves.Add(RangeLeaf.OfRecord(changed)), Is.True);
        }
    }

    private static (RecordRange Range, List<Hash256> Leaves) Build(int count)
    {
        RecordRange range = new();
        List<Hash256> leaves = [.. Enumerable.Range(1, count).Select(number => new TestRandom((ulong)number).Hash())];
        leaves.ForEach(leaf => RecordRanges.Append(range, leaf, 1));
        return (range, leaves);
    }

    private static void AssertProved(RecordRange range, List<Hash256> leaves, int index)
    {
        RangeProof proof = RecordRanges.Prove(leaves, (ulong)index);
        Assert.That(RecordRanges.Verify(range, leaves[index], proof), Is.True, $"{index} of {leaves.Count}");
        Assert.That(RecordRanges.Verify(range, new TestRandom(0).Hash(), proof), Is.False);
    }

    private static IEnumerable<RangeProof> Mutants(RangeProof genuine)
    {
        for (int step = 0; step < genuine.Path.Count; step++)
        {
            for (int place = 0; place < Hash256.Size; place++)
            {
                RangeProof mutant = genuine.Clone();
                byte[] bytes = mutant.Path[step].ToByteArray();
                bytes[place] ^= 1;
                mutant.Path[step] = ByteString.CopyFrom(bytes);
                yield return mutant;
            }
        }

        foreach (ulong index in new ulong[] { 0, 1, genuine.Index ^ 1, genuine.Index + 1, 299, 300, ulong.MaxValue })
        {
            if (index != genuine.Index)
            {
                yield return new RangeProof(genuine) { Index = index };
            }
        }

        RangeProof longer = genuine.Clone();
        longer.Path.Add(ByteString.CopyFrom(new byte[Hash256.Size]));
        yield return longer;
        if (genuine.Path.Count > 0)
        {
            RangeProof shorter = genuine.Clone();
            shorter.Path.RemoveAt(shorter.Path.Count - 1);
            yield return shorter;
        }
    }
}
