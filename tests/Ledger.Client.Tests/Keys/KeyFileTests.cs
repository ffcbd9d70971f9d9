using Ledger.Client.Keys;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Keys;

public sealed class KeyFileTests
{
    private DirectoryInfo folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("ledger-keys-");

    [TearDown]
    public void RemoveFolder() => folder.Delete(recursive: true);

    [Test]
    public void Key_that_is_written_and_opened_signs_as_before()
    {
        using SigningKey key = SigningKey.Create();
        using Password password = Password.FromCharacters("correct horse");
        KeyFile.Write(File("k.json"), key, key.Address, password, overwrite: false);

        using SigningKey opened = KeyFile.OpenSigningKey(File("k.json"), password);

        Hash256 digest = TaggedHash.Of(Tags.Transaction, "x"u8);
        Assert.That(opened.Address, Is.EqualTo(key.Address));
        Assert.That(Ed25519Verifier.Instance.Verify(key.PublicKey, digest, opened.Sign(digest)), Is.True);
    }

    [Test]
    public void A_key_that_was_rotated_to_keeps_its_owners_address()
    {
        using SigningKey first = SigningKey.Create();
        using SigningKey next = SigningKey.Create();
        using Password password = Password.FromCharacters("correct horse");
        KeyFile.Write(File("k.json"), next, first.Address, password, overwrite: false);

        using SigningKey opened = KeyFile.OpenSigningKey(File("k.json"), password);

        Assert.That(opened.Address, Is.EqualTo(first.Address));
        Assert.That(opened.PublicKey, Is.EqualTo(next.PublicKey));
    }

    [Test]
    public void Encryption_keys_of_two_people_agree()
    {
        using EncryptionKey one = EncryptionKey.Create();
        using EncryptionKey other = EncryptionKey.Create();
        using Password password = Password.FromCharacters("p");
        KeyFile.Write(File("e.json"), one, default, password, overwrite: false);
        using EncryptionKey opened = KeyFile.OpenEncryptionKey(File("e.json"), password);

        byte[]? here = opened.Agree(other.PublicKey, "test"u8);

        Assert.That(here, Is.Not.Null);
        Assert.That(here, Is.EqualTo(other.Agree(one.PublicKey, "test"u8)));
        Assert.That(here, Is.Not.EqualTo(other.Agree(one.PublicKey, "other"u8)));
        Assert.That(one.Agree(new byte[32], "test"u8), Is.Null, "a public key of small order");
    }

    [Test]
    public void Wrong_password_is_told_in_plain_words()
    {
        WriteKey("right");
        using Password wrong = Password.FromCharacters("wrong");

        KeyFileException? failure =
            Assert.Throws<KeyFileException>(() => KeyFile.OpenSigningKey(File("k.json"), wrong));

        Assert.That(failure!.Message, Does.EndWith("wrong password or damaged file"));
    }

    [TestCase("address")]
    [TestCase("publicKey")]
    [TestCase("salt")]
    [TestCase("nonce")]
    [TestCase("ciphertext")]
    public void Change_of_one_digit_in_any_field_is_found(string field)
    {
        WriteKey("right");
        string text = System.IO.File.ReadAllText(File("k.json"));
        int at = text.IndexOf($"\"{field}\": \"", StringComparison.Ordinal) + field.Length + 5;
        char digit = text[at] == '0' ? '1' : '0';
        System.IO.File.WriteAllText(File("k.json"), text[..at] + digit + text[(at + 1)..]);
        using Password right = Password.FromCharacters("right");

        Assert.Throws<KeyFileException>(() => KeyFile.OpenSigningKey(File("k.json"), right));
    }

    [TestCase("\"passes\": 3", "\"passes\": 1")]
    [TestCase("\"memoryKiB\": 65536", "\"memoryKiB\": 8")]
    [TestCase("\"version\": 1", "\"version\": 2")]
    [TestCase("argon2id", "scrypt")]
    [TestCase("{", "{ \"extra\": 1,")]
    [TestCase("\"salt\"", "\"salz\"")]
    public void Header_of_an_unknown_kind_is_refused_before_the_password_is_used(string from, string to)
    {
        WriteKey("right");
        string text = System.IO.File.ReadAllText(File("k.json"));
        Assert.That(text, Does.Contain(from));
        int at = text.IndexOf(from, StringComparison.Ordinal);
        System.IO.File.WriteAllText(File("k.json"), text[..at] + to + text[(at + from.Length)..]);
        using Password right = Password.FromCharacters("right");

        Assert.Throws<KeyFileException>(() => KeyFile.OpenSigningKey(File("k.json"), right));
    }

    [Test]
    public void Existing_file_is_kept_unless_told_otherwise()
    {
        WriteKey("right");
        byte[] before = System.IO.File.ReadAllBytes(File("k.json"));
        using SigningKey other = SigningKey.Create();
        using Password password = Password.FromCharacters("right");

        Assert.Throws<KeyFileException>(
            () => KeyFile.Write(File("k.json"), other, other.Address, password, overwrite: false));
        Assert.That(System.IO.File.ReadAllBytes(File("k.json")), Is.EqualTo(before));

        KeyFile.Write(File("k.json"), other, other.Address, password, overwrite: true);
        Assert.That(SecretFile.ReadHeader(File("k.json")).Address, Is.EqualTo(other.Address.ToString()));
        Assert.That(folder.GetFiles(), Has.Length.EqualTo(1), "no temporary file stays behind");
    }

    [Test]
    public void Only_the_owner_may_open_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("The system has no such modes.");
            return;
        }

        WriteKey("right");
        Assert.That(
            System.IO.File.GetUnixFileMode(File("k.json")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));

        System.IO.File.SetUnixFileMode(File("k.json"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        KeyFileException? failure = Assert.Throws<KeyFileException>(() => SecretFile.ReadHeader(File("k.json")));
        Assert.That(failure!.Message, Does.Contain("chmod 600"));
    }

    [Test]
    public void Changed_password_opens_the_same_key_and_the_old_one_does_not()
    {
        string address = WriteKey("old");
        using Password old = Password.FromCharacters("old");
        using Password replacement = Password.FromCharacters("new");

        SecretFile.ChangePassword(File("k.json"), old, replacement);

        using SigningKey opened = KeyFile.OpenSigningKey(File("k.json"), replacement);
        Assert.That(opened.Address.ToString(), Is.EqualTo(address));
        Assert.Throws<KeyFileException>(() => KeyFile.OpenSigningKey(File("k.json"), old));
    }

    [Test]
    public void Several_named_secrets_rest_under_one_password()
    {
        using Password password = Password.FromCharacters("node");
        Dictionary<string, byte[]> secrets = new() { ["vote"] = [1, 2], ["locator/1"] = new byte[32], ["empty"] = [] };
        SecretFile.Write(
            File("node.json"), new SecretFileHeader("node-keys", "", ""), secrets, password, overwrite: false);

        using SecretBundle bundle = SecretFile.Open(File("node.json"), password);

        Assert.That(bundle.Names, Is.EqualTo(new[] { "empty", "locator/1", "vote" }));
        Assert.That(bundle.Get("vote"), Is.EqualTo(new byte[] { 1, 2 }));
        Assert.Throws<KeyFileException>(() => bundle.Get("missing"));
        Assert.Throws<KeyFileException>(() => KeyFile.OpenSigningKey(File("node.json"), password));
    }

    [Test]
    public void Password_file_gives_its_first_line_and_must_be_private()
    {
        System.IO.File.WriteAllText(File("password"), "sésame\r\nsecond line\n");
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(File("password"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.Throws<KeyFileException>(() => Password.FromFile(File("password")));
            System.IO.File.SetUnixFileMode(File("password"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using Password read = Password.FromFile(File("password"));
        using Password expected = Password.FromCharacters("sésame");
        Assert.That(read.Matches(expected), Is.True);
        Assert.Throws<KeyFileException>(() => Password.FromFile(File("absent")));
        Assert.Throws<KeyFileException>(() => Password.FromCharacters(""));
    }

    private string File(string name) => Path.Combine(folder.FullName, name);

    private string WriteKey(string word)
    {
        using SigningKey key = SigningKey.Create();
        using Password password = Password.FromCharacters(word);
        KeyFile.Write(File("k.json"), key, key.Address, password, overwrite: false);
        return key.Address.ToString();
    }
}
