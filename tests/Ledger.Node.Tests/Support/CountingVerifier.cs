using Ledger.Client.Keys;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Support;

/// <summary>Checks signatures, and counts them.</summary>
internal sealed class CountingVerifier : ISignatureVerifier
{
    public int Checked { get; private set; }

    public bool Verify(PublicKeyBytes key, Hash256 digest, ReadOnlySpan<byte> signature)
    {
        Checked++;
        return Ed25519Verifier.Instance.Verify(key, digest, signature);
    }
}
