namespace NSec.Cryptography.Tests;

public sealed class KeyTests
{
    private static readonly KeyExportPolicies Free = KeyExportPolicies.AllowPlaintextExport;

    [Test]
    public void A_key_is_not_exported_unless_it_was_made_so()
    {
        using Key key = Key.Create(SignatureAlgorithm.Ed25519);
        Assert.That(() => key.Export(KeyBlobFormat.RawPrivateKey), Throws.InvalidOperationException);
        Assert.That(key.Export(KeyBlobFormat.RawPublicKey), Has.Length.EqualTo(32));
    }

    [Test]
    public void An_archived_key_is_exported_once()
    {
        using Key key = new(
            AeadAlgorithm.XChaCha20Poly1305,
            new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextArchiving });
        Assert.That(key.TryExport(KeyBlobFormat.RawSymmetricKey, new byte[31], out int size), Is.False);
        Assert.That(size, Is.EqualTo(32));
        Assert.That(key.Export(KeyBlobFormat.RawSymmetricKey), Has.Length.EqualTo(32));
        Assert.That(() => key.Export(KeyBlobFormat.RawSymmetricKey), Throws.InvalidOperationException);
    }

    [Test]
    public void A_key_is_exported_and_imported_again()
    {
        using Key key = Key.Create(SignatureAlgorithm.Ed25519, new KeyCreationParameters { ExportPolicy = Free });
        byte[] secret = key.Export(KeyBlobFormat.RawPrivateKey);
        bool isImported = Key.TryImport(
            SignatureAlgorithm.Ed25519, secret, KeyBlobFormat.RawPrivateKey, out Key? again,
            new KeyCreationParameters { ExportPolicy = Free });
        Assert.That(isImported, Is.True);
        using (again)
        {
            Assert.That(again!.PublicKey, Is.EqualTo(key.PublicKey));
            Assert.That(again.PublicKey.GetHashCode(), Is.EqualTo(key.PublicKey.GetHashCode()));
            Assert.That(again.Export(KeyBlobFormat.RawPrivateKey), Is.EqualTo(secret));
        }
    }

    [Test]
    public void New_keys_differ()
    {
        using Key one = Key.Create(KeyAgreementAlgorithm.X25519);
        using Key other = Key.Create(KeyAgreementAlgorithm.X25519);
        Assert.That(one.PublicKey, Is.Not.EqualTo(other.PublicKey));
    }

    [Test]
    public void A_public_key_belongs_to_its_algorithm()
    {
        byte[] bytes = new byte[32];
        PublicKey signing = PublicKey.Import(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey);
        PublicKey agreeing = PublicKey.Import(KeyAgreementAlgorithm.X25519, bytes, KeyBlobFormat.RawPublicKey);
        Assert.That(signing.Equals(agreeing), Is.False);
        Assert.That(
            () => SignatureAlgorithm.Ed25519.Verify(agreeing, [], new byte[64]), Throws.ArgumentException);
        using Key key = Key.Create(KeyAgreementAlgorithm.X25519);
        Assert.That(() => SignatureAlgorithm.Ed25519.Sign(key, []), Throws.ArgumentException);
    }

    [Test]
    public void A_blob_of_another_size_or_format_is_refused()
    {
        SignatureAlgorithm algorithm = SignatureAlgorithm.Ed25519;
        Assert.That(Key.TryImport(algorithm, new byte[31], KeyBlobFormat.RawPrivateKey, out Key? key), Is.False);
        Assert.That(key, Is.Null);
        Assert.That(
            () => Key.Import(algorithm, new byte[33], KeyBlobFormat.RawPrivateKey), Throws.TypeOf<FormatException>());
        Assert.That(
            () => Key.Import(algorithm, new byte[32], KeyBlobFormat.RawSymmetricKey), Throws.ArgumentException);
        Assert.That(
            PublicKey.TryImport(algorithm, new byte[31], KeyBlobFormat.RawPublicKey, out PublicKey? publicKey),
            Is.False);
        Assert.That(publicKey, Is.Null);
        Assert.That(
            () => PublicKey.Import(algorithm, new byte[33], KeyBlobFormat.RawPublicKey),
            Throws.TypeOf<FormatException>());
    }

    [Test]
    public void A_symmetric_key_has_no_public_key()
    {
        using Key key = Key.Create(AeadAlgorithm.XChaCha20Poly1305);
        Assert.That(key.HasPublicKey, Is.False);
        Assert.That(() => key.PublicKey, Throws.InvalidOperationException);
        Assert.That(() => key.Export(KeyBlobFormat.RawPublicKey), Throws.ArgumentException);
    }

    [Test]
    public void A_disposed_key_neither_signs_nor_is_exported()
    {
        Key key = Key.Create(SignatureAlgorithm.Ed25519, new KeyCreationParameters { ExportPolicy = Free });
        key.Dispose();
        Assert.That(() => SignatureAlgorithm.Ed25519.Sign(key, []), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => key.Export(KeyBlobFormat.RawPrivateKey), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(key.PublicKey.Export(KeyBlobFormat.RawPublicKey), Has.Length.EqualTo(32));
        Assert.That(key.Dispose, Throws.Nothing);
    }
}
