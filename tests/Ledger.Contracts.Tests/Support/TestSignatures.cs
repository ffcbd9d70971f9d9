using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Support;

/// <summary>Signatures that anybody can make: the tests are about what is signed, not about Ed25519.</summary>
public sealed class TestSignatures : ISignatureVerifier
{
    public int Checked { get; private set; }

    public static byte[] Sign(PublicKeyBytes key, Hash256 digest)
    {
        byte[] keyBytes = key.ToArray();
        byte[] digestBytes = digest.ToArray();
        return
        [
            .. TaggedHash.Of("test/signature-1"u8, keyBytes, digestBytes).ToArray(),
            .. TaggedHash.Of("test/signature-2"u8, keyBytes, digestBytes).ToArray(),
        ];
    }

    public bool Verify(PublicKeyBytes key, Hash256 digest, ReadOnlySpan<byte> signature)
    {
        Checked++;
        return signature.SequenceEqual(Sign(key, digest));
    }
}
