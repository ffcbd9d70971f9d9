using Ledger.Primitives;

namespace Ledger.Contracts.Identity;

/// <summary>Which public keys can sign votes.</summary>
public static class VoteKeyForm
{
    // The y coordinates of the points of small order, least byte first: signatures by them prove nothing, because they
    // verify for messages that nobody signed.
    private static readonly byte[][] SmallOrder =
    [
        Convert.FromHexString("0000000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("0100000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        Convert.FromHexString("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
        Convert.FromHexString("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    ];

    /// <summary>
    /// Whether the bytes are the one encoding of a coordinate and the point is not of small order. That it is a point
    /// at all is shown by a signature that verifies.
    /// </summary>
    public static bool IsUsable(PublicKeyBytes key)
    {
        byte[] bytes = key.ToArray();
        bytes[^1] &= 0x7f;
        return !IsAboveField(bytes) && !SmallOrder.Any(point => point.AsSpan().SequenceEqual(bytes));
    }

    // The field's prime is 2^255 - 19, in bytes ed ff … ff 7f.
    private static bool IsAboveField(ReadOnlySpan<byte> bytes) =>
        bytes[0] >= 0xed && bytes[^1] == 0x7f && bytes[1..^1].IndexOfAnyExcept((byte)0xff) < 0;
}
