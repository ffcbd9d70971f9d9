namespace NSec.Cryptography.Tests;

public sealed class AgreementTests
{
    private static readonly KeyAgreementAlgorithm Algorithm = KeyAgreementAlgorithm.X25519;

    [TestCase(
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
        "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
        TestName = "RFC 7748, section 5.2, first vector")]
    [TestCase(
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
        "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
        TestName = "RFC 7748, section 5.2, second vector, with the top bit set")]
    [TestCase(
        "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
        "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
        "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
        TestName = "RFC 7748, section 6.1, Alice")]
    [TestCase(
        "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
        "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
        "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
        TestName = "RFC 7748, section 6.1, Bob")]
    public void The_vectors_hold(string privateKey, string publicKey, string expected)
    {
        using Key key = Key.Import(Algorithm, Convert.FromHexString(privateKey), KeyBlobFormat.RawPrivateKey);
        using SharedSecret? secret = Algorithm.Agree(
            key,
            PublicKey.Import(Algorithm, Convert.FromHexString(publicKey), KeyBlobFormat.RawPublicKey),
            new SharedSecretCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        Assert.That(
            Convert.ToHexStringLower(secret!.Export(SharedSecretBlobFormat.RawSharedSecret)), Is.EqualTo(expected));
    }

    [Test]
    public void The_public_key_of_Alice_is_that_of_RFC_7748_section_6_1()
    {
        using Key key = Key.Import(
            Algorithm,
            Convert.FromHexString("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"),
            KeyBlobFormat.RawPrivateKey);
        Assert.That(
            Convert.ToHexStringLower(key.PublicKey.Export(KeyBlobFormat.RawPublicKey)),
            Is.EqualTo("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"));
    }

    [TestCase("0000000000000000000000000000000000000000000000000000000000000000", TestName = "u = 0")]
    [TestCase("0100000000000000000000000000000000000000000000000000000000000000", TestName = "u = 1")]
    [TestCase("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", TestName = "u = p - 1")]
    [TestCase("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", TestName = "u = p")]
    [TestCase("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", TestName = "u = p + 1")]
    public void A_public_key_of_low_order_makes_no_secret(string publicKey)
    {
        using Key key = Key.Create(Algorithm);
        PublicKey other = PublicKey.Import(Algorithm, Convert.FromHexString(publicKey), KeyBlobFormat.RawPublicKey);
        Assert.That(Algorithm.Agree(key, other), Is.Null);
    }

    [Test]
    public void A_shared_secret_is_exported_as_its_policy_says()
    {
        byte[] bytes = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];
        using SharedSecret kept = SharedSecret.Import(bytes, SharedSecretBlobFormat.RawSharedSecret);
        Assert.That(() => kept.Export(SharedSecretBlobFormat.RawSharedSecret), Throws.InvalidOperationException);
        Assert.That(kept.Size, Is.EqualTo(32));
        SharedSecret open = SharedSecret.Import(
            bytes,
            SharedSecretBlobFormat.RawSharedSecret,
            new SharedSecretCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        Assert.That(open.Export(SharedSecretBlobFormat.RawSharedSecret), Is.EqualTo(bytes));
        open.Dispose();
        Assert.That(
            () => open.Export(SharedSecretBlobFormat.RawSharedSecret), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(
            SharedSecret.TryImport(new byte[129], SharedSecretBlobFormat.RawSharedSecret, out SharedSecret? none),
            Is.False);
        Assert.That(none, Is.Null);
    }
}
