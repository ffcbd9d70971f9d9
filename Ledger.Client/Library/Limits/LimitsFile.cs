using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Limits;

/// <summary>The file by which a grantor hands the limits of a grant to its grantee.</summary>
public static class LimitsFile
{
    /// <summary>Openings of a file: a grant and the two above it.</summary>
    public const int OpeningsMax = Contracts.LearnerProvider.LlpcLimits.GrantDepthMax;

    /// <summary>Longest file that is read.</summary>
    public const int FileBytesMax = 256 * 1024;

    private const uint Version = 1;

    /// <summary>Seals openings to the grantee's encryption key.</summary>
    public static byte[] Seal(
        Hash256 chainId,
        LlpcName llpc,
        Address grantee,
        ReadOnlySpan<byte> granteeKey,
        IReadOnlyList<LimitsOpening> openings)
    {
        LimitsOpenings content = new();
        content.Openings.AddRange(openings);
        return new SealedLimits
        {
            Version = Version,
            ChainId = ByteString.CopyFrom(chainId.ToArray()),
            Learner = ByteString.CopyFrom(llpc.Learner.ToArray()),
            Verb = llpc.Verb,
            Grantee = ByteString.CopyFrom(grantee.ToArray()),
            Sealed = UnsafeByteOperations.UnsafeWrap(LimitsSeal.Seal(granteeKey, content.ToByteArray())),
        }.ToByteArray();
    }

    /// <summary>
    /// Opens a file; null when it is none, is for another chain or LLPC, or was sealed to another key.
    /// </summary>
    public static IReadOnlyList<LimitsOpening>? Open(
        Hash256 chainId, LlpcName llpc, ReadOnlySpan<byte> file, EncryptionKey key)
    {
        bool isRight = file.Length <= FileBytesMax
            && CanonicalMessage.TryParse(SealedLimits.Parser, file, out SealedLimits? limits)
            && limits.Version == Version
            && limits.ChainId.Span.SequenceEqual(chainId.ToArray())
            && limits.Learner.Span.SequenceEqual(llpc.Learner.ToArray())
            && string.Equals(limits.Verb, llpc.Verb, StringComparison.Ordinal);
        if (!isRight)
        {
            return null;
        }

        byte[]? content = LimitsSeal.Open(key, SealedLimits.Parser.ParseFrom(file).Sealed.Span);
        return content is not null
            && CanonicalMessage.TryParse(LimitsOpenings.Parser, content, out LimitsOpenings? openings)
            && openings.Openings.Count <= OpeningsMax
                ? openings.Openings
                : null;
    }
}
