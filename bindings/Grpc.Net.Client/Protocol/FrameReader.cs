using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;
using Grpc.Core;

namespace Grpc.Net.Client.Protocol;

/// <summary>Reads messages from a body, for client and server alike.</summary>
/// <param name="body">The body.</param>
/// <param name="payloadBytesMax">Larger messages are refused before they are read.</param>
/// <param name="encoding">The <c>grpc-encoding</c> that the peer told, or null.</param>
/// <param name="unreadable">The status for bytes that are no message: whose fault that is differs by side.</param>
internal sealed class FrameReader(PipeReader body, int payloadBytesMax, string? encoding, StatusCode unreadable)
{
    private const byte Uncompressed = 0;
    private const byte Compressed = 1;

    // The end of the body came with its last message, so that there is nothing more to ask for.
    private bool hasEnded;

    /// <summary>
    /// The next message, or null at the end of the body. Throws <see cref="RpcException"/> if the body breaks the
    /// protocol or the limit.
    /// </summary>
    internal async ValueTask<T?> ReadAsync<T>(
        Func<DeserializationContext, T> deserializer,
        CancellationToken cancellationToken)
        where T : class
    {
        while (!hasEnded)
        {
            var result = await body.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (result.IsCanceled)
            {
                throw new OperationCanceledException("Reading the body was cancelled.");
            }

            var buffer = result.Buffer;
            var consumed = buffer.Start;
            var examined = buffer.End;
            try
            {
                if (TryTakePayload(buffer, out var payload))
                {
                    consumed = payload.End;
                    examined = payload.End;
                    hasEnded = result.IsCompleted && buffer.Slice(payload.End).IsEmpty;
                    return Deserialize(deserializer, payload);
                }

                if (result.IsCompleted)
                {
                    return buffer.IsEmpty ? null : throw Failure(StatusCode.Internal, "Incomplete message.");
                }
            }
            finally
            {
                body.AdvanceTo(consumed, examined);
            }
        }

        return null;
    }

    private T Deserialize<T>(Func<DeserializationContext, T> deserializer, ReadOnlySequence<byte> payload)
        where T : class
    {
        if (!PayloadLengths.AreSound<T>(payload))
        {
            throw Failure(unreadable, "A length in the message is larger than what holds it.");
        }

        try
        {
            return deserializer(new PayloadContext(payload));
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new RpcException(new Status(unreadable, "The bytes are not such a message.", exception));
        }
    }

    private bool TryTakePayload(ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        if (buffer.Length < MessageFrame.HeaderBytes)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[MessageFrame.HeaderBytes];
        buffer.Slice(0, MessageFrame.HeaderBytes).CopyTo(header);
        ThrowIfCompressed(header[0]);
        var payloadBytes = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (payloadBytes > (uint)payloadBytesMax)
        {
            throw Failure(
                StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size.");
        }

        if (buffer.Length - MessageFrame.HeaderBytes < payloadBytes)
        {
            return false;
        }

        payload = buffer.Slice(MessageFrame.HeaderBytes, payloadBytes);
        return true;
    }

    private void ThrowIfCompressed(byte flag)
    {
        if (flag == Uncompressed)
        {
            return;
        }

        if (flag != Compressed)
        {
            throw Failure(StatusCode.Internal, "Unexpected compressed flag value in message header.");
        }

        if (encoding is null or WireNames.Identity)
        {
            throw Failure(StatusCode.Internal, "A message is compressed, but no grpc-encoding was told.");
        }

        throw UnsupportedEncoding(encoding);
    }

    /// <summary>The refusal of an encoding; only <c>identity</c> is supported.</summary>
    internal static RpcException UnsupportedEncoding(string encoding) => Failure(
        StatusCode.Unimplemented,
        $"Unsupported grpc-encoding value '{encoding}'. Supported encodings: {WireNames.Identity}");

    private static RpcException Failure(StatusCode code, string detail) => new(new Status(code, detail));
}
