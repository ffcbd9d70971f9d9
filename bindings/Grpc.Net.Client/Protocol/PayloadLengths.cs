using System.Buffers;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Grpc.Net.Client.Protocol;

/// <summary>
/// Looks at the lengths in a message before Google.Protobuf does. That adds an inner message's length to its place in
/// 32 bits: beyond 2^31 its limit turns negative, it believes every length inside, makes arrays of gigabytes for a
/// message of 22 bytes, and reads past the end. Fields and groups that the schema does not know are let through by
/// their lengths, so that newer peers are understood.
/// </summary>
internal static class PayloadLengths
{
    private const int VarintWire = 0;
    private const int EightBytesWire = 1;
    private const int LengthWire = 2;
    private const int StartGroupWire = 3;
    private const int EndGroupWire = 4;
    private const int FourBytesWire = 5;

    /// <summary>The library's own limit of messages in one another.</summary>
    private const int DepthMax = 100;

    /// <summary>A number of 64 bits has at most ten bytes of seven.</summary>
    private const int LastShift = 63;

    /// <summary>Field numbers begin at one, so that this is the number of no group.</summary>
    private const ulong NoGroup = 0;

    /// <summary>
    /// Whether every length of the payload stays within what surrounds it. A <typeparamref name="T"/> that is no
    /// message of Google.Protobuf has nothing to look at, and is let through.
    /// </summary>
    internal static bool AreSound<T>(ReadOnlySequence<byte> payload)
        where T : class
    {
        if (DescriptorOf<T>.Value is not { } kind)
        {
            return true;
        }

        var reader = new SequenceReader<byte>(payload);
        return AreSound(ref reader, payload.Length, kind, NoGroup, DepthMax);
    }

    // A kind of null is content that the schema does not know.
    private static bool AreSound(
        ref SequenceReader<byte> payload, long end, MessageDescriptor? kind, ulong group, int depthLeft)
    {
        while (payload.Consumed < end)
        {
            // The library reads tags of 32 bits: a longer one would mean something else to it.
            if (!TryNumber(ref payload, end, out var tag) || tag > uint.MaxValue || tag >> 3 == 0)
            {
                return false;
            }

            if ((int)(tag & 7) == EndGroupWire)
            {
                return group != NoGroup && group == tag >> 3;
            }

            if (!TryContent(ref payload, end, tag, kind, depthLeft))
            {
                return false;
            }
        }

        return group == NoGroup;
    }

    private static bool TryContent(
        ref SequenceReader<byte> payload, long end, ulong tag, MessageDescriptor? kind, int depthLeft)
    {
        switch ((int)(tag & 7))
        {
            case VarintWire:
                return TryNumber(ref payload, end, out _);
            case EightBytesWire:
                return TryAdvance(ref payload, end, sizeof(ulong));
            case FourBytesWire:
                return TryAdvance(ref payload, end, sizeof(uint));
            case LengthWire:
                if (!TryNumber(ref payload, end, out var length) || length > (ulong)(end - payload.Consumed))
                {
                    return false;
                }

                return Inner(kind, tag, FieldType.Message) is not { } inner
                    ? TryAdvance(ref payload, end, (long)length)
                    : depthLeft > 0
                        && AreSound(ref payload, payload.Consumed + (long)length, inner, NoGroup, depthLeft - 1);
            case StartGroupWire:
                return depthLeft > 0
                    && AreSound(ref payload, end, Inner(kind, tag, FieldType.Group), tag >> 3, depthLeft - 1);
            default:
                return false;
        }
    }

    private static MessageDescriptor? Inner(MessageDescriptor? kind, ulong tag, FieldType type) =>
        kind?.FindFieldByNumber((int)(tag >> 3)) is { } field && field.FieldType == type ? field.MessageType : null;

    private static bool TryAdvance(ref SequenceReader<byte> payload, long end, long count)
    {
        if (count > end - payload.Consumed)
        {
            return false;
        }

        payload.Advance(count);
        return true;
    }

    private static bool TryNumber(ref SequenceReader<byte> payload, long end, out ulong number)
    {
        number = 0;
        for (var shift = 0; shift <= LastShift && payload.Consumed < end; shift += 7)
        {
            payload.TryRead(out var next);
            number |= unchecked((ulong)(next & 0x7F) << shift);
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private static class DescriptorOf<T>
        where T : class
    {
        internal static readonly MessageDescriptor? Value = typeof(IMessage).IsAssignableFrom(typeof(T))
            ? ((IMessage)Activator.CreateInstance<T>()).Descriptor
            : null;
    }
}
