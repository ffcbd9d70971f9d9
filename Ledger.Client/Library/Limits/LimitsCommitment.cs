using System.Security.Cryptography;
using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Limits;

/// <summary>
/// The salted commitment that a grant bears instead of its limits: H(grant-limits, salt, document). Rule K-32 of the
/// protocol.
/// </summary>
public static class LimitsCommitment
{
    /// <summary>Length of a salt: limits are guessed easily, salts are not.</summary>
    public const int SaltBytes = 32;

    /// <summary>
    /// Limits with a fresh salt. Throws <see cref="ArgumentException"/> for limits of wrong form.
    /// </summary>
    public static LimitsOpening Open(GrantLimits limits)
    {
        if (!LimitsForm.IsRight(limits))
        {
            throw new ArgumentException("The limits are not in order, or too large.", nameof(limits));
        }

        return new LimitsOpening
        {
            Document = limits.ToByteString(),
            Salt = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(SaltBytes)),
        };
    }

    /// <summary>The commitment to what the opening shows.</summary>
    public static Hash256 Of(LimitsOpening opening)
    {
        HashBuilder builder = new(Tags.GrantLimits, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(opening.Salt.Span);
        builder.Add(opening.Document.Span);
        return builder.Finish();
    }

    /// <summary>The limits that an opening shows, or null where it is of wrong form.</summary>
    public static GrantLimits? Read(LimitsOpening opening) =>
        opening.Salt.Length == SaltBytes
        && opening.Document.Length <= LimitsForm.DocumentBytesMax
        && CanonicalMessage.TryParse(GrantLimits.Parser, opening.Document.Span, out GrantLimits? limits)
        && LimitsForm.IsRight(limits)
            ? limits
            : null;
}
