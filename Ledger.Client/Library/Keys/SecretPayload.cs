using System.Buffers.Binary;
using System.Text;

namespace Ledger.Client.Keys;

/// <summary>
/// Named secrets as bytes: for each, u16 length and name (UTF-8), u32 length and secret, in ordinal order of names.
/// Big-endian.
/// </summary>
internal static class SecretPayload
{
    public static byte[] Write(SortedDictionary<string, byte[]> secrets)
    {
        int size = secrets.Sum(secret => 6 + Encoding.UTF8.GetByteCount(secret.Key) + secret.Value.Length);
        byte[] payload = new byte[size];
        Span<byte> rest = payload;
        foreach ((string name, byte[] secret) in secrets)
        {
            int nameLength = Encoding.UTF8.GetBytes(name, rest[2..]);
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)nameLength);
            rest = rest[(2 + nameLength)..];
            BinaryPrimitives.WriteInt32BigEndian(rest, secret.Length);
            secret.CopyTo(rest[4..]);
            rest = rest[(4 + secret.Length)..];
        }

        return payload;
    }

    /// <summary>Null when the bytes are not a payload.</summary>
    public static SortedDictionary<string, byte[]>? Read(ReadOnlySpan<byte> rest)
    {
        SortedDictionary<string, byte[]> secrets = new(StringComparer.Ordinal);
        while (!rest.IsEmpty)
        {
            if (!TryTake(ref rest, 2, out ReadOnlySpan<byte> name)
                || !TryTake(ref rest, 4, out ReadOnlySpan<byte> secret)
                || !secrets.TryAdd(Encoding.UTF8.GetString(name), secret.ToArray()))
            {
                return null;
            }
        }

        return secrets;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> rest, int prefix, out ReadOnlySpan<byte> part)
    {
        part = default;
        if (rest.Length < prefix)
        {
            return false;
        }

        uint length = prefix == 2 ? BinaryPrimitives.ReadUInt16BigEndian(rest)
            : BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > (uint)(rest.Length - prefix))
        {
            return false;
        }

        part = rest.Slice(prefix, (int)length);
        rest = rest[(prefix + (int)length)..];
        return true;
    }
}
