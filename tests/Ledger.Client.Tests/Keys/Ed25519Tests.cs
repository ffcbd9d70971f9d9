using Ledger.Client.Keys;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Keys;

public sealed class Ed25519Tests
{
    [Test]
    public void Edge_cases_have_the_answers_of_the_protocol()
    {
        Assert.That(EdgeCaseSelfTest.Run(Ed25519Verifier.Instance), Is.EqualTo(13 + (14 * 14)));
    }

    [Test]
    public void Library_that_accepts_or_refuses_everything_stops_the_start()
    {
        Assert.Throws<EdgeCaseException>(() => EdgeCaseSelfTest.Run(new Constant(true)));
        Assert.Throws<EdgeCaseException>(() => EdgeCaseSelfTest.Run(new Constant(false)));
    }

    [Test]
    public void Seed_of_the_first_vector_of_the_standard_gives_its_public_key()
    {
        using SigningKey key = SigningKey.FromSecret(
            Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));

        Assert.That(
            key.PublicKey.ToString(), Is.EqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
        Assert.That(key.Address, Is.EqualTo(Address.Of(key.PublicKey)));
    }

    [Test]
    public void Signature_with_any_bit_changed_is_refused()
    {
        using SigningKey key = SigningKey.Create();
        Hash256 digest = TaggedHash.Of(Tags.Transaction, "body"u8);
        byte[] signature = key.Sign(digest);
        Assert.That(Ed25519Verifier.Instance.Verify(key.PublicKey, digest, signature), Is.True);
        for (int bit = 0; bit < signature.Length * 8; bit++)
        {
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(Ed25519Verifier.Instance.Verify(key.PublicKey, digest, signature), Is.False);
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.That(Ed25519Verifier.Instance.Verify(key.PublicKey, digest, signature.AsSpan(0, 63)), Is.False);
    }

    [Test]
    public void Checking_a_known_key_allocates_nothing()
    {
        using SigningKey key = SigningKey.Create();
        Hash256 digest = TaggedHash.Of(Tags.Transaction, "body"u8);
        byte[] signature = key.Sign(digest);
        Ed25519Verifier.Instance.Verify(key.PublicKey, digest, signature);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++)
        {
            Ed25519Verifier.Instance.Verify(key.PublicKey, digest, signature);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private sealed class Constant(bool answer) : ISignatureVerifier
    {
        public bool Verify(PublicKeyBytes key, Hash256 digest, ReadOnlySpan<byte> signature) => answer;
    }
}
