using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.Primitives;

namespace Ledger.Client.Purposes;

/// <summary>
/// What a request is for, in words that only the parties know, and the salted commitment that the ledger has of them.
/// Rule F-7 of the protocol.
/// </summary>
public static class RequestPurpose
{
    /// <summary>Length of a salt: purposes are guessed easily, salts are not.</summary>
    public const int SaltBytes = 32;

    /// <summary>Some sentences, in any language.</summary>
    public const int WordsBytesMax = 1024;

    /// <summary>What sealed purposes are sealed for.</summary>
    public static Hash256 Seal { get; } = TaggedHash.Of(Tags.RequestPurpose, []);

    /// <summary>Words with a fresh salt. Throws <see cref="FormatException"/> for words that are none.</summary>
    public static PurposeOpening Open(string words)
    {
        PurposeOpening opening = new()
        {
            Words = words,
            Salt = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(SaltBytes)),
        };
        return IsRight(opening)
            ? opening
            : throw new FormatException(
                $"A purpose is 1 to {WordsBytesMax} bytes of words, without line breaks and other control characters.");
    }

    /// <summary>Whether words and salt have the form that they must have.</summary>
    public static bool IsRight(PurposeOpening? opening) =>
        opening is { Salt.Length: SaltBytes, Words.Length: > 0 }
        && Encoding.UTF8.GetByteCount(opening.Words) <= WordsBytesMax
        && !opening.Words.Any(char.IsControl);

    /// <summary>H(request-purpose, salt, words).</summary>
    public static Hash256 CommitmentOf(PurposeOpening opening)
    {
        HashBuilder builder = new(Tags.RequestPurpose, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(opening.Salt.Span);
        builder.Add(Encoding.UTF8.GetBytes(opening.Words));
        return builder.Finish();
    }

    /// <summary>
    /// The words in a sealed opening; null where it is not for this key, was changed, or is not what was committed to.
    /// </summary>
    public static string? WordsIn(SealedMessage message, EncryptionKey key, Hash256 commitment) =>
        SealedMessages.Open(message, key, Seal) is { } bytes
        && CanonicalMessage.TryParse(PurposeOpening.Parser, bytes, out PurposeOpening? opening)
        && IsRight(opening)
        && CommitmentOf(opening) == commitment
            ? opening.Words
            : null;
}
