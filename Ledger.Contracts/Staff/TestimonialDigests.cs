using Ledger.Primitives;

namespace Ledger.Contracts.Staff;

/// <summary>What a testimonial's commitment is. Rule K-64 of the protocol.</summary>
public static class TestimonialDigests
{
    /// <summary>A fresh one for each testimonial, so that nobody can try out what a confidential one may say.</summary>
    public const int SaltBytes = 32;

    /// <summary>H(testimonial, salt, text in UTF-8).</summary>
    public static Hash256 Commitment(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> text)
    {
        Invariant.That(salt.Length == SaltBytes);
        return TaggedHash.Of(Tags.Testimonial, salt, text);
    }
}
