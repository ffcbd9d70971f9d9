using Google.Protobuf;
using Ledger.Client.Custody;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Custody;

public sealed class CustodyFileTests
{
    private static readonly Hash256 Chain = TaggedHash.Of(Tags.Genesis, "a"u8);
    private static readonly Address Writer = new(TaggedHash.Of(Tags.Address, "writer"u8));
    private static readonly Address Custodian = new(TaggedHash.Of(Tags.Address, "custodian"u8));

    private DirectoryInfo folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("ledger-custody-");

    [TearDown]
    public void RemoveFolder() => folder.Delete(recursive: true);

    [Test]
    public async Task Portions_come_back_as_they_were_written()
    {
        using MemoryStream file = new(await WrittenAsync());

        CustodyFileHeader header = CustodyFile.ReadHeader(file, Chain);

        Assert.That(header.Writer.ToByteArray(), Is.EqualTo(Writer.ToArray()));
        Assert.That(CustodyFile.ReadPortions(file), Is.EqualTo(new[] { Portion(1), Portion(2) }));
    }

    [Test]
    public async Task A_file_cut_within_a_portion_is_damaged()
    {
        byte[] whole = await WrittenAsync();
        int read = 0;
        for (int length = 0; length < whole.Length; length++)
        {
            try
            {
                using MemoryStream file = new(whole[..length]);
                CustodyFile.ReadHeader(file, Chain);
                Assert.That(CustodyFile.ReadPortions(file).Count(), Is.LessThan(2));
                read++;
            }
            catch (FormatException)
            {
                // A cut within a part.
            }
        }

        Assert.That(read, Is.EqualTo(2), "after the header, and after the first portion");
    }

    [TestCase(new byte[] { 0 }, TestName = "An_empty_portion_is_damage")]
    [TestCase(new byte[] { 0xff, 0xff, 0xff, 0x7f }, TestName = "A_length_beyond_the_file_is_damage")]
    [TestCase(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1 }, TestName = "A_length_that_does_not_end_is_damage")]
    public async Task A_part_without_a_possible_length_is_damage(byte[] part)
    {
        using MemoryStream file = new([.. await WrittenAsync(), .. part]);
        CustodyFile.ReadHeader(file, Chain);

        Assert.That(() => CustodyFile.ReadPortions(file).Count(), Throws.TypeOf<FormatException>());
    }

    [Test]
    public async Task A_file_of_another_chain_is_refused()
    {
        using MemoryStream file = new(await WrittenAsync());

        Assert.That(
            () => CustodyFile.ReadHeader(file, TaggedHash.Of(Tags.Genesis, "b"u8)), Throws.TypeOf<FormatException>());
    }

    private async Task<byte[]> WrittenAsync()
    {
        string path = Path.Combine(folder.FullName, Path.GetRandomFileName());
        int written = await CustodyFile.WriteAsync(
            path, Chain, Writer, Custodian, new[] { Portion(1), Portion(2) }.ToAsyncEnumerable(), default);
        Assert.That(written, Is.EqualTo(2));
        return await File.ReadAllBytesAsync(path);
    }

    private static SealedMessage Portion(byte fill) => new()
    {
        Content = ByteString.CopyFrom(Enumerable.Repeat(fill, 40).ToArray()),
    };
}
