using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>Rule P-3, before the parser: no length reaches beyond what surrounds it.</summary>
public sealed class WireLengthsTests
{
    /// <summary>Above what a refusal makes, far below what a believed length would.</summary>
    private const long AllocatedBytesMax = 64 * 1024;

    // A vote inside a certificate that claims 2^31 - 1 bytes, then bytes inside that claim nearly as many.
    private static readonly byte[] Swollen =
        [0x32, 0xff, 0xff, 0xff, 0xff, 0x07, 0x12, 0x80, 0xfe, 0xff, 0xff, 0x07, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    [Test]
    public void A_length_near_2_GB_is_refused_without_memory()
    {
        Certificate.TryDecode(new byte[] { 8, 1 }, out _);
        byte[][] inputs =
        [
            Swollen, [0x32, 0xff, 0xff, 0xff, 0xff, 0x07, 0x08, 0x01], [0x2a, 0xff, 0xff, 0xff, 0xff, 0x07],
            [0x32, 0x80, 0xfe, 0xff, 0xff, 0x07, 0x08, 0x01], [0x32, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
        ];

        foreach (byte[] bytes in inputs)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            bool isTaken = Certificate.TryDecode(bytes, out _);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.That(isTaken, Is.False, Convert.ToHexString(bytes));
            Assert.That(allocated, Is.LessThan(AllocatedBytesMax), Convert.ToHexString(bytes));
        }
    }

    [Test]
    public void Looking_allocates_nothing()
    {
        byte[] bytes = new TestChain(4).Genesis.Header.Encode();
        Assert.That(WireLengths.AreSound<Protos.BlockHeader>(bytes), Is.True);

        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isSound = WireLengths.AreSound<Protos.BlockHeader>(bytes);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(isSound, Is.True);
        Assert.That(allocated, Is.Zero);
    }

    [Test]
    public void Every_way_of_writing_a_field_is_known()
    {
        Assert.That(
            WireLengths.AreSound<FileDescriptorProto>(Protos.ChainReflection.Descriptor.SerializedData.Span), Is.True);
        Assert.That(
            WireLengths.AreSound<SourceCodeInfo.Types.Location>(
                new SourceCodeInfo.Types.Location { Path = { 1, 2, 300 } }.ToByteArray()),
            Is.True,
            "packed");
        Assert.That(WireLengths.AreSound<Empty>([]), Is.True);
    }

    [TestCase(new byte[] { 0x08 }, TestName = "A_number_that_is_cut")]
    [TestCase(new byte[] { 0x80 }, TestName = "A_tag_that_is_cut")]
    [TestCase(new byte[] { 0x10, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1 }, TestName = "A_number_too_long")]
    [TestCase(new byte[] { 0x2a, 2, 0 }, TestName = "Bytes_that_are_cut")]
    [TestCase(new byte[] { 0x32, 2, 0x12, 1, 0 }, TestName = "An_inner_field_beyond_its_message")]
    [TestCase(new byte[] { 0x78, 1 }, TestName = "An_unknown_field")]
    [TestCase(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x01, 0 }, TestName = "A_tag_beyond_32_bits")]
    [TestCase(new byte[] { 0x0a, 1, 0 }, TestName = "A_field_in_another_wire_type")]
    [TestCase(new byte[] { 0x33, 0x34 }, TestName = "A_group")]
    [TestCase(new byte[] { 0x0c }, TestName = "The_end_of_no_group")]
    [TestCase(new byte[] { 0x00, 0x00 }, TestName = "The_field_zero")]
    public void Unsound_bytes_are_refused(byte[] bytes) =>
        Assert.That(WireLengths.AreSound<Protos.Certificate>(bytes), Is.False);

    [Test]
    public void Numbers_of_fixed_width_are_refused()
    {
        Assert.That(WireLengths.AreSound<DoubleValue>([0x09, 0, 0, 0, 0, 0, 0, 0, 1]), Is.False);
        Assert.That(WireLengths.AreSound<FloatValue>([0x0d, 0, 0, 0, 1]), Is.False);
    }

    [TestCase(WireLengths.DepthMax, true)]
    [TestCase(WireLengths.DepthMax + 1, false)]
    public void Messages_stand_in_one_another_only_so_deep(int levels, bool expected) =>
        Assert.That(WireLengths.AreSound<ListValue>(Nested(levels)), Is.EqualTo(expected));

    // A list holds values in field 1, a value holds a list in field 6: the levels are lists and values in turn.
    private static byte[] Nested(int levels)
    {
        byte[] bytes = [];
        for (int level = levels - 1; level > 0; level--)
        {
            byte tag = level % 2 == 1 ? (byte)0x0a : (byte)0x32;
            bytes = [tag, (byte)bytes.Length, .. bytes];
        }

        return bytes;
    }
}
