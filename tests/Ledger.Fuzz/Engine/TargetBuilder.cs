using System.Buffers;
using Google.Protobuf;
using Grpc.Net.Client.Protocol;

namespace Ledger.Fuzz;

/// <summary>The common kinds of targets.</summary>
internal static class TargetBuilder
{
    /// <summary>Reads a value out of bytes; false when they are none.</summary>
    public delegate bool SpanReader<T>(ReadOnlySpan<byte> bytes, out T? value);

    /// <summary>
    /// A decoder of a canonical format (P-3): what it takes must encode to the same bytes. <paramref name="use"/> does
    /// with a value what others do with it, and must not throw.
    /// </summary>
    public static FuzzTarget Canonical<T>(
        string name,
        InputKind kind,
        IReadOnlyList<byte[]> samples,
        SpanReader<T> read,
        Func<T, byte[]> encode,
        Action<T, byte[]> use,
        params IReadOnlyList<Decoder> covers)
        where T : class => Plain(
            name,
            kind,
            samples,
            bytes =>
            {
                if (!read(bytes, out T? value))
                {
                    FuzzViolation.Unless(value is null, "refused, but a value was given");
                    return false;
                }

                FuzzViolation.Unless(encode(value!).AsSpan().SequenceEqual(bytes), "taken, but not canonical");
                use(value!, bytes);
                return true;
            },
            covers);

    /// <summary>A decoder without state.</summary>
    public static FuzzTarget Plain(
        string name,
        InputKind kind,
        IReadOnlyList<byte[]> samples,
        Func<byte[], bool> take,
        params IReadOnlyList<Decoder> covers) => new()
    {
        Name = name,
        Kind = kind,
        Samples = samples,
        Open = () => new StatelessSession(take),
        Covers = covers,
    };

    /// <summary>What is read out of a protobuf message that need not be canonical.</summary>
    public static FuzzTarget Parsed<T>(
        string name,
        MessageParser<T> parser,
        IReadOnlyList<T> samples,
        Func<T, bool> take,
        params IReadOnlyList<Decoder> covers)
        where T : class, IMessage<T> => Plain(
            name,
            InputKind.Protobuf,
            [.. samples.Select(static sample => sample.ToByteArray())],
            bytes => TryParse(parser, bytes) is { } message && take(message),
            covers);

    /// <summary>A reader of files: the bytes are put into one that only its owner may read.</summary>
    public static FuzzTarget File(
        string name,
        string fileName,
        IReadOnlyList<byte[]> samples,
        Func<string, bool> take,
        params IReadOnlyList<Decoder> covers) => new()
    {
        Name = name,
        Kind = InputKind.Json,
        Samples = samples,
        Open = () => new FileSession(fileName, take),
        Covers = covers,
    };

    /// <summary>The message that a call's payload is, or null where the call is refused.</summary>
    public static T? TryParse<T>(MessageParser<T> parser, byte[] bytes)
        where T : class, IMessage<T>
    {
        if (!PayloadLengths.AreSound<T>(new ReadOnlySequence<byte>(bytes)))
        {
            return null;
        }

        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>Whether the action ends without the exception that it declares.</summary>
    public static bool Takes<TRefusal>(Action action)
        where TRefusal : Exception
    {
        try
        {
            action();
            return true;
        }
        catch (TRefusal)
        {
            return false;
        }
    }
}
