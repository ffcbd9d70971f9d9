using Google.Protobuf;
using Ledger.Primitives;

namespace Ledger.Contracts.Identity;

/// <summary>Addresses, hashes and keys as fields of messages.</summary>
public static class ProtoBytes
{
    /// <summary>The 32 bytes as a field.</summary>
    public static ByteString ToField(this Address address) => UnsafeByteOperations.UnsafeWrap(address.ToArray());

    /// <summary>The 32 bytes as a field.</summary>
    public static ByteString ToField(this Hash256 hash) => UnsafeByteOperations.UnsafeWrap(hash.ToArray());

    /// <summary>The 32 bytes as a field.</summary>
    public static ByteString ToField(this PublicKeyBytes key) => UnsafeByteOperations.UnsafeWrap(key.ToArray());

    /// <summary>The message's encoding, made without a stream between.</summary>
    public static byte[] ToBytes(this IMessage message)
    {
        byte[] bytes = new byte[message.CalculateSize()];
        message.WriteTo(bytes.AsSpan());
        return bytes;
    }

    /// <summary>The address of a field whose length was checked.</summary>
    public static Address ToAddress(this ByteString field) => new(field.Span);
}
