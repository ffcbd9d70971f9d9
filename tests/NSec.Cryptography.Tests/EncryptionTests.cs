namespace NSec.Cryptography.Tests;

public sealed class EncryptionTests
{
    private static readonly AeadAlgorithm Algorithm = AeadAlgorithm.XChaCha20Poly1305;

    // draft-irtf-cfrg-xchacha-03, appendix A.3.1.
    private static readonly byte[] KeyBytes =
        Convert.FromHexString("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");

    private static readonly byte[] Nonce = Convert.FromHexString("404142434445464748494a4b4c4d4e4f5051525354555657");
    private static readonly byte[] AssociatedData = Convert.FromHexString("50515253c0c1c2c3c4c5c6c7");

    private static readonly byte[] Plaintext =
        ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "u8
            + "sunscreen would be it."u8).ToArray();

    private static readonly byte[] Ciphertext = Convert.FromHexString(
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39"
        + "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
        + "21f9664c97637da9768812f615c68b13b52e" + "c0875924c1c7987947deafd8780acf49");

    [Test]
    public void The_vector_of_the_draft_holds_in_both_forms()
    {
        using Key key = NewKey();
        Assert.That(Algorithm.Encrypt(key, Nonce, AssociatedData, Plaintext), Is.EqualTo(Ciphertext));
        Assert.That(Algorithm.Decrypt(key, Nonce, AssociatedData, Ciphertext), Is.EqualTo(Plaintext));
        byte[] encrypted = new byte[Plaintext.Length + Algorithm.TagSize];
        Algorithm.Encrypt(key, Nonce, AssociatedData, Plaintext, encrypted);
        Assert.That(encrypted, Is.EqualTo(Ciphertext));
        byte[] decrypted = new byte[Plaintext.Length];
        Assert.That(Algorithm.Decrypt(key, Nonce, AssociatedData, Ciphertext, decrypted), Is.True);
        Assert.That(decrypted, Is.EqualTo(Plaintext));
    }

    [Test]
    public void Encryption_in_place_is_allowed_and_shifted_overlap_is_not()
    {
        using Key key = NewKey();
        byte[] buffer = [.. Plaintext, .. new byte[Algorithm.TagSize]];
        Algorithm.Encrypt(key, Nonce, AssociatedData, buffer.AsSpan(0, Plaintext.Length), buffer);
        Assert.That(buffer, Is.EqualTo(Ciphertext));
        Assert.That(
            () => Algorithm.Encrypt(key, Nonce, [], buffer.AsSpan(1, 10), buffer.AsSpan(0, 26)),
            Throws.ArgumentException);
    }

    [Test]
    public void Anything_changed_is_refused()
    {
        using Key key = NewKey();
        byte[] changed = [.. Ciphertext];
        changed[^1] ^= 1;
        Assert.That(Algorithm.Decrypt(key, Nonce, AssociatedData, changed), Is.Null);
        Assert.That(Algorithm.Decrypt(key, Nonce, [], Ciphertext), Is.Null);
        Assert.That(Algorithm.Decrypt(key, new byte[24], AssociatedData, Ciphertext), Is.Null);
        Assert.That(Algorithm.Decrypt(key, Nonce.AsSpan(1), AssociatedData, Ciphertext), Is.Null);
        Assert.That(Algorithm.Decrypt(key, Nonce, AssociatedData, Ciphertext.AsSpan(0, 15)), Is.Null);
        Assert.That(
            Algorithm.Decrypt(key, Nonce, AssociatedData, changed, new byte[Plaintext.Length]), Is.False);
    }

    [Test]
    public void An_empty_plaintext_is_only_its_tag()
    {
        using Key key = NewKey();
        byte[] tag = Algorithm.Encrypt(key, Nonce, AssociatedData, []);
        Assert.That(tag, Has.Length.EqualTo(Algorithm.TagSize));
        Assert.That(Algorithm.Decrypt(key, Nonce, AssociatedData, tag), Is.Not.Null.And.Empty);
        tag[0] ^= 1;
        Assert.That(Algorithm.Decrypt(key, Nonce, AssociatedData, tag), Is.Null);
    }

    [Test]
    public void Buffers_of_wrong_sizes_are_refused()
    {
        using Key key = NewKey();
        Assert.That(() => Algorithm.Encrypt(key, new byte[12], [], Plaintext), Throws.ArgumentException);
        byte[] tooShort = new byte[Plaintext.Length];
        Assert.That(() => Algorithm.Encrypt(key, Nonce, [], Plaintext, tooShort), Throws.ArgumentException);
        byte[] tooLong = new byte[Ciphertext.Length];
        Assert.That(() => Algorithm.Decrypt(key, Nonce, [], Ciphertext, tooLong), Throws.ArgumentException);
    }

    private static Key NewKey() => Key.Import(Algorithm, KeyBytes, KeyBlobFormat.RawSymmetricKey);
}
