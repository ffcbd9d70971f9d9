using Google.Protobuf;
using Google.Protobuf.Reflection;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>A key of the state as it was proved.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">Its value as the message of its kind; null where it is absent or of an unknown kind.</param>
/// <param name="IsPresent">Whether the key has a value.</param>
/// <param name="Validity">Of an instance: what it was at the height that was asked for.</param>
public sealed record ProvedState(StateKey Key, IMessage? Value, bool IsPresent, Validity? Validity)
{
    /// <summary>The interval of an instance; null for what is none.</summary>
    public static Interval? IntervalOf(IMessage value) => Field(value, Interval.Descriptor) as Interval;

    /// <summary>How an instance ended; null while it has not, or where its kind does not say.</summary>
    public static Ending? EndingOf(IMessage value) => Field(value, Ending.Descriptor) as Ending;

    internal static ProvedState Of(StateKey key, ByteString value, bool isPresent, BlockHeader asOf)
    {
        IMessage? message = isPresent && StateValues.ParserOf(key) is { } parser ? TryParse(parser, value) : null;
        Interval? interval = message is null ? null : IntervalOf(message);
        return new ProvedState(
            key,
            message,
            isPresent,
            interval is null ? null : InstanceValidity.At(interval, asOf.Height, asOf.TimeUnixMs));
    }

    private static object? Field(IMessage value, MessageDescriptor type) => value.Descriptor.Fields.InFieldNumberOrder()
        .FirstOrDefault(field =>
            field.FieldType == FieldType.Message && !field.IsRepeated && field.MessageType == type)
        ?.Accessor.GetValue(value);

    // The root vouches for the bytes; that they are the message of their kind is the ledger's rule.
    private static IMessage? TryParse(MessageParser parser, ByteString value)
    {
        try
        {
            return parser.ParseFrom(value);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
