using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;

namespace Grpc.Net.Client.Protocol;

/// <summary>
/// One message to send: a flag byte, the length in four bytes, big-endian, and the payload, in one pooled array so
/// that it is written at once.
/// </summary>
internal sealed class MessageFrame(int payloadBytesMax) : SerializationContext, IBufferWriter<byte>, IDisposable
{
    internal const int HeaderBytes = 5;

    /// <summary>The first array of a message whose length is not told; it doubles from there.</summary>
    private const int FirstBytes = 512;

    private byte[] buffer = [];
    private int length = HeaderBytes;
    private bool isComplete;

    /// <summary>Header and payload.</summary>
    internal ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>The payload alone.</summary>
    internal ReadOnlySpan<byte> Payload => buffer.AsSpan(HeaderBytes, length - HeaderBytes);

    /// <summary>Writes a message; throws <see cref="RpcException"/> if it is larger than the limit.</summary>
    internal static MessageFrame From<T>(Marshaller<T> marshaller, T message, int payloadBytesMax)
    {
        var frame = new MessageFrame(payloadBytesMax);
        try
        {
            marshaller.ContextualSerializer(message, frame);
            if (!frame.isComplete)
            {
                throw new InvalidOperationException("The serializer did not complete the message.");
            }
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        return frame;
    }

    public override void SetPayloadLength(int payloadLength)
    {
        ThrowIfTooLarge(payloadLength);
        Reserve(payloadLength);
    }

    public override IBufferWriter<byte> GetBufferWriter() => this;

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        ThrowIfTooLarge(payload.Length);
        Reserve(payload.Length);
        payload.CopyTo(buffer, HeaderBytes);
        length = HeaderBytes + payload.Length;
        Complete();
    }

    public override void Complete()
    {
        if (isComplete)
        {
            throw new InvalidOperationException("The message is complete already.");
        }

        ThrowIfTooLarge(length - HeaderBytes);
        Reserve(0);
        buffer[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(1), length - HeaderBytes);
        isComplete = true;
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(buffer.Length - length), nameof(count));
        length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return buffer.AsMemory(length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return buffer.AsSpan(length);
    }

    public void Dispose()
    {
        var returned = buffer;
        buffer = [];
        length = 0;
        if (returned.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(returned);
        }
    }

    private void Reserve(int bytes)
    {
        if (buffer.Length - length >= bytes && buffer.Length > 0)
        {
            return;
        }

        var doubled = buffer.Length == 0 ? FirstBytes : buffer.Length * 2;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(doubled, length + bytes));
        buffer.AsSpan(0, Math.Min(length, buffer.Length)).CopyTo(larger);
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        buffer = larger;
    }

    private void ThrowIfTooLarge(int payloadBytes)
    {
        if (payloadBytes > payloadBytesMax)
        {
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted, "Sending message exceeds the maximum configured message size."));
        }
    }
}
