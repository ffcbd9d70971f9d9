using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.State;

/// <summary>The bytes of a range are those of its message, read and written.</summary>
public sealed class GrowingRangeTests
{
    private static readonly ulong[] Numbers = [0, 1, 127, 128, 300, 1UL << 35, ulong.MaxValue];

    [Test]
    public void A_range_that_grows_leaf_by_leaf_has_the_encoding_of_its_message()
    {
        TestRandom random = new(1);
        byte[] value = [];
        RecordRange expected = new();
        for (ulong height = 1; height <= 300; height++)
        {
            Hash256 leaf = random.Hash();
            value = Appended(value, leaf, height);
            RecordRanges.Append(expected, leaf, height);

            Assert.That(value, Is.EqualTo(expected.ToBytes()));
        }
    }

    [Test]
    public void Every_number_of_every_length_is_read_and_written() => Assert.Multiple(() =>
    {
        foreach (ulong count in Numbers)
        {
            foreach (ulong erased in Numbers)
            {
                foreach (ulong lastHeight in Numbers)
                {
                    RecordRange range = new() { Count = count, Erased = erased, LastHeight = lastHeight };
                    range.Peaks.AddRange(Enumerable.Range(0, System.Numerics.BitOperations.PopCount(count))
                        .Select(static peak => new TestRandom((ulong)peak).Hash().ToField()));

                    Assert.That(Again(range), Is.EqualTo(range.ToBytes()));
                }
            }
        }
    });

    [Test]
    public void Any_other_bytes_are_refused()
    {
        RecordRange range = new();
        RecordRanges.Append(range, new TestRandom(1).Hash(), 7);
        byte[] good = range.ToBytes();
        RecordRange tooMany = range.Clone();
        tooMany.Peaks.Add(tooMany.Peaks[0]);

        Refused([.. good, 0]);
        Refused([.. good, .. good]);
        Refused(good[..^1]);
        Refused(tooMany.ToBytes());
        Refused(new RecordRange { Count = 1 }.ToBytes());
    }

    private static byte[] Again(RecordRange range) =>
        new GrowingRange(range.ToBytes(), stackalloc Hash256[GrowingRange.PeaksMax]).ToValue();

    private static byte[] Appended(byte[] value, Hash256 leaf, ulong height)
    {
        GrowingRange growing = new(value, stackalloc Hash256[GrowingRange.PeaksMax]);
        growing.Append(leaf, height);
        return growing.ToValue();
    }

    private static void Refused(byte[] value) => Assert.That(
        () => _ = new GrowingRange(value, new Hash256[GrowingRange.PeaksMax]).Count, Throws.Exception);
}
