using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Custody;

/// <summary>
/// A file of sealed portions: what an institution hands to its custodian. Only the custodian's node can open it.
/// </summary>
public static class CustodyFile
{
    private const string Format = "learning-ledger-custody";
    private const uint Version = 1;

    /// <summary>Longest header or portion: what one message of the API takes.</summary>
    public const int MessageBytesMax = 4 * 1024 * 1024;

    /// <summary>What portions are sealed for.</summary>
    public static Hash256 Purpose { get; } = TaggedHash.Of(Tags.CustodyPortion, []);

    /// <summary>Writes a new file, for its owner alone, and answers how many portions it has.</summary>
    public static async Task<int> WriteAsync(
        string path,
        Hash256 chainId,
        Address writer,
        Address custodian,
        IAsyncEnumerable<SealedMessage> portions,
        CancellationToken cancellation)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using FileStream file = new(path, options);
        new CustodyFileHeader
        {
            Format = Format,
            Version = Version,
            ChainId = ByteString.CopyFrom(chainId.ToArray()),
            Writer = ByteString.CopyFrom(writer.ToArray()),
            Custodian = ByteString.CopyFrom(custodian.ToArray()),
        }.WriteDelimitedTo(file);
        int count = 0;
        await foreach (SealedMessage portion in portions.WithCancellation(cancellation).ConfigureAwait(false))
        {
            portion.WriteDelimitedTo(file);
            count++;
        }

        file.Flush(flushToDisk: true);
        return count;
    }

    /// <summary>
    /// The header of a file; throws <see cref="FormatException"/> where it is none, or one of another chain.
    /// </summary>
    public static CustodyFileHeader ReadHeader(Stream file, Hash256 chainId)
    {
        CustodyFileHeader header = Next(file, CustodyFileHeader.Parser);
        return header.Format == Format
            && header.Version == Version
            && header.ChainId.Span.SequenceEqual(chainId.ToArray())
                ? header
                : throw new FormatException("The file is no custody file of this ledger.");
    }

    /// <summary>The portions that follow the header.</summary>
    public static IEnumerable<SealedMessage> ReadPortions(Stream file)
    {
        while (file.Position < file.Length)
        {
            yield return Next(file, SealedMessage.Parser);
        }
    }

    private static T Next<T>(Stream file, MessageParser<T> parser)
        where T : IMessage<T>
    {
        try
        {
            byte[] message = new byte[ReadLength(file)];
            file.ReadExactly(message);
            return parser.ParseFrom(message);
        }
        catch (Exception problem) when (problem is InvalidProtocolBufferException or EndOfStreamException)
        {
            throw new FormatException($"The custody file is damaged: {problem.Message}", problem);
        }
    }

    // A varint, as protobuf's delimited messages have it; a length is believed only where the file has as much.
    private static int ReadLength(Stream file)
    {
        ulong length = 0;
        int read;
        int shift = 0;
        do
        {
            read = file.ReadByte();
            length |= (ulong)(read & 0x7f) << shift;
            shift += 7;
        }
        while (read > 0x7f && shift < 35);

        return read is >= 0 and <= 0x7f && length is > 0 and <= MessageBytesMax
            && length <= (ulong)(file.Length - file.Position)
                ? (int)length
                : throw new FormatException("The custody file is damaged: a part has no possible length.");
    }
}
