using System.Buffers.Binary;
using Ledger.Primitives;

namespace Ledger.Node.Keys;

/// <summary>
/// Checks a signature once. A certificate is made of votes that were checked one by one when they came, and the safety
/// rules check it again before they sign on its word; a caller shows the same proof with each call: the same bytes need
/// no second computation. Only signatures that hold are remembered, and a question is answered from memory only when
/// key, digest and signature are equal to the byte. Thread-safe.
/// </summary>
public sealed class RememberingVerifier(ISignatureVerifier verifier) : ISignatureVerifier
{
    /// <summary>
    /// Signatures that are remembered: two votes of each of the most validators, in views enough for a height; or the
    /// proofs of as many callers. A newer one takes the place of an older one, which then costs a computation again.
    /// </summary>
    public const int RememberedMax = 1024;

    private readonly Remembered?[] places = new Remembered?[RememberedMax];

    /// <inheritdoc/>
    public bool Verify(PublicKeyBytes key, Hash256 digest, ReadOnlySpan<byte> signature)
    {
        if (signature.Length < sizeof(ulong))
        {
            return verifier.Verify(key, digest, signature);
        }

        ref Remembered? place =
            ref places[(int)(BinaryPrimitives.ReadUInt64LittleEndian(signature) % RememberedMax)];
        if (Volatile.Read(ref place) is { } known && known.Is(key, digest, signature))
        {
            return true;
        }

        bool holds = verifier.Verify(key, digest, signature);
        if (holds)
        {
            Volatile.Write(ref place, new Remembered(key, digest, signature.ToArray()));
        }

        return holds;
    }

    private sealed class Remembered(PublicKeyBytes key, Hash256 digest, byte[] signature)
    {
        public bool Is(PublicKeyBytes otherKey, Hash256 otherDigest, ReadOnlySpan<byte> other) =>
            key == otherKey && digest == otherDigest && other.SequenceEqual(signature);
    }
}
