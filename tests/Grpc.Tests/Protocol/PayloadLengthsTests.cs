using System.Buffers;
using System.IO.Pipelines;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client.Protocol;
using Grpc.Tests.Protos;

namespace Grpc.Tests.Protocol;

/// <summary>What is looked at before Google.Protobuf reads a message, which believes lengths near 2^31.</summary>
public sealed class PayloadLengthsTests
{
    private const long AllocatedBytesMax = 64 * 1024;

    // A note inside a parcel that claims 2^31 - 1 bytes, and in it a payload of nearly as many.
    private static readonly byte[] swollen =
        [0x0a, 0xff, 0xff, 0xff, 0xff, 0x07, 0x1a, 0x80, 0xfe, 0xff, 0xff, 0x07, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    [Test]
    public async Task A_length_near_2_GB_is_refused_without_memory()
    {
        byte[] frame = [0, 0, 0, 0, (byte)swollen.Length, .. swollen];
        await RefusedAsync(frame);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = RefusedAsync(frame);
        Assert.That(reading.IsCompleted, Is.True, "all bytes are there");
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That((await reading)?.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(allocated, Is.LessThan(AllocatedBytesMax));
    }

    [TestCase(new byte[] { 0x0a, 2, 8, 1 }, TestName = "A_message_in_a_message")]
    [TestCase(new byte[] { 0x7a, 2, 255, 255, 0x0a, 0 }, TestName = "Unknown_bytes")]
    [TestCase(new byte[] { 0x78, 1, 0x79, 0, 0, 0, 0, 0, 0, 0, 0, 0x7d, 0, 0, 0, 0 }, TestName = "Unknown_numbers")]
    [TestCase(new byte[] { 0x7b, 0x08, 1, 0x13, 0x14, 0x7c, 0x0a, 0 }, TestName = "Unknown_groups")]
    [TestCase(new byte[] { 0x08, 1 }, TestName = "A_known_field_in_another_wire_type")]
    [TestCase(new byte[0], TestName = "Nothing")]
    public void What_the_parser_takes_passes_whole_and_in_pieces(byte[] bytes)
    {
        Assert.DoesNotThrow(() => Parcel.Parser.ParseFrom(bytes));
        Assert.That(IsSound(bytes), Is.True);
    }

    [TestCase(new byte[] { 0x0a, 3, 8, 1 }, TestName = "An_inner_message_that_is_cut")]
    [TestCase(new byte[] { 0x0a, 2, 0x1a, 1, 0 }, TestName = "An_inner_field_beyond_its_message")]
    [TestCase(new byte[] { 0x7a, 3, 0, 0 }, TestName = "Unknown_bytes_that_are_cut")]
    [TestCase(new byte[] { 0x79, 0, 0, 0 }, TestName = "Eight_bytes_that_are_cut")]
    [TestCase(new byte[] { 0x7d, 0, 0, 0 }, TestName = "Four_bytes_that_are_cut")]
    [TestCase(new byte[] { 0x7b, 0x08, 1 }, TestName = "A_group_without_an_end")]
    [TestCase(new byte[] { 0x7b, 0x74 }, TestName = "The_end_of_another_group")]
    [TestCase(new byte[] { 0x7c }, TestName = "The_end_of_no_group")]
    [TestCase(new byte[] { 0x0f, 0 }, TestName = "A_wire_type_that_is_none")]
    [TestCase(new byte[] { 0x8a, 0x80, 0x80, 0x80, 0x10, 0 }, TestName = "A_tag_beyond_32_bits")]
    [TestCase(new byte[] { 0x00 }, TestName = "The_field_zero")]
    public void Unsound_bytes_are_refused_whole_and_in_pieces(byte[] bytes) => Assert.That(IsSound(bytes), Is.False);

    [Test]
    public void Groups_stand_in_one_another_only_so_deep()
    {
        Assert.That(IsSound([.. Enumerable.Repeat((byte)0x7b, 100), .. Enumerable.Repeat((byte)0x7c, 100)]), Is.True);
        Assert.That(IsSound([.. Enumerable.Repeat((byte)0x7b, 101), .. Enumerable.Repeat((byte)0x7c, 101)]), Is.False);
    }

    [Test]
    public void What_is_no_message_of_protobuf_is_not_looked_at() =>
        Assert.That(PayloadLengths.AreSound<string>(new ReadOnlySequence<byte>(swollen)), Is.True);

    private static bool IsSound(byte[] bytes)
    {
        var whole = PayloadLengths.AreSound<Parcel>(new ReadOnlySequence<byte>(bytes));
        var first = new Piece(bytes.AsMemory(0, bytes.Length / 2), null);
        var last = new Piece(bytes.AsMemory(bytes.Length / 2), first);
        var pieces = new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        Assert.That(PayloadLengths.AreSound<Parcel>(pieces), Is.EqualTo(whole), "in pieces");
        return whole;
    }

    private static async Task<RpcException?> RefusedAsync(byte[] frame)
    {
        var body = PipeReader.Create(new ReadOnlySequence<byte>(frame));
        var frames = new FrameReader(body, 1024, null, StatusCode.InvalidArgument);
        try
        {
            await frames.ReadAsync(
                static context => Parcel.Parser.ParseFrom(context.PayloadAsReadOnlySequence()), CancellationToken.None);
            return null;
        }
        catch (RpcException refusal)
        {
            return refusal;
        }
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        internal Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
