
namespace Ledger.Primitives;

/// <summary>
/// H(tag, parts) = SHA-256(u8 tag length, tag, then for each part: u32 big-endian length, bytes). Rule P-1 of the
/// protocol.
/// </summary>
public static class TaggedHash
{
    /// <summary>Hashes one part.</summary>
    public static Hash256 Of(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> part)
    {
        HashBuilder builder = new(tag, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(part);
        return builder.Finish();
    }

    /// <summary>Hashes two parts.</summary>
    public static Hash256 Of(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        HashBuilder builder = new(tag, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(first);
        builder.Add(second);
        return builder.Finish();
    }

    /// <summary>Hashes two hashes, as the inner nodes of trees do.</summary>
    public static Hash256 Of(ReadOnlySpan<byte> tag, in Hash256 left, in Hash256 right)
    {
        HashBuilder builder = new(tag, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(left);
        builder.Add(right);
        return builder.Finish();
    }
}
