using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.Primitives;

namespace Ledger.Client.Trail;

/// <summary>What an entry of a trail says, as a commitment and as a sealed message. Rule F-4 of the protocol.</summary>
public static class TrailEntries
{
    /// <summary>Length of an entry's salt.</summary>
    public const int SaltBytes = 32;

    /// <summary>What sealed entries are sealed for.</summary>
    public static Hash256 Purpose { get; } = TaggedHash.Of(Tags.TrailEntry, []);

    /// <summary>H(TrailEntry tag, canonical bytes).</summary>
    public static Hash256 CommitmentOf(TrailEntry entry) => TaggedHash.Of(Tags.TrailEntry, entry.ToByteArray());

    /// <summary>Fresh bytes that hide the rest of an entry.</summary>
    public static ByteString FreshSalt() => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(SaltBytes));

    /// <summary>
    /// Opens a sealed entry; false where it is not for this key, was changed, or is not what was committed to.
    /// </summary>
    public static bool TryOpen(
        SealedMessage message, EncryptionKey key, Hash256 commitment, [NotNullWhen(true)] out TrailEntry? entry)
    {
        entry = null;
        return SealedMessages.Open(message, key, Purpose) is { } bytes
            && CanonicalMessage.TryParse(TrailEntry.Parser, bytes, out entry)
            && entry.Salt.Length == SaltBytes
            && CommitmentOf(entry) == commitment;
    }
}
