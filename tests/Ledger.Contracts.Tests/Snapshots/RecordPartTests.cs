using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Snapshots;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Snapshots;

public sealed class RecordPartTests
{
    private const int Part = SnapshotLimits.PartLeavesMax;
    private static readonly byte[] RangeKey = [(byte)StateKind.RecordRange, .. new byte[3 * Hash256.Size]];

    [TestCase(1)]
    [TestCase(5)]
    [TestCase(Part - 1)]
    [TestCase(Part)]
    [TestCase(Part + 1)]
    [TestCase((3 * Part) + 77)]
    public void Parts_of_ranges_of_any_length_are_proved_by_the_peaks(int count)
    {
        (RecordRange range, RecordLeaf[] leaves) = Range(new TestRandom(1), count);

        RecordPart[] parts = Parts(range, leaves);

        Assert.That(parts, Has.Length.EqualTo((int)RecordParts.Count(range)));
        Assert.That(parts.SelectMany(part => part.Leaves), Is.EqualTo(leaves));
        foreach (RecordPart part in parts)
        {
            Assert.That(IsTaken(range, part.Part, part), Is.True);
        }
    }

    [Test]
    public void Every_changed_byte_of_a_short_part_is_refused()
    {
        TestRandom random = new(2);
        (RecordRange range, RecordLeaf[] leaves) = Range(random, 11);
        byte[] bytes = new RecordChunk { Parts = { Parts(range, leaves)[0] } }.ToByteArray();
        Assert.That(IsTaken(range, 0, bytes), Is.True);
        for (int place = 0; place < bytes.Length; place++)
        {
            byte[] changed = [.. bytes];
            changed[place] ^= (byte)(1 << random.Below(8));
            Assert.That(IsTaken(range, 0, changed), Is.False, $"byte {place}");
        }

        TestContext.Out.WriteLine($"1 chunk taken, {bytes.Length} changed chunks refused");
    }

    [Test]
    public void A_changed_moved_missing_or_foreign_leaf_or_path_of_a_full_part_is_refused()
    {
        TestRandom random = new(3);
        (RecordRange range, RecordLeaf[] leaves) = Range(random, (2 * Part) + 3);
        RecordPart full = Parts(range, leaves)[1];
        Assert.That(IsTaken(range, 1, full), Is.True);
        RequireRefused(range, full, part => part.Part = 0);
        RequireRefused(range, full, part => part.Leaves.RemoveAt(9));
        RequireRefused(range, full, part => part.Leaves[9].Height++);
        RequireRefused(range, full, part => part.Leaves[9].Index++);
        RequireRefused(range, full, part => part.Leaves[9].Locator = null);
        RequireRefused(range, full, part => part.Leaves[9].SelfReported = true);
        RequireRefused(range, full, part => part.Leaves[9].Commitment = ByteString.CopyFrom(random.Bytes(32)));
        RequireRefused(range, full, part => (part.Leaves[9], part.Leaves[8]) = (part.Leaves[8], part.Leaves[9]));
        RequireRefused(range, full, part => part.Path.Clear());
        RequireRefused(range, full, part => part.Path[0] = ByteString.CopyFrom(random.Bytes(32)));
        RequireRefused(range, full, part => part.Range = ByteString.CopyFrom(random.Bytes(97)));
    }

    [Test]
    public void A_chunk_holds_the_parts_that_come_next_and_nothing_else()
    {
        (RecordRange range, RecordLeaf[] leaves) = Range(new TestRandom(4), Part + 9);
        RecordPart[] parts = Parts(range, leaves);
        ExpectedPart[] expected = [new(RangeKey, range, 0), new(RangeKey, range, 1)];

        Assert.That(RecordParts.Check(new RecordChunk { Parts = { parts } }, expected), Is.True);
        Assert.That(RecordParts.Check(new RecordChunk { Parts = { parts[0] } }, expected), Is.True);
        Assert.That(RecordParts.Check(new RecordChunk(), expected), Is.False);
        Assert.That(RecordParts.Check(new RecordChunk { Parts = { parts[1] } }, expected), Is.False);
        Assert.That(RecordParts.Check(new RecordChunk { Parts = { parts[1], parts[0] } }, expected), Is.False);
        Assert.That(RecordParts.Check(new RecordChunk { Parts = { parts, parts[1] } }, expected), Is.False);
    }

    private static void RequireRefused(RecordRange range, RecordPart part, Action<RecordPart> change)
    {
        RecordPart changed = part.Clone();
        change(changed);
        Assert.That(IsTaken(range, part.Part, changed), Is.False);
    }

    private static bool IsTaken(RecordRange range, ulong part, RecordPart content) =>
        IsTaken(range, part, new RecordChunk { Parts = { content } }.ToByteArray());

    private static bool IsTaken(RecordRange range, ulong part, byte[] bytes) =>
        CanonicalMessage.TryParse(RecordChunk.Parser, bytes, out RecordChunk? chunk)
        && RecordParts.Check(chunk, [new ExpectedPart(RangeKey, range, part)]);

    private static RecordPart[] Parts(RecordRange range, RecordLeaf[] leaves)
    {
        RecordLeaf[][] cut = [.. leaves.Chunk(Part)];
        Hash256[] roots = [.. cut.Where(part => part.Length == Part).Select(RecordParts.Root)];
        return [.. cut.Select((part, number) => new RecordPart
        {
            Range = ByteString.CopyFrom(RangeKey),
            Part = (ulong)number,
            Leaves = { part },
            Path = { part.Length == Part ? RecordParts.Path(roots, (ulong)number) : [] },
        })];
    }

    private static (RecordRange Range, RecordLeaf[] Leaves) Range(TestRandom random, int count)
    {
        RecordRange range = new();
        RecordLeaf[] leaves = new RecordLeaf[count];
        for (int index = 0; index < count; index++)
        {
            leaves[index] = new RecordLeaf
            {
                Index = (ulong)index,
                Height = (ulong)(index / 7) + 1,
                Locator = new Locator
                {
                    Lrs = 1,
                    QueryTemplate = 1,
                    KeyVersion = 1,
                    HashedId = ByteString.CopyFrom(random.Bytes(16)),
                },
                Commitment = ByteString.CopyFrom(random.Bytes(32)),
            };
            RecordRanges.Append(range, RangeLeaf.OfRecord(leaves[index]), leaves[index].Height);
        }

        return (range, leaves);
    }
}
