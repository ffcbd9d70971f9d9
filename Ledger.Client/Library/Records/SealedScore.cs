using System.Security.Cryptography;
using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Records;

/// <summary>
/// A score that the ledger holds as a commitment alone: H(score, salt, serialised score). Rule K-31 of the protocol.
/// </summary>
public static class SealedScore
{
    /// <summary>Length of a salt: there are few scores, and many salts.</summary>
    public const int SaltBytes = 32;

    /// <summary>A score with a fresh salt. Throws <see cref="ArgumentException"/> for one outside its bounds.</summary>
    public static ScoreOpening Open(PublicScore score) => IsWithinBounds(score)
        ? new ScoreOpening
        {
            Score = score.ToByteString(),
            Salt = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(SaltBytes)),
        }
        : throw new ArgumentException("The score lies outside its smallest and largest value.", nameof(score));

    /// <summary>The commitment to what an opening shows.</summary>
    public static Hash256 CommitmentOf(ScoreOpening opening)
    {
        HashBuilder builder = new(Tags.Score, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(opening.Salt.Span);
        builder.Add(opening.Score.Span);
        return builder.Finish();
    }

    /// <summary>The score that an opening shows, where it is the one committed to; else null.</summary>
    public static PublicScore? Read(ScoreOpening opening, Hash256 commitment) =>
        opening.Salt.Length == SaltBytes
        && CommitmentOf(opening) == commitment
        && CanonicalMessage.TryParse(PublicScore.Parser, opening.Score.Span, out PublicScore? score)
        && IsWithinBounds(score)
            ? score
            : null;

    private static bool IsWithinBounds(PublicScore score) => score.Min <= score.Raw && score.Raw <= score.Max;
}
