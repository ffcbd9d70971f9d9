using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ledger.Node.Sealing;

namespace Ledger.Node.Tests.Sealing;

/// <summary>What rests sealed, against values that another program wrote down from the documents.</summary>
public sealed class SealedBytesTests
{
    private const long KeyId = 0x0102030405060708;

    private readonly JsonElement vectors = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(Repository(), "tests", "Vectors", "sealing.json"))).RootElement;

    [Test]
    public void Digests_of_texts_and_persons()
    {
        using RecordsKey key = new([.. Enumerable.Range(0, 32).Select(static number => (byte)number)]);

        Assert.That(Hex(key.Digest(3, "anna äß")), Is.EqualTo(Vector("digest")));
        Assert.That(Hex(key.PersonDigest("https://lms.example.org|anna")), Is.EqualTo(Vector("person")));
        Assert.That(key.Digest(4, "anna äß"), Is.Not.EqualTo(key.Digest(3, "anna äß")));
        string longer = new('ä', 5_000);
        Assert.That(key.Digest(3, longer), Is.Not.EqualTo(key.Digest(3, longer[1..])));
    }

    [Test]
    public void A_wrapped_key_and_what_it_sealed()
    {
        using KeyFolder folder = new();
        using RecordsKey secret = new([.. Enumerable.Range(0, 32).Select(static number => (byte)number)]);
        using PersonKeys keys = new(folder.File, secret);
        KeyFolder.Change(
            folder.File,
            "INSERT INTO keys VALUES ($id, $person, 0, $wrapped)",
            ("$id", KeyId), ("$person", Bytes("person")), ("$wrapped", Bytes("wrapped")));

        OpenedContent opened = keys.Open("copies 1"u8, Bytes("value"));
        byte[] again = keys.Seal("https://lms.example.org|anna", "copies 1"u8, "content"u8);

        Assert.That(Encoding.UTF8.GetString(opened.Bytes), Is.EqualTo("content"));
        Assert.That(again[..9], Is.EqualTo(Bytes("value")[..9]));
        Assert.That(again, Has.Length.EqualTo(Bytes("value").Length));
        Assert.That(BinaryPrimitives.ReadInt64BigEndian(again.AsSpan(1)), Is.EqualTo(KeyId));
    }

    [Test]
    public void The_secret_has_32_bytes()
    {
        Assert.Throws<ArgumentException>(() => new RecordsKey(new byte[31]).Dispose());
        Assert.Throws<ArgumentException>(() => new RecordsKey(new byte[33]).Dispose());
    }

    private static string Hex(UInt128 value) => value.ToString("x32", CultureInfo.InvariantCulture);

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LearningLedger.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests run within the checkout");
    }

    private string Vector(string name) => vectors.GetProperty(name).GetString()!;

    private byte[] Bytes(string name) => Convert.FromHexString(Vector(name));
}
