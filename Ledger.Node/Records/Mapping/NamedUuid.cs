using System.Security.Cryptography;
using System.Text;

namespace Ledger.Node.Records.Mapping;

/// <summary>
/// A UUID that is made of what it names (RFC 9562, version 8): a record that comes without an id gets the same one
/// whenever it comes again, so that it is stored once.
/// </summary>
internal static class NamedUuid
{
    /// <summary>The UUID of bytes within a name space of our own.</summary>
    public static Guid Of(string space, ReadOnlySpan<byte> name)
    {
        byte[] hash = SHA256.HashData([.. Encoding.UTF8.GetBytes(space), 0, .. name]);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
