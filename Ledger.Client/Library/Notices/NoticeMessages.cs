using System.Buffers.Text;
using Ledger.Primitives;

namespace Ledger.Client.Notices;

/// <summary>
/// What a node sends to a learner's webhook is signed, so that the receiver knows who says it. Format in
/// <c>docs/notices.md</c>.
/// </summary>
public static class NoticeMessages
{
    /// <summary>The header with the notice's id: what comes again bears the same one.</summary>
    public const string IdHeader = "Ledger-Notice-Id";

    /// <summary>The header with the signature.</summary>
    public const string SignatureHeader = "Ledger-Notice-Signature";

    private const string Version = "v1=";

    /// <summary>H(notice, chain id, body): what the institution signs.</summary>
    public static Hash256 SignedDigest(Hash256 chainId, ReadOnlySpan<byte> body)
    {
        HashBuilder builder = new(Tags.Notice, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(body);
        return builder.Finish();
    }

    /// <summary>The header's text: a version, and the signature in base64url.</summary>
    public static string Header(ReadOnlySpan<byte> signature) => Version + Base64Url.EncodeToString(signature);

    /// <summary>
    /// Whether an institution's key signed this body for this chain; false for whatever is no such header.
    /// </summary>
    /// <param name="chainId">The chain.</param>
    /// <param name="body">The body of the POST, as it came.</param>
    /// <param name="header">The text of <see cref="SignatureHeader"/>.</param>
    /// <param name="key">The institution's key, as the ledger has it.</param>
    /// <param name="verifier">Checks signatures.</param>
    public static bool IsSigned(
        Hash256 chainId, ReadOnlySpan<byte> body, string header, PublicKeyBytes key, ISignatureVerifier verifier)
    {
        if (!header.StartsWith(Version, StringComparison.Ordinal) || !Base64Url.IsValid(header.AsSpan(Version.Length)))
        {
            return false;
        }

        byte[] signature = Base64Url.DecodeFromChars(header.AsSpan(Version.Length));
        return verifier.Verify(key, SignedDigest(chainId, body), signature);
    }
}
