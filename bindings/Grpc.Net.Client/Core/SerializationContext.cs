using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a marshaller writes one message to.</summary>
public abstract class SerializationContext
{
    /// <summary>Gives the whole message at once.</summary>
    /// <param name="payload">The bytes, which must not be changed afterwards.</param>
    public virtual void Complete(byte[] payload) => throw new NotImplementedException();

    /// <summary>A writer to write the message to; <see cref="Complete()"/> ends it.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotImplementedException();

    /// <summary>Tells the length before the message is written.</summary>
    /// <param name="payloadLength">The length in bytes.</param>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    /// <summary>Ends a message that was written to the buffer writer.</summary>
    public virtual void Complete() => throw new NotImplementedException();
}
