using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;

namespace Ledger.Primitives;

/// <summary>
/// The one reader of signed protobuf: a message is accepted only if parsing it without unknown fields and serialising
/// it again gives the same bytes. Rule P-3 of the protocol. Enum values and lengths are checked by the caller.
/// </summary>
public static class CanonicalMessage
{
    /// <summary>
    /// Reads <paramref name="bytes"/>, or says that they are not the canonical encoding of such a message.
    /// </summary>
    public static bool TryParse<T>(
        MessageParser<T> parser, ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out T? message)
        where T : class, IMessage<T>, new()
    {
        message = null;
        bool isCertain = PlainEncoding.IsCertain(WireTable.For<T>.Value, bytes);
        if (!isCertain && !WireLengths.AreSound<T>(bytes))
        {
            return false;
        }

        T parsed;
        try
        {
            parsed = parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }

        if (!isCertain && !IsWrittenAs(parsed, bytes))
        {
            return false;
        }

        message = parsed;
        return true;
    }

    private static bool IsWrittenAs(IMessage message, ReadOnlySpan<byte> bytes) =>
        message.CalculateSize() == bytes.Length && message.ToByteArray().AsSpan().SequenceEqual(bytes);
}
