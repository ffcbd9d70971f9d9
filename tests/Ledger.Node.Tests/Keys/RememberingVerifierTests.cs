using Ledger.Node.Keys;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Keys;

public sealed class RememberingVerifierTests
{
    private static readonly PublicKeyBytes Key = new(Bytes(1, PublicKeyBytes.Size));
    private static readonly Hash256 Digest = new(Bytes(2, Hash256.Size));
    private static readonly byte[] Signature = Bytes(3, 64);

    [Test]
    public void The_same_bytes_are_computed_once()
    {
        Asked asked = new(answer: true);
        RememberingVerifier verifier = new(asked);

        Assert.That(verifier.Verify(Key, Digest, Signature), Is.True);
        Assert.That(verifier.Verify(Key, Digest, [.. Signature]), Is.True);

        Assert.That(asked.Times, Is.EqualTo(1));
    }

    [Test]
    public void Another_byte_anywhere_is_another_question()
    {
        Asked asked = new(answer: true);
        RememberingVerifier verifier = new(asked);
        verifier.Verify(Key, Digest, Signature);
        asked.Answer = false;

        Assert.That(verifier.Verify(new PublicKeyBytes(Bytes(9, PublicKeyBytes.Size)), Digest, Signature), Is.False);
        Assert.That(verifier.Verify(Key, new Hash256(Bytes(9, Hash256.Size)), Signature), Is.False);
        for (int place = 0; place < Signature.Length; place++)
        {
            byte[] other = [.. Signature];
            other[place] ^= 1;
            Assert.That(verifier.Verify(Key, Digest, other), Is.False, $"byte {place}");
        }

        Assert.That(verifier.Verify(Key, Digest, Signature), Is.True);
    }

    [Test]
    public void A_signature_that_does_not_hold_is_not_remembered()
    {
        Asked asked = new(answer: false);
        RememberingVerifier verifier = new(asked);

        Assert.That(verifier.Verify(Key, Digest, Signature), Is.False);
        Assert.That(verifier.Verify(Key, Digest, Signature), Is.False);

        Assert.That(asked.Times, Is.EqualTo(2));
    }

    [TestCase(0)]
    [TestCase(7)]
    public void A_signature_too_short_to_have_a_place_is_asked_for(int length)
    {
        Asked asked = new(answer: false);

        Assert.That(new RememberingVerifier(asked).Verify(Key, Digest, new byte[length]), Is.False);

        Assert.That(asked.Times, Is.EqualTo(1));
    }

    [Test]
    public void A_newer_signature_takes_the_place_of_an_older_one()
    {
        Asked asked = new(answer: true);
        RememberingVerifier verifier = new(asked);
        byte[] newer = [.. Signature];
        newer[^1] ^= 1;
        verifier.Verify(Key, Digest, Signature);
        verifier.Verify(Key, Digest, newer);

        verifier.Verify(Key, Digest, Signature);

        Assert.That(asked.Times, Is.EqualTo(3));
    }

    private static byte[] Bytes(byte value, int length) => [.. Enumerable.Repeat(value, length)];

    private sealed class Asked(bool answer) : ISignatureVerifier
    {
        public bool Answer { get; set; } = answer;

        public int Times { get; private set; }

        public bool Verify(PublicKeyBytes key, Hash256 digest, ReadOnlySpan<byte> signature)
        {
            Times++;
            return Answer;
        }
    }
}
