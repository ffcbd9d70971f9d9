using System.Buffers;
using Grpc.Core;

namespace Grpc.Net.Client.Protocol;

/// <summary>One received message, in the buffers it arrived in.</summary>
internal sealed class PayloadContext(ReadOnlySequence<byte> payload) : DeserializationContext
{
    internal PayloadContext(byte[] payload)
        : this(new ReadOnlySequence<byte>(payload))
    {
    }

    // A payload is at most 2^31 - 1 bytes long: the frame reader refuses longer ones.
    public override int PayloadLength => (int)payload.Length;

    public override byte[] PayloadAsNewBuffer() => payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => payload;
}
