using Ledger.Primitives;
using Ledger.Simulator.Chance;
using NSec.Cryptography;

namespace Ledger.Simulator.Keys;

/// <summary>
/// The signatures of the real library. What was checked once is remembered: the check is a function of its arguments.
/// </summary>
public sealed class Ed25519Keys : KeyScheme
{
    private readonly Dictionary<PublicKeyBytes, Key> secrets = [];
    private readonly Dictionary<PublicKeyBytes, PublicKey> keys = [];
    private readonly Dictionary<(PublicKeyBytes Key, Hash256 Digest, ulong Signature), bool> known = [];

    /// <inheritdoc/>
    public override PublicKeyBytes Create(ulong seed, int identity, int version)
    {
        byte[] secret = Mix64.Name(Mix64.Of(seed, (ulong)identity), (ulong)version).ToArray();
        Key made = Key.Import(SignatureAlgorithm.Ed25519, secret, KeyBlobFormat.RawPrivateKey);
        PublicKeyBytes key = new(made.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        secrets.Add(key, made);
        keys.Add(key, made.PublicKey);
        return key;
    }

    /// <inheritdoc/>
    public override void Sign(PublicKeyBytes key, Hash256 digest, Span<byte> signature)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        digest.CopyTo(bytes);
        SignatureAlgorithm.Ed25519.Sign(secrets[key], bytes, signature);
    }

    /// <inheritdoc/>
    public override bool Verify(PublicKeyBytes key, Hash256 digest, ReadOnlySpan<byte> signature)
    {
        (PublicKeyBytes, Hash256, ulong) question = (key, digest, Mix64.Of(0, signature));
        if (!known.TryGetValue(question, out bool valid))
        {
            Span<byte> bytes = stackalloc byte[Hash256.Size];
            digest.CopyTo(bytes);
            valid = keys.TryGetValue(key, out PublicKey? publicKey)
                && SignatureAlgorithm.Ed25519.Verify(publicKey, bytes, signature);
            known.Add(question, valid);
        }

        return valid;
    }
}
