using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>What is signed and chained in a learner's export. Rules L-1 to L-3.</summary>
public static class ExportMessages
{
    /// <summary>Length of the random bytes of a head.</summary>
    public const int RandomBytes = 16;

    /// <summary>H(school-word, chain id, body): what a school's node signs.</summary>
    public static Hash256 WordDigest(Hash256 chainId, ReadOnlySpan<byte> body) =>
        Digest(Tags.SchoolWord, chainId, body);

    /// <summary>H(export-end, chain id, body): what the maker of a file signs.</summary>
    public static Hash256 EndDigest(Hash256 chainId, ReadOnlySpan<byte> body) =>
        Digest(Tags.ExportEnd, chainId, body);

    /// <summary>H(export-part, link, part): the next link of the chain, which begins with the chain id.</summary>
    public static Hash256 Link(Hash256 before, ReadOnlySpan<byte> part) => Digest(Tags.ExportPart, before, part);

    /// <summary>What a part is called in messages and tables.</summary>
    public static string NameOf(ExportPart.ContentOneofCase part) => part switch
    {
        ExportPart.ContentOneofCase.None => "nothing",
        ExportPart.ContentOneofCase.Head => "head",
        ExportPart.ContentOneofCase.Key => "key",
        ExportPart.ContentOneofCase.States => "state",
        ExportPart.ContentOneofCase.Records => "records",
        ExportPart.ContentOneofCase.Word => "word",
        ExportPart.ContentOneofCase.Trail => "trail",
        ExportPart.ContentOneofCase.Receipt => "receipt",
        ExportPart.ContentOneofCase.End => "end",
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    private static Hash256 Digest(ReadOnlySpan<byte> tag, Hash256 first, ReadOnlySpan<byte> second)
    {
        HashBuilder builder = new(tag, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(first);
        builder.Add(second);
        return builder.Finish();
    }
}
