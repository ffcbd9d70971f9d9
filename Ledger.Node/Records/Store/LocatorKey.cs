using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Ledger.Primitives;

namespace Ledger.Node.Records;

/// <summary>
/// An institution's secret from which locators are made. Versioned: what was anchored keeps its version.
/// </summary>
public sealed class LocatorKey
{
    /// <summary>Length of the secret in bytes.</summary>
    public const int Size = 32;

    /// <summary>
    /// The query template "statement by id": the box looks the hashed id up and asks for that statement.
    /// </summary>
    public const uint StatementByIdTemplate = 1;

    /// <summary>
    /// The same query, of a record that was stored before its learner enrolled: so the ledger has it marked late.
    /// </summary>
    public const uint LateStatementByIdTemplate = 2;

    private readonly byte[] secret;

    /// <summary>Takes 32 secret bytes; throws <see cref="ArgumentException"/> for any other length.</summary>
    public LocatorKey(uint version, ReadOnlySpan<byte> secret)
    {
        if (secret.Length != Size)
        {
            throw new ArgumentException("A locator key has 32 bytes.", nameof(secret));
        }

        Version = version;
        this.secret = secret.ToArray();
    }

    /// <summary>The version that stands in each locator.</summary>
    public uint Version { get; }

    /// <summary>The first 16 bytes of the HMAC of a record's id.</summary>
    public HashedId Hash(string recordId)
    {
        ReadOnlySpan<byte> tag = Tags.Locator;
        int idLength = Encoding.UTF8.GetByteCount(recordId);
        byte[] message = new byte[1 + tag.Length + sizeof(uint) + idLength];
        message[0] = (byte)tag.Length;
        tag.CopyTo(message.AsSpan(1));
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(1 + tag.Length), (uint)idLength);
        Encoding.UTF8.GetBytes(recordId, message.AsSpan(1 + tag.Length + sizeof(uint)));
        return HashedId.Read(HMACSHA256.HashData(secret, message).AsSpan(0, HashedId.Size));
    }
}
