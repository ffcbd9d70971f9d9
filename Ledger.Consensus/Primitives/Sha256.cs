using System.Security.Cryptography;

namespace Ledger.Primitives;

/// <summary>
/// SHA-256 of the platform. Short messages, as those of trees, take the short way to it where there is one.
/// </summary>
internal static class Sha256
{
    /// <summary>
    /// A longer message does not gain by the short way, on which no garbage is collected: 16 blocks, about 1 us.
    /// </summary>
    private const int ShortBytesMax = 1024;

    [ThreadStatic]
    private static IncrementalHash? ofThread;

    [ThreadStatic]
    private static long hashes;

    /// <summary>
    /// Messages that the calling thread has hashed so far. Nothing depends on it: tests guard with it what a block
    /// costs, each on its own thread. It counts always, for less than a hundredth of the shortest hash.
    /// </summary>
    public static long HashesOfThread => hashes;

    /// <summary>Hashes a whole message.</summary>
    public static void Hash(ReadOnlySpan<byte> message, Span<byte> digest)
    {
        Invariant.That(digest.Length == Hash256.Size);
        hashes++;
        if (LibCrypto.IsThere && message.Length <= ShortBytesMax)
        {
            LibCrypto.Hash(message, digest);
        }
        else
        {
            HashByPlatform(message, digest);
        }
    }

    /// <summary>
    /// The long way. Each thread keeps one hash object: the one-shot call spends a quarter of its time on making one.
    /// </summary>
    public static void HashByPlatform(ReadOnlySpan<byte> message, Span<byte> digest)
    {
        IncrementalHash hash = ofThread ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(message);
        hash.GetHashAndReset(digest);
    }
}
