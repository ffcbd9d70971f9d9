namespace NSec.Cryptography.Tests;

public sealed class DerivationTests
{
    private static readonly KeyDerivationAlgorithm Hkdf = KeyDerivationAlgorithm.HkdfSha256;
    private static readonly byte[] Salt = Convert.FromHexString("000102030405060708090a0b0c");
    private static readonly byte[] Info = Convert.FromHexString("f0f1f2f3f4f5f6f7f8f9");
    private static readonly byte[] Material = Enumerable.Repeat((byte)0x0b, 22).ToArray();

    // RFC 5869, appendix A.1.
    private static readonly byte[] Expected = Convert.FromHexString(
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");

    [Test]
    public void The_vector_of_RFC_5869_holds_from_bytes_and_from_a_secret()
    {
        using SharedSecret secret = SharedSecret.Import(Material, SharedSecretBlobFormat.RawSharedSecret);
        Assert.That(Hkdf.DeriveBytes(Material, Salt, Info, Expected.Length), Is.EqualTo(Expected));
        Assert.That(Hkdf.DeriveBytes(secret, Salt, Info, Expected.Length), Is.EqualTo(Expected));
    }

    [Test]
    public void A_derived_key_is_the_derived_bytes()
    {
        KeyCreationParameters free = new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        using SharedSecret secret = SharedSecret.Import(Material, SharedSecretBlobFormat.RawSharedSecret);
        using Key key = Hkdf.DeriveKey(secret, Salt, Info, AeadAlgorithm.XChaCha20Poly1305, free);
        Assert.That(key.Export(KeyBlobFormat.RawSymmetricKey), Is.EqualTo(Expected[..32]));
        using Key signing = Hkdf.DeriveKey(Material, Salt, Info, SignatureAlgorithm.Ed25519, free);
        Assert.That(signing.Export(KeyBlobFormat.RawPrivateKey), Is.EqualTo(Expected[..32]));
    }

    [Test]
    public void Too_much_nothing_and_overlap_are_refused()
    {
        byte[] buffer = new byte[64];
        Assert.That(() => Hkdf.DeriveBytes(Material, [], [], (255 * 32) + 1), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Hkdf.DeriveBytes(Material, [], [], -1), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Hkdf.DeriveBytes([], [], [], 32), Throws.ArgumentException);
        Assert.That(() => Hkdf.DeriveBytes(Material, buffer.AsSpan(0, 8), [], buffer), Throws.ArgumentException);
        Assert.That(
            () => Hkdf.DeriveKey(Material, [], [], KeyDerivationAlgorithm.HkdfSha256),
            Throws.TypeOf<NotSupportedException>());
    }

    [Test]
    public void Argon2id_gives_what_an_independent_implementation_of_RFC_9106_gives()
    {
        // Computed with OpenSSL: version 0x13, 1 lane, 1024 KiB, 3 passes, no secret, no associated data.
        byte[] expected = Convert.FromHexString("f663220e2d954b93588ebcbcdbe308ae6b2dbb62d317b6d6feff63535b6e3a6e");
        PasswordBasedKeyDerivationAlgorithm algorithm = NewArgon2id();
        Assert.That(algorithm.DeriveBytes("password"u8, "somesaltsomesalt"u8, 32), Is.EqualTo(expected));
        using Key key = algorithm.DeriveKey(
            "password"u8,
            "somesaltsomesalt"u8,
            AeadAlgorithm.XChaCha20Poly1305,
            new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        Assert.That(key.Export(KeyBlobFormat.RawSymmetricKey), Is.EqualTo(expected));
    }

    [Test]
    public void Fewer_than_16_bytes_are_the_beginning_of_16()
    {
        byte[] expected = Convert.FromHexString("87ae4e79b4e07610f92f3f34c5822ecc");
        PasswordBasedKeyDerivationAlgorithm algorithm = NewArgon2id();
        Assert.That(algorithm.DeriveBytes("password"u8, "somesaltsomesalt"u8, 16), Is.EqualTo(expected));
        Assert.That(algorithm.DeriveBytes("password"u8, "somesaltsomesalt"u8, 5), Is.EqualTo(expected[..5]));
        Assert.That(algorithm.DeriveBytes("password"u8, "somesaltsomesalt"u8, 0), Is.Empty);
    }

    [Test]
    public void A_password_as_text_is_its_UTF_16_code_units()
    {
        PasswordBasedKeyDerivationAlgorithm algorithm = NewArgon2id();
        Assert.That(
            algorithm.DeriveBytes("pä", "somesaltsomesalt"u8, 32),
            Is.EqualTo(algorithm.DeriveBytes([0x70, 0x00, 0xe4, 0x00], "somesaltsomesalt"u8, 32)));
    }

    [Test]
    public void A_salt_of_another_size_is_refused() =>
        Assert.That(() => NewArgon2id().DeriveBytes("password"u8, "short"u8, 32), Throws.ArgumentException);

    [TestCase(2, 1024, 3)]
    [TestCase(1, 7, 3)]
    [TestCase(1, 1024, 0)]
    [TestCase(1, 1L << 32, 3)]
    public void A_cost_that_libsodium_cannot_compute_is_refused(int lanes, long memory, long passes) =>
        Assert.That(
            () => PasswordBasedKeyDerivationAlgorithm.Argon2id(
                new Argon2Parameters { DegreeOfParallelism = lanes, MemorySize = memory, NumberOfPasses = passes }),
            Throws.ArgumentException);

    private static PasswordBasedKeyDerivationAlgorithm NewArgon2id() => PasswordBasedKeyDerivationAlgorithm.Argon2id(
        new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = 1024, NumberOfPasses = 3 });
}
