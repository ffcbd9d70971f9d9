using Google.Protobuf;
using Ledger.Contracts.Protos;

namespace Ledger.Node.Box;

/// <summary>What a box has made for a request and has not given yet.</summary>
/// <param name="Bytes">The answer's content, which the box signs.</param>
/// <param name="Counts">For each verb of the request, how many records it is made of.</param>
/// <param name="IsOutsideLimits">
/// There are records, and the reader's limits cover none of them: an empty answer would be taken for none.
/// </param>
public sealed record ReleasedAnswer(ByteString Bytes, IReadOnlyList<ulong> Counts, bool IsOutsideLimits)
{
    /// <summary>Of records.</summary>
    public static ReleasedAnswer Of(ReleasedRecords released) => new(
        released.Bundle.ToByteString(),
        [.. released.Bundle.Verbs.Select(static verb =>
            (ulong)verb.Writers.Sum(static writer => (long)writer.Records.Count))],
        released.IsOutsideLimits);

    /// <summary>Of features.</summary>
    public static ReleasedAnswer Of(FeaturePacket packet, FeatureBody body) => new(
        packet.ToByteString(),
        [.. body.Verbs.Select(static verb => verb.Features.Records)],
        IsOutside(body));

    private static bool IsOutside(FeatureBody body)
    {
        FeatureRange[] filled = [.. body.Verbs
            .SelectMany(static verb => verb.Ranges)
            .Where(static range => range.Range.Count > 0)];
        return filled.Length > 0 && filled.All(static range => range.Withheld == range.Range.Count);
    }
}
