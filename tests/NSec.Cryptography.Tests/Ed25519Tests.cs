using System.Numerics;

namespace NSec.Cryptography.Tests;

public sealed class Ed25519Tests
{
    private static readonly SignatureAlgorithm Algorithm = SignatureAlgorithm.Ed25519;

    // The order of the base point, RFC 8032, section 5.1.
    private static readonly BigInteger Order =
        BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", null);

    [TestCaseSource(typeof(Rfc8032Vectors), nameof(Rfc8032Vectors.All))]
    public void The_vectors_of_RFC_8032_hold(string privateKey, string publicKey, string message, string signature)
    {
        using Key key = Key.Import(Algorithm, Convert.FromHexString(privateKey), KeyBlobFormat.RawPrivateKey);
        byte[] data = Convert.FromHexString(message);
        Assert.That(Hex(key.PublicKey.Export(KeyBlobFormat.RawPublicKey)), Is.EqualTo(publicKey));
        Assert.That(Hex(Algorithm.Sign(key, data)), Is.EqualTo(signature));
        PublicKey imported = PublicKey.Import(Algorithm, Convert.FromHexString(publicKey), KeyBlobFormat.RawPublicKey);
        Assert.That(Algorithm.Verify(imported, data, Convert.FromHexString(signature)), Is.True);
    }

    [TestCaseSource(typeof(EdgeCaseVectors), nameof(EdgeCaseVectors.All))]
    public void The_edge_cases_are_answered_as_always(string message, string publicKey, string signature, bool isValid)
    {
        PublicKey key = PublicKey.Import(Algorithm, Convert.FromHexString(publicKey), KeyBlobFormat.RawPublicKey);
        bool answer = Algorithm.Verify(key, Convert.FromHexString(message), Convert.FromHexString(signature));
        Assert.That(answer, Is.EqualTo(isValid));
    }

    [TestCase("0100000000000000000000000000000000000000000000000000000000000000", TestName = "Order 1")]
    [TestCase("0100000000000000000000000000000000000000000000000000000000000080", TestName = "Order 1, sign bit set")]
    [TestCase("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", TestName = "Order 2")]
    [TestCase("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", TestName = "Order 2, sign bit set")]
    [TestCase("0000000000000000000000000000000000000000000000000000000000000000", TestName = "Order 4")]
    [TestCase("0000000000000000000000000000000000000000000000000000000000000080", TestName = "Order 4, sign bit set")]
    [TestCase("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", TestName = "Order 8")]
    [TestCase("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85", TestName = "Order 8, sign bit set")]
    [TestCase("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", TestName = "Order 8, other")]
    [TestCase("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", TestName = "Order 8, other, sign")]
    [TestCase("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", TestName = "y = p")]
    [TestCase("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", TestName = "y = p, sign bit set")]
    [TestCase("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", TestName = "y = p + 1")]
    [TestCase("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", TestName = "y = p + 1, sign bit set")]
    public void A_key_of_small_order_verifies_nothing(string point)
    {
        // With the key as R and S = 0 the equation holds for 1 message in 8 at least, if small orders were let through.
        byte[] bytes = Convert.FromHexString(point);
        PublicKey key = PublicKey.Import(Algorithm, bytes, KeyBlobFormat.RawPublicKey);
        byte[] identity = [1, .. new byte[63]];
        byte[] same = [.. bytes, .. new byte[32]];
        for (byte message = 0; message < 64; message++)
        {
            Assert.That(Algorithm.Verify(key, [message], identity), Is.False);
            Assert.That(Algorithm.Verify(key, [message], same), Is.False);
        }
    }

    [Test]
    public void A_signature_with_S_raised_by_the_order_is_refused()
    {
        using Key key = Key.Create(Algorithm);
        byte[] signature = Algorithm.Sign(key, "data"u8);
        BigInteger scalar = new(signature.AsSpan(32), isUnsigned: true);
        byte[] raised = (scalar + Order).ToByteArray(isUnsigned: true);
        byte[] malleated = [.. signature[..32], .. raised, .. new byte[32 - raised.Length]];
        Assert.That(Algorithm.Verify(key.PublicKey, "data"u8, signature), Is.True);
        Assert.That(Algorithm.Verify(key.PublicKey, "data"u8, malleated), Is.False);
    }

    [Test]
    public void Bytes_that_are_no_point_are_imported_and_verify_nothing()
    {
        byte[] noPoint = [2, .. new byte[31]];
        PublicKey key = PublicKey.Import(Algorithm, noPoint, KeyBlobFormat.RawPublicKey);
        Assert.That(Algorithm.Verify(key, "data"u8, new byte[64]), Is.False);
    }

    [Test]
    public void Each_changed_bit_and_each_other_length_breaks_a_signature()
    {
        using Key key = Key.Create(Algorithm);
        byte[] signature = Algorithm.Sign(key, "data"u8);
        for (int bit = 0; bit < signature.Length * 8; bit++)
        {
            byte[] changed = [.. signature];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(Algorithm.Verify(key.PublicKey, "data"u8, changed), Is.False);
        }

        Assert.That(Algorithm.Verify(key.PublicKey, "date"u8, signature), Is.False);
        Assert.That(Algorithm.Verify(key.PublicKey, "data"u8, signature.AsSpan(1)), Is.False);
        Assert.That(Algorithm.Verify(key.PublicKey, "data"u8, []), Is.False);
        Assert.That(Algorithm.Verify(key.PublicKey, "data"u8, [.. signature, 0]), Is.False);
    }

    [Test]
    public void Signing_into_a_buffer_gives_the_same_and_takes_the_exact_size_only()
    {
        using Key key = Key.Create(Algorithm);
        byte[] buffer = new byte[Algorithm.SignatureSize];
        Algorithm.Sign(key, "data"u8, buffer);
        Assert.That(buffer, Is.EqualTo(Algorithm.Sign(key, "data"u8)));
        Assert.That(() => Algorithm.Sign(key, "data"u8, new byte[65]), Throws.ArgumentException);
    }

    [Test]
    public void Verifying_allocates_nothing()
    {
        using Key key = Key.Create(Algorithm);
        byte[] data = new byte[1000];
        byte[] signature = Algorithm.Sign(key, data);
        PublicKey publicKey = key.PublicKey;
        bool isValid = Algorithm.Verify(publicKey, data, signature);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int count = 0; count < 100; count++)
        {
            isValid &= Algorithm.Verify(publicKey, data, signature);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(isValid, Is.True);
    }

    [Test]
    public void Sizes_are_those_of_RFC_8032()
    {
        Assert.That(Algorithm.PrivateKeySize, Is.EqualTo(32));
        Assert.That(Algorithm.PublicKeySize, Is.EqualTo(32));
        Assert.That(Algorithm.SignatureSize, Is.EqualTo(64));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
