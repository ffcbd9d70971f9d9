using System.Security.Cryptography;

namespace Ledger.Primitives;

/// <summary>
/// SHA-256 of the platform. Each thread keeps one hash object: for the short inputs of trees the one-shot call spends a
/// quarter of its time on making and freeing one.
/// </summary>
internal static class Sha256
{
    [ThreadStatic]
    private static IncrementalHash? ofThread;

    /// <summary>Hashes a whole message.</summary>
    public static void Hash(ReadOnlySpan<byte> message, Span<byte> digest)
    {
        IncrementalHash hash = ofThread ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(message);
        hash.GetHashAndReset(digest);
    }
}
