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
        where T : class, IMessage<T>
    {
        message = null;
        T parsed;
        try
        {
            parsed = parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            return false;
        }

        if (parsed.CalculateSize() != bytes.Length || !parsed.ToByteArray().AsSpan().SequenceEqual(bytes))
        {
            return false;
        }

        message = parsed;
        return true;
    }

    // The parser adds an inner length near 2^31 to its position without a check and then reads beyond the bytes, which
    // the runtime stops. What was half read is dropped.
    private static bool IsUnreadable(Exception problem) =>
        problem is InvalidProtocolBufferException or IndexOutOfRangeException or ArgumentOutOfRangeException;
}
