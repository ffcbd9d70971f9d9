using System.Text;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
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
            Sealed = SealedMessages.Seal(
                content.ToByteArray(), [(grantee, new PublicKeyBytes(granteeKey))], PurposeOf(chainId, llpc, grantee)),
        }.ToByteArray();
    }

    /// <summary>
    /// Opens a file; null when it is none, is for another chain or LLPC, or was sealed to another key.
    /// </summary>
    public static IReadOnlyList<LimitsOpening>? Open(
        Hash256 chainId, LlpcName llpc, ReadOnlySpan<byte> file, EncryptionKey key)
    {
        if (file.Length > FileBytesMax
            || !CanonicalMessage.TryParse(SealedLimits.Parser, file, out SealedLimits? limits)
            || limits.Version != Version
            || limits.Sealed is null
            || !limits.ChainId.Span.SequenceEqual(chainId.ToArray())
            || !limits.Learner.Span.SequenceEqual(llpc.Learner.ToArray())
            || !string.Equals(limits.Verb, llpc.Verb, StringComparison.Ordinal)
            || !Address.TryRead(limits.Grantee.Span, out Address grantee))
        {
            return null;
        }

        byte[]? content = SealedMessages.Open(limits.Sealed, key, PurposeOf(chainId, llpc, grantee));
        return content is not null
            && CanonicalMessage.TryParse(LimitsOpenings.Parser, content, out LimitsOpenings? openings)
            && openings.Openings.Count <= OpeningsMax
                ? openings.Openings
                : null;
    }

    // What a file names beside the sealed part is bound to it.
    private static Hash256 PurposeOf(Hash256 chainId, LlpcName llpc, Address grantee)
    {
        HashBuilder builder = new(Tags.SealedLimits, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(llpc.Learner);
        builder.Add(Encoding.UTF8.GetBytes(llpc.Verb));
        builder.Add(grantee);
        return builder.Finish();
    }
}
