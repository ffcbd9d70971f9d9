using Ledger.Primitives;
using Ledger.Simulator.Chance;

namespace Ledger.Simulator.Keys;

/// <summary>
/// Cheap signatures: the digest mixed with a secret that only this object knows, so that within a run nobody forges.
/// </summary>
public sealed class MixedKeys : KeyScheme
{
    private readonly Dictionary<PublicKeyBytes, ulong> secrets = [];

    /// <inheritdoc/>
    public override PublicKeyBytes Create(ulong seed, int identity, int version)
    {
        ulong secret = Mix64.Of(Mix64.Of(seed, (ulong)identity), (ulong)version);
        PublicKeyBytes key = new(Mix64.Name(secret, 1).ToArray());
        secrets.Add(key, secret);
        return key;
    }

    /// <inheritdoc/>
    public override void Sign(PublicKeyBytes key, Hash256 digest, Span<byte> signature) =>
        Write(secrets[key], digest, signature);

    /// <inheritdoc/>
    public override bool Verify(PublicKeyBytes key, Hash256 digest, ReadOnlySpan<byte> signature)
    {
        if (!secrets.TryGetValue(key, out ulong secret))
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[Ledger.Consensus.Certificate.SignatureBytes];
        Write(secret, digest, expected);
        return signature.SequenceEqual(expected);
    }

    private static void Write(ulong secret, Hash256 digest, Span<byte> signature)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        digest.CopyTo(bytes);
        Mix64.Fill(Mix64.Of(secret, bytes), signature);
    }
}
